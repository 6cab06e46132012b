//! The room over HTTP, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod area;
mod auditor;

pub(crate) fn plans() -> Vec<web::Plan> {
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
