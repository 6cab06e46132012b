//! Dimensions and items: what is scored, for how much, by which article.

use kernel::Message;

use super::condition::Gate;
use super::input::Inputs;
use super::param::Param;
use crate::document::{Code, Name, document, words};
use crate::methods::Method;

words! {
    /// What happens to the item when its figure is missing.
    pub enum MissingFigure {
        /// The item, and with it the unit, cannot be scored until the figure is there.
        "无法计分", "cannot be scored" => Unscorable,
        /// The item brings nothing.
        "零分", "no points" => Nothing,
        /// As if the item did not apply to the unit.
        "按缺项", "as not applicable" => NotApplicable,
    }
}

document! {
    /// One item 考评项目 of a dimension, a bonus 加分, or an amount 金额.
    pub struct Item {
        /// Its code, unique in the rule set.
        "代码" => code: Code,
        /// Its name.
        "名称" => name: Name,
        /// Its name on English pages.
        "英文" => english: Option<Name>,
        /// Full marks in points; of a bonus the most it can bring.
        "满分" => full: Option<Param>,
        /// The article of the issued rules.
        "依据" => article: Option<Name>,
        /// The groups it applies to, by code; all when empty.
        "适用" => groups: Vec<Code>,
        /// What it reads.
        "取数" => inputs: Inputs,
        /// What must hold before it counts.
        "前提" => gate: Option<Gate>,
        /// What a missing figure means; cannot be scored when absent.
        "缺数" => missing: Option<MissingFigure>,
        /// Whether it may bring more than full marks.
        "允许超满分" => may_exceed: bool,
        /// How points come of the figures.
        "计分" => method: Method,
    }
}

document! {
    /// A dimension 维度 of the rules with its items.
    pub struct Dimension {
        /// Its name.
        "名称" => name: Name,
        /// Its name on English pages.
        "英文" => english: Option<Name>,
        /// Its items.
        "项目" => items: Vec<Item>,
    }
}

impl Item {
    /// Whether it applies to a group.
    pub fn applies_to(&self, group: &str) -> bool {
        self.groups.is_empty() || self.groups.iter().any(|code| code.0 == group)
    }

    /// Its name in both languages.
    pub fn title(&self) -> Message {
        title(&self.name, self.english.as_ref())
    }
}

impl Dimension {
    /// Its name in both languages.
    pub fn title(&self) -> Message {
        title(&self.name, self.english.as_ref())
    }
}

/// A name in both languages; the Chinese stands for a missing English one.
pub(crate) fn title(name: &Name, english: Option<&Name>) -> Message {
    Message { zh: name.0.clone(), en: english.unwrap_or(name).0.clone() }
}
