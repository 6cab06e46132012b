//! One sheet, row by row: never as a table in memory.

use std::io::Read;

use kernel::Day;
use quick_xml::events::BytesStart;

use super::cell::{Cell, Event, Merge, Row, SheetEnd, Value, address, letters};
use super::limits::{CELLS_MAX, COLUMNS_MAX, LETTERS_MAX, MERGES_MAX, ROWS_MAX, TEXT_MAX};
use super::strings::{Strings, rich, unescaped};
use super::styles::{Shown, Styles};
use super::xml::{Piece, Xml, attribute, is_set, number};
use super::{Stop, Tell, words};

/// Rows between two words about how far reading is.
const TELL_EVERY: u64 = 500;

/// From which day a workbook counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    /// As almost all do.
    From1900,
    /// As old programs for the Mac did.
    From1904,
}

impl Era {
    /// By what the workbook says of itself.
    pub(crate) const fn of(workbook: Option<&str>) -> Self {
        match workbook {
            Some(yes) if matches!(yes.as_bytes(), b"1" | b"true") => Self::From1904,
            Some(_) | None => Self::From1900,
        }
    }
}

/// What was read of the whole workbook.
#[derive(Default)]
pub(crate) struct Budget {
    rows: u64,
    cells: u64,
    text: u64,
}

impl Budget {
    /// Counts a row against the limits; answers how many there are.
    pub(crate) fn spend(&mut self, sheet: &str, row: &Row) -> Result<u64, Stop> {
        self.rows += 1;
        self.cells += row.cells.len() as u64;
        if self.rows > ROWS_MAX {
            return Err(words::rows(sheet).into());
        }
        if self.cells > CELLS_MAX {
            return Err(words::cells(sheet).into());
        }
        for cell in &row.cells {
            let Some(Value::Text(text) | Value::Number(text)) = &cell.value else { continue };
            self.text += text.len() as u64;
            // Most texts are short; letters are counted only where bytes do not tell.
            if text.len() > LETTERS_MAX && text.chars().count() > LETTERS_MAX {
                let at = format!("{}{}", letters(cell.column), row.number);
                return Err(words::letters(sheet, &at).into());
            }
        }
        if self.text > TEXT_MAX {
            return Err(words::text().into());
        }
        Ok(self.rows)
    }
}

/// A sheet about to be read.
pub(crate) struct Grid<'a> {
    pub(crate) sheet: &'a str,
    pub(crate) strings: &'a Strings,
    pub(crate) styles: &'a Styles,
    pub(crate) era: Era,
    pub(crate) size: u64,
    pub(crate) budget: &'a mut Budget,
}

