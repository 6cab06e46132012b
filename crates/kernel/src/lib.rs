//! The words that every room speaks: identifiers, days and moments, the work calendar,
//! who acts, what may be refused and how it is said in two languages.
//!
//! Invariants: no input or output, no global state; the only clock is [`Clock`]. A type stands
//! here only when at least two rooms need it.

mod actor;
mod calendar;
mod clock;
mod day;
mod id;
mod money;
mod refusal;
mod subject;
mod text;

pub use actor::{Actor, Grant, OnBehalf, Permission, Role};
pub use calendar::{DayKind, WorkCalendar};
pub use clock::Clock;
pub use day::{Day, Moment, Period};
pub use id::{Id, Jurisdiction};
pub use money::Money;
pub use refusal::{FieldError, Refusal};
pub use subject::{Subject, SubjectKind};
pub use text::{Lang, Message, Text, working_days};
