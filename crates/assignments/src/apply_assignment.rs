//! How facts about one assignment become rows.

use journal::{Entry, Error, Result, Tables, args};
use uuid::Uuid;

use crate::facts::{Fact, Milestone, Part};
use crate::tables::{
    Asked, AssignmentRow, AssignmentUnitRow, ExtensionRow, Finding, HandBackRow, MilestoneRow,
    NoteKind, NoteRow, ReportKind, ReportRow, State, StopRow, UnitRole, VerificationRow,
    VersionRow,
};

#[expect(clippy::too_many_lines, reason = "one arm per fact, each a few lines")]
pub(crate) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        fact @ Fact::Issued { .. } => issue(entry, fact, tables).await,
        Fact::Accepted { on } => {
            let state = State::Handling;
            change(entry, tables, |a| AssignmentRow { state, accepted_on: Some(on), ..a }).await
        }
        Fact::HandBackAsked { id, on } => hand_back(entry, tables, id, on).await,
        Fact::HandBackDecided { id, on, to, due, answer } => {
            let row: HandBackRow = tables.get(args![entry.jurisdiction, id]).await?;
            let state = if to.is_some() { Asked::Granted } else { Asked::Refused };
            let (former, decided_by) = (row.unit_id, Some(entry.actor));
            let decided_on = Some(on);
            tables
                .replace(&HandBackRow {
                    state,
                    to_unit_id: to,
                    decided_by,
                    decided_on,
                    answer,
                    ..row
                })
                .await?;
            if let Some(unit) = to {
                readdress(entry, tables, former, unit).await?;
            }
            change(entry, tables, |a| AssignmentRow {
                state: State::Issued,
                unit_id: to.unwrap_or(a.unit_id),
                due_on: due,
                ..a
            })
            .await
        }
        Fact::Reported { id, unit, on, done, quantity, next_step, blocker } => {
            let report = new_report(entry, id, unit, (ReportKind::Progress, done, quantity));
            tables.insert(&ReportRow { next_step, blocker, ..report }).await?;
            change(entry, tables, |a| AssignmentRow {
                reports: a.reports + 1,
                last_report_on: Some(on),
                reached: quantity.unwrap_or(a.reached),
                ..a
            })
            .await
        }
        Fact::Prepared { id, unit, on, done, quantity } => {
            tables.insert(&new_report(entry, id, unit, (ReportKind::Done, done, quantity))).await?;
            change(entry, tables, |a| AssignmentRow {
                state: State::Prepared,
                reports: a.reports + 1,
                last_report_on: Some(on),
                reached: quantity.unwrap_or(a.reached),
                ..a
            })
            .await
        }
        Fact::PreparedReturned {} => {
            change(entry, tables, |a| AssignmentRow { state: State::Handling, ..a }).await
        }
        Fact::Submitted { report, unit, on, done, quantity, person } => {
            if let Some(id) = report {
                let row = new_report(entry, id, unit, (ReportKind::Done, done, quantity));
                tables.insert(&row).await?;
            }
            change(entry, tables, |a| AssignmentRow {
                state: State::Submitted,
                submitted_at: Some(entry.at),
                submitted_on: Some(on),
                submitted_by: Some(person),
                pre_verified: false,
                presented: false,
                reports: a.reports + i64::from(report.is_some()),
                last_report_on: Some(on),
                reached: quantity.unwrap_or(a.reached),
                ..a
            })
            .await
        }
        Fact::PartDone { unit, on, report, done } => {
            let key = args![entry.jurisdiction, entry.subject.id, unit].to_vec();
            let row: AssignmentUnitRow = tables.get(&key).await?;
            tables.replace(&AssignmentUnitRow { done_on: Some(on), ..row }).await?;
            tables.insert(&new_report(entry, report, unit, (ReportKind::Done, done, None))).await
        }
        Fact::MilestoneReached { n, on } => {
            let key = args![entry.jurisdiction, entry.subject.id, n].to_vec();
            let row: MilestoneRow = tables.get(&key).await?;
            tables.replace(&MilestoneRow { reached_on: Some(on), ..row }).await
        }
        Fact::Verified { id, method, result, finding, first, closes, on, on_time } => {
            let row = VerificationRow {
                jurisdiction_id: entry.jurisdiction,
                id,
                assignment_id: entry.subject.id,
                post_id: entry.actor,
                at: entry.at,
                method,
                result,
                finding,
            };
            tables.insert(&row).await?;
            change(entry, tables, |a| match result {
                Finding::Rework => AssignmentRow {
                    state: State::Handling,
                    reworks: a.reworks + 1,
                    pre_verified: false,
                    presented: false,
                    ..a
                },
                Finding::Confirmed if closes => {
                    AssignmentRow { state: State::Closed, closed_on: Some(on), on_time, ..a }
                }
                Finding::Confirmed => AssignmentRow { pre_verified: a.pre_verified || first, ..a },
            })
            .await
        }
        Fact::ExtensionAsked { id, person, on, former_due, new_due, progress, endorsed } => {
            let row = ExtensionRow {
                jurisdiction_id: entry.jurisdiction,
                id,
                assignment_id: entry.subject.id,
                state: if endorsed { Asked::Endorsed } else { Asked::Asked },
                asked_by: entry.actor,
                asked_person: person,
                asked_on: on,
                former_due_on: former_due,
                new_due_on: new_due,
                progress,
                reason: entry.reason.clone().unwrap_or_default(),
                endorsed_by: endorsed.then_some(entry.actor),
                decided_by: None,
                decided_on: None,
                answer: String::new(),
            };
            tables.insert(&row).await
        }
        Fact::ExtensionEndorsed { id } => {
            let row: ExtensionRow = tables.get(args![entry.jurisdiction, id]).await?;
            let endorsed_by = Some(entry.actor);
            tables.replace(&ExtensionRow { state: Asked::Endorsed, endorsed_by, ..row }).await
        }
        Fact::ExtensionDecided { id, on, granted, due, answer } => {
            let row: ExtensionRow = tables.get(args![entry.jurisdiction, id]).await?;
            let state = if granted { Asked::Granted } else { Asked::Refused };
            let (decided_by, decided_on) = (Some(entry.actor), Some(on));
            tables.replace(&ExtensionRow { state, decided_by, decided_on, answer, ..row }).await?;
            change(entry, tables, |a| AssignmentRow {
                due_on: due,
                extensions: a.extensions + i64::from(granted),
                ..a
            })
            .await
        }
        Fact::ClockStopped { id, on, review } => {
            let row = StopRow {
                jurisdiction_id: entry.jurisdiction,
                id,
                assignment_id: entry.subject.id,
                from_day: on,
                review_on: review,
                reason: entry.reason.clone().unwrap_or_default(),
                to_day: None,
            };
            tables.insert(&row).await?;
            change(entry, tables, |a| AssignmentRow { stopped: true, ..a }).await
        }
        Fact::ClockResumed { id, on, due } => {
            let row: StopRow = tables.get(args![entry.jurisdiction, id]).await?;
            tables.replace(&StopRow { to_day: Some(on), ..row }).await?;
            change(entry, tables, |a| AssignmentRow { stopped: false, due_on: due, ..a }).await
        }
        Fact::Withdrawn { on } => {
            let closed_on = Some(on);
            change(entry, tables, |a| AssignmentRow { state: State::Withdrawn, closed_on, ..a })
                .await
        }
        Fact::Merged { on, .. } => {
            let closed_on = Some(on);
            change(entry, tables, |a| AssignmentRow { state: State::Merged, closed_on, ..a }).await
        }
        Fact::Reopened { due, .. } => {
            change(entry, tables, |a| AssignmentRow {
                state: State::Handling,
                closed_on: None,
                on_time: None,
                submitted_at: None,
                submitted_on: None,
                submitted_by: None,
                pre_verified: false,
                presented: false,
                due_on: due,
                ..a
            })
            .await
        }
        Fact::Archived {} => {
            change(entry, tables, |a| AssignmentRow { state: State::Archived, ..a }).await
        }
        Fact::NoteLeft { id, note, words } => {
            tables.insert(&new_note(entry, id, note, words)).await
        }
        Fact::NoteSettled { id, on } => {
            let row: NoteRow = tables.get(args![entry.jurisdiction, id]).await?;
            tables.replace(&NoteRow { settled_on: Some(on), ..row }).await
        }
        Fact::Presented { id, words } => {
            tables.insert(&new_note(entry, id, NoteKind::Presented, words)).await?;
            change(entry, tables, |a| AssignmentRow { presented: true, ..a }).await
        }
        Fact::BatchOpened { .. }
        | Fact::LineWritten { .. }
        | Fact::LineCarried { .. }
        | Fact::LinesOrdered { .. }
        | Fact::LineRemoved { .. }
        | Fact::BatchSigned { .. }
        | Fact::BatchIssued { .. }
        | Fact::ProposalMade { .. }
        | Fact::ProposalTaken {}
        | Fact::ProposalDeclined { .. } => Err(Error::fault("a batch's fact in the wrong place")),
    }
}

