//! Figures over many assignments: lights per unit, load, what is due.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use journal::{Result, Tx, Value, args, query_row};
use kernel::{Actor, Day, Id, Jurisdiction};
use uuid::Uuid;

use super::Scope;
use crate::light::Edges;

/// What one unit has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLoad {
    /// The unit.
    pub unit_id: Uuid,
    /// Its short name.
    pub unit: String,
    /// Its figures.
    pub totals: Totals,
}

/// How one line of work stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineLoad {
    /// The line.
    pub line_id: Uuid,
    /// Its name.
    pub line: String,
    /// The post that leads it.
    pub leader_post_id: Option<Uuid>,
    /// Its figures.
    pub totals: Totals,
}

/// Figures over many assignments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Open assignments.
    pub open: i64,
    /// Overdue ones.
    pub red: i64,
    /// Those soon due.
    pub yellow: i64,
    /// Those not yet accepted.
    pub unaccepted: i64,
    /// Those that wait for the bureau.
    pub waiting: i64,
    /// Closed ones.
    pub closed: i64,
    /// Those of the closed that were in time.
    pub on_time: i64,
}

impl Totals {
    fn add(&mut self, other: &Self) {
        self.open += other.open;
        self.red += other.red;
        self.yellow += other.yellow;
        self.unaccepted += other.unaccepted;
        self.waiting += other.waiting;
        self.closed += other.closed;
        self.on_time += other.on_time;
    }
}

/// The figures by unit and line of work, from which those of all, of units and of lines follow.
#[derive(Clone, Debug)]
pub struct Tallies {
    city: Id<Jurisdiction>,
    by: BTreeMap<(Uuid, Option<Uuid>), Totals>,
}

// Open assignments are few. SUM over integers is NUMERIC on PostgreSQL. By state as well, so that
// SQLite takes the index that holds everything rather than the one in the order of the groups.
const OPEN: &str = "SELECT a.unit_id, a.work_line_id, COUNT(*),
    CAST(SUM(CASE WHEN NOT a.stopped AND a.state <> 'handed_back'
        AND a.awaits_answer_since IS NULL AND a.due_on < $3
        AND NOT (a.state = 'submitted' AND a.submitted_on <= a.due_on) THEN 1 ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN NOT a.stopped AND a.state NOT IN ('handed_back', 'submitted')
        AND a.awaits_answer_since IS NULL
        AND a.due_on >= $3 AND a.due_on <= $4 THEN 1 ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN a.state = 'issued' THEN 1 ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN a.state IN ('handed_back', 'submitted')
        OR a.awaits_answer_since IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT)
    FROM assignments a WHERE a.jurisdiction_id = $1 AND a.is_open = $2";
const OPEN_GROUPS: &str = " GROUP BY a.state, a.unit_id, a.work_line_id";

// What has ended is nearly all and grows for ever: its index holds everything that is asked, in
// the order of the groups. Nothing is said of what was withdrawn or merged.
const CLOSED: &str = "SELECT a.unit_id, a.work_line_id, a.on_time, COUNT(*)
    FROM assignments a WHERE a.jurisdiction_id = $1 AND a.is_open = $2
    AND NOT a.taken_over";
const CLOSED_GROUPS: &str = " GROUP BY a.unit_id, a.work_line_id, a.on_time";

type OpenRow = (Uuid, Option<Uuid>, i64, i64, i64, i64, i64);

/// The figures over everything that the actor sees or, with a unit, over what it and the units
/// below it have to do.
pub async fn tallies(
    tx: &mut Tx,
    actor: &Actor,
    edges: &Edges,
    unit: Option<Uuid>,
) -> Result<Tallies> {
    let scope = Scope::of(tx, actor).await?;
    let city = actor.jurisdiction;
    let mut by: BTreeMap<_, Totals> = BTreeMap::new();
    let values = args![city, true, edges.today, edges.yellow_until].to_vec();
    let (sql, values) = grouped((OPEN, OPEN_GROUPS), &scope, unit, values);
    let rows: Vec<OpenRow> = tx.scan(&sql, &values).await?;
    for (unit, line, open, red, yellow, unaccepted, waiting) in rows {
        let open = Totals { open, red, yellow, unaccepted, waiting, ..Totals::default() };
        by.entry((unit, line)).or_default().add(&open);
    }
    let values = args![city, false].to_vec();
    let (sql, values) = grouped((CLOSED, CLOSED_GROUPS), &scope, unit, values);
    let rows: Vec<(Uuid, Option<Uuid>, Option<bool>, i64)> = tx.scan(&sql, &values).await?;
    for (unit, line, on_time, closed) in rows {
        let Some(in_time) = on_time else { continue };
        let on_time = if in_time { closed } else { 0 };
        by.entry((unit, line)).or_default().add(&Totals { closed, on_time, ..Totals::default() });
    }
    Ok(Tallies { city, by })
}

fn grouped(
    (sql, groups): (&str, &str),
    scope: &Scope,
    unit: Option<Uuid>,
    mut values: Vec<Value>,
) -> (String, Vec<Value>) {
    let mut condition = scope.list(&mut values);
    if let Some(unit) = unit {
        values.push(Value::Uuid(unit));
        condition.push_str(&format!(" AND a.unit_id IN ({})", super::below(values.len())));
    }
    (format!("{sql}{condition}{groups}"), values)
}

impl Tallies {
    /// Only those of the units and lines that somebody looks after (联系片区).
    #[must_use]
    pub fn within(mut self, watched: &[Uuid]) -> Self {
        self.by.retain(|(unit, line), _| {
            watched.contains(unit) || line.is_some_and(|line| watched.contains(&line))
        });
        self
    }

    /// Over all of them.
    pub fn totals(&self) -> Totals {
        let mut sum = Totals::default();
        self.by.values().for_each(|t| sum.add(t));
        sum
    }

    fn by<K: Ord>(&self, key: impl Fn(Uuid, Option<Uuid>) -> Option<K>) -> BTreeMap<K, Totals> {
        let mut sums: BTreeMap<K, Totals> = BTreeMap::new();
        for ((unit, line), totals) in &self.by {
            if let Some(key) = key(*unit, *line) {
                sums.entry(key).or_default().add(totals);
            }
        }
        sums
    }

    /// What each unit has to do, the most overdue first.
    pub async fn by_unit(&self, tx: &mut Tx) -> Result<Vec<UnitLoad>> {
        let mut sums = self.by(|unit, _| Some(unit));
        let sql = "SELECT id, short_name FROM units WHERE jurisdiction_id = $1 \
            ORDER BY sort, id LIMIT 5000";
        let names: Vec<(Uuid, String)> = tx.all(sql, args![self.city]).await?;
        let load = |(unit_id, unit)| {
            let totals = sums.remove(&unit_id)?;
            Some(UnitLoad { unit_id, unit, totals })
        };
        let mut loads: Vec<UnitLoad> = names.into_iter().filter_map(load).collect();
        loads.sort_by_key(|l| (Reverse(l.totals.red), Reverse(l.totals.open)));
        loads.truncate(500);
        Ok(loads)
    }

    /// How each line of work stands.
    pub async fn by_line(&self, tx: &mut Tx) -> Result<Vec<LineLoad>> {
        let mut sums = self.by(|_, line| line);
        let lines = people::store::lines(tx, self.city).await?;
        let load = |line: people::tables::LineRow| {
            let totals = sums.remove(&line.id)?;
            let (line_id, leader_post_id) = (line.id, line.leader_post_id);
            Some(LineLoad { line_id, line: line.name, leader_post_id, totals })
        };
        Ok(lines.into_iter().filter_map(load).take(50).collect())
    }
}

query_row! {
    /// A request that waits for somebody.
    pub struct WaitingRequest {
        /// Its assignment.
        pub assignment_id: Uuid,
        /// The assignment's number.
        pub label: String,
        /// Its title.
        pub title: String,
        /// Its unit.
        pub unit: String,
        /// Since when it waits.
        pub since: Day,
        /// Working days in which it is to be answered.
        pub answer_days: i64,
    }
}

/// Requests for more time that wait in a state: `asked` for the head, `endorsed` for the bureau.
pub async fn waiting_extensions(
    tx: &mut Tx,
    actor: &Actor,
    state: crate::tables::Asked,
    of: Of,
) -> Result<Vec<WaitingRequest>> {
    waiting(tx, actor, "extensions", (state, of)).await
}

/// Hand-backs that wait for the bureau.
pub async fn waiting_hand_backs(tx: &mut Tx, actor: &Actor, of: Of) -> Result<Vec<WaitingRequest>> {
    waiting(tx, actor, "hand_backs", (crate::tables::Asked::Endorsed, of)).await
}

/// Whose requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everybody's.
    All,
    /// Those of one unit.
    Unit(Uuid),
    /// Those of the units and lines that a post looks after.
    Watched(Uuid),
}

