//! What people do in this room, one file each.

pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod switch_post;
