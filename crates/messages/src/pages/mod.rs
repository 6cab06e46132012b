//! The pages of this room.

pub(crate) mod deliveries;
pub(crate) mod inbox;
