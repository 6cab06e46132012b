//! How objections become rows.

use journal::{Entry, Result, Tables, args};

use super::{Contest, Fact, misplaced};
use crate::tables::{ObjectionFileRow, ObjectionRow, ObjectionState, ReviewRow};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        Fact::Filed { contest } => file(entry, contest, tables).await,
        Fact::Withdrawn { on } => {
            change(entry, tables, |o| ObjectionRow {
                state: ObjectionState::Withdrawn,
                decided_on: Some(on),
                ..o
            })
            .await
        }
        Fact::Decided { upheld, words, change: changed, person, on } => {
            let state = if upheld { ObjectionState::Upheld } else { ObjectionState::Refused };
            let written = changed.map(|c| serde_json::to_string(&c)).transpose()?;
            change(entry, tables, |o| ObjectionRow {
                state,
                words,
                change: written.unwrap_or_default(),
                decided_by: Some(entry.actor),
                decided_person_id: Some(person),
                decided_on: Some(on),
                ..o
            })
            .await
        }
        Fact::AnswerDue { on, .. } => {
            change(entry, tables, |o| ObjectionRow { due_told_on: Some(on), ..o }).await
        }
        Fact::AnswerLate { on, .. } => {
            change(entry, tables, |o| ObjectionRow { late_told_on: Some(on), ..o }).await
        }
        Fact::Opened { .. }
        | Fact::Computed { .. }
        | Fact::Drafted { .. }
        | Fact::Frozen { .. }
        | Fact::Submitted { .. }
        | Fact::Judged { .. }
        | Fact::ConsequenceDecided { .. }
        | Fact::Published { .. }
        | Fact::LookedAt { .. }
        | Fact::Corrected { .. }
        | Fact::Paid { .. } => Err(misplaced(&fact)),
    }
}

async fn file(entry: &Entry, c: Contest, tables: &mut Tables<'_>) -> Result<()> {
    let (jurisdiction_id, objection_id) = (entry.jurisdiction, entry.subject.id);
    let row = ObjectionRow {
        jurisdiction_id,
        id: objection_id,
        review_id: c.review,
        number: c.number,
        kind: c.kind,
        state: ObjectionState::Open,
        unit_id: c.unit,
        item: c.item,
        measure: c.measure,
        said: c.said,
        post_id: entry.actor,
        person_id: c.person,
        filed_on: c.on,
        decide_by: c.decide_by,
        words: String::new(),
        change: String::new(),
        decided_by: None,
        decided_person_id: None,
        decided_on: None,
        due_told_on: None,
        late_told_on: None,
    };
    tables.insert(&row).await?;
    for f in c.files {
        let (id, name, media, size, hash) = (f.id, f.name, f.media, f.size, f.hash);
        let file = ObjectionFileRow { jurisdiction_id, objection_id, id, name, media, size, hash };
        tables.insert(&file).await?;
    }
    let former: ReviewRow = tables.get(args![jurisdiction_id, c.review]).await?;
    tables.change(&former, &ReviewRow { objections: c.number, ..former.clone() }).await
}

async fn change(
    entry: &Entry,
    tables: &mut Tables<'_>,
    change: impl FnOnce(ObjectionRow) -> ObjectionRow,
) -> Result<()> {
    let former: ObjectionRow = tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
    tables.change(&former, &change(former.clone())).await
}
