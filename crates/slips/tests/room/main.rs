//! The room of slips over HTTP and by the clock, on both engines.

mod clock;
mod common;
mod demo;
mod export;
mod notice;
mod on_paper;
mod paper;
mod story;
mod taken_over;
