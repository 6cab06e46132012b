//! What a measure says of a unit.

use kernel::Text;
use serde::Serialize;
use serde::ser::SerializeStruct as _;
use uuid::Uuid;

use crate::measure::{Absent, Kind, Measure};

/// The counts of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The unit.
    pub unit: Uuid,
    /// What counts.
    pub numerator: i64,
    /// Of how much, for rates.
    pub denominator: Option<i64>,
    /// How many records stand behind it.
    pub n: i64,
}

/// One cell: a measure of a unit, with its counts. The records behind it are [`crate::store::records`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What is known.
    #[serde(flatten)]
    pub state: State,
    /// How many records stand behind it.
    pub n: i64,
}

/// What is known of a cell; what the program computes is never missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The figure.
    Known(Value),
    /// Nothing was due, so there is nothing to judge; why.
    NotApplicable(Text),
    /// There should be a figure and there is none; why.
    Missing(Text),
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number in the unit of its measure, with the measure's decimals.
    Number(i64),
    /// A rate, kept as the fraction of its counts.
    Ratio {
        /// What counts.
        numerator: i64,
        /// Of how much; above nought.
        denominator: i64,
    },
}

impl Serialize for State {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("State", 3)?;
        match self {
            Self::Known(Value::Number(number)) => {
                map.serialize_field("state", "known")?;
                map.serialize_field("number", number)?;
            }
            Self::Known(Value::Ratio { numerator, denominator }) => {
                map.serialize_field("state", "known")?;
                map.serialize_field("numerator", numerator)?;
                map.serialize_field("denominator", denominator)?;
            }
            Self::NotApplicable(why) => {
                map.serialize_field("state", "not_applicable")?;
                map.serialize_field("zh", why.zh)?;
                map.serialize_field("en", why.en)?;
            }
            Self::Missing(why) => {
                map.serialize_field("state", "missing")?;
                map.serialize_field("zh", why.zh)?;
                map.serialize_field("en", why.en)?;
            }
        }
        map.end()
    }
}

impl Value {
    /// Compares two figures without a float; a number and a rate are never in one measure.
    pub fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let parts = |value: &Self| match *value {
            Self::Number(number) => (i128::from(number), 1),
            Self::Ratio { numerator, denominator } => {
                (i128::from(numerator), i128::from(denominator))
            }
        };
        let ((a, b), (c, d)) = (parts(self), parts(other));
        (a * d).cmp(&(c * b))
    }
}

impl Measure {
    /// What the counts of a unit come to; a unit without any has none.
    pub fn fact(&self, figure: Option<&Figure>) -> Fact {
        let n = figure.map_or(0, |figure| figure.n);
        let state = match (self.kind, figure) {
            (Kind::Ratio, Some(&Figure { numerator, denominator: Some(denominator), .. }))
                if denominator > 0 =>
            {
                State::Known(Value::Ratio { numerator, denominator })
            }
            (Kind::Count | Kind::Sum, Some(figure)) if figure.n > 0 => {
                State::Known(Value::Number(figure.numerator))
            }
            (Kind::Ratio | Kind::Count | Kind::Sum, _) => match self.absent {
                Absent::Nought => State::Known(Value::Number(0)),
                Absent::NotApplicable(why) => State::NotApplicable(why),
                Absent::Missing(why) => State::Missing(why),
            },
        };
        Fact { state, n }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Value;

    #[test]
    fn rates_are_compared_as_fractions() {
        let ratio = |numerator, denominator| Value::Ratio { numerator, denominator };
        assert_eq!(ratio(5, 6).compare(&ratio(10, 12)), Ordering::Equal);
        assert_eq!(ratio(i64::MAX - 1, i64::MAX).compare(&ratio(1, 1)), Ordering::Less);
        assert_eq!(Value::Number(3).compare(&Value::Number(-2)), Ordering::Greater);
    }
}
