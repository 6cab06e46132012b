//! The room over HTTP, on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod json_story;
mod register;
mod unit_acts;
mod uploads;
mod world;
