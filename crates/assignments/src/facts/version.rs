//! Versions: what a measure may read of an assignment, as known between two places of the journal.

use journal::{Entry, Result, Tables, args};
use kernel::Moment;
use uuid::Uuid;

use crate::tables::{AssignmentRow, AssignmentUnitRow, PartVersionRow, UnitRole, VersionRow};

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
    // Where and when a version begins is not what it says.
    let says = |a: &AssignmentRow| version(a, 0, entry.at);
    if says(&after) != says(&before) {
        let fresh = version(&after, entry.seq, entry.at);
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

pub(super) fn version(a: &AssignmentRow, from_seq: i64, since: Moment) -> VersionRow {
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
        since_at: Some(since),
        accepted_on: a.accepted_on,
        awaits_answer_since: a.awaits_answer_since,
    }
}

/// A unit is concerned from now on; of a co-unit's own part versions are kept.
pub(super) async fn begin_part(
    entry: &Entry,
    tables: &mut Tables<'_>,
    part: AssignmentUnitRow,
) -> Result<()> {
    if part.role != UnitRole::Co {
        return tables.insert(&part).await;
    }
    let part = AssignmentUnitRow { version_seq: entry.seq, ..part };
    tables.insert(&part).await?;
    tables.insert(&part_version(&part)).await
}

/// A co-unit's part is another from now on.
pub(super) async fn change_part(
    entry: &Entry,
    tables: &mut Tables<'_>,
    unit: Uuid,
    change: impl FnOnce(AssignmentUnitRow) -> AssignmentUnitRow,
) -> Result<()> {
    let key = args![entry.jurisdiction, entry.subject.id, unit].to_vec();
    let before: AssignmentUnitRow = tables.get(&key).await?;
    end_part(entry, tables, &before).await?;
    let after = AssignmentUnitRow { version_seq: entry.seq, ..change(before) };
    tables.insert(&part_version(&after)).await?;
    tables.replace(&after).await
}

/// A co-unit's part is no more: it answers for the whole from now on.
pub(super) async fn end_part(
    entry: &Entry,
    tables: &mut Tables<'_>,
    part: &AssignmentUnitRow,
) -> Result<()> {
    let key = args![part.jurisdiction_id, part.assignment_id, part.unit_id, part.version_seq];
    let former: PartVersionRow = tables.get(key).await?;
    tables.replace(&PartVersionRow { to_seq: Some(entry.seq), ..former }).await
}

fn part_version(part: &AssignmentUnitRow) -> PartVersionRow {
    PartVersionRow {
        jurisdiction_id: part.jurisdiction_id,
        assignment_id: part.assignment_id,
        unit_id: part.unit_id,
        from_seq: part.version_seq,
        to_seq: None,
        due_on: part.due_on,
        done_on: part.done_on,
    }
}
