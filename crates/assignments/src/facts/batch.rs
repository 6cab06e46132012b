//! How facts about batches, lines and proposals become rows.

use journal::{Entry, Result, Tables, args};
use uuid::Uuid;

use super::{BatchFact, Brief, LineNumber, Milestone, Part};
use crate::tables::{
    BatchKind, BatchRow, BatchState, LineMilestoneRow, LineRow, LineUnitRow, ProposalRow,
    ProposalState, ScanRow, SignOffRow, Verdict,
};

pub(super) async fn apply(entry: &Entry, fact: BatchFact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        BatchFact::BatchOpened { kind, sitting, title, year, proposals_until } => {
            let row = BatchRow {
                jurisdiction_id: entry.jurisdiction,
                id: entry.subject.id,
                kind,
                sitting_id: sitting,
                title,
                state: BatchState::Draft,
                step: 0,
                number: None,
                year,
                proposals_until,
                opened_on: opened_on(entry, tables).await?,
                issued_on: None,
            };
            tables.insert(&row).await
        }
        fact @ BatchFact::LineWritten { .. } => write_line(entry, fact, tables).await,
        BatchFact::LineCarried { line, sort, assignment, title } => {
            let row =
                LineRow { carried_id: Some(assignment), ..carried_row(entry, line, sort, title) };
            tables.insert(&row).await
        }
        BatchFact::LinesOrdered { lines } => order_lines(entry, tables, &lines).await,
        BatchFact::LineRemoved { line, units, milestones } => {
            clear_line(entry, tables, line, (&units, milestones)).await?;
            tables.remove::<LineRow>(args![entry.jurisdiction, line]).await
        }
        fact @ BatchFact::BatchSigned { .. } => sign(entry, fact, tables).await,
        BatchFact::BatchIssued { number, title, on, lines } => {
            for LineNumber { line, number } in lines {
                let row: LineRow = tables.get(args![entry.jurisdiction, line]).await?;
                tables.replace(&LineRow { number: Some(number), ..row }).await?;
            }
            let (number, issued_on, state) = (Some(number), Some(on), BatchState::Issued);
            change_batch(entry, tables, |b| BatchRow { number, title, issued_on, state, ..b }).await
        }
        BatchFact::BatchTakenOver { number, year, title, on } => {
            tables.insert(&taken_over(entry, (number, year), title, on)).await
        }
        BatchFact::ProposalMade { batch, unit, title, demand } => {
            let row = ProposalRow {
                jurisdiction_id: entry.jurisdiction,
                id: entry.subject.id,
                batch_id: batch,
                unit_id: unit,
                post_id: entry.actor,
                at: entry.at,
                title,
                demand,
                state: ProposalState::Open,
                answer: String::new(),
            };
            tables.insert(&row).await
        }
        BatchFact::ProposalTaken {} => {
            change_proposal(entry, tables, ProposalState::Taken, String::new()).await
        }
        BatchFact::ProposalDeclined { answer } => {
            change_proposal(entry, tables, ProposalState::Declined, answer).await
        }
    }
}

/// A weekly batch that was issued before the program: without a sitting.
fn taken_over(
    entry: &Entry,
    (number, year): (i64, i64),
    title: String,
    on: kernel::Day,
) -> BatchRow {
    BatchRow {
        jurisdiction_id: entry.jurisdiction,
        id: entry.subject.id,
        kind: BatchKind::Weekly,
        sitting_id: None,
        title,
        state: BatchState::Issued,
        step: 0,
        number: Some(number),
        year,
        proposals_until: None,
        opened_on: on,
        issued_on: Some(on),
    }
}

/// The day of a fact in the city's zone; the zone is a record too.
async fn opened_on(entry: &Entry, tables: &mut Tables<'_>) -> Result<kernel::Day> {
    let city: journal::JurisdictionRow = tables.get(args![entry.jurisdiction]).await?;
    let zone = jiff::tz::TimeZone::get(&city.zone).map_err(journal::Error::fault)?;
    Ok(entry.at.day(&zone))
}

async fn change_batch(
    entry: &Entry,
    tables: &mut Tables<'_>,
    change: impl FnOnce(BatchRow) -> BatchRow,
) -> Result<()> {
    let row: BatchRow = tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
    tables.replace(&change(row)).await
}

async fn change_proposal(
    entry: &Entry,
    tables: &mut Tables<'_>,
    state: ProposalState,
    answer: String,
) -> Result<()> {
    let row: ProposalRow = tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
    tables.replace(&ProposalRow { state, answer, ..row }).await
}

async fn order_lines(entry: &Entry, tables: &mut Tables<'_>, lines: &[Uuid]) -> Result<()> {
    for (sort, line) in (1..).zip(lines) {
        let row: LineRow = tables.get(args![entry.jurisdiction, *line]).await?;
        tables.replace(&LineRow { sort, ..row }).await?;
    }
    Ok(())
}

