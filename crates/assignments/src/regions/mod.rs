//! Parts of pages that stand on several of them or are long enough for a file of their own.

pub(crate) mod acts;
pub(crate) mod beside;
pub(crate) mod changes;
pub(crate) mod children;
pub(crate) mod clocks;
pub mod due_changes;
pub(crate) mod issued_copies;
pub(crate) mod narrowed;
pub(crate) mod overview;
pub(crate) mod paper_places;
pub(crate) mod papers;
pub(crate) mod reports;
pub(crate) mod side;
