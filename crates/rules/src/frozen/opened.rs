//! The pieces of a part read back, for pages that show a month as it was published.

use kernel::{Message, text};

use super::evidence::Evidence;
use super::{FrozenPart, Piece};
use crate::engine::sheet::Sheet;
use crate::facts::{Adjustment, Facts};
use crate::rule_set::RuleSet;
use crate::saying::{same, say};

/// A part with its pieces read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The rule set.
    pub rule: RuleSet,
    /// The facts.
    pub facts: Facts,
    /// The adjustments.
    pub adjustments: Vec<Adjustment>,
    /// The records behind each figure.
    pub evidence: Evidence,
    /// The sheet as it was published.
    pub sheet: Sheet,
}

/// A piece, or why it cannot be read.
type Read<T> = Result<T, (Piece, Message)>;

impl FrozenPart {
    /// All pieces read; the first that cannot be read is told. Nothing is checked or scored.
    pub fn open(&self) -> Read<Opened> {
        Ok(Opened {
            rule: self.opened_rule()?,
            facts: self.opened_facts()?,
            adjustments: self.opened_adjustments()?,
            evidence: self.opened_evidence()?,
            sheet: self.opened_sheet()?,
        })
    }

    pub(super) fn opened_rule(&self) -> Read<RuleSet> {
        RuleSet::stored(&self.rule).map_err(|problems| {
            let first = problems.into_iter().next().map(|problem| problem.message);
            let none = || text!("不是办法", "it is no rule set").into();
            (Piece::Rule, first.unwrap_or_else(none))
        })
    }

    pub(super) fn opened_facts(&self) -> Read<Facts> {
        json(Piece::Facts, &self.facts)
    }

    pub(super) fn opened_adjustments(&self) -> Read<Vec<Adjustment>> {
        json(Piece::Adjustments, &self.adjustments)
    }

    pub(super) fn opened_evidence(&self) -> Read<Evidence> {
        Evidence::decode(&self.evidence).map_err(|why| (Piece::Evidence, why.into()))
    }

    pub(super) fn opened_sheet(&self) -> Read<Sheet> {
        json(Piece::Sheet, &self.sheet)
    }
}

fn json<T: serde::de::DeserializeOwned>(piece: Piece, text: &str) -> Read<T> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (same(&error.line().to_string()), same(&error.column().to_string()));
        let why = say!(
            "第{a}行第{b}列不是应有的内容",
            "what stands at line {a}, column {b} does not belong there",
            a = line,
            b = column
        );
        (piece, why)
    })
}
