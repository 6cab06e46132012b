//! Parts that several pages and forms of this room show.

pub(crate) mod factor_setup;
