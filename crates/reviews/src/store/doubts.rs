//! What questions about a month are read from, as known at its cut-off; who looked at them; and
//! what was worked out beside the ranking.
//!
//! A report or file is known at the cut-off when it was handed in before the end of the last day:
//! the cut-off is the last place of the journal before that moment. What was due lately is the pool
//! in which reports and files are compared, newest first, with a limit.

use journal::{Result, Row as _, Tables, Tx, args, query_row};
use kernel::{Actor, Day, Moment, Role};
use measures::Call;
use uuid::Uuid;

use crate::doubts::rows::{AnalysisRow, DoubtRow};
use crate::tables::ReviewRow;

/// Items, reports and files that are looked at, each.
pub(crate) const LOOKED_MAX: i64 = 20_000;
/// Looked-at questions of a review at most.
const DOUBTS_MAX: i64 = 5_000;

query_row! {
    /// An item that was due.
    pub(crate) struct Item {
        /// The item.
        pub(crate) id: Uuid,
        /// The unit that answers for it.
        pub(crate) unit: Uuid,
        /// When it was issued.
        pub(crate) issued_on: Day,
        /// By when it was due, as known at the cut-off.
        pub(crate) due_on: Day,
        /// When it was submitted as done, unless it came back.
        pub(crate) submitted_on: Option<Day>,
        /// 紧急程度.
        pub(crate) urgency: String,
        /// What was to be reached.
        pub(crate) goal: Option<i64>,
        /// What was reached.
        pub(crate) reached: i64,
    }
}

query_row! {
    /// A turn of an item: sent back, closed, or opened again.
    pub(crate) struct Turn {
        /// The item.
        pub(crate) item: Uuid,
        /// The unit.
        pub(crate) unit: Uuid,
        /// 1 when it was sent back.
        pub(crate) rework: i64,
        /// 1 when it was closed.
        pub(crate) closing: i64,
        /// 1 when it was opened again.
        pub(crate) reopening: i64,
    }
}

query_row! {
    /// A report.
    pub(crate) struct Report {
        /// The report.
        pub(crate) id: Uuid,
        /// Its item.
        pub(crate) item: Uuid,
        /// The item that this one was broken down from, or itself.
        pub(crate) family: Uuid,
        /// By when the item was due.
        pub(crate) due_on: Day,
        /// The line of a batch that the item came from: several units may have one of it.
        pub(crate) line: Uuid,
        /// What the item asks for.
        pub(crate) demand: String,
        /// When it counts as done.
        pub(crate) standard: String,
        /// Who wrote it.
        pub(crate) unit: Uuid,
        /// What was done.
        pub(crate) done: String,
        /// What comes next.
        pub(crate) next_step: String,
    }
}

query_row! {
    /// A file that was handed in.
    pub(crate) struct Handed {
        /// Its hash.
        pub(crate) hash: String,
        /// Its item.
        pub(crate) item: Uuid,
        /// The item that this one was broken down from, or itself.
        pub(crate) family: Uuid,
        /// By when the item was due.
        pub(crate) due_on: Day,
        /// Who handed it in.
        pub(crate) unit: Uuid,
        /// What it was called.
        pub(crate) name: String,
    }
}

query_row! {
    /// A quantity that was reported.
    pub(crate) struct Quantity {
        /// The item.
        pub(crate) item: Uuid,
        /// When.
        pub(crate) at: Moment,
        /// How much in all.
        pub(crate) quantity: i64,
    }
}

/// What was due in days `$2` to `$3`, in the version known at place `$4`; `$5` at most.
const DUE: &str = "SELECT v.assignment_id, v.unit_id, v.state, v.due_on, v.submitted_on, v.goal, \
    v.reached, a.issued_on, a.urgency, a.parent_id FROM assignment_versions v JOIN assignments a \
    ON a.jurisdiction_id = v.jurisdiction_id AND a.id = v.assignment_id \
    WHERE v.jurisdiction_id = $1 AND v.due_on >= $2 AND v.due_on <= $3 AND v.from_seq <= $4 \
    AND (v.to_seq IS NULL OR v.to_seq > $4) \
    AND v.state NOT IN ('handed_back', 'withdrawn', 'merged') AND NOT a.taken_over \
    ORDER BY v.due_on DESC, v.assignment_id LIMIT $5";

/// The items that were due in the period, without parts of a breakdown.
pub(crate) async fn items(tx: &mut Tx, call: &Call) -> Result<Vec<Item>> {
    let sql = format!(
        "SELECT d.assignment_id, d.unit_id, d.issued_on, d.due_on, \
         CASE WHEN d.state IN ('submitted', 'closed', 'archived') THEN d.submitted_on END, \
         d.urgency, d.goal, d.reached FROM ({DUE}) d WHERE d.parent_id IS NULL \
         AND d.issued_on <= d.due_on ORDER BY d.due_on DESC, d.assignment_id"
    );
    tx.scan(&sql, args![call.city, call.from, call.to, call.cut_seq, LOOKED_MAX]).await
}

