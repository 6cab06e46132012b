//! What of this room waits for the bureau: objections and re-examinations that nobody has decided.

use journal::{Result, Tx};
use kernel::{Actor, Day, Message};
use uuid::Uuid;

use crate::{objection, store};

/// An objection that waits for a decision.
#[derive(Clone, Debug)]
pub struct WaitingObjection {
    /// The objection.
    pub id: Uuid,
    /// Its month and number.
    pub label: Message,
    /// The unit's short name.
    pub unit: String,
    /// The figure that is contested.
    pub measure: String,
    /// The last day on which it is to be decided.
    pub decide_by: Day,
}

/// Those that wait longest first; only the bureau decides them.
pub async fn objections(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingObjection>> {
    if !actor.role.is_bureau() {
        return Ok(Vec::new());
    }
    let rows = store::objection::waiting(tx, actor.jurisdiction).await?;
    let waiting = rows.into_iter().map(|row| WaitingObjection {
        id: row.id,
        label: objection::label(row.kind, row.month, row.number),
        unit: row.unit,
        measure: row.measure,
        decide_by: row.decide_by,
    });
    Ok(waiting.collect())
}
