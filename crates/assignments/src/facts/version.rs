//! Versions: what a measure may read of an assignment, as known between two places of the journal.

use journal::{Entry, Result, Tables, args};

use crate::tables::{AssignmentRow, VersionRow};

/// Changes the assignment and keeps its versions: the former ends where the new one begins.
pub(super) async fn change(
    entry: &Entry,
    tables: &mut Tables<'_>,
    change: impl FnOnce(AssignmentRow) -> AssignmentRow,
) -> Result<()> {
    let key = args![entry.jurisdiction, entry.subject.id].to_vec();
    let before: AssignmentRow = tables.get(&key).await?;
    let mut after = change(before.clone());
    after.is_open = after.state.is_open();
    let fresh = version(&after, entry.seq);
    if (VersionRow { from_seq: before.version_seq, ..fresh.clone() })
        != version(&before, before.version_seq)
    {
        let key = args![entry.jurisdiction, before.id, before.version_seq].to_vec();
        let former: VersionRow = tables.get(&key).await?;
        if former.from_seq == entry.seq {
            tables.replace(&fresh).await?;
        } else {
            let ended = VersionRow { to_seq: Some(entry.seq), ..former.clone() };
            tables.change(&former, &ended).await?;
            tables.insert(&fresh).await?;
        }
        after.version_seq = entry.seq;
    }
    tables.change(&before, &after).await
}

pub(super) fn version(a: &AssignmentRow, from_seq: i64) -> VersionRow {
    VersionRow {
        jurisdiction_id: a.jurisdiction_id,
        assignment_id: a.id,
        from_seq,
        to_seq: None,
        unit_id: a.unit_id,
        state: a.state,
        stopped: a.stopped,
        due_on: a.due_on,
        submitted_on: a.submitted_on,
        closed_on: a.closed_on,
        on_time: a.on_time,
        reworks: a.reworks,
        goal: a.goal,
        reached: a.reached,
    }
}
