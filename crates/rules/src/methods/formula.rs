//! 公式: one bounded formula over the inputs, for what no other method says.

use std::collections::BTreeMap;

use kernel::{Message, msg};
use rust_decimal::Decimal;

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, bounds_in_order, joined, limits};
use crate::document::document;
use crate::document::node::Node;
use crate::document::{Entry, Reader, Shape};
use crate::formula::expression::Expression;
use crate::formula::{Names, parse};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{same, say};
use crate::unscorable::Unscorable;

/// The text of a formula with its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaText {
    /// As it was written.
    pub text: String,
    pub(crate) tree: Expression,
}

impl Entry for FormulaText {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(node)?;
        match parse(text) {
            Ok(tree) => Some(Self { text: text.to_owned(), tree }),
            Err(problem) => {
                reader.wrong(problem.message(text));
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Formula
    }

    fn write(&self) -> Option<Node> {
        Some(Node::text(&self.text))
    }
}

document! {
    /// A formula with named numbers, between two bounds.
    pub struct Formula {
        /// The formula.
        "式" => formula: FormulaText,
        /// Named numbers of the rule.
        "参数" => parameters: BTreeMap<String, Decimal>,
        /// The least points; nothing when absent.
        "下限" => least: Option<Param>,
        /// The most points; full marks when absent.
        "上限" => most: Option<Param>,
    }
}

/// Names that every formula knows: the first input, full marks, the group's figures of it.
pub(crate) const KNOWN: [&str; 6] =
    ["实际", "满分", "组内均值", "组内最高", "组内最低", "组内单位数"];

impl Scoring for Formula {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let names = OfCase { formula: self, case };
        let raw = self.formula.tree.value(&names, steps)?;
        let (least, most) = self.bounds(&case.terms)?;
        let points = raw.within(Some(least), Some(most));
        if points != raw {
            steps.say(|| {
                say!("按限额计{a}分", "limited to {a} points", a = crate::saying::number(points))
            });
        }
        Ok(points)
    }

    fn said(&self, _wording: &Wording<'_>) -> Message {
        let numbers: Vec<String> = self
            .parameters
            .iter()
            .map(|(name, number)| format!("{name}={}", number.normalize()))
            .collect();
        let mut parts = vec![say!("得分＝{a}", "points = {a}", a = same(&self.formula.text))];
        if !numbers.is_empty() {
            let numbers = Message { zh: numbers.join("，"), en: numbers.join(", ") };
            parts.push(say!("其中{a}", "where {a}", a = numbers));
        }
        parts.push(limits(self.least.as_ref(), self.most.as_ref()));
        joined(&parts, "，", ", ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        Ok(Reach { least: Some(least), most: Some(most) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        bounds_in_order(&self.bounds(terms)).into_iter().collect()
    }

    fn is_relative(&self) -> bool {
        self.formula.tree.names().iter().any(|name| name.text.starts_with("组内"))
    }

    fn corners(&self, _terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        if self.is_relative() {
            return None;
        }
        let mut corners = self.formula.tree.numbers();
        corners.extend(self.parameters.values().map(|number| Fraction::from(*number)));
        corners.extend([Fraction::ZERO, Fraction::ONE]);
        Some(corners)
    }
}

impl Formula {
    /// A name in the formula that nothing stands for, with its place and all names that do.
    pub(crate) fn unknown_name(&self, inputs: &[&str]) -> Option<Message> {
        let mut allowed: Vec<&str> = KNOWN.to_vec();
        allowed.extend(inputs);
        allowed.extend(self.parameters.keys().map(String::as_str));
        let names = self.formula.tree.names();
        let unknown = names.into_iter().find(|name| !allowed.contains(&name.text.as_str()))?;
        Some(crate::formula::unknown_name(&unknown, &allowed, &self.formula.text))
    }

    /// A number of the rule that has the name of something else.
    pub(crate) fn name_that_stands_twice(&self, inputs: &[&str]) -> Option<Message> {
        let mut names = self.parameters.keys().map(String::as_str);
        let name = names.find(|name| KNOWN.contains(name) || inputs.contains(name))?;
        Some(msg!(
            "“{name}”已有所指，参数请另取名",
            "“{name}” stands for something else already; give the number another name"
        ))
    }

    /// An input that has the name of something that every formula knows.
    pub(crate) fn name_that_shadows(inputs: &[&str]) -> Option<Message> {
        let name = inputs.iter().find(|name| KNOWN.contains(name))?;
        Some(msg!(
            "“{name}”在公式里已有所指，取数请用“名”另取",
            "“{name}” means something else in a formula; give the input another name by 名"
        ))
    }

    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), terms.marks())?))
    }
}

struct OfCase<'a> {
    formula: &'a Formula,
    case: &'a Case<'a>,
}

impl Names for OfCase<'_> {
    fn value(&self, name: &str) -> Result<Fraction, Unscorable> {
        if let Some(number) = self.formula.parameters.get(name) {
            return Ok((*number).into());
        }
        match name {
            "实际" => self.case.value(None),
            "满分" => Ok(self.case.terms.marks()),
            "组内均值" => self.case.peers(None)?.mean(),
            "组内最高" => self.case.peers(None)?.highest(),
            "组内最低" => self.case.peers(None)?.lowest(),
            "组内单位数" => Ok(super::peers::count(self.case.peers(None)?.count())),
            other => {
                let name = crate::document::Code(other.to_owned());
                self.case.value(Some(&name))
            }
        }
    }
}
