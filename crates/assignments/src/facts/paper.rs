//! How facts about papers become rows.

use journal::{Entry, Result, Tables, args};

use super::PaperFact;
use crate::tables::paper::{IssuedCopyRow, PaperTemplateRow};

pub(super) async fn apply(entry: &Entry, fact: PaperFact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        PaperFact::TemplateSet { kind, file } => {
            let row = PaperTemplateRow {
                jurisdiction_id: entry.jurisdiction,
                kind,
                id: file.id,
                name: file.name,
                size: file.size,
                hash: file.hash,
                post_id: entry.actor,
                at: entry.at,
            };
            tables.put(&row).await
        }
        PaperFact::TemplateRemoved { kind } => {
            tables.remove::<PaperTemplateRow>(args![entry.jurisdiction, kind]).await
        }
        PaperFact::CopyKept { file, note } => {
            let row = IssuedCopyRow {
                jurisdiction_id: entry.jurisdiction,
                id: file.id,
                batch_id: entry.subject.id,
                name: file.name,
                media: file.media,
                size: file.size,
                hash: file.hash,
                note,
                post_id: entry.actor,
                at: entry.at,
            };
            tables.insert(&row).await
        }
    }
}
