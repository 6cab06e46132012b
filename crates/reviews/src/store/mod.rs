//! All SQL of this room, reading only; `apply` writes.

pub(crate) mod doubts;
pub(crate) mod history;
pub(crate) mod measures;
pub(crate) mod objection;
pub(crate) mod review;
pub(crate) mod statement;

use journal::{Error, Result, Value};
use kernel::{Actor, Role};

/// The condition on rows `r` of a measure under which the actor sees a unit's figures: bureau,
/// leaders and secretaries all, a unit its own, an inspector what the inspection is limited to.
pub(crate) fn scope(actor: &Actor, values: &mut Vec<Value>) -> Result<String> {
    let mut place = |id| {
        values.push(Value::Uuid(id));
        values.len()
    };
    match actor.role {
        Role::Leader | Role::Secretary | Role::Chief | Role::Officer => Ok(String::new()),
        Role::Head | Role::Liaison => Ok(format!(" AND r.unit_id = ${}", place(actor.unit))),
        Role::Inspector => {
            let n = place(actor.post);
            Ok(format!(
                " AND EXISTS (SELECT 1 FROM watches w WHERE w.jurisdiction_id = $1 \
                 AND w.post_id = ${n} AND (w.target_id = r.unit_id OR w.target_id = r.work_line_id))"
            ))
        }
        Role::Department
        | Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => Err(Error::missing()),
    }
}
