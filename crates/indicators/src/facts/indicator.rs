//! How indicators become rows.

use journal::{Entry, Result, Tables, args};
use measures::ReviewMonth;
use uuid::Uuid;

use super::{Definition, Fact, misplaced};
use crate::tables::{IndicatorGroupRow, IndicatorRow};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        Fact::Added { number, definition, groups, from } => {
            tables.insert(&row(entry, number, definition, (from, None))).await?;
            join(entry, groups, tables).await
        }
        Fact::Changed { definition, joined, left } => {
            let former: IndicatorRow =
                tables.get(args![entry.jurisdiction, subject(entry)]).await?;
            let validity = (former.valid_from, former.valid_to);
            let changed = row(entry, former.number, definition, validity);
            tables.change(&former, &changed).await?;
            for group in left {
                let key = args![entry.jurisdiction, subject(entry), group];
                tables.remove::<IndicatorGroupRow>(key).await?;
            }
            join(entry, joined, tables).await
        }
        Fact::Ended { to } => {
            let former: IndicatorRow =
                tables.get(args![entry.jurisdiction, subject(entry)]).await?;
            tables.change(&former, &IndicatorRow { valid_to: Some(to), ..former.clone() }).await
        }
        Fact::Entered { .. } | Fact::Checked { .. } | Fact::Withdrawn { .. } => {
            Err(misplaced(&fact))
        }
    }
}

const fn subject(entry: &Entry) -> Uuid {
    entry.subject.id
}

async fn join(entry: &Entry, groups: Vec<Uuid>, tables: &mut Tables<'_>) -> Result<()> {
    for group_id in groups {
        let jurisdiction_id = entry.jurisdiction;
        let row = IndicatorGroupRow { jurisdiction_id, indicator_id: subject(entry), group_id };
        tables.insert(&row).await?;
    }
    Ok(())
}

fn row(
    entry: &Entry,
    number: i64,
    definition: Definition,
    (valid_from, valid_to): (ReviewMonth, Option<ReviewMonth>),
) -> IndicatorRow {
    IndicatorRow {
        jurisdiction_id: entry.jurisdiction,
        id: subject(entry),
        number,
        code: definition.code,
        name: definition.name,
        name_en: definition.name_en,
        definition: definition.definition,
        measured_in: definition.measured_in,
        kind: definition.kind,
        department_id: definition.department,
        source: definition.source,
        better: definition.better,
        sort: definition.sort,
        valid_from,
        valid_to,
    }
}
