//! What people see in this room, one file each.

pub(crate) mod account;
pub(crate) mod language;
