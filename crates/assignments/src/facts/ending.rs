//! How an assignment ends: verified, withdrawn, merged, reopened, archived.

use journal::{Entry, Result, Tables};

use super::Fact;
use super::version::change;
use crate::tables::{AssignmentRow, Finding, State, VerificationRow};

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied beside this file")]
pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
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
        other => Err(super::misplaced(&other)),
    }
}
