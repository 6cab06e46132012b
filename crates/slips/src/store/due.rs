//! What the clock has brought and no fact says yet: one statement per population.

use journal::{FromRow, Result, Row as _, RowRef, Tx, args, query_row};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

use assignments::rhythm::Closing;
use assignments::tables::{AssignmentRow, Rhythm};

use crate::ladder::Former;

query_row! {
    /// A unit that is to be reminded of a day.
    pub(crate) struct ToRemind {
        pub(crate) assignment_id: Uuid,
        pub(crate) unit_id: Uuid,
        pub(crate) due_on: Day,
        /// From when it is asked: its issue, or its taking over.
        pub(crate) asked_from: Day,
    }
}

/// The last due days of the stages: after, on the day, 1, 3 and 5 working days before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reaches {
    pub(crate) today: Day,
    pub(crate) same: Day,
    pub(crate) one: Day,
    pub(crate) three: Day,
    pub(crate) five: Day,
}

/// The stage of a due day, from the values at `$2` to `$5`.
fn stage(due: &str) -> String {
    format!(
        "CASE WHEN {due} < $2 THEN -1 WHEN {due} <= $3 THEN 0 WHEN {due} <= $4 THEN 1 \
         WHEN {due} <= $5 THEN 3 ELSE 5 END"
    )
}

/// `AssignmentRow::asked_from`.
const ASKED_FROM: &str = "COALESCE(a.taken_over_on, a.issued_on)";

/// Units that answer and have not been reminded of their present stage.
pub(crate) async fn to_remind(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    r: &Reaches,
    (after, limit): ((Day, Uuid), i64),
) -> Result<Vec<ToRemind>> {
    let sql = format!(
        "SELECT a.id, a.unit_id, a.due_on, {ASKED_FROM} FROM assignments a \
         WHERE a.jurisdiction_id = $1 AND a.is_open = $7 AND a.due_on <= $6 AND NOT a.stopped \
         AND a.state IN ('issued', 'handling', 'prepared') AND a.awaits_answer_since IS NULL \
         AND (a.due_on, a.id) > ($8, $9) \
         AND (a.taken_over_on IS NULL OR a.due_on >= a.taken_over_on) \
         AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.jurisdiction_id = a.jurisdiction_id \
         AND r.assignment_id = a.id AND r.unit_id = a.unit_id AND r.due_on = a.due_on \
         AND r.days <= {}) ORDER BY a.due_on, a.id LIMIT $10",
        stage("a.due_on")
    );
    let values =
        args![city, r.today, r.same, r.one, r.three, r.five, true, after.0, after.1, limit];
    tx.scan(&sql, values).await
}

/// Co-units with a day of their own that have not been reminded of its present stage.
pub(crate) async fn co_units_to_remind(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    r: &Reaches,
    (after, limit): ((Uuid, Uuid), i64),
) -> Result<Vec<ToRemind>> {
    let sql = format!(
        "SELECT p.assignment_id, p.unit_id, p.due_on, {ASKED_FROM} FROM assignments a \
         JOIN assignment_units p ON p.jurisdiction_id = a.jurisdiction_id AND p.assignment_id = a.id \
         WHERE a.jurisdiction_id = $1 AND a.is_open = $7 AND NOT a.stopped \
         AND a.state IN ('issued', 'handling', 'prepared') \
         AND p.role = 'co' AND p.done_on IS NULL AND p.due_on <= $6 \
         AND (a.taken_over_on IS NULL OR p.due_on >= a.taken_over_on) \
         AND (p.assignment_id, p.unit_id) > ($8, $9) \
         AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.jurisdiction_id = p.jurisdiction_id \
         AND r.assignment_id = p.assignment_id AND r.unit_id = p.unit_id AND r.due_on = p.due_on \
         AND r.days <= {}) ORDER BY p.assignment_id, p.unit_id LIMIT $10",
        stage("p.due_on")
    );
    let values =
        args![city, r.today, r.same, r.one, r.three, r.five, true, after.0, after.1, limit];
    tx.scan(&sql, values).await
}

