//! Understanding a ledger as offices write it. Pure: rows in, meaning out; nothing is guessed that
//! a person must decide.

mod amount;
mod body;
mod day;
mod fill;
mod head;
mod mark;
mod matching;
mod names;
mod plain;

pub use amount::{Amount, Doubt, Unit, amount, doubt, unit_of};
pub use body::{Aside, aside};
pub use day::{DaySaid, day, day_of};
pub use fill::Filler;
pub use head::{Head, Title, guess, titles};
pub use mark::hint;
pub use matching::{Wanted, propose, signature};
pub use names::{Everybody, Names, names};
pub use plain::plain;
