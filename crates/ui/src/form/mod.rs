//! Forms and their fields. A field wires its label, hint and message to its control; the message
//! summary on top links to the fields.

mod button;
mod choice;
mod field;
mod file;
mod frame;
mod group;
mod rows;

pub use button::{ButtonTone, button, cancel, confirmed_submit, icon_submit, keep_draft, submit};
pub use choice::{Choice, checkbox, checkbox_list, radio, select};
pub use field::{Bounds, Field, day, hidden, month, number, password, search, text, textarea};
pub use file::{FileRules, KeptFile, file};
pub use frame::{
    actions, error_summary, fields, filter_form, form_post, form_upload, order_form, ordered,
    section, wide,
};
pub use group::{choose, entry, first_submit, group, offers, step};
pub use rows::{RowCells, no_cell, rows};
