//! What is asked about an assignment: more time, a stopped clock, notes.

use journal::{Entry, Result, Tables, args};
use uuid::Uuid;

use super::Fact;
use super::version::change;
use crate::tables::{Asked, AssignmentRow, ExtensionRow, NoteKind, NoteRow, StopRow};

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied beside this file")]
pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        fact @ Fact::ExtensionAsked { .. } => ask_extension(entry, fact, tables).await,
        Fact::ExtensionEndorsed { id, on: awaits_answer_since } => {
            let row: ExtensionRow = tables.get(args![entry.jurisdiction, id]).await?;
            let endorsed_by = Some(entry.actor);
            tables.replace(&ExtensionRow { state: Asked::Endorsed, endorsed_by, ..row }).await?;
            change(entry, tables, |a| AssignmentRow { awaits_answer_since, ..a }).await
        }
        Fact::ExtensionDecided { id, on, granted, due, answer } => {
            let row: ExtensionRow = tables.get(args![entry.jurisdiction, id]).await?;
            let state = if granted { Asked::Granted } else { Asked::Refused };
            let (decided_by, decided_on) = (Some(entry.actor), Some(on));
            tables.replace(&ExtensionRow { state, decided_by, decided_on, answer, ..row }).await?;
            change(entry, tables, |a| AssignmentRow {
                due_on: due,
                awaits_answer_since: None,
                extensions: a.extensions + i64::from(granted),
                ..a
            })
            .await
        }
        Fact::ExtensionLapsed { id, on } => {
            let row: ExtensionRow = tables.get(args![entry.jurisdiction, id]).await?;
            let (state, decided_on) = (Asked::Lapsed, Some(on));
            tables.replace(&ExtensionRow { state, decided_on, ..row }).await?;
            change(entry, tables, |a| AssignmentRow { awaits_answer_since: None, ..a }).await
        }
        Fact::ClockStopped { .. } | Fact::ClockResumed { .. } => clock(entry, fact, tables).await,
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
        other => Err(super::misplaced(&other)),
    }
}

/// 暂缓 and 恢复.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied beside it")]
async fn clock(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
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
        other => Err(super::misplaced(&other)),
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

async fn ask_extension(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::ExtensionAsked {
        id,
        person,
        on,
        former_due,
        new_due,
        progress,
        endorsed,
        awaits_answer,
    } = fact
    else {
        return Err(journal::Error::fault("not a request"));
    };
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
    tables.insert(&row).await?;
    let awaits_answer_since = awaits_answer.then_some(on);
    change(entry, tables, |a| AssignmentRow { awaits_answer_since, ..a }).await
}
