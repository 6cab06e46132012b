//! What a batch and its week ask of every unit, and how the batch before went.

use std::collections::BTreeMap;

use journal::{Result, Tx, Value, args, query_row};
use kernel::{Actor, Day, Id, Jurisdiction};
use serde::Serialize;
use uuid::Uuid;

use super::Scope;
use crate::light::Edges;

/// What one unit is asked in a week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct UnitWeek {
    /// The unit.
    pub(crate) unit_id: Uuid,
    /// Its short name.
    pub(crate) unit: String,
    /// Its place among the units.
    #[serde(skip)]
    pub(crate) sort: i64,
    /// Items of this batch that are new to it.
    pub(crate) fresh: i64,
    /// What it has in hand already.
    pub(crate) open: i64,
    /// Of these, what is overdue.
    pub(crate) red: i64,
    /// Of these, what falls due in the seven days from the sitting on.
    pub(crate) due: i64,
    /// Of these, how many reports close in those days without falling due.
    pub(crate) reports: i64,
}

query_row! {
    struct Fresh {
        unit_id: Uuid,
        unit: String,
        sort: i64,
        n: i64,
    }
}

query_row! {
    struct Held {
        unit_id: Uuid,
        unit: String,
        sort: i64,
        open: i64,
        red: i64,
        due: i64,
        reports: i64,
    }
}

/// What every unit concerned is asked by a batch and in its week, the most asked first.
pub(crate) async fn asked(
    tx: &mut Tx,
    actor: &Actor,
    batch: Uuid,
    (edges, week): (&Edges, (Day, Day)),
) -> Result<Vec<UnitWeek>> {
    let mut units: BTreeMap<Uuid, UnitWeek> = BTreeMap::new();
    for row in fresh(tx, actor.jurisdiction, batch).await? {
        let unit = units.entry(row.unit_id).or_default();
        (unit.unit, unit.sort, unit.fresh) = (row.unit, row.sort, row.n);
    }
    for row in held(tx, actor, batch, (edges, week)).await? {
        let unit = units.entry(row.unit_id).or_default();
        (unit.unit, unit.sort) = (row.unit, row.sort);
        (unit.open, unit.red, unit.due, unit.reports) = (row.open, row.red, row.due, row.reports);
    }
    let with_id = |(unit_id, unit)| UnitWeek { unit_id, ..unit };
    let mut list: Vec<_> = units.into_iter().map(with_id).collect();
    list.sort_by_key(|u| (-(u.fresh + u.due + u.reports), -u.red, u.sort));
    Ok(list)
}

/// How many new items of a batch each unit answers for; a line counts once for each of its units.
async fn fresh(tx: &mut Tx, city: Id<Jurisdiction>, batch: Uuid) -> Result<Vec<Fresh>> {
    let sql = "SELECT lu.unit_id, u.short_name, u.sort, COUNT(*) FROM batch_lines l \
        JOIN line_units lu ON lu.jurisdiction_id = l.jurisdiction_id AND lu.line_id = l.id \
        JOIN units u ON u.jurisdiction_id = lu.jurisdiction_id AND u.id = lu.unit_id \
        WHERE l.jurisdiction_id = $1 AND l.batch_id = $2 AND lu.role <> 'co' \
        GROUP BY lu.unit_id, u.short_name, u.sort LIMIT 500";
    tx.all(sql, args![city, batch]).await
}

