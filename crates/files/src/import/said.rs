//! What is kept of an import beside its rows, as JSON.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Message;
use serde::{Deserialize, Serialize};

use crate::sheet::read::Merge;

/// What is known of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetNote {
    /// The name on its tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Rows with something in them.
    pub rows: u32,
    /// How many of them are hidden.
    pub hidden_rows: u32,
    /// Pages that hold them.
    pub pages: i64,
    /// Columns that are hidden.
    pub hidden_columns: Vec<u32>,
    /// Areas of merged cells.
    pub merges: Vec<Merge>,
}

/// What a person decided about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treat {
    /// It is left out.
    LeaveOut,
    /// It is a record, although it looks like none.
    Take,
}

/// What a person chose, or the program proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The sheet, from 0.
    pub sheet: usize,
    /// The header's first row; 0 when there is none.
    pub first: u32,
    /// The header's last row.
    pub last: u32,
    /// The year of days without one.
    pub year: Option<i16>,
    /// What each column of the sheet holds.
    pub columns: BTreeMap<u32, String>,
    /// Rows that are treated otherwise than proposed.
    pub rows: BTreeMap<u32, Treat>,
    /// Rows that a person has looked at, so that it is not asked again what their colours mean.
    pub seen: BTreeSet<u32>,
    /// The answer to the question about all rows.
    pub answer: Option<String>,
    /// What was found of the sheet as a whole.
    pub notes: Vec<Note>,
}

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The row is passed over.
    Aside,
    /// The row can be taken.
    Fine,
    /// Somebody should look.
    Warning,
    /// Somebody must mend it.
    Error,
}

/// Something found in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The sheet's column, when it is about a cell.
    pub column: Option<u32>,
    /// How much it matters.
    pub level: Level,
    /// What it is, in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Note {
    /// A note about a cell or the row.
    pub fn new(column: Option<u32>, level: Level, message: Message) -> Self {
        Self { column, level, zh: message.zh, en: message.en }
    }
}

/// What was found of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The row's number.
    pub row: u32,
    /// The worst that was found.
    pub level: Level,
    /// Everything that was found.
    pub notes: Vec<Note>,
}
