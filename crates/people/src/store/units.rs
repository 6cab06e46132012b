//! Units, groups and lines.

use journal::{Result, Row as _, Tx, Value, args};
use kernel::{Day, Id, Jurisdiction, SubjectKind};
use uuid::Uuid;

use crate::tables::{GroupMemberRow, LineRow, PeerGroupRow, UnitRow};

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

/// The memberships of a unit in peer groups, newest first.
pub(crate) async fn memberships(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
) -> Result<Vec<GroupMemberRow>> {
    let sql = format!(
        "SELECT {} FROM group_members WHERE jurisdiction_id = $1 AND unit_id = $2 \
         ORDER BY valid_from DESC LIMIT 100",
        GroupMemberRow::sql().columns
    );
    tx.all(&sql, args![city, unit]).await
}

/// One peer group.
pub(crate) async fn group(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<PeerGroupRow>> {
    let columns = &PeerGroupRow::sql().columns;
    let sql = format!("SELECT {columns} FROM peer_groups WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// Who stands in a group or once stood there: unit, its short name, from and to.
pub(crate) async fn members(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    group: Uuid,
) -> Result<Vec<(Uuid, String, Day, Option<Day>)>> {
    let sql = "SELECT m.unit_id, u.short_name, m.valid_from, m.valid_to FROM group_members m \
        JOIN units u ON u.jurisdiction_id = m.jurisdiction_id AND u.id = m.unit_id \
        WHERE m.jurisdiction_id = $1 AND m.group_id = $2 \
        ORDER BY CASE WHEN m.valid_to IS NULL THEN 0 ELSE 1 END, u.sort, m.valid_from LIMIT 2000";
    tx.all(sql, args![city, group]).await
}

/// One line of work.
pub(crate) async fn line(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Option<LineRow>> {
    let columns = &LineRow::sql().columns;
    let sql = format!("SELECT {columns} FROM lines WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// Whether another unit that exists after a day has this short name.
pub(crate) async fn short_name_taken(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (name, except): (&str, Uuid),
    after: Day,
) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM units WHERE jurisdiction_id = $1 AND short_name = $2 \
        AND id <> $3 AND (valid_to IS NULL OR valid_to > $4)";
    let found: (i64,) = tx.one(sql, args![city, name.to_owned(), except, after]).await?;
    Ok(found.0 > 0)
}

/// How many units exist below a unit after a day.
pub(crate) async fn units_below(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
    after: Day,
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM units WHERE jurisdiction_id = $1 AND parent_id = $2 \
        AND (valid_to IS NULL OR valid_to > $3)";
    Ok(tx.one::<(i64,)>(sql, args![city, unit, after]).await?.0)
}

/// The titles of subjects of one kind, for links: identifier and title.
pub(crate) async fn titles(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    kind: SubjectKind,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, String)>> {
    let mut all = Vec::new();
    // Places are few; the ids of a page are many at most.
    for some in ids.chunks(40) {
        let places: Vec<_> = (2..some.len() + 2).map(|n| format!("${n}")).collect();
        let Some(sql) = titles_sql(kind, &places.join(", ")) else { return Ok(all) };
        let mut values = args![city].to_vec();
        values.extend(some.iter().map(|id| Value::Uuid(*id)));
        let rows: Vec<(Uuid, String)> = tx.all(&sql, &values).await?;
        all.extend(rows);
    }
    Ok(all)
}

fn titles_sql(kind: SubjectKind, places: &str) -> Option<String> {
    let (title, from, id) = match kind {
        SubjectKind::Unit => ("x.short_name", "units x", "x.id"),
        SubjectKind::PeerGroup => ("x.name", "peer_groups x", "x.id"),
        SubjectKind::Line => ("x.name", "lines x", "x.id"),
        SubjectKind::Series => ("x.name", "series x", "x.id"),
        SubjectKind::Account => ("x.name", "accounts x", "x.id"),
        SubjectKind::Jurisdiction => ("x.name", "jurisdictions x", "x.jurisdiction_id"),
        SubjectKind::Sitting => ("CAST(x.day AS TEXT)", "sittings x", "x.id"),
        SubjectKind::Person => (
            "COALESCE(n.value, '—')",
            "persons x LEFT JOIN sealed_values n ON n.jurisdiction_id = x.jurisdiction_id \
             AND n.owner_id = x.id AND n.field = 'name'",
            "x.id",
        ),
        SubjectKind::Batch
        | SubjectKind::Assignment
        | SubjectKind::Proposal
        | SubjectKind::WeeklyAnswer
        | SubjectKind::Slip
        | SubjectKind::Indicator
        | SubjectKind::IndicatorSheet
        | SubjectKind::Observation
        | SubjectKind::RuleSet
        | SubjectKind::Review
        | SubjectKind::Objection
        | SubjectKind::Statement => return None,
    };
    Some(format!(
        "SELECT {id}, {title} FROM {from} WHERE x.jurisdiction_id = $1 AND {id} IN ({places})"
    ))
}
