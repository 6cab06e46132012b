//! `.xls`, the compound format before 2007. Its reader holds whole sheets in memory, which the
//! limits of the process allow for; `.et` and locked workbooks have the same outside.

use std::io::{Read, Seek};

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xls, XlsError};

use super::cell::{Cell, Event, Merge, Row, SheetEnd, Value, letters};
use super::grid::{Budget, Era, decimal, serial_day};
use super::limits::{COLUMNS_MAX, MERGES_MAX, SHEETS_MAX};
use super::{Stop, Tell, words};

/// Reads all sheets of an `.xls`.
pub(crate) fn read<F: Read + Seek>(file: F, tell: Tell<'_>) -> Result<(), Stop> {
    let mut book = Xls::new(file).map_err(|e| refused(&e))?;
    let tabs: Vec<_> = book.sheets_metadata().to_vec();
    let tabs: Vec<_> = tabs.into_iter().filter(|tab| tab.typ == SheetType::WorkSheet).collect();
    if tabs.len() > SHEETS_MAX {
        return Err(words::sheets().into());
    }
    if tabs.is_empty() {
        return Err(words::no_sheets().into());
    }
    let era = if book.has_1904_epoch() { Era::From1904 } else { Era::From1900 };
    let mut budget = Budget::default();
    for tab in &tabs {
        let hidden = tab.visible != SheetVisible::Visible;
        tell(Event::Sheet { name: tab.name.clone(), hidden })?;
        let merges = merges(&book, &tab.name)?;
        let range = book.worksheet_range(&tab.name).map_err(|e| refused(&e))?;
        let (top, left) = range.start().unwrap_or_default();
        for (number, values) in (top + 1..).zip(range.rows()) {
            let mut row = Row { number, ..Row::default() };
            for (column, value) in (left..).zip(values) {
                let Some(value) = value_of(value, era) else { continue };
                if column >= COLUMNS_MAX {
                    let at = format!("{}{number}", letters(column));
                    return Err(words::column(&tab.name, &at).into());
                }
                row.cells.push(Cell { column, value: Some(value), fill: None, struck: false });
            }
            if !row.cells.is_empty() {
                budget.spend(&tab.name, &row)?;
                tell(Event::Row(row))?;
            }
        }
        tell(Event::End(SheetEnd { merges, ..SheetEnd::default() }))?;
    }
    Ok(())
}

fn merges<F: Read + Seek>(book: &Xls<F>, name: &str) -> Result<Vec<Merge>, Stop> {
    let areas = book.merge_cells_by_sheet_name(name).map_err(|e| refused(&e))?;
    if areas.len() > MERGES_MAX {
        return Err(words::merges(name).into());
    }
    let merge = |area: &calamine::Dimensions| Merge {
        top: area.start.0 + 1,
        left: area.start.1,
        bottom: area.end.0 + 1,
        right: area.end.1,
    };
    Ok(areas.iter().map(merge).collect())
}

fn value_of(value: &Data, era: Era) -> Option<Value> {
    match value {
        Data::Empty => None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            (!text.trim().is_empty()).then(|| Value::Text(text.clone()))
        }
        Data::Int(n) => Some(Value::Number(n.to_string())),
        Data::Float(n) => Some(number(&n.to_string())),
        Data::Bool(yes) => Some(Value::Text(if *yes { "是" } else { "否" }.to_owned())),
        Data::DateTime(at) => {
            let serial = decimal(&at.as_f64().to_string())?;
            let day = serial_day(&serial, era);
            Some(day.map_or_else(|| Value::Number(serial), Value::Day))
        }
        Data::Error(e) => Some(Value::Error(e.to_string())),
    }
}

fn number(text: &str) -> Value {
    decimal(text).map_or_else(|| Value::Text(text.to_owned()), Value::Number)
}

/// `.et` says nothing of itself inside; what holds no workbook is told how to become one.
fn refused(e: &XlsError) -> Stop {
    if matches!(e, XlsError::Password) {
        return words::locked().into();
    }
    words::old_damaged().into()
}
