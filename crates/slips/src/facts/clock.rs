//! How what the clock brought becomes rows.

use journal::{Entry, Result, Tables};

use super::{Fact, misplaced};
use crate::tables::{DueReviewRow, MissedRow, ReminderRow};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let (jurisdiction_id, assignment_id) = (entry.jurisdiction, entry.subject.id);
    match fact {
        Fact::Reminded { unit, due, days, on, co } => {
            let row = ReminderRow {
                jurisdiction_id,
                assignment_id,
                unit_id: unit,
                due_on: due,
                days,
                reminded_on: on,
                co,
            };
            tables.insert(&row).await
        }
        Fact::ReportMissed { unit, closed_on, on } => {
            let row = MissedRow {
                jurisdiction_id,
                assignment_id,
                closed_on,
                unit_id: unit,
                found_on: on,
            };
            tables.insert(&row).await
        }
        Fact::ReviewDue { stop, review_on, on } => {
            let row = DueReviewRow {
                jurisdiction_id,
                stop_id: stop,
                assignment_id,
                review_on,
                found_on: on,
            };
            tables.insert(&row).await
        }
        Fact::LadderSet { .. }
        | Fact::Drafted { .. }
        | Fact::Written { .. }
        | Fact::Signed { .. }
        | Fact::Issued { .. }
        | Fact::Answered { .. }
        | Fact::AnswerSigned { .. }
        | Fact::AnswerReturned { .. }
        | Fact::AnswerJudged { .. }
        | Fact::Superseded { .. }
        | Fact::Withdrawn { .. } => Err(misplaced(&fact)),
    }
}
