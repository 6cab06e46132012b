//! How looking at a question becomes a row.

use journal::{Entry, Result, Tables, args};

use super::Looked;
use crate::doubts::rows::DoubtRow;

/// Who looks again says what came of it now; that the unit was asked stays.
pub(super) async fn look(entry: &Entry, l: Looked, tables: &mut Tables<'_>) -> Result<()> {
    let (jurisdiction_id, review_id) = (entry.jurisdiction, entry.subject.id);
    let key = args![jurisdiction_id, review_id, l.kind, l.unit, l.evidence.clone()];
    let former: Option<DoubtRow> = tables.find(key).await?;
    let asked_on = former.and_then(|f| f.asked_on).or(l.asks_unit.then_some(l.on));
    let row = DoubtRow {
        jurisdiction_id,
        review_id,
        kind: l.kind,
        unit_id: l.unit,
        evidence: l.evidence,
        zh: l.zh,
        en: l.en,
        outcome: l.outcome,
        post_id: entry.actor,
        person_id: l.person,
        looked_on: l.on,
        asked_on,
    };
    tables.put(&row).await
}
