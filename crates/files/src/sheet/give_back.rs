//! A sheet written as it was read, with a reason beside each row and marked cells.

use journal::{Error, Result};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::read::{Row, Value};
use super::write::{Target, cut, fault, save, tab_name};

/// How a cell is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// To be mended.
    Wrong,
    /// To be looked at.
    Doubtful,
}

/// The formats of a kind of cell: plain, wrong, doubtful.
struct Looks([Format; 3]);

impl Looks {
    fn of(plain: &Format) -> Self {
        let on = |colour: u32| plain.clone().set_background_color(colour);
        Self([plain.clone(), on(0x00FF_C7CE), on(0x00FF_EB9C)])
    }

    fn get(&self, mark: Option<Mark>) -> &Format {
        let [plain, wrong, doubtful] = &self.0;
        match mark {
            None => plain,
            Some(Mark::Wrong) => wrong,
            Some(Mark::Doubtful) => doubtful,
        }
    }
}

/// A sheet being given back, from top to bottom.
pub struct GivenBack {
    book: Workbook,
    reasons: u16,
    text: Looks,
    day: Looks,
    share: Looks,
}

impl GivenBack {
    /// Begins; reasons stand behind so many columns.
    pub fn begin(name: &str, width: u32) -> Result<Self> {
        let mut book = Workbook::new();
        let reasons = u16::try_from(width).map_err(Error::fault)?;
        let sheet = book.add_worksheet_with_constant_memory().map_err(fault)?;
        sheet.set_name(tab_name(name)).map_err(fault)?;
        sheet.set_column_width(reasons, 50).map_err(fault)?;
        let plain = Format::new().set_text_wrap();
        Ok(Self {
            book,
            reasons,
            text: Looks::of(&plain),
            day: Looks::of(&plain.clone().set_num_format("yyyy-mm-dd")),
            share: Looks::of(&plain.set_num_format("0.0%")),
        })
    }

    /// Writes a row at its own number.
    pub fn row(&mut self, row: &Row, reason: &str, marks: &[(u32, Mark)]) -> Result<()> {
        let Self { book, reasons, text, day, share } = self;
        let sheet = book.worksheet_from_index(0).map_err(fault)?;
        let Some(at) = row.number.checked_sub(1) else { return Ok(()) };
        let mut columns: Vec<u32> = row.cells.iter().map(|cell| cell.column).collect();
        columns.extend(marks.iter().map(|(column, _)| *column));
        columns.sort_unstable();
        columns.dedup();
        for column in columns.into_iter().filter(|column| *column < u32::from(*reasons)) {
            let mark = marks.iter().rev().find(|(c, _)| *c == column).map(|(_, mark)| *mark);
            let place = (at, u16::try_from(column).map_err(Error::fault)?);
            let format = match row.value(column) {
                Some(Value::Day(_)) => day.get(mark),
                Some(Value::Percent(_)) => share.get(mark),
                Some(Value::Text(_) | Value::Number(_) | Value::Error(_)) | None => text.get(mark),
            };
            put(sheet, place, row.value(column), format).map_err(fault)?;
        }
        if !reason.is_empty() {
            sheet
                .write_string_with_format(at, *reasons, cut(reason), text.get(None))
                .map_err(fault)?;
        }
        Ok(())
    }

    /// Writes the file.
    pub fn finish(mut self, into: &mut dyn Target) -> Result<()> {
        save(&mut self.book, into)
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Option<&Value>,
    format: &Format,
) -> std::result::Result<(), XlsxError> {
    match value {
        None => sheet.write_blank(row, column, format)?,
        // What began like a formula is text, as everywhere.
        Some(Value::Text(text) | Value::Error(text)) => {
            sheet.write_string_with_format(row, column, cut(text), format)?
        }
        Some(Value::Number(number) | Value::Percent(number)) => match number.parse::<f64>() {
            Ok(n) => sheet.write_number_with_format(row, column, n, format)?,
            Err(_no_number) => sheet.write_string_with_format(row, column, cut(number), format)?,
        },
        Some(Value::Day(day)) => {
            let day = ExcelDateTime::parse_from_str(&day.to_string())?;
            sheet.write_datetime_with_format(row, column, &day, format)?
        }
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::read::{Cell, Row, Value};
    use super::{GivenBack, Mark};
    use calamine::{Data, Reader as _, Xlsx};

    #[test]
    fn rows_come_back_at_their_places_with_the_reason_beside_them() {
        let cell = |column, value| Cell { column, value: Some(value), fill: None, struck: false };
        let cells = vec![
            cell(0, Value::Text("=1+1".into())),
            cell(1, Value::Day("2021-10-08".parse().unwrap())),
            cell(2, Value::Number("769.9".into())),
        ];
        let mut book = GivenBack::begin("台账", 4).unwrap();
        let row = Row { number: 5, hidden: false, cells };
        book.row(&row, "“立即”不是确定的日期", &[(3, Mark::Wrong)]).unwrap();
        let mut file = Cursor::new(Vec::new());
        book.finish(&mut file).unwrap();
        let mut read: Xlsx<_> = Xlsx::new(file).unwrap();
        let range = read.worksheet_range("台账").unwrap();
        let at = |column| range.get_value((4, column)).cloned();
        assert_eq!(at(0), Some(Data::String("=1+1".into())));
        assert_eq!(at(2), Some(Data::Float(769.9)));
        assert_eq!(at(4), Some(Data::String("“立即”不是确定的日期".into())));
        assert!(matches!(at(1), Some(Data::DateTime(_))));
    }
}
