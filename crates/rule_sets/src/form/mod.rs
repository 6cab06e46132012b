//! A part of the document as a form, by the shape that the rules declare: nobody needs to know the
//! text, and no field is written twice. `part` says which parts there are, `read` turns what was
//! typed into the tree, `draw` the tree into fields, `place` finds the field of a problem, `steps`
//! are the buttons for rows and choices, which work without script.

pub(crate) mod draw;
mod inputs;
pub(crate) mod labels;
pub(crate) mod part;
pub(crate) mod place;
pub(crate) mod read;
pub(crate) mod steps;
