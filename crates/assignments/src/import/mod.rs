//! What comes in from spreadsheets: the running ledger (期初接续).

pub(crate) mod columns;
pub(crate) mod item;
pub(crate) mod known;
pub(crate) mod ledger;
pub(crate) mod take;
pub(crate) mod units;
