//! Measures 取数口径: the figures by which units are judged, each declared once by the room that
//! keeps its records.
//!
//! - A [`Population`] is one query: a row for every unit and record that a period asks about, as
//!   known at a place of the journal.
//! - A [`Measure`] says which of these rows count, and how much of what: its [`Reading`].
//! - [`store::figures`] adds the rows up for all units, [`store::traced`] keeps what stands behind
//!   them as well, [`store::records`] lists those of one cell. All put the same reading on the same
//!   population, so that they cannot part.
//!
//! Invariants: a figure depends on the journal up to its cut only; counts are whole numbers and a
//! rate stays the fraction of its counts; where nothing is due a rate does not apply, it is never
//! nought and never full; what should be there and is not is missing, which is neither. Knows no room and no page.

mod call;
mod figure;
mod measure;
mod month;
mod param;
mod population;
pub mod store;

pub use call::Call;
pub use figure::{Fact, Figure, State, Value};
pub use measure::{Absent, Asked, Best, Kind, Measure, Purpose, Supply};
pub use month::{NoMonth, ReviewMonth};
pub use param::{Args, Param, ParamKind, Word};
pub use population::{Population, Reading, Record, Rows, days_between};
