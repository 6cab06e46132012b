//! What of this room waits for the bureau: objections and re-examinations that nobody has decided.

use journal::{Result, Tx, args, query_row};
use kernel::{Actor, Day, Message};
use uuid::Uuid;

use crate::tables::{ObjectionState, ReviewRow};
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

query_row! {
    struct Row {
        id: Uuid,
        unit: String,
        measure: String,
        decide_by: Day,
        number: i64,
        kind: crate::tables::Stage,
        review_id: Uuid,
    }
}

/// Those that wait longest first; only the bureau decides them.
pub async fn objections(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingObjection>> {
    if !actor.role.is_bureau() {
        return Ok(Vec::new());
    }
    let sql = "SELECT o.id, u.short_name, o.measure, o.decide_by, o.number, o.kind, o.review_id \
        FROM objections o JOIN units u ON u.jurisdiction_id = o.jurisdiction_id AND u.id = o.unit_id \
        WHERE o.jurisdiction_id = $1 AND o.state = $2 ORDER BY o.decide_by, o.id LIMIT 50";
    let rows: Vec<Row> = tx.all(sql, args![actor.jurisdiction, ObjectionState::Open]).await?;
    let mut found = Vec::new();
    for row in rows {
        let review: ReviewRow =
            store::review::review(tx, actor.jurisdiction, row.review_id).await?;
        found.push(WaitingObjection {
            id: row.id,
            label: objection::label(row.kind, &review, row.number),
            unit: row.unit,
            measure: row.measure,
            decide_by: row.decide_by,
        });
    }
    Ok(found)
}