/// Changes the assignment and keeps its versions: the former ends where the new one begins.
async fn change(
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
            tables.replace(&VersionRow { to_seq: Some(entry.seq), ..former }).await?;
            tables.insert(&fresh).await?;
        }
        after.version_seq = entry.seq;
    }
    tables.replace(&after).await
}

fn version(a: &AssignmentRow, from_seq: i64) -> VersionRow {
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

async fn issue(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Issued {
        batch,
        line,
        parent,
        label,
        unit,
        brief,
        goal,
        parts,
        milestones,
        source,
        on,
        due,
    } = fact
    else {
        return Err(Error::fault("not an issue"));
    };
    let row = AssignmentRow {
        jurisdiction_id: entry.jurisdiction,
        id: entry.subject.id,
        batch_id: batch,
        line_id: line,
        parent_id: parent,
        label,
        unit_id: unit,
        state: State::Issued,
        is_open: true,
        stopped: false,
        title: brief.title,
        demand: brief.demand,
        standard: brief.standard,
        work_line_id: brief.work_line,
        basis: brief.basis,
        urgency: brief.urgency,
        importance: brief.importance,
        leader_post_id: brief.leader,
        raised_by_post_id: brief.raised_by,
        rhythm: brief.rhythm,
        verifier: brief.verifier,
        quantity_unit: brief.quantity_unit,
        goal,
        reached: 0,
        evidence: brief.evidence,
        contact: brief.contact,
        restricted: brief.restricted,
        source_kind: source.kind,
        source_id: source.id,
        issued_on: on,
        first_due_on: due,
        due_on: due,
        accepted_on: None,
        submitted_at: None,
        submitted_on: None,
        submitted_by: None,
        pre_verified: false,
        presented: false,
        closed_on: None,
        on_time: None,
        reworks: 0,
        extensions: 0,
        reports: 0,
        last_report_on: None,
        version_seq: entry.seq,
    };
    tables.insert(&row).await?;
    tables.insert(&version(&row, entry.seq)).await?;
    for part in parts {
        tables.insert(&unit_row(entry, part)).await?;
    }
    for (n, Milestone { title, due }) in (1..).zip(milestones) {
        let row = MilestoneRow {
            jurisdiction_id: entry.jurisdiction,
            assignment_id: entry.subject.id,
            n,
            title,
            due_on: due,
            reached_on: None,
        };
        tables.insert(&row).await?;
    }
    Ok(())
}

fn unit_row(entry: &Entry, part: Part) -> AssignmentUnitRow {
    AssignmentUnitRow {
        jurisdiction_id: entry.jurisdiction,
        assignment_id: entry.subject.id,
        unit_id: part.unit,
        role: part.role,
        part: part.part,
        due_on: part.due,
        done_on: None,
    }
}

async fn hand_back(
    entry: &Entry,
    tables: &mut Tables<'_>,
    id: Uuid,
    on: kernel::Day,
) -> Result<()> {
    let key = args![entry.jurisdiction, entry.subject.id].to_vec();
    let assignment: AssignmentRow = tables.get(&key).await?;
    let row = HandBackRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        assignment_id: entry.subject.id,
        unit_id: assignment.unit_id,
        asked_by: entry.actor,
        asked_on: on,
        reason: entry.reason.clone().unwrap_or_default(),
        state: Asked::Endorsed,
        to_unit_id: None,
        decided_by: None,
        decided_on: None,
        answer: String::new(),
    };
    tables.insert(&row).await?;
    change(entry, tables, |a| AssignmentRow { state: State::HandedBack, ..a }).await
}

