//! 期初接续: how a row of a ledger becomes a line, an assignment and its last report. Whether it was
//! in time is left open: the ledger does not say when it was submitted.

use journal::{Entry, Result, Tables};
use uuid::Uuid;

use super::issue::{fresh, unit_row};
use super::version::{begin_part, version};
use super::{Brief, Fact, Known, Part};
use crate::tables::{AssignmentRow, LineRow, LineUnitRow, ReportKind, ReportRow, UnitRole};
use kernel::Day;

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::TakenOver {
        batch,
        line,
        sort,
        number,
        label,
        unit,
        brief,
        goal,
        parts,
        source,
        on,
        first_due,
        due,
        clocks,
        state,
        closed,
        report,
        ledger,
        taken_over_on,
    } = fact
    else {
        return Err(super::misplaced(&fact));
    };
    // A line for several units comes with each of their assignments, the same every time.
    let each_unit = parts.iter().any(|part| part.role == UnitRole::Each);
    let row =
        LineRow { sort, each_unit, ..line_row(entry, (batch, line, number), &brief, first_due) };
    tables.put(&row).await?;
    for (sort, part) in (0..).zip(&parts) {
        tables.put(&line_unit(entry, line, part, sort)).await?;
    }
    let row = AssignmentRow {
        batch_id: batch,
        line_id: line,
        label,
        unit_id: unit,
        goal,
        source_kind: source.kind,
        source_id: source.id,
        hand_back_days: clocks.hand_back_days,
        answer_days: clocks.answer_days,
        verify_days: clocks.verify_days,
        state,
        is_open: state.is_open(),
        due_on: due,
        closed_on: closed,
        extensions: i64::from(due != first_due),
        reached: report.as_ref().and_then(|r| r.quantity).unwrap_or_default(),
        reports: i64::from(report.is_some()),
        last_report_on: report.as_ref().map(|r| r.on),
        taken_over: true,
        ledger,
        taken_over_on,
        ..fresh(entry, brief, (on, first_due))
    };
    tables.insert(&row).await?;
    tables.insert(&version(&row, entry.seq, entry.at)).await?;
    for part in parts {
        begin_part(entry, tables, unit_row(entry, part)).await?;
    }
    match report {
        Some(known) => tables.insert(&report_row(entry, unit, known)).await,
        None => Ok(()),
    }
}

fn line_row(
    entry: &Entry,
    (batch, line, number): (Uuid, Uuid, i64),
    brief: &Brief,
    due: Day,
) -> LineRow {
    let brief = brief.clone();
    LineRow {
        jurisdiction_id: entry.jurisdiction,
        id: line,
        batch_id: batch,
        sort: 0,
        carried_id: None,
        number: Some(number),
        title: brief.title,
        demand: brief.demand,
        standard: brief.standard,
        work_line_id: brief.work_line,
        basis: brief.basis,
        urgency: brief.urgency,
        importance: brief.importance,
        leader_post_id: brief.leader,
        raised_by_post_id: brief.raised_by,
        due_on: Some(due),
        due_days: None,
        rhythm: brief.rhythm,
        verifier: brief.verifier,
        quantity_unit: brief.quantity_unit,
        evidence: brief.evidence,
        contact: brief.contact,
        restricted: brief.restricted,
        each_unit: false,
        profile: brief.profile,
        report_day: brief.report_day,
        report_hour: brief.report_hour,
    }
}

fn line_unit(entry: &Entry, line: Uuid, part: &Part, sort: i64) -> LineUnitRow {
    LineUnitRow {
        jurisdiction_id: entry.jurisdiction,
        line_id: line,
        unit_id: part.unit,
        role: part.role,
        part: part.part.clone(),
        due_on: part.due,
        goal: part.goal,
        sort,
        responsible: part.responsible.clone(),
    }
}

fn report_row(entry: &Entry, unit_id: Uuid, known: Known) -> ReportRow {
    ReportRow {
        jurisdiction_id: entry.jurisdiction,
        id: known.id,
        assignment_id: entry.subject.id,
        unit_id,
        post_id: entry.actor,
        at: entry.at,
        kind: ReportKind::Progress,
        done: known.done,
        quantity: known.quantity,
        next_step: known.next_step,
        blocker: known.blocker,
    }
}
