//! How a unit's own way of signing becomes rows.

use journal::{Entry, Result, Tables, args};

use super::UnitFact;
use crate::tables::SigningPostRow;

pub(super) async fn apply(entry: &Entry, fact: UnitFact, tables: &mut Tables<'_>) -> Result<()> {
    let UnitFact::SigningPostsSet { posts, former } = fact;
    let (jurisdiction_id, unit_id) = (entry.jurisdiction, entry.subject.id);
    for n in 1..=former {
        tables.remove::<SigningPostRow>(args![jurisdiction_id, unit_id, n]).await?;
    }
    for (n, post_id) in (1..).zip(posts) {
        tables.insert(&SigningPostRow { jurisdiction_id, unit_id, n, post_id }).await?;
    }
    Ok(())
}
