//! What units contest.

use std::collections::BTreeSet;

use journal::{Error, Result, Row as _, Tx, Value, args, query_row};
use kernel::{Actor, Day, Id, Jurisdiction, Role};
use measures::ReviewMonth;
use uuid::Uuid;

use crate::tables::{ObjectionFileRow, ObjectionRow, ObjectionState, ReviewRow, Stage};

/// Objections of a review at most: fifty for each of some hundred units.
const OBJECTIONS_MAX: i64 = 20_000;

/// The objections to a review by number.
pub(crate) async fn of_review(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ObjectionRow>> {
    let columns = &ObjectionRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM objections WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY number LIMIT {OBJECTIONS_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The objections to a review as far as the actor may see them: a unit its own.
pub(crate) async fn seen(
    tx: &mut Tx,
    actor: &Actor,
    review: &ReviewRow,
) -> Result<Vec<ObjectionRow>> {
    let all = of_review(tx, review).await?;
    Ok(all.into_iter().filter(|o| is_seen(actor, o.unit_id)).collect())
}

fn is_seen(actor: &Actor, unit: Uuid) -> bool {
    match actor.role {
        Role::Leader | Role::Secretary | Role::Chief | Role::Officer => true,
        Role::Head | Role::Liaison => actor.unit == unit,
        Role::Department
        | Role::Cadre
        | Role::Enterprise
        | Role::Inspector
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => false,
    }
}

/// One objection as far as the actor may see it; anything else is missing.
pub(crate) async fn reach(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<ObjectionRow> {
    let found = objection(tx, actor.jurisdiction, id).await?;
    found.filter(|o| is_seen(actor, o.unit_id)).ok_or_else(Error::missing)
}

/// One objection, without a scope.
pub(crate) async fn objection(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<ObjectionRow>> {
    let columns = &ObjectionRow::sql().columns;
    let sql = format!("SELECT {columns} FROM objections WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The files of an objection.
pub(crate) async fn files(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Vec<ObjectionFileRow>> {
    let columns = &ObjectionFileRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM objection_files WHERE jurisdiction_id = $1 AND objection_id = $2 \
         ORDER BY id LIMIT 100"
    );
    tx.all(&sql, args![city, id]).await
}

/// The days by which answers are due soon.
pub(crate) struct Due {
    /// Answers due before it are late.
    pub(crate) today: Day,
    /// Objections to be answered until then are due soon.
    pub(crate) soon: Day,
    /// Re-examinations to be answered until then are.
    pub(crate) recheck_soon: Day,
}

/// Objections that nobody has decided, whose answer is due soon or late and of which that was not
/// said yet, with the day of the answer.
pub(crate) async fn due(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    due: &Due,
    limit: i64,
) -> Result<Vec<(Uuid, Day)>> {
    let sql = "SELECT id, decide_by FROM objections WHERE jurisdiction_id = $1 AND state = $2 \
         AND ((decide_by < $3 AND late_told_on IS NULL) OR (decide_by >= $3 \
         AND due_told_on IS NULL AND ((kind = $4 AND decide_by <= $5) \
         OR (kind <> $4 AND decide_by <= $6)))) \
         ORDER BY decide_by, id LIMIT $7";
    let soon = args![
        city,
        ObjectionState::Open,
        due.today,
        Stage::Recheck,
        due.recheck_soon,
        due.soon,
        limit
    ];
    tx.all(sql, soon).await
}

query_row! {
    /// One that nobody has decided.
    pub(crate) struct Waiting {
        pub(crate) id: Uuid,
        pub(crate) unit: String,
        pub(crate) measure: String,
        pub(crate) decide_by: Day,
        pub(crate) number: i64,
        pub(crate) kind: Stage,
        pub(crate) month: ReviewMonth,
    }
}

/// Shown at most; those that wait longest come first.
const WAITING_MAX: i64 = 50;

/// The objections and re-examinations of a city that nobody has decided.
pub(crate) async fn waiting(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<Waiting>> {
    let sql = format!(
        "SELECT o.id, u.short_name, o.measure, o.decide_by, o.number, o.kind, r.month \
         FROM objections o JOIN units u ON u.jurisdiction_id = o.jurisdiction_id \
         AND u.id = o.unit_id JOIN reviews r ON r.jurisdiction_id = o.jurisdiction_id \
         AND r.id = o.review_id WHERE o.jurisdiction_id = $1 AND o.state = $2 \
         ORDER BY o.decide_by, o.id LIMIT {WAITING_MAX}"
    );
    tx.all(&sql, args![city, ObjectionState::Open]).await
}

/// Places looked up in one statement.
const PLACES: usize = 60;
/// Facts by which somebody of the office says how a record stands: whether it was done, by when it
/// was due, whether it counts. Filing and archiving it says nothing of that.
const SAYING: &str = "'submission_verified', 'extension_decided', 'hand_back_decided', \
    'clock_stopped', 'clock_resumed', 'assignment_withdrawn', 'assignment_merged', \
    'assignment_reopened', 'slip_issued', 'slip_withdrawn'";

/// The persons who said how the records of some places of the journal stand, up to a place of the
/// journal, and those they acted for.
pub(crate) async fn hands_of(
    tx: &mut Tx,
    (city, cut_seq): (Id<Jurisdiction>, i64),
    places: &[i64],
) -> Result<BTreeSet<Uuid>> {
    let mut persons = BTreeSet::new();
    for some in places.chunks(PLACES) {
        let listed: Vec<_> = (3..some.len() + 3).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT DISTINCT p.person_id FROM facts e JOIN facts f \
             ON f.jurisdiction_id = e.jurisdiction_id AND f.subject_id = e.subject_id \
             AND f.seq <= $2 AND f.kind IN ({SAYING}) JOIN posts p \
             ON p.jurisdiction_id = f.jurisdiction_id AND (p.id = f.actor OR p.id = f.on_behalf_of) \
             WHERE e.jurisdiction_id = $1 AND e.seq IN ({})",
            listed.join(", ")
        );
        let mut values = args![city, cut_seq].to_vec();
        values.extend(some.iter().map(|seq| Value::Int(*seq)));
        let found: Vec<(Uuid,)> = tx.all(&sql, &values).await?;
        persons.extend(found.into_iter().map(|(person,)| person));
    }
    Ok(persons)
}
