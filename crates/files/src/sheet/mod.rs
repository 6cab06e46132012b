//! Spreadsheets: written row by row, and read as a stream in a process of their own.

pub mod read;
pub mod write;
