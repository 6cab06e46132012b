//! What is there already when a ledger comes in.

use journal::{Result, Tx, args};
use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::BatchKind;

/// Numbers read at once; a weekly series does not come to a tenth of it.
const BATCHES_MAX: usize = 10_000;

/// The numbers of weekly batches, with their sitting; what was taken over has none.
pub(crate) async fn numbered(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
) -> Result<Vec<(i64, Uuid, Option<Uuid>)>> {
    let sql = format!(
        "SELECT number, id, sitting_id FROM batches WHERE jurisdiction_id = $1 AND kind = $2 \
         AND number IS NOT NULL ORDER BY number DESC LIMIT {BATCHES_MAX}"
    );
    tx.scan(&sql, args![city, BatchKind::Weekly]).await
}

/// The numbers of the items that were taken over, and of their lines: the latter without the unit
/// that each assignment of several bears.
pub(crate) async fn labels(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<String>> {
    let sql = "SELECT a.label, u.short_name FROM assignments a \
        JOIN units u ON u.jurisdiction_id = a.jurisdiction_id AND u.id = a.unit_id \
        WHERE a.jurisdiction_id = $1 AND a.taken_over LIMIT 500000";
    let rows: Vec<(String, String)> = tx.scan(sql, args![city]).await?;
    let line = |(label, unit): (String, String)| {
        label.strip_suffix(&format!("-{unit}")).map(str::to_owned).unwrap_or(label)
    };
    Ok(rows.into_iter().map(line).collect())
}
