//! 分类缺额: what is missing against the number due in each class; a surplus elsewhere offsets nothing.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, at, joined};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

document! {
    /// One class.
    pub struct Class {
        /// The input that counts it.
        "输入" => input: Code,
        /// The number due.
        "应有" => due: Param,
        /// Points taken for each that is missing.
        "每缺" => each: Param,
    }
}

document! {
    /// Full marks less what is missing class by class.
    pub struct Shortfall {
        /// The classes.
        "类别" => classes: Vec<Class>,
        /// The least points; nothing when absent.
        "下限" => least: Option<Param>,
    }
}

impl Scoring for Shortfall {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let terms = &case.terms;
        let mut points = terms.marks();
        for class in &self.classes {
            let input = Some(&class.input);
            let (there, due) = (case.value(input)?, terms.param(&class.due)?);
            let missing = due.minus(there)?.max(Fraction::ZERO);
            let taken = missing.times(terms.param(&class.each)?)?;
            points = points.minus(taken)?;
            steps.say(|| {
                let (shown, due) = (case.shown(input), number(due));
                if missing.is_zero() {
                    return say!(
                        "{a}，应有{b}，不缺",
                        "{a}, {b} due, none missing",
                        a = shown,
                        b = due
                    );
                }
                say!(
                    "{a}，应有{b}，缺{c}，减{d}分",
                    "{a}, {b} due, {c} missing: {d} points taken",
                    a = shown,
                    b = due,
                    c = number(missing),
                    d = number(taken)
                )
            });
        }
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok(points.max(least))
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let classes: Vec<Message> = self
            .classes
            .iter()
            .map(|class| {
                let name = wording.name(Some(&class.input));
                say!(
                    "{a}应有{b}、每缺1减{c}分",
                    "{a}: {b} due, {c} points taken for each missing",
                    a = name,
                    b = class.due.said(),
                    c = class.each.said()
                )
            })
            .collect();
        say!(
            "以满分为基数，分类计缺额，各类不互抵：{a}，最低{b}分",
            "full marks less what is missing class by class, without offset: {a}; at least {b} points",
            a = joined(&classes, "，", "; "),
            b = self.least.as_ref().map_or_else(|| same("0"), Param::said)
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok(Reach { least: Some(least), most: Some(terms.marks()) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if self.classes.is_empty() {
            wrong.push(at("类别", NONE));
        }
        for (index, class) in self.classes.iter().enumerate() {
            if terms.param(&class.each).is_ok_and(Fraction::is_negative) {
                wrong.push((
                    vec!["类别".to_owned(), (index + 1).to_string(), "每缺".to_owned()],
                    SIGN.into(),
                ));
            }
        }
        wrong
    }
}

const NONE: Text = text!("至少要有一类", "at least one class is needed");
const SIGN: Text =
    text!("“每缺”写正数", "write the points for each missing one as a positive number");
