//! The lists: slips by filter, and missed reports, in keyset pages.

use journal::{FromRow, Result, Row as _, RowRef, Tx, Value, args, query_row};
use kernel::{Actor, Day, Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::{Colour, SlipRow, SlipState};

/// Counts are exact up to here.
pub(crate) const COUNT_MAX: i64 = 1_000;

/// What the list is asked for; empty fields do not limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) colour: Option<Colour>,
    pub(crate) state: Option<SlipState>,
    /// Only what has not ended.
    pub(crate) open: Option<bool>,
    pub(crate) unit: Option<Uuid>,
    pub(crate) year: Option<i64>,
    /// After this row of the order.
    pub(crate) after: Option<Uuid>,
}

/// A row of the list with what it shows of its item and unit.
pub(crate) struct Listed {
    pub(crate) row: SlipRow,
    pub(crate) item: String,
    pub(crate) title: String,
    pub(crate) unit: String,
}

impl FromRow for Listed {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        let n = SlipRow::SPEC.columns.len();
        Ok(Self {
            row: SlipRow::from_row(row)?,
            item: row.get(n)?,
            title: row.get(n + 1)?,
            unit: row.get(n + 2)?,
        })
    }
}

/// The slips of a page, newest first.
pub(crate) async fn slips(
    tx: &mut Tx,
    actor: &Actor,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Listed>> {
    let (mut condition, mut values) = conditions(tx, actor, filter).await?;
    if let Some(after) = filter.after {
        values.push(Value::Uuid(after));
        condition.push_str(&format!(" AND s.id < ${}", values.len()));
    }
    values.push(Value::Int(limit));
    let sql = format!(
        "SELECT {}, a.label, a.title, u.short_name FROM slips s \
         JOIN assignments a ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         JOIN units u ON u.jurisdiction_id = s.jurisdiction_id AND u.id = s.unit_id \
         WHERE {condition} ORDER BY s.id DESC LIMIT ${}",
        SlipRow::columns_of("s"),
        values.len()
    );
    tx.scan(&sql, &values).await
}

/// The slip that was issued last of those that the actor sees.
pub(crate) async fn newest_issued(tx: &mut Tx, actor: &Actor) -> Result<Option<SlipRow>> {
    let (mut condition, values) = conditions(tx, actor, &Filter::default()).await?;
    condition.push_str(" AND s.number IS NOT NULL");
    let sql = format!(
        "SELECT {} FROM slips s JOIN assignments a \
         ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         WHERE {condition} ORDER BY s.id DESC LIMIT 1",
        SlipRow::columns_of("s")
    );
    tx.opt(&sql, &values).await
}

/// What was put right, by the signed answers to the slips of a span, oldest first.
pub(crate) async fn signed_answers(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (from, to): (Uuid, Uuid),
) -> Result<Vec<(Uuid, String)>> {
    let sql = "SELECT slip_id, done FROM slip_answers WHERE jurisdiction_id = $1 \
        AND slip_id >= $2 AND slip_id <= $3 AND signed_on IS NOT NULL \
        ORDER BY slip_id, id LIMIT 25000";
    tx.scan(sql, args![city, from, to]).await
}

/// How many pass, exact up to [`COUNT_MAX`]; in the order of the list, so that it ends as early.
pub(crate) async fn count(tx: &mut Tx, actor: &Actor, filter: &Filter) -> Result<i64> {
    let (condition, values) = conditions(tx, actor, filter).await?;
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM slips s JOIN assignments a \
         ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         WHERE {condition} ORDER BY s.id DESC LIMIT {}) AS passing",
        COUNT_MAX + 1
    );
    let rows: Vec<(i64,)> = tx.scan(&sql, &values).await?;
    Ok(rows.first().map_or(0, |r| r.0))
}

async fn conditions(tx: &mut Tx, actor: &Actor, filter: &Filter) -> Result<(String, Vec<Value>)> {
    let mut values = args![actor.jurisdiction].to_vec();
    let scope = super::scope(tx, actor, &mut values).await?;
    let mut sql = format!("s.jurisdiction_id = $1{scope}");
    let mut push = |condition: &str, value: Value| {
        values.push(value);
        sql.push_str(&condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(colour) = filter.colour {
        push(" AND s.colour = ?", Value::Text(colour.word().to_owned()));
    }
    if let Some(state) = filter.state {
        push(" AND s.state = ?", Value::Text(state.word().to_owned()));
    }
    if let Some(unit) = filter.unit {
        push(" AND s.unit_id = ?", Value::Uuid(unit));
    }
    if let Some(year) = filter.year {
        push(" AND s.year = ?", Value::Int(year));
    }
    match filter.open {
        Some(true) => sql.push_str(" AND s.state NOT IN ('closed', 'superseded', 'withdrawn')"),
        Some(false) => sql.push_str(" AND s.state IN ('closed', 'superseded', 'withdrawn')"),
        None => {}
    }
    Ok((sql, values))
}

query_row! {
    /// A missed report with what the list shows of it.
    pub(crate) struct Missed {
        pub(crate) assignment_id: Uuid,
        pub(crate) closed_on: Day,
        pub(crate) found_on: Day,
        pub(crate) label: String,
        pub(crate) title: String,
        pub(crate) unit_id: Uuid,
        pub(crate) unit: String,
        pub(crate) last_report_on: Option<Day>,
        pub(crate) is_open: bool,
    }
}

/// Missed reports, the latest closing first; of one unit, when it is named.
pub(crate) async fn missed(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (unit, after): (Option<Uuid>, Option<(Day, Uuid)>),
    limit: i64,
) -> Result<Vec<Missed>> {
    let mut values = args![city].to_vec();
    let mut condition = String::new();
    if let Some(unit) = unit {
        values.push(Value::Uuid(unit));
        condition.push_str(&format!(" AND m.unit_id = ${}", values.len()));
    }
    if let Some((day, id)) = after {
        values.push(Value::Day(day));
        values.push(Value::Uuid(id));
        let n = values.len();
        condition.push_str(&format!(" AND (m.closed_on, m.assignment_id) < (${}, ${n})", n - 1));
    }
    values.push(Value::Int(limit));
    let sql = format!(
        "SELECT m.assignment_id, m.closed_on, m.found_on, a.label, a.title, u.id, u.short_name, \
         a.last_report_on, a.is_open FROM missed_reports m \
         JOIN assignments a ON a.jurisdiction_id = m.jurisdiction_id AND a.id = m.assignment_id \
         JOIN units u ON u.jurisdiction_id = m.jurisdiction_id AND u.id = m.unit_id \
         WHERE m.jurisdiction_id = $1{condition} \
         ORDER BY m.closed_on DESC, m.assignment_id DESC LIMIT ${}",
        values.len()
    );
    tx.scan(&sql, &values).await
}
