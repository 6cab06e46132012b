//! How an assignment is handled: reports, submissions, parts, milestones.

use journal::{Entry, Result, Tables, args};
use uuid::Uuid;

use super::version::{change, change_part};
use super::{Attached, Fact};
use crate::tables::{
    AssignmentRow, AssignmentUnitRow, AttachmentRow, MilestoneRow, ReportKind, ReportRow, State,
};

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied beside this file")]
pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        Fact::Reported { id, unit, on, done, quantity, next_step, blocker, files } => {
            let report = new_report(entry, id, unit, (ReportKind::Progress, done, quantity));
            tables.insert(&ReportRow { next_step, blocker, ..report }).await?;
            attach(entry, tables, id, files).await?;
            change(entry, tables, |a| AssignmentRow {
                reports: a.reports + 1,
                last_report_on: Some(on),
                reached: quantity.unwrap_or(a.reached),
                ..a
            })
            .await
        }
        Fact::Prepared { id, unit, on, done, quantity, files, signer } => {
            tables.insert(&new_report(entry, id, unit, (ReportKind::Done, done, quantity))).await?;
            attach(entry, tables, id, files).await?;
            change(entry, tables, |a| AssignmentRow {
                state: State::Prepared,
                signer_post_id: signer,
                reports: a.reports + 1,
                last_report_on: Some(on),
                reached: quantity.unwrap_or(a.reached),
                ..a
            })
            .await
        }
        Fact::Countersigned { signer } => {
            change(entry, tables, |a| AssignmentRow { signer_post_id: signer, ..a }).await
        }
        Fact::PreparedReturned {} => {
            let (state, signer_post_id) = (State::Handling, None);
            change(entry, tables, |a| AssignmentRow { state, signer_post_id, ..a }).await
        }
        Fact::Submitted { report, unit, on, done, quantity, person, files } => {
            if let Some(id) = report {
                let row = new_report(entry, id, unit, (ReportKind::Done, done, quantity));
                tables.insert(&row).await?;
                attach(entry, tables, id, files).await?;
            }
            change(entry, tables, |a| AssignmentRow {
                state: State::Submitted,
                submitted_at: Some(entry.at),
                submitted_on: Some(on),
                submitted_by: Some(person),
                signer_post_id: None,
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
            let done_on = Some(on);
            change_part(entry, tables, unit, |p| AssignmentUnitRow { done_on, ..p }).await?;
            tables.insert(&new_report(entry, report, unit, (ReportKind::Done, done, None))).await
        }
        Fact::MilestoneReached { n, on } => {
            let key = args![entry.jurisdiction, entry.subject.id, n].to_vec();
            let row: MilestoneRow = tables.get(&key).await?;
            tables.replace(&MilestoneRow { reached_on: Some(on), ..row }).await
        }
        other => Err(super::misplaced(&other)),
    }
}

async fn attach(
    entry: &Entry,
    tables: &mut Tables<'_>,
    report_id: Uuid,
    files: Vec<Attached>,
) -> Result<()> {
    for file in files {
        let row = AttachmentRow {
            jurisdiction_id: entry.jurisdiction,
            id: file.id,
            assignment_id: entry.subject.id,
            report_id,
            name: file.name,
            media: file.media,
            size: file.size,
            hash: file.hash,
        };
        tables.insert(&row).await?;
    }
    Ok(())
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
