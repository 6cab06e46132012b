//! Slips that wait for somebody, for the desk.

use journal::{Result, Tx, Value, args, query_row};
use kernel::{Actor, Day, Role};
use uuid::Uuid;

use crate::tables::{Colour, Signer, SlipState};

/// Slips on a desk at most.
const SHOWN: i64 = 50;

query_row! {
    /// A slip that waits.
    pub struct WaitingSlip {
        /// The slip.
        pub id: Uuid,
        /// How far it has come.
        pub state: SlipState,
        /// Its colour.
        pub colour: Colour,
        /// The year of its number.
        pub year: Option<i64>,
        /// Its number, once issued.
        pub number: Option<i64>,
        /// By when its unit answers.
        pub answer_by: Option<Day>,
        /// The step of the chain that it waits for.
        pub step: i64,
        /// Who signs last.
        pub signer: Signer,
        /// The number of its item.
        pub label: String,
        /// The item's title.
        pub title: String,
        /// The unit's short name.
        pub unit: String,
    }
}

/// What waits for the actor: to be sent, signed, issued, answered or judged. The oldest first.
pub async fn waiting(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingSlip>> {
    let mine = match actor.role {
        Role::Officer => "s.state IN ('draft', 'approved', 'answered')",
        Role::Chief => {
            "(s.state IN ('approved', 'answered') OR (s.state = 'in_review' AND s.step = 1))"
        }
        Role::Leader | Role::Secretary => "s.state = 'in_review' AND s.step = 2",
        Role::Head => "s.state IN ('issued', 'prepared')",
        Role::Liaison => "s.state = 'issued'",
        Role::Department
        | Role::Inspector
        | Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => return Ok(Vec::new()),
    };
    let mut values = args![actor.jurisdiction].to_vec();
    let visible = super::scope(tx, actor, &mut values).await?;
    values.push(Value::Int(SHOWN));
    let sql = format!(
        "SELECT s.id, s.state, s.colour, s.year, s.number, s.answer_by, s.step, s.signer, a.label, \
         a.title, u.short_name FROM slips s \
         JOIN assignments a ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         JOIN units u ON u.jurisdiction_id = s.jurisdiction_id AND u.id = s.unit_id \
         WHERE s.jurisdiction_id = $1 AND {mine}{visible} ORDER BY s.id LIMIT ${}",
        values.len()
    );
    tx.scan(&sql, &values).await
}
