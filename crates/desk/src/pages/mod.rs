//! What people see in this room, one file each.

pub(crate) mod access;
pub(crate) mod home;
pub(crate) mod journal;
pub(crate) mod verification;