/// What every unit has in hand besides the new items of the batch.
async fn held(
    tx: &mut Tx,
    actor: &Actor,
    batch: Uuid,
    (edges, (from, to)): (&Edges, (Day, Day)),
) -> Result<Vec<Held>> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction, edges.today, from, to, batch, true].to_vec();
    let visible = scope.list(&mut values);
    let days: Vec<_> = (0..=from.days_until(to)).map(|n| from.plus(n).day()).collect();
    let monthly = days.iter().map(i8::to_string).collect::<Vec<_>>().join(", ");
    let sum =
        |condition: &str| format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)");
    let running = "NOT a.stopped AND a.state NOT IN ('handed_back', 'submitted') \
        AND a.awaits_answer_since IS NULL";
    let due = format!("{running} AND a.due_on >= $3 AND a.due_on <= $4");
    let sql = format!(
        "SELECT a.unit_id, u.short_name, u.sort, COUNT(*), {}, {}, {} FROM assignments a \
         JOIN units u ON u.jurisdiction_id = a.jurisdiction_id AND u.id = a.unit_id \
         WHERE a.jurisdiction_id = $1 AND a.is_open = $6 AND a.batch_id <> $5{visible} \
         GROUP BY a.unit_id, u.short_name, u.sort LIMIT 500",
        sum("NOT a.stopped AND a.state <> 'handed_back' AND a.awaits_answer_since IS NULL \
             AND a.due_on < $2 \
             AND NOT (a.state = 'submitted' AND a.submitted_on <= a.due_on)",),
        sum(&due),
        sum(&format!(
            "{running} AND (a.due_on < $3 OR a.due_on > $4) AND (a.rhythm = 'weekly' \
             OR (a.rhythm = 'monthly' AND a.report_day IN ({monthly})))"
        )),
    );
    tx.scan(&sql, &values).await
}

query_row! {
    /// How the items of a batch stand.
    #[derive(Serialize)]
    pub(crate) struct Outcome {
        /// All, the carried ones not among them.
        pub(crate) items: i64,
        /// Closed.
        pub(crate) closed: i64,
        /// Of these, in time.
        pub(crate) on_time: i64,
        /// Waiting for the bureau.
        pub(crate) waiting: i64,
        /// Overdue.
        pub(crate) red: i64,
    }
}

query_row! {
    /// The batch that was issued before another.
    pub(crate) struct Former {
        /// The batch.
        pub(crate) id: Uuid,
        /// Its title.
        pub(crate) title: String,
    }
}

/// The last batch of the same kind that was issued before this one; before today for a draft.
pub(crate) async fn former(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: &crate::tables::BatchRow,
    today: Day,
) -> Result<Option<Former>> {
    let sql = "SELECT id, title FROM batches WHERE jurisdiction_id = $1 AND kind = $2 \
        AND state = 'issued' AND id <> $3 AND issued_on <= $4 \
        ORDER BY issued_on DESC, number DESC LIMIT 1";
    let before = batch.issued_on.map_or(today, |on| on.plus(-1));
    tx.opt(sql, args![city, batch.kind, batch.id, before]).await
}

/// How the items of a batch stand within the actor's scope.
pub(crate) async fn outcome(
    tx: &mut Tx,
    actor: &Actor,
    edges: &Edges,
    batch: Uuid,
) -> Result<Outcome> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction, edges.today].to_vec();
    let visible = scope.list(&mut values);
    values.push(Value::Uuid(batch));
    let n = values.len();
    let sum = |condition: &str| {
        format!("COALESCE(CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT), 0)")
    };
    let in_time = "a.state = 'submitted' AND a.submitted_on <= a.due_on";
    let sql = format!(
        "SELECT COUNT(*), {}, {}, {}, {} FROM assignments a \
         WHERE a.jurisdiction_id = $1{visible} AND a.batch_id = ${n} AND a.parent_id IS NULL",
        sum("a.state IN ('closed', 'archived')"),
        sum("a.on_time"),
        sum(
            "a.state IN ('handed_back', 'submitted') OR (a.is_open AND a.awaits_answer_since IS NOT NULL)"
        ),
        sum(&format!(
            "a.is_open AND NOT a.stopped AND a.state <> 'handed_back' \
             AND a.awaits_answer_since IS NULL AND a.due_on < $2 \
             AND NOT ({in_time})"
        )),
    );
    let rows: Vec<Outcome> = tx.scan(&sql, &values).await?;
    rows.into_iter().next().ok_or_else(|| journal::Error::fault("no outcome"))
}
