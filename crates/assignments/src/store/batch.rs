//! Batches and their lines.

use journal::{Error, Result, Row as _, Tx, args, query_row};
use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::{
    BatchKind, BatchRow, BatchState, LineMilestoneRow, LineRow, LineUnitRow, ProposalRow, ScanRow,
    SignOffRow,
};

/// One batch.
pub(crate) async fn batch(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<BatchRow> {
    let columns = &BatchRow::sql().columns;
    let sql = format!("SELECT {columns} FROM batches WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await?.ok_or_else(Error::missing)
}

/// All batches, newest first.
pub(crate) async fn batches(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<BatchRow>> {
    let columns = &BatchRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM batches WHERE jurisdiction_id = $1 ORDER BY opened_on DESC, id DESC LIMIT 500"
    );
    tx.all(&sql, args![city]).await
}

/// The weekly batch issued before another one; before a draft it is the newest.
pub(crate) async fn before(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: &BatchRow,
) -> Result<Option<BatchRow>> {
    let columns = &BatchRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM batches WHERE jurisdiction_id = $1 AND id <> $2 AND kind = $3 \
         AND state = $4 ORDER BY issued_on DESC, id DESC LIMIT 60"
    );
    let values = args![city, batch.id, BatchKind::Weekly, BatchState::Issued];
    let issued: Vec<BatchRow> = tx.all(&sql, values).await?;
    let earlier = |b: &BatchRow| {
        batch
            .issued_on
            .is_none_or(|on| b.issued_on.is_some_and(|before| (before, b.id) < (on, batch.id)))
    };
    Ok(issued.into_iter().find(earlier))
}

/// The lines of a batch in their order.
pub(crate) async fn lines(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: Uuid,
) -> Result<Vec<LineRow>> {
    let columns = &LineRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM batch_lines WHERE jurisdiction_id = $1 AND batch_id = $2 \
         ORDER BY sort, id LIMIT 500"
    );
    tx.all(&sql, args![city, batch]).await
}

/// One line.
pub(crate) async fn line(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<LineRow> {
    let columns = &LineRow::sql().columns;
    let sql = format!("SELECT {columns} FROM batch_lines WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await?.ok_or_else(Error::missing)
}

query_row! {
    /// A unit of a line with its name.
    pub(crate) struct NamedUnit {
        pub(crate) line_id: Uuid,
        pub(crate) unit_id: Uuid,
        pub(crate) name: String,
        pub(crate) role: crate::tables::UnitRole,
        pub(crate) part: String,
    }
}

/// The units of all lines of a batch, with their short names.
pub(crate) async fn named_units(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: Uuid,
) -> Result<Vec<NamedUnit>> {
    let sql = "SELECT lu.line_id, lu.unit_id, u.short_name, lu.role, lu.part FROM batch_lines l \
        JOIN line_units lu ON lu.jurisdiction_id = l.jurisdiction_id AND lu.line_id = l.id \
        JOIN units u ON u.jurisdiction_id = lu.jurisdiction_id AND u.id = lu.unit_id \
        WHERE l.jurisdiction_id = $1 AND l.batch_id = $2 ORDER BY l.sort, lu.sort LIMIT 5000";
    tx.all(sql, args![city, batch]).await
}

/// The units of a line.
pub(crate) async fn units(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    line: Uuid,
) -> Result<Vec<LineUnitRow>> {
    let columns = &LineUnitRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM line_units WHERE jurisdiction_id = $1 AND line_id = $2 ORDER BY sort LIMIT 200"
    );
    tx.all(&sql, args![city, line]).await
}

/// The milestones of a line.
pub(crate) async fn milestones(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    line: Uuid,
) -> Result<Vec<LineMilestoneRow>> {
    let columns = &LineMilestoneRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM line_milestones WHERE jurisdiction_id = $1 AND line_id = $2 ORDER BY n LIMIT 50"
    );
    tx.all(&sql, args![city, line]).await
}

/// The sign-offs of a batch, oldest first.
pub(crate) async fn sign_offs(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: Uuid,
) -> Result<Vec<SignOffRow>> {
    let columns = &SignOffRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM sign_offs WHERE jurisdiction_id = $1 AND batch_id = $2 ORDER BY at, id LIMIT 200"
    );
    tx.all(&sql, args![city, batch]).await
}

/// The scans of the papers on which a batch was signed.
pub(crate) async fn scans(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: Uuid,
) -> Result<Vec<ScanRow>> {
    let columns = &ScanRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM sign_off_scans WHERE jurisdiction_id = $1 AND batch_id = $2 \
         ORDER BY id LIMIT 100"
    );
    tx.all(&sql, args![city, batch]).await
}

/// The proposals for a batch, oldest first.
pub(crate) async fn proposals(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: Uuid,
) -> Result<Vec<ProposalRow>> {
    let columns = &ProposalRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM proposals WHERE jurisdiction_id = $1 AND batch_id = $2 ORDER BY id LIMIT 500"
    );
    tx.all(&sql, args![city, batch]).await
}

/// One proposal.
pub(crate) async fn proposal(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<ProposalRow> {
    let columns = &ProposalRow::sql().columns;
    let sql = format!("SELECT {columns} FROM proposals WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await?.ok_or_else(Error::missing)
}

/// The number that the next interim or supplementary batch of a year gets.
pub(crate) async fn next_number(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    kind: BatchKind,
    year: i64,
) -> Result<i64> {
    let sql = "SELECT number FROM batches WHERE jurisdiction_id = $1 AND kind = $2 AND year = $3 \
        AND number IS NOT NULL ORDER BY number DESC LIMIT 1";
    let last: Option<(i64,)> = tx.opt(sql, args![city, kind, year]).await?;
    Ok(last.map_or(1, |(n,)| n + 1))
}
