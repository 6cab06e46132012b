//! The facts of this room and how they become rows.

mod indicator;
mod observation;

use assignments::facts::Attached;
use journal::{Boxed, Entry, Error, Fact as _, Result, Tables, facts};
use kernel::Day;
use measures::ReviewMonth;
use uuid::Uuid;

use crate::tables::{Better, Kind};

/// What an indicator is, as a person writes it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Definition {
    /// Its code in a plan of statistics.
    pub(crate) code: String,
    /// Its Chinese name.
    pub(crate) name: String,
    /// Its English name.
    pub(crate) name_en: String,
    /// What it says.
    pub(crate) definition: String,
    /// 计量单位.
    pub(crate) measured_in: String,
    /// What is entered.
    pub(crate) kind: Kind,
    /// The department that enters it.
    pub(crate) department: Option<Uuid>,
    /// Where its values come from.
    pub(crate) source: String,
    /// Which values are better.
    pub(crate) better: Better,
    /// Its place in lists.
    pub(crate) sort: i64,
}

/// The document from which values were taken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Source {
    /// The document.
    pub(crate) id: Uuid,
    /// Its title.
    pub(crate) title: String,
    /// 文号.
    pub(crate) reference: String,
    /// Its day.
    pub(crate) on: Day,
    /// Its files.
    pub(crate) files: Vec<Attached>,
}

/// What is said of one unit; numbers in ten-thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Said {
    /// The number, or a rate's numerator.
    pub(crate) numerator: Option<i64>,
    /// A rate's denominator.
    pub(crate) denominator: Option<i64>,
    /// Why there is no value.
    pub(crate) missing: String,
    /// The day of an event.
    pub(crate) happened_on: Option<Day>,
    /// What happened.
    pub(crate) happening: String,
}

/// One value of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Entered {
    /// This vintage.
    pub(crate) id: Uuid,
    /// The first vintage of the same value.
    pub(crate) first: Uuid,
    /// Which vintage it is.
    pub(crate) n: i64,
    /// One that waited and was not checked: this one stands in its place.
    pub(crate) instead: Option<Uuid>,
    /// The unit.
    pub(crate) unit: Uuid,
    /// What is said.
    pub(crate) said: Said,
}

/// A value that was checked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Checked {
    /// The vintage.
    pub(crate) id: Uuid,
    /// Its unit.
    pub(crate) unit: Uuid,
    /// The vintage that counted until now.
    pub(crate) former: Option<Uuid>,
}

/// A value that was returned, and what is to be mended.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Returned {
    /// The vintage.
    pub(crate) id: Uuid,
    /// What is to be mended.
    pub(crate) remark: String,
}

/// Who did it: the person, and the person for whom it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Hand {
    /// The person.
    pub(crate) person: Uuid,
    /// For whom, when a stand-in did.
    pub(crate) on_behalf: Option<Uuid>,
}

facts! {
    /// Facts about indicators and their values.
    pub(crate) enum Fact {
        /// An indicator was added.
        "indicator_added" Added { number: i64, definition: Definition, groups: Vec<Uuid>, from: ReviewMonth },
        /// What it says of itself was changed, and which groups have values.
        "indicator_changed" Changed { definition: Definition, joined: Vec<Uuid>, left: Vec<Uuid> },
        /// It has no values after a month.
        "indicator_ended" Ended { to: ReviewMonth },
        /// Values were entered from a document.
        "observations_entered" Entered { indicator: Uuid, month: ReviewMonth, reported: String, source: Source, values: Vec<Entered>, reason: String, hand: Hand, on: Day },
        /// Another post looked at waiting values: those that count now, and those sent back. So
        /// many still wait.
        "observations_checked" Checked { indicator: Uuid, month: ReviewMonth, checked: Vec<Checked>, returned: Vec<Returned>, waiting: i64, hand: Hand, on: Day },
        /// A value was taken back.
        "observation_withdrawn" Withdrawn { indicator: Uuid, month: ReviewMonth, id: Uuid, unit: Uuid, was_shown: bool, reason: String, on: Day },
    }
}

/// Applies a fact of this room.
pub(crate) fn apply<'a>(entry: &'a Entry, tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::Added { .. } | Fact::Changed { .. } | Fact::Ended { .. } => {
                indicator::apply(entry, fact, tables).await
            }
            Fact::Entered { .. } | Fact::Checked { .. } | Fact::Withdrawn { .. } => {
                observation::apply(entry, fact, tables).await
            }
        }
    })
}

fn misplaced(fact: &Fact) -> Error {
    Error::fault(format!("fact applied in the wrong place: {fact:?}"))
}
