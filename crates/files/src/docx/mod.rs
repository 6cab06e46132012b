//! Word documents: an own thin writer of `WordprocessingML`, and filling of an office's own
//! templates. Knows no domain word.
//!
//! Layout after GB/T 9704: A4, 22 lines of 28 characters of 三号仿宋, titles in 二号小标宋, page
//! numbers `— 1 —` outside. Two traps are built around: a grid of characters makes some programs
//! give each character two cells, so the grid is of lines only and the characters are set closer
//! by a quarter of a point; and a table on that grid gets rows of a whole text line, so cells step
//! off it.
//!
//! Absent on purpose: floating frames (they lose their rules in some programs), so a picture is a
//! paragraph of its own; fonts embedded in the file. The same document gives the same bytes.

mod body;
mod fill;
mod markup;
mod package;
mod parts;
mod picture;
mod style;
mod template;
mod tree;

pub use picture::Picture;
pub use style::Style;
pub use template::{Filled, List, Template, Values};

use std::io::{Cursor, Write as _};

use journal::{Error, Result};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What Word documents are called on the wire.
pub const MEDIA: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A whole document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The title in the file's properties.
    pub title: String,
    /// The line at the foot of every page by which the paper can be checked; may be empty.
    pub seal: String,
    /// Its sections in order; each begins on a new page.
    pub sections: Vec<Section>,
}

/// A run of pages on the same sheet.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The sheet.
    pub sheet: Sheet,
    /// What stands on it.
    pub blocks: Vec<Block>,
}

/// How a sheet of A4 lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// Upright, with the margins of GB/T 9704.
    #[default]
    Upright,
    /// Upright with narrow margins, for a form that shall be one sheet.
    Form,
    /// Lying, for lists.
    Lying,
}

impl Sheet {
    /// The width between the margins, in twentieths of a point.
    pub(crate) const fn width(self) -> u32 {
        match self {
            Self::Upright => 8_844,
            Self::Form => 9_525,
            Self::Lying => 14_570,
        }
    }
}

/// A part of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Text(Style, Vec<Span>),
    /// A table.
    Table(Table),
    /// A picture from the left.
    Picture(Picture),
}

impl Block {
    /// A paragraph of one piece.
    pub fn text(style: Style, text: impl Into<String>) -> Self {
        Self::Text(style, vec![Span::plain(text)])
    }
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub struct Span {
    /// Its words; a line break in them breaks the line.
    pub text: String,
    /// How it stands out.
    pub weight: Weight,
}

impl Span {
    /// Like the rest of its paragraph.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Plain }
    }

    /// In 黑体.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Strong }
    }

    /// In 黑体 and red.
    pub fn red(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Red }
    }
}

/// How a piece of text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Not at all.
    #[default]
    Plain,
    /// In 黑体.
    Strong,
    /// In 黑体 and red; the words must say it as well, for paper may be black and white.
    Red,
}

/// A table over the whole width.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The shares of its columns.
    pub columns: Vec<u32>,
    /// The rows that are repeated on every page.
    pub head: Vec<Vec<Cell>>,
    /// The other rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its text, a paragraph per line.
    pub text: String,
    /// How the text stands.
    pub align: Align,
    /// How it stands out.
    pub weight: Weight,
    /// How many columns it covers; 0 counts as 1.
    pub span: u32,
    /// Whether it goes on into the row below.
    pub merge: Merge,
    /// Its height at least, in millimetres, for what is filled in by hand; 0 as high as its text.
    pub height: u32,
}

impl Cell {
    /// A text from the left.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A text in the middle.
    pub fn middle(text: impl Into<String>) -> Self {
        Self { text: text.into(), align: Align::Middle, ..Self::default() }
    }

    /// What a column or a row is about.
    pub fn head(text: impl Into<String>) -> Self {
        Self { text: text.into(), align: Align::Middle, weight: Weight::Strong, ..Self::default() }
    }

    /// A figure.
    pub fn figure(value: i64) -> Self {
        Self { text: value.to_string(), align: Align::Middle, ..Self::default() }
    }

    /// Over so many columns.
    #[must_use]
    pub fn over(self, span: u32) -> Self {
        Self { span, ..self }
    }

    /// At least so many millimetres high.
    #[must_use]
    pub fn high(self, height: u32) -> Self {
        Self { height, ..self }
    }

    /// Standing out.
    #[must_use]
    pub fn in_weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }
}

/// How a cell's text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// From the left.
    #[default]
    Left,
    /// In the middle.
    Middle,
    /// To the right.
    Right,
}

/// How a cell goes on downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merge {
    /// It does not.
    #[default]
    None,
    /// It begins here.
    Begins,
    /// It is the cell above.
    GoesOn,
}

/// The document as a file.
pub fn write(document: &Document) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let pictures = picture::all(document);
    for (n, picture) in (1..).zip(&pictures) {
        let name = format!("word/{}", picture::name(n));
        zip.start_file(name, SimpleFileOptions::default()).map_err(Error::fault)?;
        zip.write_all(&picture.png)?;
    }
    let mut put = |name: &str, text: &str| -> Result<()> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(Error::fault)?;
        Ok(zip.write_all(text.as_bytes())?)
    };
    put("[Content_Types].xml", parts::CONTENT_TYPES)?;
    put("_rels/.rels", parts::RELATIONS)?;
    put("docProps/core.xml", &parts::properties(&document.title))?;
    put("word/_rels/document.xml.rels", &parts::document_relations(pictures.len()))?;
    put("word/document.xml", &body::document(document))?;
    put("word/styles.xml", &style::sheet())?;
    put("word/settings.xml", parts::SETTINGS)?;
    put("word/fontTable.xml", parts::FONTS)?;
    put("word/footer1.xml", &parts::footer(parts::Side::Odd, &document.seal))?;
    put("word/footer2.xml", &parts::footer(parts::Side::Even, &document.seal))?;
    Ok(zip.finish().map_err(Error::fault)?.into_inner())
}
