//! The rule set 考评办法: a typed document, never a program.
//!
//! It is read from YAML or JSON, checked as a whole, stored as canonical JSON and known by the
//! SHA-256 of those bytes. Reading what was written gives the same bytes again.

mod check;
pub mod condition;
pub mod demotion;
pub mod input;
pub mod item;
pub mod outcome;
pub mod param;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::document::node::Node;
use crate::document::{
    Code, Entry, Name, Origin, Problem, Reader, Shape, document, print_yaml, read_source,
};
use demotion::Demotion;
use input::Input;
use item::{Dimension, Item};
use outcome::{AbsentItems, Consequence, Minimum, Precision, Ties, Veto};
use param::Param;

document! {
    /// The document by which a rule set was issued.
    pub struct Issued {
        /// The document's number 文号.
        "文号" => number: Name,
        /// Who issued it.
        "机关" => office: Name,
        /// The day, `2026-02-20`.
        "日期" => on: Name,
    }
}

document! {
    /// A peer group 考评组别 with its own parameters.
    pub struct Group {
        /// Its code.
        "代码" => code: Code,
        /// Its name.
        "名称" => name: Name,
        /// Its name on English pages.
        "英文" => english: Option<Name>,
        /// Its parameters: targets, classes.
        "参数" => parameters: BTreeMap<String, Decimal>,
    }
}

document! {
    /// A rule set 考评办法.
    pub struct RuleSet {
        /// Its name.
        "办法" => name: Name,
        /// Its name on English pages.
        "英文" => english: Option<Name>,
        /// Its code.
        "编号" => code: Code,
        /// Its version, from 1.
        "版本" => version: u32,
        /// The first period it is in force for, `2026-03`.
        "生效" => from: Name,
        /// The document by which it was issued.
        "印发" => issued: Option<Issued>,
        /// Places and rounding of everything that is published.
        "计分精度" => precision: Precision,
        /// What items that do not apply mean.
        "缺项" => absent_items: AbsentItems,
        /// How ties are answered.
        "并列" => ties: Option<Ties>,
        /// Who has too few tasks to be ranked.
        "最少任务" => minimum: Option<Minimum>,
        /// Full marks of the dimensions together, in points.
        "满分" => full: Param,
        /// The peer groups.
        "组别" => groups: Vec<Group>,
        /// The dimensions with their items.
        "维度" => dimensions: Vec<Dimension>,
        /// Bonuses on top of the full marks; deductions by a bonus's method are possible too.
        "加分" => bonuses: Vec<Item>,
        /// The most that all bonuses together bring.
        "加分上限" => bonus_max: Option<Param>,
        /// Vetoes.
        "否决" => vetoes: Vec<Veto>,
        /// Amounts of money for units, apart from the score.
        "金额" => amounts: Vec<Item>,
        /// What is proposed to who decides.
        "结果运用" => consequences: Vec<Consequence>,
        /// What lowers an award by a level.
        "降档" => demotions: Vec<Demotion>,
    }
}

/// The code by which the sheet names the least number of tasks.
pub const MINIMUM: &str = "最少任务";

impl RuleSet {
    /// Reads the canonical bytes of a rule set that was adopted; neither today's checks nor today's
    /// limits apply, so that what counted once can be scored again for ever.
    pub fn stored(canonical: &str) -> Result<Self, Vec<Problem>> {
        let root = read_source(canonical, Origin::Stored).map_err(|problem| vec![*problem])?;
        let mut reader = Reader::of(Origin::Stored);
        let read = Self::read(&root, &mut reader);
        let problems = reader.into_problems();
        read.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// Reads a rule set from YAML or JSON; all problems that can be told at once, with their places.
    pub fn parse(source: &str) -> Result<Self, Vec<Problem>> {
        let root = read_source(source, Origin::HandedIn).map_err(|problem| vec![*problem])?;
        let mut reader = Reader::default();
        let read = Self::read(&root, &mut reader);
        let mut problems = reader.into_problems();
        if let (Some(rule), true) = (&read, problems.is_empty()) {
            problems = check::check(rule);
        }
        match read.filter(|_| problems.is_empty()) {
            Some(rule) => Ok(rule),
            None => Err(problems
                .into_iter()
                .map(|problem| {
                    let at = root.locate(&problem.path);
                    problem.located(at, source)
                })
                .collect()),
        }
    }

    /// What is wrong with a rule set that was put together in the program, not read.
    pub fn check(&self) -> Vec<Problem> {
        check::check(self)
    }

    /// The fields of the document, for forms.
    pub fn shape() -> Shape {
        <Self as Entry>::shape()
    }

    /// The tree of the document, for forms.
    pub fn tree(&self) -> Node {
        self.write().unwrap_or_else(|| Node::map(Vec::new()))
    }

    /// The canonical JSON: what is stored and hashed.
    pub fn canonical(&self) -> String {
        self.tree().json()
    }

    /// The document as people edit it.
    pub fn yaml(&self) -> String {
        print_yaml(&self.tree())
    }

    /// SHA-256 of the canonical bytes, in hexadecimal.
    pub fn hash(&self) -> String {
        let digest = Sha256::digest(self.canonical().as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The items of all dimensions, in document order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.dimensions.iter().flat_map(|dimension| &dimension.items)
    }

    /// The group of a code.
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.code.0 == code)
    }

    /// Every call of a measure that scoring needs, each once, in document order.
    pub fn calls(&self) -> Vec<&Input> {
        let of_items = self.items().chain(&self.bonuses).chain(&self.amounts);
        let all = self
            .minimum
            .iter()
            .map(|minimum| &minimum.input)
            .chain(of_items.flat_map(|item| &item.inputs.0))
            .chain(self.vetoes.iter().flat_map(|veto| &veto.inputs.0))
            .chain(self.consequences.iter().flat_map(|one| &one.inputs.0))
            .chain(self.demotions.iter().flat_map(|one| &one.inputs.0));
        let mut found: Vec<&Input> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        found.extend(all.filter(|input| known.insert(input.call())));
        found
    }
}
