//! The room of indicators over HTTP and as measures read it, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod common;
mod demo;
mod events;
mod figures;
mod notice;
mod rules;
mod story;
