//! A measure as its room declares it.

use kernel::Text;

use crate::param::{Args, Param};
use crate::population::{Population, Reading};

/// What a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How many records.
    Count,
    /// A sum over records.
    Sum,
    /// A share: a numerator of a denominator.
    Ratio,
}

/// What is said of a unit that has nothing to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// There is none, and that is known: 0.
    Nought,
    /// Nothing was due, so nothing can be judged; why.
    NotApplicable(Text),
    /// There should be a figure and nobody has given it; why.
    Missing(Text),
}

/// What a measure may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A rule set may score it.
    Scored,
    /// For the bureau's own desk; a rule set that scores it is warned about.
    Desk,
}

/// Which figures are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Best {
    /// The more, the better.
    High,
    /// The less, the better.
    Low,
    /// Neither: a size, not a merit.
    Neither,
}

/// A measure. What it means never changes: another meaning is another version.
#[derive(Debug)]
pub struct Measure {
    /// Its word in addresses.
    pub code: &'static str,
    /// Its version.
    pub version: u16,
    /// Its name; the Chinese one is what rule sets call it.
    pub name: Text,
    /// What it says, in words.
    pub definition: Text,
    /// What is counted in the denominator or, without one, what is looked at.
    pub whole: Text,
    /// What is counted of it.
    pub part: Text,
    /// What it is.
    pub kind: Kind,
    /// In what it is counted; empty when that depends on a parameter.
    pub unit: Text,
    /// How many decimals numbers and the counts of rates have: 4 when they are ten-thousandths.
    pub decimals: u32,
    /// What may be chosen.
    pub params: &'static [Param],
    /// What is said of a unit that has nothing to count.
    pub absent: Absent,
    /// What it may be used for.
    pub purpose: Purpose,
    /// Which figures are better.
    pub best: Best,
    /// The records it is read from.
    pub population: &'static Population,
    /// Which of them count, and how much.
    pub reading: fn(&Args) -> Reading,
}

/// The measures of a room.
#[derive(Clone, Copy, Debug)]
pub struct Supply {
    /// The room, as people know it.
    pub room: Text,
    /// What it supplies.
    pub measures: &'static [Measure],
}

/// A measure with its parameters.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// Its parameters.
    pub args: Args,
}

impl Asked<'_> {
    /// What names it in rule sets and facts: `按期办结率(权重=是)`.
    pub fn call(&self) -> String {
        let said = self.args.said();
        if said.is_empty() {
            return self.measure.name.zh.to_owned();
        }
        format!("{}({said})", self.measure.name.zh)
    }

    pub(crate) fn reading(&self) -> Reading {
        (self.measure.reading)(&self.args)
    }
}
