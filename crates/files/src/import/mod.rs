//! 导入: a spreadsheet on its way into a room. Its rows wait here as they were read, page by page,
//! so that a person can look, mend and come back without the file being read again; any node that
//! shares the database can go on.
//!
//! Operational and never evidence: what was taken over stands in the journal, the rest is thrown
//! away when it was committed, discarded, or left for seven days.

mod reading;
mod rows;
mod said;

pub use reading::{Progress, first_sheet, read_in};
pub use rows::{ImportRow, MappingRow, PageRow, State};
pub use said::{Choice, Level, Note, SheetNote, Treat, Verdict};

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};

use journal::{Db, Error, Place, Result, Tables, Tx, args};
use kernel::{Id, Jurisdiction, Refusal, msg};
use uuid::Uuid;

use crate::blob;
use crate::store::imports as store;

/// Days that an import waits for its person.
pub const WAITS_DAYS: i64 = 7;
/// Imports of one kind that an account may have under way.
pub const OPEN_MAX: usize = 5;

/// Who brings in what.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// The city.
    pub city: Id<Jurisdiction>,
    /// The account.
    pub account: Uuid,
    /// What is brought in, by the word of its specification.
    pub spec: &'a str,
}

/// Begins an import of a file.
pub async fn begin(db: &Db, owner: Owner<'_>, file_name: &str) -> Result<ImportRow> {
    let now = db.clock().now();
    let row = ImportRow {
        jurisdiction_id: owner.city,
        id: Uuid::now_v7(),
        account_id: owner.account,
        spec: owner.spec.to_owned(),
        file_name: file_name.to_owned(),
        state: State::Reading,
        per_mille: 0,
        told: String::new(),
        sheets: "[]".to_owned(),
        choice: serde_json::to_string(&Choice::default())?,
        rows_count: 0,
        errors_count: 0,
        warnings_count: 0,
        aside_count: 0,
        created_at: now,
        changed_at: now,
    };
    db.operate(owner.city, async |tx| {
        let (failed, open): (Vec<_>, Vec<_>) =
            store::open(tx, owner).await?.into_iter().partition(|i| i.state == State::Failed);
        // Nothing can be done with a file that was not read but to send another.
        for former in failed {
            remove(tx, &former).await?;
        }
        if open.len() >= OPEN_MAX {
            let max = OPEN_MAX;
            let many = msg!(
                "您已有 {max} 个未完成的导入，请先完成或放弃其中一个。",
                "{max} of your imports are under way; finish or discard one first."
            );
            return Err(Refusal::field("file", many).into());
        }
        Tables::operational(tx).insert(&row).await
    })
    .await?;
    Ok(row)
}

/// An import of this owner.
pub async fn find(tx: &mut Tx, owner: Owner<'_>, id: Uuid) -> Result<ImportRow> {
    let row = store::import(tx, owner.city, id).await?;
    let row = row.filter(|r| r.account_id == owner.account && r.spec == owner.spec);
    row.ok_or_else(Error::missing)
}

/// The imports of this owner that are under way, the newest first.
pub async fn open(tx: &mut Tx, owner: Owner<'_>) -> Result<Vec<ImportRow>> {
    store::open(tx, owner).await
}

/// Keeps a change of an import; one that was discarded meanwhile is missing.
pub async fn keep(db: &Db, row: &ImportRow) -> Result<()> {
    let row = ImportRow { changed_at: db.clock().now(), ..row.clone() };
    db.operate(row.jurisdiction_id, async |tx| {
        store::import(tx, row.jurisdiction_id, row.id).await?.ok_or_else(Error::missing)?;
        Tables::operational(tx).replace(&row).await
    })
    .await
}

/// The pages of a sheet from one on, a few at once.
pub async fn pages(tx: &mut Tx, import: &ImportRow, sheet: i64, from: i64) -> Result<Vec<PageRow>> {
    store::pages(tx, (import.jurisdiction_id, import.id), sheet, from).await
}

/// The page that holds a row.
pub async fn page_of(tx: &mut Tx, import: &ImportRow, sheet: i64, row: u32) -> Result<PageRow> {
    let page = store::page_of(tx, (import.jurisdiction_id, import.id), sheet, row).await?;
    page.ok_or_else(Error::missing)
}

/// Keeps pages with what was found, as long as their import is there.
pub async fn keep_pages(db: &Db, import: &ImportRow, pages: &[PageRow]) -> Result<()> {
    db.operate(import.jurisdiction_id, async |tx| {
        store::import(tx, import.jurisdiction_id, import.id).await?.ok_or_else(Error::missing)?;
        for page in pages {
            Tables::operational(tx).put(page).await?;
        }
        Ok(())
    })
    .await
}

/// Ends an import inside the act that took it over: its rows are thrown away with the commit.
pub async fn end(tx: &mut Tx, import: &ImportRow) -> Result<()> {
    store::remove_pages(tx, import.jurisdiction_id, import.id).await?;
    let row = ImportRow { state: State::Done, sheets: "[]".to_owned(), ..import.clone() };
    Tables::operational(tx).replace(&row).await
}

/// Throws an import away.
pub async fn discard(db: &Db, import: &ImportRow) -> Result<()> {
    db.operate(import.jurisdiction_id, async |tx| remove(tx, import).await).await
}

async fn remove(tx: &mut Tx, import: &ImportRow) -> Result<()> {
    let (city, id) = (import.jurisdiction_id, import.id);
    store::remove_pages(tx, city, id).await?;
    Tables::operational(tx).remove::<ImportRow>(args![city, id]).await
}

/// Throws away what was left for too long.
pub async fn forget(db: &Db, city: Id<Jurisdiction>) -> Result<u64> {
    let before = db.clock().now().plus_secs(-WAITS_DAYS * 86_400);
    db.operate(city, async |tx| store::forget(tx, city, before).await).await
}

/// The remembered columns of a header.
pub async fn remembered(
    tx: &mut Tx,
    (city, spec): (Id<Jurisdiction>, &str),
    signature: &str,
) -> Result<Option<String>> {
    let signature = journal::sm3(&[signature.as_bytes()]).to_vec();
    store::mapping(tx, (city, spec), signature).await
}

/// Remembers the columns of a header.
pub async fn remember(
    db: &Db,
    (city, spec): (Id<Jurisdiction>, &str),
    (signature, columns): (&str, String),
) -> Result<()> {
    let row = MappingRow {
        jurisdiction_id: city,
        spec: spec.to_owned(),
        signature: journal::sm3(&[signature.as_bytes()]).to_vec(),
        columns,
        used_at: db.clock().now(),
    };
    db.operate(city, async |tx| Tables::operational(tx).put(&row).await).await
}

/// A stored content as a file that another process can be given: the very file on disk, or one
/// without a name that the database filled.
pub async fn file_of(db: &Db, city: Id<Jurisdiction>, hash: &str) -> Result<File> {
    let hash = journal::unhex(hash)?;
    if let Place::Folder(folder) = db.place() {
        return Ok(File::open(blob::path(folder, city, &hash))?);
    }
    let bytes = blob::read(db, city, &hash).await?;
    let mut file = tempfile::tempfile()?;
    file.write_all(&bytes)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}
