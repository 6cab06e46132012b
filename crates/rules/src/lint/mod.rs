//! The linter: what a rule set should not measure or do, each finding with its reason.
//!
//! What cannot be scored at all is an error of reading. The linter finds what can be scored and
//! should not be, or will not work as meant: a person reads it before the rules are adopted.

mod past;
mod set;
mod shape;
mod words;

use kernel::{Message, Text, text};

pub use past::lint_past;

use crate::rule_set::RuleSet;
use crate::rule_set::input::Input;
use crate::rule_set::item::Item;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A regulation forbids it: it must go before adoption.
    Forbidden,
    /// It will probably not work as meant.
    Warning,
    /// Worth a thought.
    Hint,
}

impl Severity {
    /// The word on the page.
    pub const fn text(self) -> Text {
        match self {
            Self::Forbidden => text!("禁止", "forbidden"),
            Self::Warning => text!("警告", "warning"),
            Self::Hint => text!("提示", "hint"),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// The kind of finding, a word that stays the same.
    pub kind: &'static str,
    /// The field, as words from the root.
    pub path: Vec<String>,
    /// What was found and what would be better.
    pub message: Message,
    /// The article of law, or the reason.
    pub because: Text,
}

/// Everything that the document alone shows, the gravest first.
pub fn lint(rule: &RuleSet) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Measured { path, code, name, inputs } in measured(rule) {
        let read = inputs.iter().flat_map(words::texts);
        words::look(&path, code, read.chain(name), &mut findings);
    }
    for (path, item) in items(rule) {
        shape::look(rule, &path, item, &mut findings);
    }
    set::look(rule, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// Something that reads measures.
#[derive(Clone, Debug)]
pub struct Measured<'a> {
    /// The field, as words from the root.
    pub path: Vec<String>,
    /// Its code.
    pub code: &'a str,
    /// Its name, where it is what is measured.
    name: Option<&'a str>,
    /// What it reads.
    pub inputs: &'a [Input],
}

/// Everything that reads measures.
pub fn measured(rule: &RuleSet) -> Vec<Measured<'_>> {
    let amounts = rule.amounts.iter().map(|item| (path(&["金额", &item.code.0]), item));
    let of_item = |(path, item)| {
        let item: &Item = item;
        Measured { path, code: &item.code.0, name: Some(&item.name.0), inputs: &item.inputs.0 }
    };
    let mut all: Vec<Measured<'_>> = items(rule).into_iter().chain(amounts).map(of_item).collect();
    let others = rule
        .vetoes
        .iter()
        .map(|one| ("否决", &one.code.0, &one.inputs.0))
        .chain(rule.consequences.iter().map(|one| ("结果运用", &one.code.0, &one.inputs.0)))
        .chain(rule.demotions.iter().map(|one| ("降档", &one.code.0, &one.inputs.0)));
    all.extend(others.map(|(of, code, inputs)| Measured {
        path: path(&[of, code]),
        code,
        name: None,
        inputs,
    }));
    all.extend(rule.minimum.iter().map(|one| Measured {
        path: path(&["最少任务"]),
        code: "最少任务",
        name: None,
        inputs: std::slice::from_ref(&one.input),
    }));
    all
}

/// The items of dimensions and the bonuses with their paths.
fn items(rule: &RuleSet) -> Vec<(Vec<String>, &Item)> {
    let mut items = Vec::new();
    for dimension in &rule.dimensions {
        for item in &dimension.items {
            items.push((path(&["维度", &dimension.name.0, "项目", &item.code.0]), item));
        }
    }
    items.extend(rule.bonuses.iter().map(|item| (path(&["加分", &item.code.0]), item)));
    items
}

fn path(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
