//! Spreadsheets: written row by row, read as a stream in a process of their own, and understood as
//! offices write them.

mod give_back;
pub mod read;
pub mod sense;
pub mod write;

pub use give_back::{GivenBack, Mark};
