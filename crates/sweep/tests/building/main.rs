//! The whole building, swept: routes × roles in two twin cities, every page, the schema.

mod adopted;
mod api;
mod contents;
mod lived;
mod living;
mod plans;
mod routes;
mod schema;
mod stored;
mod tamper;
mod twins;
mod world;

use building::{house, plans};
