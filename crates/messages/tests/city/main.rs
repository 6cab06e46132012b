//! Messages in a city, over HTTP on both engines.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod inbox;
mod red_slips;
mod sending;
mod servers;
mod values;
mod week;

/// The rooms up to messages.
pub(crate) fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan(), slips::plan(), indicators::plan(), messages::plan()]
}
