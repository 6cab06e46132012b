//! The room of reviews: figures against a model of random cities, and the pages of the library.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may end by what it did not find"
)]

mod answers;
mod circular;
mod doubts;
mod engines;
mod errata;
mod figures;
mod life;
mod model;
mod pages;
mod paper;
mod period;
mod ranking;
mod recorded;
mod settled;
mod statement;
mod story;

pub(crate) fn plans() -> Vec<web::Plan> {
    vec![
        people::plan(),
        assignments::plan(),
        slips::plan(),
        indicators::plan(),
        rule_sets::plan(),
        reviews::plan(),
    ]
}

/// The rooms whose measures are held against a model; entered values have tests of their own.
pub(crate) fn measured() -> Vec<web::Plan> {
    let entered = |plan: web::Plan| web::Plan { measures: None, ..plan };
    vec![
        people::plan(),
        assignments::plan(),
        slips::plan(),
        entered(indicators::plan()),
        rule_sets::plan(),
        reviews::plan(),
    ]
}
