//! What stands on an assignment's card.

use journal::{Error, Result, Row as _, Tx, args};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::{
    AssignmentRow, AttachmentRow, ExtensionRow, HandBackRow, MilestoneRow, NoteRow, ReportRow,
    StopRow, VerificationRow,
};

macro_rules! of_assignment {
    ($(#[$doc:meta])* $name:ident, $row:ty, $table:literal, $order:literal) => {
        $(#[$doc])*
        pub async fn $name(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Vec<$row>> {
            let sql = format!(
                "SELECT {} FROM {} WHERE jurisdiction_id = $1 AND assignment_id = $2 ORDER BY {} LIMIT 500",
                <$row>::sql().columns, $table, $order
            );
            tx.all(&sql, args![city, id]).await
        }
    };
}

of_assignment!(
    /// Its reports, newest first.
    reports, ReportRow, "reports", "at DESC, id DESC"
);
of_assignment!(
    /// The files handed in with its reports, oldest first.
    attachments, AttachmentRow, "attachments", "report_id, id"
);
of_assignment!(
    /// Its verifications, newest first.
    verifications, VerificationRow, "verifications", "at DESC, id DESC"
);
of_assignment!(
    /// Its requests for more time, newest first.
    extensions, ExtensionRow, "extensions", "asked_on DESC, id DESC"
);
of_assignment!(
    /// Its hand-backs, newest first.
    hand_backs, HandBackRow, "hand_backs", "asked_on DESC, id DESC"
);
of_assignment!(
    /// The times in which its clock stood, newest first.
    stops, StopRow, "stops", "from_day DESC, id DESC"
);
of_assignment!(
    /// Its notes, newest first.
    notes, NoteRow, "notes", "at DESC, id DESC"
);
of_assignment!(
    /// Its milestones in order.
    milestones, MilestoneRow, "milestones", "n"
);

/// The parts it was broken down into.
pub async fn children(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Vec<AssignmentRow>> {
    let columns = &AssignmentRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM assignments WHERE jurisdiction_id = $1 AND parent_id = $2 ORDER BY issued_on, id LIMIT 200"
    );
    tx.all(&sql, args![city, id]).await
}

/// When the whole is due of which an assignment is a part; nothing when it is none or the whole is
/// done.
pub(crate) async fn whole_due(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<Day>> {
    let sql = "SELECT p.due_on FROM assignments a JOIN assignments p \
        ON p.jurisdiction_id = a.jurisdiction_id AND p.id = a.parent_id \
        WHERE a.jurisdiction_id = $1 AND a.id = $2 AND p.is_open";
    Ok(tx.opt::<(Day,)>(sql, args![city, id]).await?.map(|(due,)| due))
}

/// The newest request of a list that still waits, or "missing".
pub(crate) fn newest<T: Clone>(list: &[T]) -> Result<T> {
    list.first().cloned().ok_or_else(Error::missing)
}