impl Of {
    /// The condition on assignments `a`, with its values behind those that are there.
    pub(super) fn condition(self, values: &mut Vec<Value>) -> String {
        match self {
            Self::All => String::new(),
            Self::Unit(unit) => {
                values.push(Value::Uuid(unit));
                format!(" AND a.unit_id = ${}", values.len())
            }
            Self::Watched(post) => super::watched(post, values),
        }
    }
}

async fn waiting(
    tx: &mut Tx,
    actor: &Actor,
    table: &'static str,
    (state, of): (crate::tables::Asked, Of),
) -> Result<Vec<WaitingRequest>> {
    let mut values = args![actor.jurisdiction, state].to_vec();
    let condition = of.condition(&mut values);
    let sql = format!(
        "SELECT a.id, a.label, a.title, u.short_name, e.asked_on, a.answer_days FROM {table} e \
         JOIN assignments a ON a.jurisdiction_id = e.jurisdiction_id AND a.id = e.assignment_id \
         JOIN units u ON u.jurisdiction_id = a.jurisdiction_id AND u.id = a.unit_id \
         WHERE e.jurisdiction_id = $1 AND e.state = $2 AND a.is_open{condition} \
         ORDER BY e.asked_on, e.id LIMIT 50"
    );
    tx.all(&sql, &values).await
}

query_row! {
    /// A batch that waits for a signature.
    pub struct WaitingBatch {
        /// The batch.
        pub id: Uuid,
        /// How it came about.
        pub kind: crate::tables::BatchKind,
        /// Its title.
        pub title: String,
        /// The step that it waits for.
        pub step: i64,
    }
}

/// The batches in review that wait for the actor's signature.
pub async fn awaiting_signature(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingBatch>> {
    let sql = "SELECT id, kind, title, step FROM batches WHERE jurisdiction_id = $1 \
        AND state = 'in_review' ORDER BY id LIMIT 50";
    let batches: Vec<WaitingBatch> = tx.all(sql, args![actor.jurisdiction]).await?;
    let mut mine = Vec::new();
    for batch in batches {
        let chain = crate::acts::send_batch::chain(tx, actor.jurisdiction, batch.kind).await?;
        let wanted = chain.role(batch.step);
        if wanted.is_some_and(|role| crate::sign_off::signs(actor, role)) {
            mine.push(batch);
        }
    }
    Ok(mine)
}
