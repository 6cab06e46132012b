//! Writing one sheet: a title, a frozen header that repeats on each printed page, typed columns,
//! and choices whose words stand in a hidden sheet, as a list in the cell itself may have 255
//! letters only.

use std::io::{Seek, Write};

use journal::{Error, Result};
use kernel::Day;
use rust_xlsxwriter::{
    DataValidation, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

/// Rows below the header at most; Excel takes 1,048,576.
pub const ROWS_MAX: u32 = 1_000_000;
/// How the file calls itself.
pub const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Letters of one cell at most, by the format.
const LETTERS_MAX: usize = 32_767;
/// Rows above the data: title, what stands below it, header.
const HEAD_ROWS: u32 = 3;
/// Where the words of choices stand.
const WORDS_SHEET: &str = "字典";
const PAPER_A4: u8 = 9;

/// What the cells of a column hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text, broken at the column's edge.
    Text,
    /// A whole number or one with places behind the point.
    Number,
    /// A day.
    Day,
    /// A share, shown as per cent.
    Percent,
    /// Which record the row is about, for when it comes back; the column is hidden.
    Key,
    /// One of these words; the cell offers them.
    Choice(Vec<String>),
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands in the header.
    pub title: String,
    /// How wide it is, in letters of the font.
    pub width: u16,
    /// What its cells hold.
    pub form: Form,
}

impl Column {
    /// A column.
    pub fn new(title: impl Into<String>, width: u16, form: Form) -> Self {
        Self { title: title.into(), width, form }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, written as it is: `=1+1` stays four letters.
    Text(String),
    /// A number with so many places behind the point: `(1_234, 2)` is 12.34.
    Number(i64, u32),
    /// A day.
    Day(Day),
}

impl Cell {
    /// Some text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A day, if there is one.
    pub fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A whole number, if there is one.
    pub fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, |n| Self::Number(n, 0))
    }
}

/// What stands above the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The sheet's title, and the name of its tab.
    pub title: String,
    /// A line below it: how many, when, which head of the journal.
    pub below: String,
    /// The columns.
    pub columns: Vec<Column>,
}

/// Where a workbook may be written to.
pub trait Target: Write + Seek + Send {}

impl<T: Write + Seek + Send> Target for T {}

/// Writes a workbook. Not generic, so that it is compiled once and not again by each room.
pub(super) fn save(book: &mut Workbook, into: &mut dyn Target) -> Result<()> {
    book.save_to_writer(into).map_err(fault)
}

/// A sheet being written from top to bottom.
pub struct Sheet {
    book: Workbook,
    forms: Vec<Format>,
    next: u32,
    columns: u16,
}

impl Sheet {
    /// Begins with what stands above the rows.
    pub fn begin(head: &Head) -> Result<Self> {
        let mut book = Workbook::new();
        let columns = u16::try_from(head.columns.len()).map_err(Error::fault)?;
        let mut forms = Vec::new();
        // The first sheet is the one that opens; words stand behind it.
        let sheet = book.add_worksheet_with_constant_memory().map_err(fault)?;
        begin(sheet, head, columns).map_err(fault)?;
        for (i, column) in (0_u16..).zip(&head.columns) {
            forms.push(format_of(&column.form));
            sheet.set_column_width(i, column.width).map_err(fault)?;
            if column.form == Form::Key {
                sheet.set_column_hidden(i).map_err(fault)?;
            }
            if matches!(column.form, Form::Choice(_)) {
                let list = DataValidation::new().allow_list_formula(Formula::new(list_name(i)));
                let last = HEAD_ROWS + ROWS_MAX - 1;
                sheet.add_data_validation(HEAD_ROWS, i, last, i, &list).map_err(fault)?;
            }
        }
        words(&mut book, &head.columns).map_err(fault)?;
        Ok(Self { book, forms, next: HEAD_ROWS, columns })
    }