/// What happened to items in the period.
pub(crate) async fn turns(tx: &mut Tx, call: &Call) -> Result<Vec<Turn>> {
    let sql = "SELECT w.assignment_id, w.unit_id, \
        CAST(CASE WHEN w.reworks > f.reworks THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN w.state = 'closed' AND f.state <> 'closed' THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN f.state = 'closed' AND w.state = 'handling' THEN 1 ELSE 0 END AS BIGINT) \
        FROM assignment_versions w JOIN assignment_versions f \
        ON f.jurisdiction_id = w.jurisdiction_id AND f.assignment_id = w.assignment_id \
        AND f.to_seq = w.from_seq \
        JOIN assignments a ON a.jurisdiction_id = w.jurisdiction_id AND a.id = w.assignment_id \
        WHERE w.jurisdiction_id = $1 AND w.since_at >= $2 AND w.since_at < $3 \
        AND w.from_seq <= $4 AND a.parent_id IS NULL AND NOT a.taken_over \
        AND (w.reworks > f.reworks OR w.state <> f.state) \
        ORDER BY w.from_seq LIMIT $5";
    tx.scan(sql, args![call.city, call.start, call.end, call.cut_seq, LOOKED_MAX]).await
}

/// The reports on what was due since a day, the newest items first.
pub(crate) async fn reports(
    tx: &mut Tx,
    call: &Call,
    (since, known): (Day, Moment),
) -> Result<Vec<Report>> {
    let sql = format!(
        "SELECT r.id, r.assignment_id, COALESCE(d.parent_id, d.assignment_id), d.due_on, \
         i.line_id, i.demand, i.standard, r.unit_id, r.done, r.next_step FROM ({DUE}) d \
         JOIN assignments i ON i.jurisdiction_id = $1 AND i.id = d.assignment_id \
         JOIN reports r ON r.jurisdiction_id = $1 AND r.assignment_id = d.assignment_id \
         WHERE r.at <= $6 \
         ORDER BY d.due_on DESC, r.assignment_id, r.at, r.id LIMIT $5"
    );
    let values = args![call.city, since, call.to, call.cut_seq, LOOKED_MAX, known];
    tx.scan(&sql, values).await
}

/// The files of those reports.
pub(crate) async fn files(
    tx: &mut Tx,
    call: &Call,
    (since, known): (Day, Moment),
) -> Result<Vec<Handed>> {
    let sql = format!(
        "SELECT f.hash, f.assignment_id, COALESCE(d.parent_id, d.assignment_id), d.due_on, \
         r.unit_id, f.name FROM ({DUE}) d JOIN attachments f \
         ON f.jurisdiction_id = $1 AND f.assignment_id = d.assignment_id \
         JOIN reports r ON r.jurisdiction_id = $1 AND r.id = f.report_id WHERE r.at <= $6 \
         ORDER BY d.due_on DESC, f.assignment_id, f.id LIMIT $5"
    );
    let values = args![call.city, since, call.to, call.cut_seq, LOOKED_MAX, known];
    tx.scan(&sql, values).await
}

/// The quantities that were reported on what was due in the period, oldest first.
pub(crate) async fn quantities(tx: &mut Tx, call: &Call, known: Moment) -> Result<Vec<Quantity>> {
    let sql = format!(
        "SELECT r.assignment_id, r.at, r.quantity FROM ({DUE}) d JOIN reports r \
         ON r.jurisdiction_id = $1 AND r.assignment_id = d.assignment_id \
         WHERE d.goal > 0 AND d.parent_id IS NULL AND r.quantity IS NOT NULL AND r.at <= $6 \
         ORDER BY r.at, r.id LIMIT $5"
    );
    let values = args![call.city, call.from, call.to, call.cut_seq, LOOKED_MAX, known];
    tx.scan(&sql, values).await
}

/// The questions of a review that somebody looked at, as far as the actor may see them: a unit its
/// own that it is asked.
pub(crate) async fn looked_at(
    tx: &mut Tx,
    actor: &Actor,
    review: &ReviewRow,
) -> Result<Vec<DoubtRow>> {
    let condition = match actor.role {
        Role::Leader | Role::Secretary | Role::Chief | Role::Officer => "",
        Role::Head | Role::Liaison => " AND asked_on IS NOT NULL AND unit_id = $3",
        Role::Department
        | Role::Cadre
        | Role::Enterprise
        | Role::Inspector
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => return Ok(Vec::new()),
    };
    let columns = &DoubtRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_doubts WHERE jurisdiction_id = $1 AND review_id = $2\
         {condition} ORDER BY kind, unit_id, evidence LIMIT {DOUBTS_MAX}"
    );
    let mut values = args![review.jurisdiction_id, review.id].to_vec();
    if !condition.is_empty() {
        values.push(journal::Value::Uuid(actor.unit));
    }
    tx.all(&sql, &values).await
}

/// What was worked out for a review before.
pub(crate) async fn analysis(
    tx: &mut Tx,
    review: &ReviewRow,
    (analysis, about): (&str, &str),
) -> Result<Option<String>> {
    let sql = "SELECT body FROM review_analyses WHERE jurisdiction_id = $1 AND review_id = $2 \
        AND analysis = $3 AND about = $4";
    let args = args![review.jurisdiction_id, review.id, analysis.to_owned(), about.to_owned()];
    Ok(tx.opt::<(String,)>(sql, args).await?.map(|(body,)| body))
}

/// Keeps what was worked out.
pub(crate) async fn keep(tx: &mut Tx, row: &AnalysisRow) -> Result<()> {
    Tables::operational(tx).put(row).await
}
