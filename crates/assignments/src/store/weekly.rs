//! Weekly answers: what a unit has to answer, its drafts, and what it handed in.

use journal::{Error, FromRow, Result, Row as _, RowRef, Tables, Tx, args};
use kernel::{Actor, Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::AssignmentRow;
use crate::tables::weekly::{
    WeeklyAnswerRow, WeeklyDraftRow, WeeklyFileRow, WeeklyItemRow, WeeklyScanRow, WeeklyState,
};
use crate::weekly::ITEMS_MAX;

/// An open assignment with what its unit said of it last.
#[derive(Clone, Debug)]
pub(crate) struct ToAnswer {
    pub(crate) row: AssignmentRow,
    pub(crate) last: Option<String>,
}

impl FromRow for ToAnswer {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        let last = row.get(AssignmentRow::SPEC.columns.len())?;
        Ok(Self { row: AssignmentRow::from_row(row)?, last })
    }
}

/// What the actor's unit has in hand and may report on, the earliest due first.
pub(crate) async fn to_answer(tx: &mut Tx, actor: &Actor) -> Result<Vec<ToAnswer>> {
    let sql = format!(
        "SELECT {}, (SELECT r.done FROM reports r WHERE r.jurisdiction_id = a.jurisdiction_id \
         AND r.assignment_id = a.id AND r.unit_id = a.unit_id ORDER BY r.at DESC, r.id DESC LIMIT 1) \
         FROM assignments a WHERE a.jurisdiction_id = $1 AND a.unit_id = $2 AND a.is_open = $3 \
         AND a.state IN ('handling', 'prepared') AND NOT a.stopped \
         ORDER BY a.due_on, a.id LIMIT {ITEMS_MAX}",
        AssignmentRow::columns_of("a")
    );
    tx.scan(&sql, args![actor.jurisdiction, actor.unit, true]).await
}

/// How many items of a unit wait to be accepted, before they can be answered.
pub(crate) async fn unaccepted(tx: &mut Tx, actor: &Actor) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM assignments a WHERE a.jurisdiction_id = $1 \
        AND a.unit_id = $2 AND a.is_open = $3 AND a.state = 'issued'";
    let (n,): (i64,) = tx.one(sql, args![actor.jurisdiction, actor.unit, true]).await?;
    Ok(n)
}

/// What a unit has written so far.
pub(crate) async fn drafts(tx: &mut Tx, actor: &Actor) -> Result<Vec<WeeklyDraftRow>> {
    let sql = format!(
        "SELECT {} FROM weekly_drafts WHERE jurisdiction_id = $1 AND unit_id = $2 LIMIT 500",
        WeeklyDraftRow::sql().columns
    );
    tx.all(&sql, args![actor.jurisdiction, actor.unit]).await
}

/// Keeps what a unit has written, in place of what it wrote before.
pub(crate) async fn keep_drafts(tx: &mut Tx, actor: &Actor, rows: &[WeeklyDraftRow]) -> Result<()> {
    forget_drafts(tx, actor).await?;
    for row in rows {
        Tables::operational(tx).insert(row).await?;
    }
    Ok(())
}

/// Throws away what a unit had written.
pub(crate) async fn forget_drafts(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let sql = "DELETE FROM weekly_drafts WHERE jurisdiction_id = $1 AND unit_id = $2";
    tx.run(sql, args![actor.jurisdiction, actor.unit]).await?;
    Ok(())
}

/// The answers of a unit, newest first.
pub(crate) async fn answers(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
) -> Result<Vec<WeeklyAnswerRow>> {
    let sql = format!(
        "SELECT {} FROM weekly_answers WHERE jurisdiction_id = $1 AND unit_id = $2 \
         ORDER BY id DESC LIMIT 60",
        WeeklyAnswerRow::sql().columns
    );
    tx.all(&sql, args![city, unit]).await
}

/// One answer: of the actor's own unit, or any for the bureau.
pub(crate) async fn reach(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<WeeklyAnswerRow> {
    let sql = format!(
        "SELECT {} FROM weekly_answers WHERE jurisdiction_id = $1 AND id = $2 \
         AND (unit_id = $3 OR $4)",
        WeeklyAnswerRow::sql().columns
    );
    let all = actor.role.is_bureau();
    tx.opt(&sql, args![actor.jurisdiction, id, actor.unit, all]).await?.ok_or_else(Error::missing)
}

/// The rows of an answer.
pub(crate) async fn items(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    answer: Uuid,
) -> Result<Vec<WeeklyItemRow>> {
    let sql = format!(
        "SELECT {} FROM weekly_answer_rows WHERE jurisdiction_id = $1 AND answer_id = $2 \
         ORDER BY assignment_id LIMIT {ITEMS_MAX}",
        WeeklyItemRow::sql().columns
    );
    tx.all(&sql, args![city, answer]).await
}

/// The files of an answer.
pub(crate) async fn files(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    answer: Uuid,
) -> Result<Vec<WeeklyFileRow>> {
    let sql = format!(
        "SELECT {} FROM weekly_answer_files WHERE jurisdiction_id = $1 AND answer_id = $2 \
         ORDER BY id LIMIT 1000",
        WeeklyFileRow::sql().columns
    );
    tx.all(&sql, args![city, answer]).await
}

/// The scans of the paper on which an answer was signed.
pub(crate) async fn scans(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    answer: Uuid,
) -> Result<Vec<WeeklyScanRow>> {
    let sql = format!(
        "SELECT {} FROM weekly_answer_scans WHERE jurisdiction_id = $1 AND answer_id = $2 \
         ORDER BY id LIMIT 100",
        WeeklyScanRow::sql().columns
    );
    tx.all(&sql, args![city, answer]).await
}

/// One answer without a scope, for its title.
pub(crate) async fn answer(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<WeeklyAnswerRow>> {
    let columns = &WeeklyAnswerRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM weekly_answers WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The answers of a unit that wait for its head, or were sent back to its liaison.
pub async fn waiting(tx: &mut Tx, actor: &Actor) -> Result<Vec<WeeklyAnswerRow>> {
    let all = answers(tx, actor.jurisdiction, actor.unit).await?;
    // Only the newest counts: a new answer has taken the place of one that was sent back.
    let newest = all.into_iter().take(1);
    Ok(newest.filter(|a| a.state != WeeklyState::Signed).collect())
}
