//! Reading a file into pages while somebody watches.

use std::fs::File;

use journal::{Db, Error, Result};
use kernel::{Message, msg};
use tokio::sync::Semaphore;

use super::rows::{ImportRow, PageRow, State};
use super::said::SheetNote;
use super::{keep, keep_pages};
use crate::sheet::read::{Event, Reader, Row, open};

/// Rows of a page.
const PAGE_ROWS: usize = 100;
/// Bytes of a page, roughly.
const PAGE_BYTES: usize = 256 << 10;
/// Pages stored in one transaction.
const PAGES_AT_ONCE: usize = 8;
/// Files read at once; each takes a core.
static DESKS: Semaphore = Semaphore::const_new(2);

/// How far reading is.
pub type Progress = u16;

/// What was read so far.
struct Draft<'a> {
    import: &'a ImportRow,
    sheets: Vec<SheetNote>,
    rows: Vec<Row>,
    bytes: usize,
    pages: Vec<PageRow>,
    told: Progress,
}

/// Reads a file into the pages of an import; answers the import as it is then: failed with the
/// reason, or read and to be kept with what is proposed for it.
pub async fn read_in(
    db: &Db,
    import: &ImportRow,
    reader: &Reader,
    file: File,
) -> Result<ImportRow> {
    let _desk = DESKS.acquire().await.map_err(Error::fault)?;
    let mut reading = open(reader, file)?;
    let (sheets, rows) = (Vec::new(), Vec::new());
    let mut draft = Draft { import, sheets, rows, bytes: 0, pages: Vec::new(), told: 0 };
    while let Some(event) = reading.next().await {
        match event {
            Event::Refused { zh, en } => return fail(db, import, &Message { zh, en }).await,
            Event::Whole => return draft.whole(db).await,
            other @ (Event::Sheet { .. } | Event::Row(_) | Event::End(_) | Event::Progress(_)) => {
                draft.take(db, other).await?;
            }
        }
    }
    Err(Error::fault("the reader told no end"))
}

/// The rows of the first sheet that shows, all at once, for small sheets that are no import; the
/// message says why a file is not taken.
pub async fn first_sheet(
    reader: &Reader,
    file: File,
    rows_max: usize,
) -> Result<std::result::Result<Vec<Row>, Message>> {
    let _desk = DESKS.acquire().await.map_err(Error::fault)?;
    let mut reading = open(reader, file)?;
    let (mut rows, mut shows) = (Vec::new(), false);
    while let Some(event) = reading.next().await {
        match event {
            Event::Refused { zh, en } => return Ok(Err(Message { zh, en })),
            Event::Sheet { hidden, .. } => shows = !hidden,
            Event::Row(row) if shows => rows.push(row),
            Event::End(_) if shows => return Ok(Ok(rows)),
            Event::Whole => return Ok(Ok(rows)),
            Event::Row(_) | Event::End(_) | Event::Progress(_) => {}
        }
        if rows.len() > rows_max {
            return Ok(Err(msg!(
                "表中超过 {rows_max} 行，请上传从系统下载的表。",
                "More than {rows_max} rows; upload the sheet that was taken out here."
            )));
        }
    }
    Err(Error::fault("the reader told no end"))
}

async fn fail(db: &Db, import: &ImportRow, message: &Message) -> Result<ImportRow> {
    let (city, id) = (import.jurisdiction_id, import.id);
    db.operate(city, async |tx| crate::store::imports::remove_pages(tx, city, id).await).await?;
    let failed = ImportRow { state: State::Failed, ..import.clone() }.telling(message);
    keep(db, &failed).await?;
    Ok(failed)
}

impl Draft<'_> {
    async fn take(&mut self, db: &Db, event: Event) -> Result<()> {
        match event {
            Event::Sheet { name, hidden } => {
                self.sheets.push(SheetNote { name, hidden, ..SheetNote::default() });
            }
            Event::Row(row) => {
                if let Some(sheet) = self.sheets.last_mut() {
                    sheet.rows += 1;
                    sheet.hidden_rows += u32::from(row.hidden);
                }
                self.bytes += size_of(&row);
                self.rows.push(row);
                if self.rows.len() >= PAGE_ROWS || self.bytes > PAGE_BYTES {
                    self.close_page()?;
                    self.store(db, PAGES_AT_ONCE).await?;
                }
            }
            Event::End(end) => {
                self.close_page()?;
                if let Some(sheet) = self.sheets.last_mut() {
                    sheet.hidden_columns = end.hidden_columns;
                    sheet.merges = end.merges;
                }
            }
            Event::Progress(told) => {
                // Each word is a transaction; one in fifty is enough for a bar.
                if told >= self.told + 20 {
                    self.told = told;
                    let row = ImportRow { per_mille: i64::from(told), ..self.import.clone() };
                    keep(db, &row).await?;
                }
            }
            Event::Refused { .. } | Event::Whole => {}
        }
        Ok(())
    }

    fn close_page(&mut self) -> Result<()> {
        let Some(first) = self.rows.first() else { return Ok(()) };
        let sheet = self.sheets.len().saturating_sub(1);
        let Some(note) = self.sheets.last_mut() else { return Ok(()) };
        let page = PageRow {
            jurisdiction_id: self.import.jurisdiction_id,
            import_id: self.import.id,
            sheet: i64::try_from(sheet).map_err(Error::fault)?,
            n: note.pages,
            first_row: i64::from(first.number),
            rows: serde_json::to_vec(&self.rows)?,
            verdicts: Vec::new(),
            errors_count: 0,
            warnings_count: 0,
            aside_count: 0,
        };
        note.pages += 1;
        self.pages.push(page);
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }

    async fn store(&mut self, db: &Db, from: usize) -> Result<()> {
        if self.pages.len() < from || self.pages.is_empty() {
            return Ok(());
        }
        keep_pages(db, self.import, &self.pages).await?;
        self.pages.clear();
        Ok(())
    }

    async fn whole(mut self, db: &Db) -> Result<ImportRow> {
        self.store(db, 1).await?;
        Ok(ImportRow {
            state: State::Read,
            per_mille: 1_000,
            sheets: serde_json::to_string(&self.sheets)?,
            ..self.import.clone()
        })
    }
}

fn size_of(row: &Row) -> usize {
    let cell = |cell: &crate::sheet::read::Cell| {
        24 + cell.value.as_ref().map_or(0, |value| value.text().len())
    };
    row.cells.iter().map(cell).sum()
}
