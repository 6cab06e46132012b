//! What pages are made of: the shell, cards, lights, tables, forms, figures and icons, with the
//! style sheet and scripts that belong to them. Knows no word of any room.
//!
//! Invariants: every component works without JavaScript; no inline style or script, so that the
//! strict content policy holds; colour never says anything alone; whatever a component says by
//! itself it says in both languages.
//!
//! | module | for |
//! |---|---|
//! | [`shell`] | whole documents: page, sign-in card, wall, printed form |
//! | [`table`] | registers and their pages |
//! | [`form`] | fields, choices, files, buttons, the forms around them |
//! | [`part`] | cards, lights, badges, alerts, empty states, details |
//! | [`flow`] | timelines, steps, tabs, toolbars, dropdowns |
//! | [`figure`] | stat cards, progress, sparklines, charts |
//! | [`layout`] | columns and stacks |
//! | [`qr`] | what a telephone reads from paper |
//! | [`num`] | amounts and shares as officials write them |
//! | [`assets`] | the embedded files and their addresses |

pub mod assets;
pub mod figure;
pub mod flow;
pub mod form;
pub mod layout;
pub mod num;
pub mod part;
pub mod qr;
pub mod shell;
pub mod table;

mod icons;
mod tone;

pub use icons::icon;
pub use maud::{Markup, html};
pub use tone::{Light, Tone};
