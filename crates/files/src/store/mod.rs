//! All SQL of this crate.

pub(crate) mod imports;

use std::collections::BTreeSet;

use journal::{Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::loose::LooseRow;
use crate::staged::StagedRow;

/// The chunks of a content in order.
pub(crate) async fn chunks(tx: &mut Tx, city: Id<Jurisdiction>, hash: &[u8]) -> Result<Vec<u8>> {
    let sql = "SELECT bytes FROM blob_chunks WHERE jurisdiction_id = $1 AND hash = $2 ORDER BY n";
    let chunks: Vec<(Vec<u8>,)> = tx.all(sql, args![city, hash.to_vec()]).await?;
    Ok(chunks.into_iter().flat_map(|c| c.0).collect())
}

/// One chunk of a content.
pub(crate) async fn chunk(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    hash: &[u8],
    n: i64,
) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT bytes FROM blob_chunks WHERE jurisdiction_id = $1 AND hash = $2 AND n = $3";
    let chunk: Option<(Vec<u8>,)> = tx.opt(sql, args![city, hash.to_vec(), n]).await?;
    Ok(chunk.map(|c| c.0))
}

/// Whether a content is stored.
pub(crate) async fn is_stored(tx: &mut Tx, city: Id<Jurisdiction>, hash: &[u8]) -> Result<bool> {
    let sql = "SELECT n FROM blob_chunks WHERE jurisdiction_id = $1 AND hash = $2 LIMIT 1";
    Ok(tx.opt::<(i64,)>(sql, args![city, hash.to_vec()]).await?.is_some())
}

/// The hashes of all contents that are stored in chunks.
pub(crate) async fn hashes(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Vec<u8>>> {
    let sql = "SELECT hash FROM blob_chunks WHERE jurisdiction_id = $1 AND n = 0 ORDER BY hash";
    let rows: Vec<(Vec<u8>,)> = tx.all(sql, args![city]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// A staged file of an account.
pub(crate) async fn staged(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    id: Uuid,
) -> Result<Option<StagedRow>> {
    let columns = &StagedRow::sql().columns;
    let sql = format!("SELECT {columns} FROM staged_files WHERE jurisdiction_id = $1 AND id = $2");
    let row: Option<StagedRow> = tx.opt(&sql, args![city, id]).await?;
    Ok(row.filter(|r| r.account_id == account))
}

/// Bytes that wait for an account.
pub(crate) async fn waiting(tx: &mut Tx, city: Id<Jurisdiction>, account: Uuid) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM staged_files \
        WHERE jurisdiction_id = $1 AND account_id = $2";
    Ok(tx.one::<(i64,)>(sql, args![city, account]).await?.0)
}

/// Throws away what was staged before a moment.
pub(crate) async fn forget(tx: &mut Tx, city: Id<Jurisdiction>, before: Moment) -> Result<u64> {
    let sql = "DELETE FROM staged_files WHERE jurisdiction_id = $1 AND at < $2";
    tx.run(sql, args![city, before]).await
}

/// The hashes of all uploads that wait for their act.
pub(crate) async fn staged_hashes(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
) -> Result<BTreeSet<Vec<u8>>> {
    let sql = "SELECT hash FROM staged_files WHERE jurisdiction_id = $1";
    let rows: Vec<(Vec<u8>,)> = tx.scan(sql, args![city]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// The contents that were loose when they were last looked at.
pub(crate) async fn loose(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<LooseRow>> {
    let sql = format!(
        "SELECT {} FROM loose_blobs WHERE jurisdiction_id = $1 ORDER BY hash LIMIT 1000",
        LooseRow::sql().columns
    );
    tx.all(&sql, args![city]).await
}

/// Takes the chunks of a content away.
pub(crate) async fn remove_chunks(tx: &mut Tx, city: Id<Jurisdiction>, hash: &[u8]) -> Result<u64> {
    let sql = "DELETE FROM blob_chunks WHERE jurisdiction_id = $1 AND hash = $2";
    tx.run(sql, args![city, hash.to_vec()]).await
}