async fn clear_line(
    entry: &Entry,
    tables: &mut Tables<'_>,
    line: Uuid,
    (units, milestones): (&[Uuid], i64),
) -> Result<()> {
    for unit in units {
        tables.remove::<LineUnitRow>(args![entry.jurisdiction, line, *unit]).await?;
    }
    for n in 1..=milestones {
        tables.remove::<LineMilestoneRow>(args![entry.jurisdiction, line, n]).await?;
    }
    Ok(())
}

async fn fill_line(
    entry: &Entry,
    tables: &mut Tables<'_>,
    line_id: Uuid,
    (parts, milestones): (Vec<Part>, Vec<Milestone>),
) -> Result<()> {
    let jurisdiction_id = entry.jurisdiction;
    for (sort, part) in (1..).zip(parts) {
        let row = LineUnitRow {
            jurisdiction_id,
            line_id,
            unit_id: part.unit,
            role: part.role,
            part: part.part,
            due_on: part.due,
            goal: part.goal,
            sort,
            responsible: part.responsible,
        };
        tables.insert(&row).await?;
    }
    for (n, Milestone { title, due }) in (1..).zip(milestones) {
        let row = LineMilestoneRow { jurisdiction_id, line_id, n, title, due_on: due };
        tables.insert(&row).await?;
    }
    Ok(())
}

fn line_row(entry: &Entry, id: Uuid, sort: i64, brief: Brief, parts: &[Part]) -> LineRow {
    LineRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        batch_id: entry.subject.id,
        sort,
        carried_id: None,
        number: None,
        title: brief.title,
        demand: brief.demand,
        standard: brief.standard,
        work_line_id: brief.work_line,
        basis: brief.basis,
        urgency: brief.urgency,
        importance: brief.importance,
        leader_post_id: brief.leader,
        raised_by_post_id: brief.raised_by,
        due_on: None,
        due_days: None,
        rhythm: brief.rhythm,
        verifier: brief.verifier,
        quantity_unit: brief.quantity_unit,
        evidence: brief.evidence,
        contact: brief.contact,
        restricted: brief.restricted,
        each_unit: parts.iter().any(|p| p.role == crate::tables::UnitRole::Each),
        profile: brief.profile,
        report_day: brief.report_day,
        report_hour: brief.report_hour,
    }
}

fn carried_row(entry: &Entry, id: Uuid, sort: i64, title: String) -> LineRow {
    use crate::tables::{Importance, Rhythm, Urgency, Verifier};
    let brief = Brief {
        title,
        demand: String::new(),
        standard: String::new(),
        work_line: None,
        basis: String::new(),
        urgency: Urgency::Plain,
        importance: Importance::Normal,
        leader: None,
        raised_by: None,
        rhythm: Rhythm::Once,
        verifier: Verifier::Bureau,
        quantity_unit: String::new(),
        evidence: String::new(),
        contact: String::new(),
        restricted: false,
        profile: String::new(),
        report_day: 5,
        report_hour: 17,
    };
    line_row(entry, id, sort, brief, &[])
}

/// A step of the sign-off chain, and where the batch stands after it.
async fn sign(entry: &Entry, fact: BatchFact, tables: &mut Tables<'_>) -> Result<()> {
    let BatchFact::BatchSigned { id, step, next, last, verdict, person, paper, note } = fact else {
        return Err(journal::Error::fault("not a sign-off"));
    };

    let row = SignOffRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        batch_id: entry.subject.id,
        step,
        verdict,
        post_id: entry.actor,
        person_id: person,
        at: entry.at,
        paper_signer_post_id: paper.as_ref().map(|p| p.signer),
        paper_signed_on: paper.as_ref().map(|p| p.on),
        note,
    };
    tables.insert(&row).await?;
    for scan in paper.map(|p| p.scans).unwrap_or_default() {
        let row = ScanRow {
            jurisdiction_id: entry.jurisdiction,
            batch_id: entry.subject.id,
            id: scan.id,
            sign_off_id: id,
            name: scan.name,
            media: scan.media,
            size: scan.size,
            hash: scan.hash,
        };
        tables.insert(&row).await?;
    }
    let state = match (verdict, next) {
        (Verdict::Returned, _) => BatchState::Draft,
        (Verdict::Agreed, next) if next > last => BatchState::Approved,
        (Verdict::Agreed, _) => BatchState::InReview,
    };
    change_batch(entry, tables, |b| BatchRow { state, step: next, ..b }).await
}

async fn write_line(entry: &Entry, fact: BatchFact, tables: &mut Tables<'_>) -> Result<()> {
    let BatchFact::LineWritten {
        line,
        sort,
        brief,
        parts,
        due,
        due_days,
        milestones,
        former_units,
        former_milestones,
    } = fact
    else {
        return Err(journal::Error::fault("not a line"));
    };

    clear_line(entry, tables, line, (&former_units, former_milestones)).await?;
    let row = LineRow { due_on: due, due_days, ..line_row(entry, line, sort, brief, &parts) };
    tables.put(&row).await?;
    fill_line(entry, tables, line, (parts, milestones)).await
}
