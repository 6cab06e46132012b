//! How an assignment comes to a unit: issued, accepted, handed back, readdressed.

use journal::{Entry, Result, Tables, args};
use uuid::Uuid;

use super::version::{begin_part, change, end_part, version};
use super::{Brief, Fact, Milestone, Part};
use crate::tables::{
    Asked, AssignmentRow, AssignmentUnitRow, HandBackRow, MilestoneRow, State, UnitRole,
};
use kernel::{Day, SubjectKind};

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied beside this file")]
pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        fact @ Fact::Issued { .. } => issue(entry, fact, tables).await,
        Fact::Accepted { on } => {
            let state = State::Handling;
            change(entry, tables, |a| AssignmentRow { state, accepted_on: Some(on), ..a }).await
        }
        Fact::ResponsibleNamed { unit, responsible } => {
            let key = args![entry.jurisdiction, entry.subject.id, unit];
            let row: AssignmentUnitRow = tables.get(key).await?;
            tables.replace(&AssignmentUnitRow { responsible, ..row }).await
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
        other => Err(super::misplaced(&other)),
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
        clocks,
    } = fact
    else {
        return Err(journal::Error::fault("not an issue"));
    };
    let row = AssignmentRow {
        batch_id: batch,
        line_id: line,
        parent_id: parent,
        label,
        unit_id: unit,
        goal,
        source_kind: source.kind,
        source_id: source.id,
        hand_back_days: clocks.hand_back_days,
        answer_days: clocks.answer_days,
        verify_days: clocks.verify_days,
        ..fresh(entry, brief, (on, due))
    };
    tables.insert(&row).await?;
    tables.insert(&version(&row, entry.seq, entry.at)).await?;
    for part in parts {
        begin_part(entry, tables, unit_row(entry, part)).await?;
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

pub(super) fn unit_row(entry: &Entry, part: Part) -> AssignmentUnitRow {
    AssignmentUnitRow {
        jurisdiction_id: entry.jurisdiction,
        assignment_id: entry.subject.id,
        unit_id: part.unit,
        role: part.role,
        part: part.part,
        due_on: part.due,
        done_on: None,
        version_seq: 0,
        responsible: part.responsible,
    }
}

async fn hand_back(entry: &Entry, tables: &mut Tables<'_>, id: Uuid, on: Day) -> Result<()> {
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
    let part: Option<AssignmentUnitRow> =
        tables.find(args![entry.jurisdiction, entry.subject.id, unit]).await?;
    if let Some(part) = part.filter(|part| part.role == UnitRole::Co) {
        end_part(entry, tables, &part).await?;
    }
    let role = if row.role == UnitRole::Each { UnitRole::Each } else { UnitRole::Lead };
    let (part, responsible) = (String::new(), String::new());
    tables.put(&AssignmentUnitRow { unit_id: unit, role, part, responsible, ..row }).await
}

/// An assignment as it is on the day of its issue, still without batch, unit and source.
pub(super) fn fresh(entry: &Entry, brief: Brief, (on, due): (Day, Day)) -> AssignmentRow {
    AssignmentRow {
        jurisdiction_id: entry.jurisdiction,
        id: entry.subject.id,
        batch_id: Uuid::nil(),
        line_id: Uuid::nil(),
        parent_id: None,
        label: String::new(),
        unit_id: Uuid::nil(),
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
        goal: None,
        reached: 0,
        evidence: brief.evidence,
        contact: brief.contact,
        restricted: brief.restricted,
        source_kind: SubjectKind::Batch,
        source_id: Uuid::nil(),
        issued_on: on,
        first_due_on: due,
        due_on: due,
        accepted_on: None,
        submitted_at: None,
        submitted_on: None,
        submitted_by: None,
        signer_post_id: None,
        pre_verified: false,
        presented: false,
        closed_on: None,
        on_time: None,
        reworks: 0,
        extensions: 0,
        reports: 0,
        last_report_on: None,
        version_seq: entry.seq,
        profile: brief.profile,
        hand_back_days: 0,
        answer_days: 0,
        verify_days: 0,
        report_day: brief.report_day,
        report_hour: brief.report_hour,
        taken_over: false,
        ledger: String::new(),
        taken_over_on: None,
        awaits_answer_since: None,
    }
}
