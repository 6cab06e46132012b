//! Figures over many assignments: lights per unit, load, what is due.

use journal::{Result, Tx, Value, args, query_row};
use kernel::{Actor, Day};
use uuid::Uuid;

use super::Scope;
use crate::light::Edges;

query_row! {
    /// What one unit has to do.
    pub struct UnitLoad {
        /// The unit.
        pub unit_id: Uuid,
        /// Its short name.
        pub unit: String,
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
}

const LOAD: &str = "
    SUM(CASE WHEN a.is_open THEN 1 ELSE 0 END),
    SUM(CASE WHEN a.is_open AND NOT a.stopped AND a.state <> 'handed_back' AND a.due_on < $2
        AND NOT (a.state = 'submitted' AND a.submitted_on <= a.due_on) THEN 1 ELSE 0 END),
    SUM(CASE WHEN a.is_open AND NOT a.stopped AND a.state NOT IN ('handed_back', 'submitted')
        AND a.due_on >= $2 AND a.due_on <= $3 THEN 1 ELSE 0 END),
    SUM(CASE WHEN a.state = 'issued' THEN 1 ELSE 0 END),
    SUM(CASE WHEN a.state IN ('handed_back', 'submitted') THEN 1 ELSE 0 END),
    SUM(CASE WHEN a.state IN ('closed', 'archived') THEN 1 ELSE 0 END),
    SUM(CASE WHEN a.on_time THEN 1 ELSE 0 END)";

fn sums() -> String {
    // SUM over integers is NUMERIC on PostgreSQL.
    LOAD.replace("SUM(", "CAST(SUM(").replace("END)", "END) AS BIGINT)")
}

/// What each unit has to do, the most overdue first.
pub async fn by_unit(tx: &mut Tx, actor: &Actor, edges: &Edges) -> Result<Vec<UnitLoad>> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction, edges.today, edges.yellow_until].to_vec();
    let visible = scope.list(&mut values);
    let sql = format!(
        "SELECT a.unit_id, u.short_name, {} FROM assignments a \
         JOIN units u ON u.jurisdiction_id = a.jurisdiction_id AND u.id = a.unit_id \
         WHERE a.jurisdiction_id = $1{visible} GROUP BY a.unit_id, u.short_name, u.sort \
         ORDER BY 4 DESC, 3 DESC, u.sort LIMIT 500",
        sums()
    );
    tx.scan(&sql, &values).await
}

query_row! {
    /// How many assignments have come so far, and what waits.
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
}

/// The figures over everything that a condition leaves.
pub async fn totals(
    tx: &mut Tx,
    actor: &Actor,
    edges: &Edges,
    unit: Option<Uuid>,
) -> Result<Totals> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction, edges.today, edges.yellow_until].to_vec();
    let mut condition = scope.list(&mut values);
    if let Some(unit) = unit {
        values.push(Value::Uuid(unit));
        condition.push_str(&format!(" AND a.unit_id IN ({})", super::below(values.len())));
    }
    let sums =
        sums().replace("CAST(SUM(", "COALESCE(CAST(SUM(").replace("AS BIGINT)", "AS BIGINT), 0)");
    let sql = format!("SELECT {sums} FROM assignments a WHERE a.jurisdiction_id = $1{condition}");
    let rows: Vec<Totals> = tx.scan(&sql, &values).await?;
    rows.into_iter().next().ok_or_else(|| journal::Error::fault("no totals"))
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
    unit: Option<Uuid>,
) -> Result<Vec<WaitingRequest>> {
    waiting(tx, actor, "extensions", (state, unit)).await
}

/// Hand-backs that wait for the bureau.
pub async fn waiting_hand_backs(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingRequest>> {
    waiting(tx, actor, "hand_backs", (crate::tables::Asked::Endorsed, None)).await
}

async fn waiting(
    tx: &mut Tx,
    actor: &Actor,
    table: &'static str,
    (state, unit): (crate::tables::Asked, Option<Uuid>),
) -> Result<Vec<WaitingRequest>> {
    let mut values = args![actor.jurisdiction, state].to_vec();
    let mut condition = String::new();
    if let Some(unit) = unit {
        values.push(Value::Uuid(unit));
        condition = " AND a.unit_id = $3".to_owned();
    }
    let sql = format!(
        "SELECT a.id, a.label, a.title, u.short_name, e.asked_on, a.answer_days FROM {table} e \
         JOIN assignments a ON a.jurisdiction_id = e.jurisdiction_id AND a.id = e.assignment_id \
         JOIN units u ON u.jurisdiction_id = a.jurisdiction_id AND u.id = a.unit_id \
         WHERE e.jurisdiction_id = $1 AND e.state = $2{condition} ORDER BY e.asked_on, e.id LIMIT 50"
    );
    tx.all(&sql, &values).await
}

query_row! {
    /// How one line of work stands.
    pub struct LineLoad {
        /// The line.
        pub line_id: Uuid,
        /// Its name.
        pub line: String,
        /// The post that leads it.
        pub leader_post_id: Option<Uuid>,
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
}

/// How each line of work stands.
pub async fn by_line(tx: &mut Tx, actor: &Actor, edges: &Edges) -> Result<Vec<LineLoad>> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction, edges.today, edges.yellow_until].to_vec();
    let visible = scope.list(&mut values);
    let sql = format!(
        "SELECT l.id, l.name, l.leader_post_id, {} FROM assignments a \
         JOIN lines l ON l.jurisdiction_id = a.jurisdiction_id AND l.id = a.work_line_id \
         WHERE a.jurisdiction_id = $1{visible} GROUP BY l.id, l.name, l.leader_post_id, l.sort \
         ORDER BY l.sort LIMIT 50",
        sums()
    );
    tx.scan(&sql, &values).await
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
        if wanted.is_some_and(|role| crate::tables::BatchRow::signs(actor, role)) {
            mine.push(batch);
        }
    }
    Ok(mine)
}
