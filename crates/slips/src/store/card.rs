//! What stands on a slip's card, and what an assignment's card shows of this room.

use journal::{Result, Row as _, Tx, args};
use kernel::{Actor, Day, Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::{
    AnswerRow, AnswerScanRow, DueReviewRow, MissedRow, ReminderRow, SignScanRow, SlipRow,
    SlipSignRow,
};

/// The signatures of a slip, oldest first.
pub(crate) async fn signs(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    slip: Uuid,
) -> Result<Vec<SlipSignRow>> {
    let columns = &SlipSignRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM slip_signs WHERE jurisdiction_id = $1 AND slip_id = $2 \
         ORDER BY at, id LIMIT 200"
    );
    tx.all(&sql, args![city, slip]).await
}

/// The answers to a slip, newest first.
pub(crate) async fn answers(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    slip: Uuid,
) -> Result<Vec<AnswerRow>> {
    let columns = &AnswerRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM slip_answers WHERE jurisdiction_id = $1 AND slip_id = $2 \
         ORDER BY written_at DESC, id DESC LIMIT 50"
    );
    tx.all(&sql, args![city, slip]).await
}

/// The scans of the papers on which the chain of a slip was signed.
pub(crate) async fn sign_scans(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    slip: Uuid,
) -> Result<Vec<SignScanRow>> {
    let columns = &SignScanRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM slip_sign_scans WHERE jurisdiction_id = $1 AND slip_id = $2 \
         ORDER BY id LIMIT 100"
    );
    tx.all(&sql, args![city, slip]).await
}

/// The scans of the papers on which the answers to a slip were signed.
pub(crate) async fn answer_scans(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    slip: Uuid,
) -> Result<Vec<AnswerScanRow>> {
    let columns = &AnswerScanRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM slip_answer_scans WHERE jurisdiction_id = $1 AND slip_id = $2 \
         ORDER BY id LIMIT 100"
    );
    tx.all(&sql, args![city, slip]).await
}

/// The last slip of an item for a due day of a unit.
pub(crate) async fn former(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (assignment, unit, due): (Uuid, Uuid, Day),
) -> Result<Option<SlipRow>> {
    let columns = &SlipRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM slips WHERE jurisdiction_id = $1 AND assignment_id = $2 \
         AND unit_id = $3 AND item_due_on = $4 ORDER BY id DESC LIMIT 1"
    );
    tx.opt(&sql, args![city, assignment, unit, due]).await
}

/// The slip before another one, for the same item, unit and due day.
pub(crate) async fn before(tx: &mut Tx, slip: &SlipRow) -> Result<Option<SlipRow>> {
    let columns = &SlipRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM slips WHERE jurisdiction_id = $1 AND assignment_id = $2 \
         AND unit_id = $3 AND item_due_on = $4 AND id < $5 ORDER BY id DESC LIMIT 1"
    );
    let (city, item, unit) = (slip.jurisdiction_id, slip.assignment_id, slip.unit_id);
    tx.opt(&sql, args![city, item, unit, slip.item_due_on, slip.id]).await
}

/// The slips about an item that the actor sees, newest first.
pub(crate) async fn of_assignment(
    tx: &mut Tx,
    actor: &Actor,
    assignment: Uuid,
) -> Result<Vec<SlipRow>> {
    let mut values = args![actor.jurisdiction, assignment].to_vec();
    let visible = super::scope(tx, actor, &mut values).await?;
    let sql = format!(
        "SELECT {} FROM slips s JOIN assignments a \
         ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         WHERE s.jurisdiction_id = $1 AND s.assignment_id = $2{visible} \
         ORDER BY s.id DESC LIMIT 50",
        SlipRow::columns_of("s")
    );
    tx.all(&sql, &values).await
}

macro_rules! of_assignment {
    ($(#[$doc:meta])* $name:ident, $row:ty, $table:literal, $order:literal) => {
        $(#[$doc])*
        pub(crate) async fn $name(
            tx: &mut Tx,
            city: Id<Jurisdiction>,
            assignment: Uuid,
        ) -> Result<Vec<$row>> {
            let sql = format!(
                "SELECT {} FROM {} WHERE jurisdiction_id = $1 AND assignment_id = $2 \
                 ORDER BY {} LIMIT 30",
                <$row>::sql().columns, $table, $order
            );
            tx.all(&sql, args![city, assignment]).await
        }
    };
}

of_assignment!(
    /// The reminders of an item, newest first.
    reminders, ReminderRow, "reminders", "reminded_on DESC, days, unit_id"
);
of_assignment!(
    /// The closings of an item that passed without a report, newest first.
    missed, MissedRow, "missed_reports", "closed_on DESC"
);
of_assignment!(
    /// The reviews of an item's stopped clocks that came due, newest first.
    reviews, DueReviewRow, "due_reviews", "review_on DESC, stop_id"
);
