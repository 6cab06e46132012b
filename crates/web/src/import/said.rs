//! What a row says, by the words of the specification.

use std::collections::BTreeMap;

use files::import::{Level, Note};
use files::sheet::sense::{Amount, Names, Unit};
use kernel::{Day, Message};

/// A row, read by the kinds of its columns; what could not be read is not there.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The row's number in the sheet.
    pub row: u32,
    pub(crate) texts: BTreeMap<&'static str, String>,
    pub(crate) days: BTreeMap<&'static str, Day>,
    pub(crate) numbers: BTreeMap<&'static str, i64>,
    pub(crate) amounts: BTreeMap<&'static str, (Amount, Unit)>,
    pub(crate) quantities: BTreeMap<&'static str, (i64, String)>,
    pub(crate) names: BTreeMap<&'static str, Names>,
    pub(crate) words: BTreeMap<&'static str, &'static str>,
}

impl Said {
    /// The text of a column, whatever its kind; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// The text of a column, if there is some.
    pub fn opt(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The day of a column.
    pub fn day(&self, name: &str) -> Option<Day> {
        self.days.get(name).copied()
    }

    /// The whole number of a column.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.numbers.get(name).copied()
    }

    /// The amount of a column in fen.
    pub fn fen(&self, name: &str) -> Option<i64> {
        self.amounts.get(name).and_then(|(amount, unit)| amount.fen(*unit))
    }

    /// How much a column says, and of what: money in whole 万元 where it can be, else in 元.
    pub fn quantity(&self, name: &str) -> Option<(i64, String)> {
        let Some(fen) = self.fen(name) else { return self.quantities.get(name).cloned() };
        let whole = |of: i64, unit: &str| (fen % of == 0).then(|| (fen / of, unit.to_owned()));
        whole(1_000_000, "万元").or_else(|| whole(100, "元"))
    }

    /// The names of a column.
    pub fn names(&self, name: &str) -> Names {
        self.names.get(name).cloned().unwrap_or_default()
    }

    /// The program's word for what a column says.
    pub fn word(&self, name: &str) -> Option<&'static str> {
        self.words.get(name).copied()
    }
}

/// What is found of a row.
pub struct Findings<'a> {
    pub(crate) columns: &'a BTreeMap<&'static str, u32>,
    pub(crate) notes: Vec<Note>,
}

impl Findings<'_> {
    /// Something to be mended in a column.
    pub fn error(&mut self, name: &str, message: impl Into<Message>) {
        self.note(name, Level::Error, message.into());
    }

    /// Something to be looked at in a column.
    pub fn warn(&mut self, name: &str, message: impl Into<Message>) {
        self.note(name, Level::Warning, message.into());
    }

    /// The row is passed over: it is there already.
    pub fn pass_over(&mut self, message: impl Into<Message>) {
        self.notes.push(Note::new(None, Level::Aside, message.into()));
    }

    fn note(&mut self, name: &str, level: Level, message: Message) {
        let column = self.columns.get(name).copied();
        self.notes.push(Note::new(column, level, message));
    }

    /// Whether nothing has to be mended.
    pub fn is_fine(&self) -> bool {
        self.notes.iter().all(|note| note.level != Level::Error)
    }
}
