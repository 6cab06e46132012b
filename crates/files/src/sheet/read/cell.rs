//! What a workbook says, piece by piece.

use kernel::Day;
use serde::{Deserialize, Serialize};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Text as it was written.
    #[serde(rename = "t")]
    Text(String),
    /// A number as a decimal, `769.9`; fifteen digits, as office programs show it.
    #[serde(rename = "n")]
    Number(String),
    /// A number that is shown as per cent: `0.858` is 85.8 %.
    #[serde(rename = "p")]
    Percent(String),
    /// A day.
    #[serde(rename = "d")]
    Day(Day),
    /// What a formula could not compute, `#DIV/0!`, or has not yet.
    #[serde(rename = "e")]
    Error(String),
}

impl Value {
    /// The value as somebody would type it.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Error(text) => text.clone(),
            Self::Percent(share) => percent(share),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// `0.858` as `85.8%`.
fn percent(share: &str) -> String {
    let (sign, digits) = share.strip_prefix('-').map_or(("", share), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = format!("{part:0<2}");
    let (up, rest) = part.split_at_checked(2).unwrap_or((&part, ""));
    let whole = format!("{whole}{up}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{rest}%")
}

/// A cell that holds something or is marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its column, from 0.
    #[serde(rename = "c")]
    pub column: u32,
    /// What stands in it; none when it is only marked.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Its colour, `FFFF00`.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<String>,
    /// Whether it is struck through.
    #[serde(rename = "s", default, skip_serializing_if = "std::ops::Not::not")]
    pub struck: bool,
}

/// A row with something in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number, as the office program shows it, from 1.
    #[serde(rename = "r")]
    pub number: u32,
    /// Whether it is hidden.
    #[serde(rename = "h", default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Its cells, from left to right.
    #[serde(rename = "c")]
    pub cells: Vec<Cell>,
}

impl Row {
    /// What stands in a column.
    pub fn value(&self, column: u32) -> Option<&Value> {
        self.cell(column).and_then(|cell| cell.value.as_ref())
    }

    /// The cell of a column.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(at)
    }

    /// The text of a column; empty when there is none.
    pub fn text(&self, column: u32) -> String {
        self.value(column).map_or(String::new(), |value| value.text().trim().to_owned())
    }
}

/// An area of merged cells, its first and last row (from 1) and column (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merge {
    /// The first row.
    pub top: u32,
    /// The first column.
    pub left: u32,
    /// The last row.
    pub bottom: u32,
    /// The last column.
    pub right: u32,
}

/// What is known at a sheet's end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetEnd {
    /// Columns that are hidden, from 0.
    pub hidden_columns: Vec<u32>,
    /// Areas of merged cells.
    pub merges: Vec<Merge>,
}

/// What the reader tells, in this order: each sheet begins, has rows, ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A sheet begins.
    Sheet {
        /// The name on its tab.
        name: String,
        /// Whether the tab is hidden.
        hidden: bool,
    },
    /// A row.
    Row(Row),
    /// The sheet ends.
    End(SheetEnd),
    /// Per mille of the file that was read.
    Progress(u16),
    /// The file is not taken.
    Refused {
        /// Why, and what to do, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// All was read.
    Whole,
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
pub fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        name.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name.iter().rev().collect()
}

/// `BC12` as row 12 and column 54.
pub(crate) fn address(text: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0_u32, 0_u32);
    for c in text.bytes() {
        match c {
            b'A'..=b'Z' if row == 0 => {
                column = column.checked_mul(26)?.checked_add(u32::from(c - b'A') + 1)?;
            }
            b'0'..=b'9' if column > 0 => {
                row = row.checked_mul(10)?.checked_add(u32::from(c - b'0'))?;
            }
            b'$' => {}
            _ => return None,
        }
    }
    (row > 0).then_some((row, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::{Value, address, letters};

    #[test]
    fn addresses_and_letters_agree() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (54, "BC"), (16_383, "XFD")] {
            assert_eq!(letters(column), name);
            assert_eq!(address(&format!("{name}7")), Some((7, column)));
        }
        for wrong in ["", "A", "7", "7A", "A0", "a1", "AAAAAAAAAAAA1", "A99999999999"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_share_is_said_as_it_is_shown() {
        let said = |share: &str| Value::Percent(share.to_owned()).text();
        for (share, text) in
            [("0.858", "85.8%"), ("1", "100%"), ("0", "0%"), ("-0.05", "-5%"), ("1.037", "103.7%")]
        {
            assert_eq!(said(share), text);
        }
    }
}
