//! All SQL of this room, reading only; `apply` writes.

pub(crate) mod draft;
pub(crate) mod measures;
pub(crate) mod sheet;

pub use sheet::recorders;

use ::measures::ReviewMonth;
use journal::{Result, Row as _, Tx, Value, args};
use kernel::{Actor, Id, Jurisdiction, Role};
use uuid::Uuid;

use crate::tables::IndicatorRow;

/// Indicators read at once; a city has some dozens.
const INDICATORS_MAX: i64 = 1_000;

/// All indicators in the order of their lists, also those that ended.
pub async fn indicators(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<IndicatorRow>> {
    let sql = format!(
        "SELECT {} FROM indicators WHERE jurisdiction_id = $1 ORDER BY sort, number \
         LIMIT {INDICATORS_MAX}",
        IndicatorRow::sql().columns
    );
    tx.all(&sql, args![city]).await
}

/// All indicators in force by name: what a rule set may call.
pub async fn by_name(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<IndicatorRow>> {
    let sql = format!(
        "SELECT {} FROM indicators WHERE jurisdiction_id = $1 AND valid_to IS NULL ORDER BY name \
         LIMIT {INDICATORS_MAX}",
        IndicatorRow::sql().columns
    );
    tx.all(&sql, args![city]).await
}

/// One indicator: everybody of the office may know which there are.
pub async fn indicator(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<IndicatorRow>> {
    let columns = &IndicatorRow::sql().columns;
    let sql = format!("SELECT {columns} FROM indicators WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The groups whose units have values of an indicator.
pub async fn groups(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Vec<Uuid>> {
    let sql = "SELECT group_id FROM indicator_groups WHERE jurisdiction_id = $1 \
        AND indicator_id = $2 ORDER BY group_id LIMIT 200";
    let rows: Vec<(Uuid,)> = tx.all(sql, args![city, id]).await?;
    Ok(rows.into_iter().map(|(group,)| group).collect())
}

/// The number of the next indicator.
pub(crate) async fn next_number(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<i64> {
    let sql = "SELECT number FROM indicators WHERE jurisdiction_id = $1 \
        ORDER BY number DESC LIMIT 1";
    let last: Option<(i64,)> = tx.opt(sql, args![city]).await?;
    Ok(last.map_or(1, |(number,)| number + 1))
}

/// Whether another indicator has a name, in force or not: a name means one thing for ever.
pub(crate) async fn is_taken(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (name, except): (&str, Option<Uuid>),
) -> Result<bool> {
    let sql = "SELECT id FROM indicators WHERE jurisdiction_id = $1 AND name = $2";
    let found: Option<(Uuid,)> = tx.opt(sql, args![city, name.to_owned()]).await?;
    Ok(found.is_some_and(|(id,)| Some(id) != except))
}

/// The newest month of which an indicator has values.
pub(crate) async fn newest(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<ReviewMonth>> {
    let sql = "SELECT month FROM observations WHERE jurisdiction_id = $1 AND indicator_id = $2 \
        ORDER BY month DESC LIMIT 1";
    Ok(tx.opt::<(ReviewMonth,)>(sql, args![city, id]).await?.map(|(month,)| month))
}

/// The condition on values `o` of indicators `i` under which the actor sees one: the bureau all;
/// leaders what was checked; a unit what was checked of itself, and all that it enters as a
/// department; an inspector what was checked of the units of the inspection.
pub(crate) fn scope(actor: &Actor, values: &mut Vec<Value>) -> String {
    let mut place = |id: Uuid| {
        values.push(Value::Uuid(id));
        values.len()
    };
    match actor.role {
        Role::Chief | Role::Officer => String::new(),
        Role::Leader | Role::Secretary => " AND o.from_seq IS NOT NULL".to_owned(),
        Role::Head | Role::Liaison | Role::Department => {
            let n = place(actor.unit);
            format!(
                " AND (i.department_id = ${n} OR (o.unit_id = ${n} AND o.from_seq IS NOT NULL))"
            )
        }
        Role::Inspector => {
            let n = place(actor.post);
            format!(
                " AND o.from_seq IS NOT NULL AND EXISTS (SELECT 1 FROM watches w \
                 WHERE w.jurisdiction_id = o.jurisdiction_id AND w.post_id = ${n} \
                 AND w.target_id = o.unit_id)"
            )
        }
        // Their pages are refused before.
        Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => " AND 1 = 0".to_owned(),
    }
}
