//! The whole building, swept: routes × roles in two twin cities, every page, the schema.

mod adopted;
mod contents;
mod lived;
mod living;
mod plans;
mod routes;
mod schema;
mod stored;
mod tamper;
mod world;

use web::{House, Plan};

/// All rooms.
pub(crate) fn plans() -> Vec<Plan> {
    vec![
        people::plan(),
        assignments::plan(),
        slips::plan(),
        indicators::plan(),
        rule_sets::plan(),
        reviews::plan(),
        messages::plan(),
        desk::plan(),
    ]
}

/// The building without a database.
pub(crate) fn house() -> House {
    House::new(plans(), Box::new(people::Door))
}
