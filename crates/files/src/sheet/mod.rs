//! Spreadsheets: writing registers that people take out ([`mod@write`]).
//!
//! Invariants: what people wrote stands in a cell as text, never as a formula; rows go out one after
//! another, so that memory does not grow with them. Knows no domain word.

pub mod write;
