//! How the facts of a weekly answer become rows.

use journal::{Entry, Result, Tables, args};

use super::{WeeklyFact, WeeklyItem};
use crate::tables::weekly::{
    WeeklyAnswerRow, WeeklyFileRow, WeeklyItemRow, WeeklyScanRow, WeeklyState,
};

pub(super) async fn apply(entry: &Entry, fact: WeeklyFact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        WeeklyFact::Prepared { unit, monday, items } => {
            let row = WeeklyAnswerRow {
                jurisdiction_id: entry.jurisdiction,
                id: entry.subject.id,
                unit_id: unit,
                monday,
                state: WeeklyState::Prepared,
                prepared_by: entry.actor,
                prepared_at: entry.at,
                signed_by: None,
                signed_on: None,
                paper_signer_post_id: None,
                words: String::new(),
            };
            tables.insert(&row).await?;
            for item in items {
                insert(entry, tables, item).await?;
            }
            Ok(())
        }
        WeeklyFact::Returned { words } => {
            let row: WeeklyAnswerRow =
                tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
            let state = WeeklyState::Returned;
            tables.replace(&WeeklyAnswerRow { state, words, ..row }).await
        }
        WeeklyFact::Signed { on, paper, reported } => {
            let row: WeeklyAnswerRow =
                tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
            let signed = WeeklyAnswerRow {
                state: WeeklyState::Signed,
                signed_by: Some(entry.actor),
                signed_on: Some(on),
                paper_signer_post_id: paper.as_ref().map(|p| p.signer),
                ..row
            };
            tables.replace(&signed).await?;
            for scan in paper.map(|p| p.scans).unwrap_or_default() {
                let row = WeeklyScanRow {
                    jurisdiction_id: entry.jurisdiction,
                    answer_id: entry.subject.id,
                    id: scan.id,
                    name: scan.name,
                    media: scan.media,
                    size: scan.size,
                    hash: scan.hash,
                };
                tables.insert(&row).await?;
            }
            for assignment in reported {
                let key = args![entry.jurisdiction, entry.subject.id, assignment].to_vec();
                let row: WeeklyItemRow = tables.get(&key).await?;
                tables.replace(&WeeklyItemRow { reported: true, ..row }).await?;
            }
            Ok(())
        }
    }
}

async fn insert(entry: &Entry, tables: &mut Tables<'_>, item: WeeklyItem) -> Result<()> {
    let row = WeeklyItemRow {
        jurisdiction_id: entry.jurisdiction,
        answer_id: entry.subject.id,
        assignment_id: item.assignment,
        done: item.done,
        quantity: item.quantity,
        blocker: item.blocker,
        reported: false,
    };
    tables.insert(&row).await?;
    for file in item.files {
        let row = WeeklyFileRow {
            jurisdiction_id: entry.jurisdiction,
            answer_id: entry.subject.id,
            id: file.id,
            assignment_id: item.assignment,
            name: file.name,
            media: file.media,
            size: file.size,
            hash: file.hash,
        };
        tables.insert(&row).await?;
    }
    Ok(())
}
