//! What people do at the desk, one file each.

pub(crate) mod verify;
