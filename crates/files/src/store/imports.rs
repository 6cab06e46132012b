//! The SQL of imports.

use journal::{Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::import::{ImportRow, MappingRow, Owner, PageRow};

/// Pages read at once.
const PAGES: i64 = 10;

/// An import.
pub(crate) async fn import(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<ImportRow>> {
    let columns = &ImportRow::sql().columns;
    let sql = format!("SELECT {columns} FROM imports WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// An owner's imports that are under way.
pub(crate) async fn open(tx: &mut Tx, owner: Owner<'_>) -> Result<Vec<ImportRow>> {
    let columns = &ImportRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM imports WHERE jurisdiction_id = $1 AND account_id = $2 \
         AND spec = $3 AND state <> 'done' ORDER BY id DESC LIMIT 20"
    );
    tx.all(&sql, args![owner.city, owner.account, owner.spec.to_owned()]).await
}

/// The pages of a sheet from one on.
pub(crate) async fn pages(
    tx: &mut Tx,
    (city, import): (Id<Jurisdiction>, Uuid),
    sheet: i64,
    from: i64,
) -> Result<Vec<PageRow>> {
    let columns = &PageRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM import_pages WHERE jurisdiction_id = $1 AND import_id = $2 \
         AND sheet = $3 AND n >= $4 ORDER BY n LIMIT {PAGES}"
    );
    tx.all(&sql, args![city, import, sheet, from]).await
}

/// The page that holds a row.
pub(crate) async fn page_of(
    tx: &mut Tx,
    (city, import): (Id<Jurisdiction>, Uuid),
    sheet: i64,
    row: u32,
) -> Result<Option<PageRow>> {
    let columns = &PageRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM import_pages WHERE jurisdiction_id = $1 AND import_id = $2 \
         AND sheet = $3 AND first_row <= $4 ORDER BY n DESC LIMIT 1"
    );
    tx.opt(&sql, args![city, import, sheet, i64::from(row)]).await
}

/// Takes the pages of an import away.
pub(crate) async fn remove_pages(tx: &mut Tx, city: Id<Jurisdiction>, import: Uuid) -> Result<u64> {
    let sql = "DELETE FROM import_pages WHERE jurisdiction_id = $1 AND import_id = $2";
    tx.run(sql, args![city, import]).await
}

/// Takes away imports that nobody touched since a moment.
pub(crate) async fn forget(tx: &mut Tx, city: Id<Jurisdiction>, before: Moment) -> Result<u64> {
    let sql = "DELETE FROM import_pages WHERE jurisdiction_id = $1 AND import_id IN \
        (SELECT id FROM imports WHERE jurisdiction_id = $1 AND changed_at < $2)";
    tx.run(sql, args![city, before]).await?;
    let sql = "DELETE FROM imports WHERE jurisdiction_id = $1 AND changed_at < $2";
    tx.run(sql, args![city, before]).await
}

/// The remembered columns of a header.
pub(crate) async fn mapping(
    tx: &mut Tx,
    (city, spec): (Id<Jurisdiction>, &str),
    signature: Vec<u8>,
) -> Result<Option<String>> {
    let columns = &MappingRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM import_mappings WHERE jurisdiction_id = $1 AND spec = $2 \
         AND signature = $3"
    );
    let row: Option<MappingRow> = tx.opt(&sql, args![city, spec.to_owned(), signature]).await?;
    Ok(row.map(|r| r.columns))
}
