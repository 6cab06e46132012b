//! What a room says of the rows that it takes.

use files::sheet::sense::Unit;
use journal::{Act, Boxed, Result, Tx};
use kernel::{Actor, Day, Id, Jurisdiction, Lang, Permission, Text};

use super::said::{Findings, Said};
use crate::route::Choice;

/// The addresses of an import; made by [`crate::import_paths!`].
#[derive(Clone, Copy, Debug)]
pub struct ImportPaths {
    /// Where a file is chosen.
    pub base: &'static str,
    /// One import.
    pub one: &'static str,
    /// Its sheet and header.
    pub head: &'static str,
    /// Its columns.
    pub columns: &'static str,
    /// Its rows.
    pub rows: &'static str,
    /// One of its rows.
    pub row: &'static str,
    /// Taking it over.
    pub commit: &'static str,
    /// The file with the reasons.
    pub file: &'static str,
    /// Throwing it away.
    pub discard: &'static str,
}

/// The addresses below one: `import_paths!("/units/import")`.
#[macro_export]
macro_rules! import_paths {
    ($base:literal) => {
        $crate::import::ImportPaths {
            base: $base,
            one: concat!($base, "/{id}"),
            head: concat!($base, "/{id}/head"),
            columns: concat!($base, "/{id}/columns"),
            rows: concat!($base, "/{id}/rows"),
            row: concat!($base, "/{id}/rows/{row}"),
            commit: concat!($base, "/{id}/commit"),
            file: concat!($base, "/{id}/file"),
            discard: concat!($base, "/{id}/discard"),
        }
    };
}

/// A word that a cell may hold, with other ways to write it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word in the program.
    pub word: &'static str,
    /// How it is shown.
    pub label: Text,
    /// How else offices write it.
    pub also: &'static [&'static str],
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug)]
pub enum ColumnKind {
    /// Text of at most so many characters.
    Text(usize),
    /// A day; vague ones are asked about.
    Day,
    /// A whole number within bounds.
    Number(i64, i64),
    /// An amount of money; the unit where neither cell nor title names one.
    Amount(Unit),
    /// How much of anything, 120户 or 3.5亿元; money without a unit is in the title's.
    Quantity,
    /// Names, parted by 、 and the like.
    Names,
    /// One of some words.
    Words(&'static [Word]),
}

/// A column that may be brought in.
#[derive(Clone, Copy, Debug)]
pub struct ImportColumn {
    /// Its word.
    pub name: &'static str,
    /// What it is called.
    pub label: Text,
    /// How else offices call it; 责任分工/牵头单位 for one below another.
    pub also: &'static [&'static str],
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Whether every row must have it.
    pub required: bool,
}

impl ImportColumn {
    /// A column.
    pub const fn new(
        name: &'static str,
        label: Text,
        also: &'static [&'static str],
        kind: ColumnKind,
    ) -> Self {
        Self { name, label, also, kind, required: false }
    }

    /// Every row must have it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// In which city, for whom, and when rows are judged.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The city.
    pub city: Id<Jurisdiction>,
    /// Who brings in.
    pub actor: Actor,
    /// Today.
    pub today: Day,
    /// In which language choices are offered.
    pub lang: Lang,
    /// The answer to the specification's question.
    pub answer: Option<String>,
}

/// Judges rows and takes them over: in order, so that it may know the rows before.
pub trait Importer: Send {
    /// Says what is wrong or doubtful about a row.
    fn judge(&mut self, row: &Said, found: &mut Findings<'_>);

    /// Takes a row over that was judged just before and has nothing wrong.
    fn take<'a>(&'a mut self, act: &'a mut Act, row: &'a Said) -> Boxed<'a, Result<()>>;

    /// Records what follows from all rows together, when every one was taken.
    fn finish<'a>(&'a mut self, _act: &'a mut Act) -> Boxed<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

type Open = for<'a> fn(&'a mut Tx, &'a Ground) -> Boxed<'a, Result<Box<dyn Importer>>>;
type Offer = for<'a> fn(&'a mut Tx, &'a Ground) -> Boxed<'a, Result<Vec<Choice>>>;

/// What must be known of all rows together and stands in no column.
#[derive(Clone, Copy)]
pub struct Question {
    /// What is asked.
    pub label: Text,
    /// What it is for.
    pub hint: Text,
    /// The answers.
    pub offer: Offer,
}

/// What a room takes from spreadsheets.
pub struct ImportSpec {
    /// Its word.
    pub word: &'static str,
    /// Its addresses.
    pub paths: ImportPaths,
    /// Who may, and the act in the journal.
    pub permission: Permission,
    /// What it is called.
    pub title: Text,
    /// What the person should know first.
    pub help: Text,
    /// Where the rows are seen afterwards.
    pub back: &'static str,
    /// The columns.
    pub columns: &'static [ImportColumn],
    /// A question about all rows.
    pub question: Option<Question>,
    /// Begins to judge.
    pub open: Open,
}

impl ImportSpec {
    /// A column by its word.
    pub(crate) fn column(&self, name: &str) -> Option<&'static ImportColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}
