//! Stories of rule sets, on both engines.

mod common;
mod form;
mod in_force;
mod notice;
mod refused;
mod story;
mod text;
