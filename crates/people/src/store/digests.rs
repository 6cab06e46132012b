//! The access log by the day, and the digests that are facts.

use journal::{Result, Row as _, Tx, args};
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::tables::{AccessDigestRow, AccessRow};

/// Lines read at once.
const CHUNK: i64 = 1_000;

/// The lines after one and before a moment, in the order of their digest.
pub(crate) async fn access_after(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (at, id): (Moment, Uuid),
    end: Moment,
) -> Result<Vec<AccessRow>> {
    let columns = &AccessRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM access_log WHERE jurisdiction_id = $1 AND at < $4
           AND (at > $2 OR (at = $2 AND id > $3)) ORDER BY at, id LIMIT {CHUNK}"
    );
    tx.all(&sql, args![city, at, id, end]).await
}

/// When the first line was made.
pub(crate) async fn first_access(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Option<Moment>> {
    let sql = "SELECT at FROM access_log WHERE jurisdiction_id = $1 ORDER BY at LIMIT 1";
    let row: Option<(Moment,)> = tx.opt(sql, args![city]).await?;
    Ok(row.map(|r| r.0))
}

/// The newest digests, newest first.
pub(crate) async fn access_digests(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    limit: i64,
) -> Result<Vec<AccessDigestRow>> {
    let columns = &AccessDigestRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM access_digests WHERE jurisdiction_id = $1 ORDER BY day DESC LIMIT $2"
    );
    tx.all(&sql, args![city, limit]).await
}

/// Whether a day has its digest.
pub(crate) async fn is_digested(tx: &mut Tx, city: Id<Jurisdiction>, day: Day) -> Result<bool> {
    let sql = "SELECT lines_count FROM access_digests WHERE jurisdiction_id = $1 AND day = $2";
    Ok(tx.opt::<(i64,)>(sql, args![city, day]).await?.is_some())
}
