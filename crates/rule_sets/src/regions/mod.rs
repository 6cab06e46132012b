//! Parts of pages that are long enough for a file of their own.

pub(crate) mod content;
pub(crate) mod findings;
pub(crate) mod outline;
pub(crate) mod standing;
