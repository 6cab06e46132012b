//! Spreadsheets read by a process of the built program: what is hostile ends that process at most.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "../../files/src/sheet/read/samples/old.rs"]
mod old;

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::PathBuf;

use files::sheet::read::{Event, Reader, open};
use rust_xlsxwriter::Workbook;

fn program() -> Reader {
    Reader::Program(PathBuf::from(env!("CARGO_BIN_EXE_duban")), "read-sheet")
}

fn file_of(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

async fn told(bytes: &[u8]) -> Vec<Event> {
    let mut reading = open(&program(), file_of(bytes)).unwrap();
    let mut events = Vec::new();
    while let Some(event) = reading.next().await {
        events.push(event);
    }
    events
}

fn book(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let tab = book.add_worksheet();
    for row in 0..rows {
        for column in 0..20 {
            tab.write_string(row, column, format!("第{row}行{column}列")).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_workbook_is_read_by_another_process_with_progress() {
    let events = told(&book(3_000)).await;
    let rows = events.iter().filter(|e| matches!(e, Event::Row(_))).count();
    let progress: Vec<_> = events
        .iter()
        .filter_map(|e| if let Event::Progress(n) = e { Some(*n) } else { None })
        .collect();
    assert_eq!(rows, 3_000);
    assert!(progress.len() >= 5 && progress.is_sorted(), "{progress:?}");
    assert_eq!(events.last(), Some(&Event::Whole));
}

#[tokio::test]
async fn what_is_no_workbook_is_refused_by_the_process() {
    let events = told(b"=1+1,2,3").await;
    let [Event::Refused { zh, en }] = events.as_slice() else { panic!("{events:?}") };
    assert!(zh.contains("不是 Excel") && en.contains("no Excel"), "{zh} {en}");
}

#[tokio::test]
async fn a_reader_that_is_ended_by_its_limits_is_told_as_a_refusal() {
    let other = Reader::Program(PathBuf::from("/bin/false"), "read-sheet");
    let mut reading = open(&other, file_of(b"PK\x03\x04")).unwrap();
    let Some(Event::Refused { zh, .. }) = reading.next().await else { panic!("no refusal") };
    assert!(zh.contains("内存或时间"), "{zh}");
    assert!(reading.next().await.is_none());
}

/// One cell in each corner: the reader of this format makes a table of 16 million cells of it.
#[tokio::test]
async fn an_old_workbook_that_takes_too_much_memory_ends_its_reader_and_nobody_else() {
    let corners = [old::OldCell::Number(0, 0, 1.0), old::OldCell::Number(65_535, 255, 1.0)];
    let events = told(&old::book(&corners, &[])).await;
    let Some(Event::Refused { zh, .. }) = events.last() else { panic!("{events:?}") };
    assert!(zh.contains("内存或时间"), "{zh}");
    assert!(
        told(&old::locked())
            .await
            .iter()
            .any(|e| matches!(e, Event::Refused { zh, .. } if zh.contains("密码")))
    );
    let small = [old::OldCell::Label(3, 2, "临颍县")];
    let rows = told(&old::book(&small, &[[3, 4, 2, 2]])).await;
    assert!(rows.iter().any(|e| matches!(e, Event::Row(row) if row.number == 4)));
}

#[tokio::test]
async fn who_stops_listening_ends_the_reader() {
    let mut reading = open(&program(), file_of(&book(3_000))).unwrap();
    assert!(reading.next().await.is_some());
    // What drops the reading waits for the process; a reader that went on would hang here.
    drop(reading);
}
