//! Conditions on figures: thresholds of steps, gates, vetoes, eligibility.

use kernel::Message;

use super::param::Param;
use crate::document::{Code, document, words};
use crate::methods::{Wording, joined};
use crate::saying::say;

document! {
    /// One condition; every bound that is given must hold.
    pub struct Condition {
        /// The input it looks at; the first when absent.
        "输入" => input: Option<Code>,
        /// At least this.
        "不低于" => at_least: Option<Param>,
        /// More than this.
        "高于" => above: Option<Param>,
        /// At most this.
        "不高于" => at_most: Option<Param>,
        /// Less than this.
        "低于" => below: Option<Param>,
    }
}

words! {
    /// What an item is worth when its gate is shut.
    pub enum Shut {
        /// Nothing.
        "零分", "no points" => Nothing,
        /// It does not apply to the unit.
        "不适用", "not applicable" => NotApplicable,
    }
}

document! {
    /// A gate 前提: all conditions must hold, else the item does not count.
    pub struct Gate {
        /// The conditions.
        "条件" => conditions: Vec<Condition>,
        /// What it is worth otherwise; nothing when absent.
        "否则" => otherwise: Option<Shut>,
    }
}

impl Condition {
    /// Whether it has at least one bound.
    pub const fn has_bound(&self) -> bool {
        self.at_least.is_some()
            || self.above.is_some()
            || self.at_most.is_some()
            || self.below.is_some()
    }

    /// Its bounds with the words that the rules use for them.
    pub(crate) fn bounds(&self) -> impl Iterator<Item = (Bound, &Param)> {
        let all = [
            (Bound::AtLeast, &self.at_least),
            (Bound::Above, &self.above),
            (Bound::AtMost, &self.at_most),
            (Bound::Below, &self.below),
        ];
        all.into_iter().filter_map(|(bound, param)| Some((bound, param.as_ref()?)))
    }

    /// How the text of the rules says it.
    pub(crate) fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let bounds: Vec<Message> = self
            .bounds()
            .map(|(bound, param)| {
                let (word, limit) = (Message::from(bound.text()), wording.amount(input, param));
                say!("{a}{b}", "{a} {b}", a = word, b = limit)
            })
            .collect();
        let bounds = joined(&bounds, "且", " and ");
        say!("{a}{b}", "{a} {b}", a = wording.name(input), b = bounds)
    }
}

words! {
    /// The four kinds of bounds.
    pub enum Bound {
        /// Greater or equal.
        "不低于", "at least" => AtLeast,
        /// Greater.
        "高于", "above" => Above,
        /// Less or equal.
        "不高于", "at most" => AtMost,
        /// Less.
        "低于", "below" => Below,
    }
}

impl Bound {
    /// Whether a value keeps it.
    pub(crate) fn holds<T: Ord>(self, value: &T, limit: &T) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::Above => value > limit,
            Self::AtMost => value <= limit,
            Self::Below => value < limit,
        }
    }
}