/// Another unit answers from now on; the former one is no longer concerned.
async fn readdress(entry: &Entry, tables: &mut Tables<'_>, former: Uuid, unit: Uuid) -> Result<()> {
    let key = args![entry.jurisdiction, entry.subject.id, former].to_vec();
    let row: AssignmentUnitRow = tables.get(&key).await?;
    tables.remove::<AssignmentUnitRow>(&key).await?;
    // The new lead may have been a co-unit before.
    let role = if row.role == UnitRole::Each { UnitRole::Each } else { UnitRole::Lead };
    tables.put(&AssignmentUnitRow { unit_id: unit, role, part: String::new(), ..row }).await
}

fn new_report(
    entry: &Entry,
    id: Uuid,
    unit_id: Uuid,
    (kind, done, quantity): (ReportKind, String, Option<i64>),
) -> ReportRow {
    ReportRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        assignment_id: entry.subject.id,
        unit_id,
        post_id: entry.actor,
        at: entry.at,
        kind,
        done,
        quantity,
        next_step: String::new(),
        blocker: String::new(),
    }
}

fn new_note(entry: &Entry, id: Uuid, kind: NoteKind, words: String) -> NoteRow {
    NoteRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        assignment_id: entry.subject.id,
        post_id: entry.actor,
        at: entry.at,
        kind,
        words,
        settled_on: None,
    }
}
