//! 公文: the papers that rooms hand out as Word files, each declared once. What stands on a paper is
//! read as values by name; the values fill the office's own form or the room's layout.

use std::fmt;

use files::docx::{Section, Values};
use journal::{Boxed, Result, Tx};
use kernel::Text;

use crate::call::Call;

/// A place that an own form may name, and what stands there.
pub type Place = (&'static str, Text);

/// A list that the rows of a form's table may repeat for, and the places in a row.
pub struct Rows {
    /// Its name.
    pub name: &'static str,
    /// In which order it is.
    pub meaning: Text,
    /// The places in a row.
    pub columns: &'static [Place],
}

/// Reads the paper of the newest record there is, as it would be handed out now.
pub type Newest = for<'a> fn(&'a Call, &'a mut Tx) -> Boxed<'a, Result<Option<Paper>>>;

/// A kind of paper.
pub struct PaperSpec {
    /// Its word in addresses, tables and facts.
    pub word: &'static str,
    /// How it is called.
    pub title: Text,
    /// The places of its own, besides those that every paper has.
    pub places: &'static [Place],
    /// Its lists.
    pub lists: &'static [Rows],
    /// Our layout of it.
    pub layout: fn(&Values) -> Vec<Section>,
    /// A paper to try a form with.
    pub newest: Newest,
}

impl fmt::Debug for PaperSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word)
    }
}

/// A paper before it is a file.
#[derive(Debug)]
pub struct Paper {
    /// What it is.
    pub spec: &'static PaperSpec,
    /// What it is about, for the file's name: `14-3`.
    pub about: String,
    /// What stands on it.
    pub values: Values,
}

impl Paper {
    /// The file's name.
    pub fn file_name(&self) -> String {
        format!("{}-{}.docx", self.spec.title.zh, self.about)
    }
}
