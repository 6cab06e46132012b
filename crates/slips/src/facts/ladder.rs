//! How a ladder becomes rows.

use journal::{Entry, Result, Tables};

use super::{Fact, misplaced};
use crate::tables::{LadderRow, LadderStepRow};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::LadderSet { version, on, steps, urgent_from, express_from, raised_from } = fact
    else {
        return Err(misplaced(&fact));
    };
    let jurisdiction_id = entry.jurisdiction;
    let steps_count = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    tables
        .insert(&LadderRow {
            jurisdiction_id,
            version,
            set_on: on,
            steps_count,
            urgent_from,
            express_from,
            raised_from,
        })
        .await?;
    for (n, step) in (1..).zip(steps) {
        tables
            .insert(&LadderStepRow {
                jurisdiction_id,
                version,
                n,
                colour: step.colour,
                after_days: step.after_days,
                answer_days: step.answer_days,
                signer: step.signer,
                consequence: step.consequence,
            })
            .await?;
    }
    Ok(())
}