impl Grid<'_> {
    /// Reads the sheet; tells each row that holds something or is marked.
    pub(crate) fn read<R: Read>(self, mut part: Xml<R>, tell: Tell<'_>) -> Result<SheetEnd, Stop> {
        let mut end = SheetEnd::default();
        let mut last = 0;
        loop {
            let (mut opens, mut row) = (false, None);
            match part.next()? {
                Piece::Open(tag) if tag.local_name().as_ref() == "row" => {
                    opens = true;
                    row = Some(begin(&tag, last));
                }
                Piece::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    row = Some(begin(&tag, last));
                }
                Piece::Open(tag) | Piece::Empty(tag) => self.aside(&tag, &mut end)?,
                Piece::End => return Ok(end),
                Piece::Close(_) | Piece::Text(_) => {}
            }
            let Some(mut row) = row else { continue };
            last = row.number;
            if opens {
                self.cells(&mut part, &mut row)?;
            }
            if row.cells.is_empty() {
                continue;
            }
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by_key(|cell| cell.column);
            let rows = self.budget.spend(self.sheet, &row)?;
            tell(Event::Row(row))?;
            if rows.is_multiple_of(TELL_EVERY) {
                let read = part.position().saturating_mul(1_000) / self.size.max(1);
                tell(Event::Progress(u16::try_from(read.min(1_000)).unwrap_or(1_000)))?;
            }
        }
    }

    /// What stands beside the rows: hidden columns and merged cells.
    fn aside(&self, tag: &BytesStart<'_>, end: &mut SheetEnd) -> Result<(), Stop> {
        match tag.local_name().as_ref() {
            "col" if is_set(tag, "hidden") => {
                let (from, to) = (number(tag, "min"), number(tag, "max"));
                let (from, to) = (from.unwrap_or(1), to.unwrap_or(0).min(COLUMNS_MAX));
                end.hidden_columns.extend((from..=to).map(|n| n.saturating_sub(1)));
                if end.hidden_columns.len() > 2 * COLUMNS_MAX as usize {
                    return Err(words::damaged().into());
                }
            }
            "mergeCell" => {
                let area = attribute(tag, "ref").unwrap_or_default();
                let (from, to) = area.split_once(':').unwrap_or((&area, &area));
                let (Some((top, left)), Some((bottom, right))) = (address(from), address(to))
                else {
                    return Err(words::damaged().into());
                };
                end.merges.push(Merge { top, left, bottom, right });
                if end.merges.len() > MERGES_MAX {
                    return Err(words::merges(self.sheet).into());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cells<R: Read>(&self, part: &mut Xml<R>, row: &mut Row) -> Result<(), Stop> {
        let mut next = 0;
        loop {
            let (found, opens) = match part.next()? {
                Piece::Open(tag) if tag.local_name().as_ref() == "c" => (head(&tag, next), true),
                Piece::Empty(tag) if tag.local_name().as_ref() == "c" => (head(&tag, next), false),
                Piece::Close(name) if name == "row" => return Ok(()),
                Piece::End => return Err(words::damaged().into()),
                Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) | Piece::Text(_) => continue,
            };
            let said = if opens { said(part)? } else { Said::default() };
            next = found.column.saturating_add(1);
            let cell = self.cell(&found, said);
            if cell.value.is_none() && cell.fill.is_none() && !cell.struck {
                continue;
            }
            if cell.column >= COLUMNS_MAX {
                // Colour far to the right says nothing; content there is not passed over silently.
                if cell.value.is_none() {
                    continue;
                }
                let at = format!("{}{}", letters(cell.column), row.number);
                return Err(words::column(self.sheet, &at).into());
            }
            row.cells.push(cell);
        }
    }

    fn cell(&self, head: &Head, said: Said) -> Cell {
        let look = self.styles.get(head.style);
        let shared = |n: &str| {
            let text = n.trim().parse().ok().and_then(|n| self.strings.get(n));
            unescaped(text.unwrap_or_default().to_owned())
        };
        let value = match head.kind.as_str() {
            "s" => said.value.map(|n| Value::Text(shared(&n))),
            "inlineStr" => said.inline.map(Value::Text),
            "str" => said.value.map(|text| Value::Text(unescaped(text))),
            "b" => said.value.map(|v| Value::Text(if v == "1" { "是" } else { "否" }.to_owned())),
            "e" => said.value.map(Value::Error),
            "d" => said.value.map(|text| iso_day(&text)),
            _ => said.value.and_then(|text| number_value(&text, look.shown, self.era)),
        };
        let value = match value {
            Some(Value::Text(text)) if text.trim().is_empty() => None,
            None if said.formula => Some(Value::Error("=".to_owned())),
            other => other,
        };
        Cell { column: head.column, value, fill: look.fill, struck: look.struck }
    }
}

fn begin(tag: &BytesStart<'_>, last: u32) -> Row {
    let n = number(tag, "r").unwrap_or_else(|| last.saturating_add(1));
    Row { number: n, hidden: is_set(tag, "hidden"), cells: Vec::new() }
}

/// What a cell's tag says.
struct Head {
    column: u32,
    style: Option<u32>,
    kind: String,
}

fn head(tag: &BytesStart<'_>, next: u32) -> Head {
    let column = attribute(tag, "r").and_then(|r| address(&r)).map_or(next, |(_, column)| column);
    let kind = attribute(tag, "t").unwrap_or_default();
    Head { column, style: number(tag, "s"), kind }
}

/// What stands inside a cell.
#[derive(Default)]
struct Said {
    value: Option<String>,
    inline: Option<String>,
    formula: bool,
}

fn said<R: Read>(part: &mut Xml<R>) -> Result<Said, Stop> {
    let mut said = Said::default();
    loop {
        let inside = match part.next()? {
            Piece::Open(tag) => tag.local_name().as_ref().to_owned(),
            Piece::Empty(tag) => {
                said.formula |= tag.local_name().as_ref() == "f";
                continue;
            }
            Piece::Close(name) if name == "c" => return Ok(said),
            Piece::End => return Err(words::damaged().into()),
            Piece::Close(_) | Piece::Text(_) => continue,
        };
        match inside.as_str() {
            "v" => said.value = Some(part.text("v")?),
            "is" => said.inline = Some(rich(part, "is")?),
            "f" => {
                part.text("f")?;
                said.formula = true;
            }
            _ => {}
        }
    }
}

fn iso_day(text: &str) -> Value {
    let day = text.get(..10).and_then(|day| day.parse::<Day>().ok());
    day.map_or_else(|| Value::Text(text.to_owned()), Value::Day)
}

/// A number by how it is shown.
pub(crate) fn number_value(text: &str, shown: Shown, era: Era) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let Some(decimal) = decimal(text) else { return Some(Value::Text(text.to_owned())) };
    match shown {
        Shown::Number => Some(Value::Number(decimal)),
        Shown::Percent => Some(Value::Percent(decimal)),
        Shown::Day => Some(match serial_day(&decimal, era) {
            Some(day) => Value::Day(day),
            None => Value::Number(decimal),
        }),
    }
}

/// A number as office programs show it: fifteen digits, so that 769.90000000000009 is 769.9.
pub(crate) fn decimal(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok()?;
    if !number.is_finite() || number.abs() >= 1e15 {
        return None;
    }
    let scientific = format!("{number:.14e}");
    let rounded: f64 = scientific.parse().ok()?;
    let shown = format!("{rounded}");
    Some(if shown == "-0" { "0".to_owned() } else { shown })
}

/// The day of a serial number; both systems count from a day of their own, and the older one
/// believes in 29 February 1900.
pub(crate) fn serial_day(decimal: &str, era: Era) -> Option<Day> {
    let whole = decimal.split('.').next().unwrap_or_default();
    let serial: i64 = whole.parse().ok()?;
    if !(1..2_958_466).contains(&serial) {
        return None;
    }
    let (origin, early) = match era {
        Era::From1900 => (Day::new(1899, 12, 30)?, i64::from(serial < 61)),
        Era::From1904 => (Day::new(1904, 1, 1)?, 0),
    };
    Some(origin.plus(serial + early))
}