    /// Adds a row; cells beyond the columns are a fault of ours.
    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        if cells.len() != usize::from(self.columns) || self.next >= HEAD_ROWS + ROWS_MAX {
            return Err(Error::fault(format!("row {}: {} cells", self.next, cells.len())));
        }
        let sheet = self.book.worksheet_from_index(0).map_err(fault)?;
        for ((i, cell), form) in (0_u16..).zip(cells).zip(&self.forms) {
            put(sheet, (self.next, i), cell, form).map_err(fault)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Writes the file.
    pub fn finish(mut self, into: &mut dyn Target) -> Result<()> {
        let (last, columns) = (self.next.max(HEAD_ROWS + 1) - 1, self.columns);
        let sheet = self.book.worksheet_from_index(0).map_err(fault)?;
        sheet.autofilter(HEAD_ROWS - 1, 0, last, columns.saturating_sub(1)).map_err(fault)?;
        save(&mut self.book, into)
    }
}

fn begin(sheet: &mut Worksheet, head: &Head, columns: u16) -> std::result::Result<(), XlsxError> {
    sheet.set_name(tab_name(&head.title))?;
    sheet.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(HEAD_ROWS, 0)?;
    sheet.set_repeat_rows(HEAD_ROWS - 1, HEAD_ROWS - 1)?;
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Left);
    sheet.set_row_height(0, 28)?.write_string_with_format(0, 0, cut(&head.title), &title)?;
    let below = Format::new().set_font_size(9).set_font_color(0x005F_6B7A);
    sheet.write_string_with_format(1, 0, cut(&head.below), &below)?;
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(0x00E8_EEF7)
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00B8_C2D0);
    for (i, column) in (0..columns).zip(&head.columns) {
        sheet.write_string_with_format(HEAD_ROWS - 1, i, cut(&column.title), &header)?;
    }
    Ok(())
}

fn format_of(form: &Form) -> Format {
    let plain = Format::new()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00D5_DBE4);
    match form {
        Form::Text => plain.set_text_wrap().set_num_format("@"),
        Form::Choice(_) | Form::Key => plain.set_num_format("@"),
        Form::Number => plain.set_num_format("#,##0.##"),
        Form::Day => plain.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        Form::Percent => plain.set_num_format("0.0%"),
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    form: &Format,
) -> std::result::Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, form)?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, cut(text), form)?,
        Cell::Number(number, places) => {
            sheet.write_number_with_format(row, column, decimal(*number, *places), form)?
        }
        Cell::Day(day) => {
            let day = ExcelDateTime::parse_from_str(&day.to_string())?;
            sheet.write_datetime_with_format(row, column, &day, form)?
        }
    };
    Ok(())
}

/// The hidden sheet with the words of the choices, each column under a name.
fn words(book: &mut Workbook, columns: &[Column]) -> std::result::Result<(), XlsxError> {
    let mut names = Vec::new();
    let lists = (0_u16..).zip(columns).filter_map(|(i, column)| match &column.form {
        Form::Choice(words) if !words.is_empty() => Some((i, words)),
        Form::Choice(_) | Form::Text | Form::Number | Form::Day | Form::Percent | Form::Key => None,
    });
    let lists: Vec<_> = lists.collect();
    if lists.is_empty() {
        return Ok(());
    }
    let sheet = book.add_worksheet();
    sheet.set_name(WORDS_SHEET)?.set_hidden(true);
    for (i, words) in lists {
        for (row, word) in (0_u32..).zip(words) {
            sheet.write_string(row, i, cut(word))?;
        }
        let letter = rust_xlsxwriter::utility::column_number_to_name(i);
        names.push((list_name(i), format!("={WORDS_SHEET}!${letter}$1:${letter}${}", words.len())));
    }
    for (name, range) in names {
        book.define_name(name, &range)?;
    }
    Ok(())
}

/// The name of the words of a column.
fn list_name(column: u16) -> String {
    format!("words_{column}")
}

/// The number as the format stores it; only there it becomes a float.
fn decimal(number: i64, places: u32) -> f64 {
    let text = format!("{number}e-{places}");
    text.parse().unwrap_or(f64::NAN)
}

/// Text without what XML cannot hold, as long as a cell may be.
pub(super) fn cut(text: &str) -> String {
    let fits = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let letters = text.chars().filter(fits);
    if text.encode_utf16().count() <= LETTERS_MAX {
        return letters.collect();
    }
    // A letter beyond the basic plane counts twice.
    let mut units = 1;
    let within = letters.take_while(|c| {
        units += c.len_utf16();
        units <= LETTERS_MAX
    });
    within.chain(['…']).collect()
}

/// The name of a tab: 31 letters, none that the format forbids.
pub(super) fn tab_name(title: &str) -> String {
    let fits = |c: &char| !c.is_control() && !r"[]:*?/\'".contains(*c);
    let name: String = title.chars().filter(fits).take(31).collect();
    if name.is_empty() { "1".to_owned() } else { name }
}

pub(super) fn fault(e: XlsxError) -> Error {
    if let XlsxError::IoError(e) = e {
        return e.into();
    }
    Error::fault(e)
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
