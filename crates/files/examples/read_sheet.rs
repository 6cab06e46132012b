//! How long a large workbook takes to be read by the built program, and how much memory:
//! `cargo run -p files --example read_sheet -- target/debug/duban 100000`.

#![expect(clippy::print_stdout, reason = "a measurement is printed")]

use std::io::{Error, Seek as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use files::sheet::read::{Event, Reader, open};
use rust_xlsxwriter::{Workbook, XlsxError};

/// Columns of the ledger.
const COLUMNS: u16 = 20;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1);
    let program = words.next().unwrap_or_else(|| "target/debug/duban".to_owned());
    let rows = words.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let mut file = tempfile::tempfile()?;
    let begun = Instant::now();
    write(rows, &mut file).map_err(Error::other)?;
    println!("written: {rows} rows, {} MB, {:?}", file.metadata()?.len() >> 20, begun.elapsed());
    file.rewind()?;
    let begun = Instant::now();
    let mut reading = open(&Reader::Program(PathBuf::from(program), "read-sheet"), file)?;
    let (mut read, mut told, mut peak) = (0_u32, 0_u32, 0);
    let mut looked = begun.checked_sub(Duration::from_secs(1));
    while let Some(event) = reading.next().await {
        match event {
            Event::Row(_) => read += 1,
            Event::Progress(_) => told += 1,
            Event::Refused { en, .. } => println!("refused: {en}"),
            Event::Sheet { .. } | Event::End(_) | Event::Whole => {}
        }
        if looked.is_none_or(|at| at.elapsed() > Duration::from_millis(200)) {
            looked = Some(Instant::now());
            peak = reading.peak_memory().unwrap_or(peak);
        }
    }
    println!(
        "read: {read} rows, {told} words of progress, {:?}, {} MB",
        begun.elapsed(),
        peak >> 20
    );
    Ok(())
}

fn write(rows: u32, into: &mut std::fs::File) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let tab = book.add_worksheet_with_low_memory()?;
    for row in 0..rows {
        for column in 0..COLUMNS {
            match column % 4 {
                0 => tab.write_string(row, column, format!("第{row}项 推进产业园用地报批"))?,
                1 => tab.write_number(row, column, f64::from(row) / 100.0)?,
                2 => tab.write_string(row, column, "市发展改革委、临颍县")?,
                _ => tab.write_string(row, column, "2021年11月12日")?,
            };
        }
    }
    book.save_to_writer(into)
}
