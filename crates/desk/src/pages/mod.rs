//! What people see in this room, one file each.

pub(crate) mod home;