/// The closings that open items have, each once.
pub(crate) async fn closings(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Closing>> {
    let sql = "SELECT DISTINCT a.rhythm, a.report_day, a.report_hour FROM assignments a \
        WHERE a.jurisdiction_id = $1 AND a.is_open = $2 AND a.rhythm <> 'once' LIMIT 1000";
    let rows: Vec<(Rhythm, i64, i64)> = tx.scan(sql, args![city, true]).await?;
    Ok(rows.into_iter().map(|(rhythm, day, hour)| Closing { rhythm, day, hour }).collect())
}

/// Items of a closing whose last closing day passed without a report, as
/// `assignments::rhythm::Closing::owed` says it: none since the closing before, or since it is asked.
pub(crate) async fn missed(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (closing, last, before): (&Closing, Day, Day),
    limit: i64,
) -> Result<Vec<(Uuid, Uuid)>> {
    let sql = format!(
        "SELECT a.id, a.unit_id FROM assignments a \
         WHERE a.jurisdiction_id = $1 AND a.is_open = $2 AND NOT a.stopped \
         AND a.state IN ('issued', 'handling', 'prepared') \
         AND a.rhythm = $3 AND a.report_day = $4 AND a.report_hour = $5 AND {ASKED_FROM} < $6 \
         AND (a.last_report_on IS NULL OR ({ASKED_FROM} < $7 AND a.last_report_on <= $7)) \
         AND NOT EXISTS (SELECT 1 FROM missed_reports m WHERE m.jurisdiction_id = a.jurisdiction_id \
         AND m.assignment_id = a.id AND m.closed_on >= $6) \
         ORDER BY a.due_on, a.id LIMIT $8"
    );
    let c = closing;
    tx.scan(&sql, args![city, true, c.rhythm, c.day, c.hour, last, before, limit]).await
}

/// Stopped clocks that are to be looked at again.
pub(crate) async fn reviews(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    today: Day,
    limit: i64,
) -> Result<Vec<(Uuid, Uuid, Day)>> {
    let sql = "SELECT s.id, s.assignment_id, s.review_on FROM assignments a \
        JOIN stops s ON s.jurisdiction_id = a.jurisdiction_id AND s.assignment_id = a.id \
        WHERE a.jurisdiction_id = $1 AND a.is_open = $2 AND a.stopped \
        AND s.to_day IS NULL AND s.review_on <= $3 \
        AND NOT EXISTS (SELECT 1 FROM due_reviews d WHERE d.jurisdiction_id = s.jurisdiction_id \
        AND d.stop_id = s.id) ORDER BY a.due_on, s.id LIMIT $4";
    tx.scan(sql, args![city, true, today, limit]).await
}

/// What is late by its unit's own doing: nothing stands, and nothing waits for the bureau, a
/// request for more time included.
const LATE: &str = "a.jurisdiction_id = $1 AND a.is_open = $2 AND a.due_on < $3 AND NOT a.stopped \
    AND a.state IN ('issued', 'handling', 'prepared') \
    AND a.awaits_answer_since IS NULL";

/// Late items of which no slip was drafted for this due day and unit; not those that were late
/// already when they were taken over.
pub(crate) async fn without_slip(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    today: Day,
    (after, limit): ((Day, Uuid), i64),
) -> Result<Vec<AssignmentRow>> {
    let sql = format!(
        "SELECT {} FROM assignments a WHERE {LATE} AND (a.due_on, a.id) > ($4, $5) \
         AND (a.taken_over_on IS NULL OR a.due_on >= a.taken_over_on) \
         AND NOT EXISTS (SELECT 1 FROM slip_stages t WHERE t.jurisdiction_id = a.jurisdiction_id \
         AND t.assignment_id = a.id AND t.unit_id = a.unit_id AND t.item_due_on = a.due_on) \
         ORDER BY a.due_on, a.id LIMIT $6",
        AssignmentRow::columns_of("a")
    );
    tx.scan(&sql, args![city, true, today, after.0, after.1, limit]).await
}

/// A late item and its last slip, which was not answered by its own deadline.
pub(crate) struct Unanswered {
    pub(crate) a: AssignmentRow,
    pub(crate) slip: Former,
}

impl FromRow for Unanswered {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        let n = AssignmentRow::SPEC.columns.len();
        let slip = Former { n: row.get(n)?, state: row.get(n + 1)?, answer_by: row.get(n + 2)? };
        Ok(Self { a: AssignmentRow::from_row(row)?, slip })
    }
}

/// Late items whose last slip was not answered by its own deadline.
pub(crate) async fn with_slip_unanswered(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    today: Day,
    (after, limit): (Uuid, i64),
) -> Result<Vec<Unanswered>> {
    let sql = format!(
        "SELECT {}, s.n, s.state, s.answer_by FROM slips s JOIN assignments a \
         ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         WHERE s.jurisdiction_id = $1 AND s.state IN ('issued', 'prepared') AND s.answer_by < $3 \
         AND {LATE} AND a.due_on = s.item_due_on AND a.unit_id = s.unit_id AND a.id > $4 \
         AND NOT EXISTS (SELECT 1 FROM slip_stages t WHERE t.jurisdiction_id = s.jurisdiction_id \
         AND t.assignment_id = s.assignment_id AND t.unit_id = s.unit_id \
         AND t.item_due_on = s.item_due_on AND t.n > s.n) ORDER BY a.id LIMIT $5",
        AssignmentRow::columns_of("a")
    );
    tx.scan(&sql, args![city, true, today, after, limit]).await
}
