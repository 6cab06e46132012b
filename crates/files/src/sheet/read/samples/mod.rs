//! Workbooks for tests, written part by part, as no office program would.

pub(crate) mod old;

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::cell::{Event, Row, SheetEnd};
use super::{Stop, read};

/// A package with these parts.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const BOOK: &str = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"台账\" sheetId=\"1\" r:id=\"a\"/>\
    </sheets></workbook>";
const RELS: &str = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" \
    Target=\"worksheets/sheet1.xml\"/></Relationships>";

/// A workbook with one sheet of this XML.
pub(crate) fn book(sheet: &str) -> Vec<u8> {
    book_with(sheet, &[])
}

/// A workbook with one sheet and further parts.
pub(crate) fn book_with(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = vec![
        ("[Content_Types].xml", TYPES),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend_from_slice(more);
    package(&parts)
}

/// A sheet whose rows are this XML.
pub(crate) fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// Everything a workbook says.
pub(crate) fn told(bytes: &[u8]) -> Result<Vec<Event>, String> {
    let mut events = Vec::new();
    let outcome = read(Cursor::new(bytes.to_vec()), &mut |event| {
        events.push(event);
        Ok(())
    });
    match outcome {
        Ok(()) => Ok(events),
        Err(Stop::Refused(message)) => Err(message.zh),
        Err(Stop::Gone) => Err("gone".to_owned()),
    }
}

/// The rows of a workbook.
pub(crate) fn rows(bytes: &[u8]) -> Vec<Row> {
    let events = told(bytes).unwrap();
    let row = |event| if let Event::Row(row) = event { Some(row) } else { None };
    events.into_iter().filter_map(row).collect()
}

/// What was told at the first sheet's end.
pub(crate) fn end(bytes: &[u8]) -> SheetEnd {
    let events = told(bytes).unwrap();
    let end = |event| if let Event::End(end) = event { Some(end) } else { None };
    events.into_iter().find_map(end).unwrap()
}
