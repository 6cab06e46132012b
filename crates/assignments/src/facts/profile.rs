//! How a handling profile becomes a row.

use journal::{Entry, Result, Tables};

use super::ProfileFact;
use crate::tables::ProfileRow;

pub(super) async fn apply(entry: &Entry, fact: ProfileFact, tables: &mut Tables<'_>) -> Result<()> {
    let ProfileFact::ProfileWritten { code, name, verifier, clocks, in_use, sort } = fact;
    let row = ProfileRow {
        jurisdiction_id: entry.jurisdiction,
        code,
        name,
        verifier,
        hand_back_days: clocks.hand_back_days,
        answer_days: clocks.answer_days,
        verify_days: clocks.verify_days,
        in_use,
        sort,
    };
    tables.put(&row).await
}
