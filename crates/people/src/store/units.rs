//! Units, groups and lines.

use journal::{Result, Row as _, Tx, args};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::{LineRow, PeerGroupRow, UnitRow};

/// Units read at once; a city has some hundreds.
const UNITS_MAX: i64 = 5_000;

/// All units that exist on a day, in the order in which they are shown.
pub async fn units(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<UnitRow>> {
    let sql = format!(
        "SELECT {} FROM units WHERE jurisdiction_id = $1 AND valid_from <= $2 \
         AND (valid_to IS NULL OR valid_to >= $2) ORDER BY sort, id LIMIT {UNITS_MAX}",
        UnitRow::sql().columns
    );
    tx.all(&sql, args![city, on]).await
}

/// One unit.
pub async fn unit(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Option<UnitRow>> {
    let columns = &UnitRow::sql().columns;
    let sql = format!("SELECT {columns} FROM units WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// A unit and everything below it, at most four levels down.
pub async fn subtree(tx: &mut Tx, city: Id<Jurisdiction>, root: Uuid) -> Result<Vec<Uuid>> {
    let sql = "WITH RECURSIVE below (id, depth) AS (
          SELECT id, CAST(0 AS BIGINT) FROM units WHERE jurisdiction_id = $1 AND id = $2
          UNION ALL
          SELECT u.id, b.depth + 1 FROM units u JOIN below b ON u.parent_id = b.id
          WHERE u.jurisdiction_id = $1 AND b.depth < 4)
        SELECT id FROM below LIMIT 5000";
    let rows: Vec<(Uuid,)> = tx.all(sql, args![city, root]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// All lines of work.
pub async fn lines(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<LineRow>> {
    let columns = &LineRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM lines WHERE jurisdiction_id = $1 ORDER BY sort LIMIT 200");
    tx.all(&sql, args![city]).await
}

/// All peer groups.
pub async fn groups(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<PeerGroupRow>> {
    let columns = &PeerGroupRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM peer_groups WHERE jurisdiction_id = $1 ORDER BY sort LIMIT 200"
    );
    tx.all(&sql, args![city]).await
}

/// Which unit stands in which group on a day.
pub async fn grouping(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<(Uuid, Uuid)>> {
    let sql = "SELECT unit_id, group_id FROM group_members WHERE jurisdiction_id = $1 \
        AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2) LIMIT 5000";
    tx.all(sql, args![city, on]).await
}
