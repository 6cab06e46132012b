//! What comes in from spreadsheets: units and persons.

pub(crate) mod persons;
pub(crate) mod units;
