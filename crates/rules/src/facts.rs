//! What is scored: figures of units with their counts, and three kinds of absence.

use std::collections::BTreeMap;

use kernel::{Message, Text};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::decimal;

/// Everything that a review knows at its cut-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The period, `2021-10`.
    pub period: String,
    /// The units, in any order.
    pub units: Vec<UnitFacts>,
}

/// What is known of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFacts {
    /// The unit's identifier; units are told apart and put in order by it.
    pub unit: String,
    /// Its name, for sentences.
    pub name: String,
    /// The code of its peer group.
    pub group: String,
    /// The facts by the call of the measure, as [`Input::call`] writes it.
    ///
    /// [`Input::call`]: crate::rule_set::input::Input::call
    pub facts: BTreeMap<String, Fact>,
}

/// One cell: a measure of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What is known.
    pub state: State,
    /// How many records stand behind it.
    pub n: u32,
}

/// What is known of a cell. The kinds of absence are different scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The figure.
    Known(Value),
    /// Nothing was due, so there is nothing to score; why.
    NotApplicable(Reason),
    /// There should be a figure and there is none; why.
    Missing(Reason),
    /// The figure is contested and counts until that is decided; by what.
    Disputed(Value, String),
}

/// Why there is no figure, as its source says it in both languages; written as one text where they
/// are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Reason {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Once(String),
    Both { zh: String, en: String },
}

impl From<Written> for Reason {
    fn from(written: Written) -> Self {
        match written {
            Written::Once(said) => said.into(),
            Written::Both { zh, en } => Self { zh, en },
        }
    }
}

impl From<Reason> for Written {
    fn from(reason: Reason) -> Self {
        if reason.zh == reason.en {
            return Self::Once(reason.zh);
        }
        Self::Both { zh: reason.zh, en: reason.en }
    }
}

impl From<String> for Reason {
    fn from(said: String) -> Self {
        Self { en: said.clone(), zh: said }
    }
}

impl From<Text> for Reason {
    fn from(text: Text) -> Self {
        Self { zh: text.zh.to_owned(), en: text.en.to_owned() }
    }
}

impl From<Message> for Reason {
    fn from(message: Message) -> Self {
        Self { zh: message.zh, en: message.en }
    }
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number in the unit of its measure.
    Number(#[serde(with = "decimal::text")] Decimal),
    /// A rate of counts, which stays an exact fraction.
    Ratio {
        /// What counts.
        #[serde(with = "decimal::text")]
        numerator: Decimal,
        /// Of how much.
        #[serde(with = "decimal::text")]
        denominator: Decimal,
    },
}

impl Fact {
    /// A number that is known.
    pub const fn number(number: Decimal, n: u32) -> Self {
        Self { state: State::Known(Value::Number(number)), n }
    }

    /// A rate of counts.
    pub const fn ratio(numerator: Decimal, denominator: Decimal, n: u32) -> Self {
        Self { state: State::Known(Value::Ratio { numerator, denominator }), n }
    }
}

/// What an upheld objection or a re-examination changes in this review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// The unit.
    pub unit: String,
    /// What it was decided by: the number of the objection.
    pub reference: String,
    /// The reason in words.
    pub reason: String,
    /// What changes.
    pub change: Change,
}

/// What an adjustment changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A cell, by the call of its measure.
    Cell {
        /// The call.
        call: String,
        /// The fact that holds instead.
        fact: Fact,
    },
    /// Points, listed as a part of their own.
    Points(#[serde(with = "decimal::text")] Decimal),
}

impl Adjustment {
    /// The canonical bytes of adjustments: by unit and reference, whatever order they come in.
    pub fn canonical(adjustments: &[Self]) -> String {
        // Structs of texts, numbers and enums of ours always serialise.
        serde_json::to_string(&Self::ordered(adjustments)).unwrap_or_default()
    }

    /// The adjustments by unit, reference and what they change.
    pub(crate) fn ordered(adjustments: &[Self]) -> Vec<&Self> {
        let mut ordered: Vec<&Self> = adjustments.iter().collect();
        ordered.sort_by_cached_key(|one| {
            let change = serde_json::to_string(&one.change).unwrap_or_default();
            (one.unit.clone(), one.reference.clone(), change)
        });
        ordered
    }
}

impl Facts {
    /// The facts of one group with the adjustments of its units: nothing compares beyond a group.
    pub fn of_group(&self, adjustments: &[Adjustment], group: &str) -> (Self, Vec<Adjustment>) {
        let units = self.units.iter().filter(|unit| unit.group == group).cloned();
        let facts = Self { period: self.period.clone(), units: units.collect() };
        let inside = |one: &&Adjustment| facts.units.iter().any(|known| known.unit == one.unit);
        let adjustments = adjustments.iter().filter(inside).cloned().collect();
        (facts, adjustments)
    }

    /// The canonical bytes: units by identifier, cells by call, numbers normalised.
    pub fn canonical(&self) -> String {
        let mut ordered = self.clone();
        ordered.units.sort_by(|a, b| a.unit.cmp(&b.unit));
        // Maps of texts and enums of ours always serialise.
        serde_json::to_string(&ordered).unwrap_or_default()
    }
}
