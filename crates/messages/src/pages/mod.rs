//! The pages of this room.

pub(crate) mod inbox;
