//! Parts that several pages and forms of this room show.

pub(crate) mod factor_setup;
pub mod history;
pub(crate) mod one_time_code;
pub(crate) mod post_table;
