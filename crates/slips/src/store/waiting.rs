//! Slips that wait for somebody, for the desk.

use journal::{Result, Tx, Value, args, query_row};
use kernel::{Actor, Day, Role};
use uuid::Uuid;

use crate::tables::{Colour, Signer, SlipState};

/// Slips on a desk at most.
const SHOWN: usize = 50;

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

/// The states in which slips wait for somebody, each with the step of its chain where it matters.
fn states(role: Role) -> &'static [(SlipState, Option<i64>)] {
    match role {
        Role::Officer => {
            &[(SlipState::Draft, None), (SlipState::Approved, None), (SlipState::Answered, None)]
        }
        Role::Chief => &[
            (SlipState::Approved, None),
            (SlipState::Answered, None),
            (SlipState::InReview, Some(1)),
        ],
        Role::Leader | Role::Secretary => &[(SlipState::InReview, Some(2))],
        Role::Head => &[(SlipState::Issued, None), (SlipState::Prepared, None)],
        Role::Liaison => &[(SlipState::Issued, None)],
        Role::Department
        | Role::Inspector
        | Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => &[],
    }
}

/// What waits for the actor: to be sent, signed, issued, answered or judged. The oldest first.
pub async fn waiting(tx: &mut Tx, actor: &Actor) -> Result<Vec<WaitingSlip>> {
    let mut slips = Vec::new();
    // One state at a time: its slips stand in the order of the list, so the oldest are read alone.
    for state in states(actor.role) {
        slips.extend(in_state(tx, actor, *state).await?);
    }
    slips.sort_by_key(|slip| slip.id);
    slips.truncate(SHOWN);
    Ok(slips)
}

async fn in_state(
    tx: &mut Tx,
    actor: &Actor,
    (state, step): (SlipState, Option<i64>),
) -> Result<Vec<WaitingSlip>> {
    let mut values = args![actor.jurisdiction, state].to_vec();
    let mut narrowed = super::scope(tx, actor, &mut values).await?;
    if let Some(step) = step {
        values.push(Value::Int(step));
        narrowed.push_str(&format!(" AND s.step = ${}", values.len()));
    }
    let sql = format!(
        "SELECT s.id, s.state, s.colour, s.year, s.number, s.answer_by, s.step, s.signer, a.label, \
         a.title, u.short_name FROM slips s \
         JOIN assignments a ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         JOIN units u ON u.jurisdiction_id = s.jurisdiction_id AND u.id = s.unit_id \
         WHERE s.jurisdiction_id = $1 AND s.state = $2{narrowed} ORDER BY s.id LIMIT {SHOWN}"
    );
    tx.scan(&sql, &values).await
}
