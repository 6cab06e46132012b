//! Stories of rule sets, on both engines.

mod common;
mod in_force;
