//! 降档: what lowers an award by one level, as "one of three not passed: a class less; two: none".

use super::condition::Condition;
use super::input::Inputs;
use super::param::Param;
use crate::document::{Code, Name, choice, document};

document! {
    /// Items whose points together fall short.
    pub struct ItemPoints {
        /// The items of the dimensions, by code.
        "项目" => items: Vec<Code>,
        /// Less than this many points together.
        "低于" => below: Param,
    }
}

choice! {
    /// One ground for lowering.
    pub enum Ground {
        /// Points of items.
        "得分" => Points(ItemPoints),
        /// A figure.
        "数据" => Figure(Condition),
    }
}

document! {
    /// The levels of an award, and what lowers a unit by one of them 降档.
    ///
    /// A unit has only the best level for which it is proposed. Each ground that holds lowers it by
    /// one; below the last level there is no award. Nobody moves up into the place that is left.
    pub struct Demotion {
        /// Its code.
        "代码" => code: Code,
        /// What it is.
        "名称" => name: Name,
        /// Its name on English pages.
        "英文" => english: Option<Name>,
        /// The article.
        "依据" => article: Option<Name>,
        /// The groups, all when empty.
        "适用" => groups: Vec<Code>,
        /// The levels from the best on, by the codes of the consequences.
        "奖项" => levels: Vec<Code>,
        /// What its grounds read, if they look at figures.
        "取数" => inputs: Inputs,
        /// The grounds.
        "事由" => grounds: Vec<Ground>,
        /// From how many grounds on there is no award at all; only below the last level when absent.
        "取消" => none_from: Option<u32>,
    }
}

impl Demotion {
    /// Whether it is for a group.
    pub fn applies_to(&self, group: &str) -> bool {
        self.groups.is_empty() || self.groups.iter().any(|code| code.0 == group)
    }
}
