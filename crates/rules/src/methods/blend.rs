//! 合成: several parts with their shares, as static and dynamic results, or several raters.

use kernel::{Message, Text, msg, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Method, Points, Reach, Scoring, Wording, at, bounds_in_order, joined, limits};
use crate::document::{Name, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

document! {
    /// One part.
    pub struct Part {
        /// Its name.
        "名称" => name: Name,
        /// Its share of the full marks.
        "比重" => share: Param,
        /// How it is scored; its full marks are its share of the item's.
        "计分" => method: Method,
    }
}

document! {
    /// The sum of the parts, between two bounds of the whole.
    pub struct Blend {
        /// The parts.
        "部分" => parts: Vec<Part>,
        /// The least points; nothing when absent.
        "下限" => least: Option<Param>,
        /// The most points; full marks when absent.
        "上限" => most: Option<Param>,
    }
}

impl Scoring for Blend {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let terms = case.terms;
        let mut sum = Fraction::ZERO;
        for part in &self.parts {
            let full = terms.share(terms.param(&part.share)?)?;
            let inner = Case { terms: terms.with_full(full), given: case.given };
            steps.say(|| {
                let name = same(&part.name.0);
                say!("{a}部分（{b}分）", "part {a} ({b} points)", a = name, b = number(full))
            });
            let points = part.method.scoring().points(&inner, steps)?;
            steps.say(|| say!("该部分{a}分", "this part earns {a} points", a = number(points)));
            sum = sum.plus(points)?;
        }
        let (least, most) = self.bounds(&terms)?;
        let limited = sum.within(Some(least), Some(most));
        if limited != sum {
            steps.say(|| {
                say!(
                    "合计{a}分，按限额计{b}分",
                    "{a} points together, limited to {b}",
                    a = number(sum),
                    b = number(limited)
                )
            });
        }
        Ok(limited)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let mut parts: Vec<Message> = self
            .parts
            .iter()
            .map(|part| {
                let (name, method) = (same(&part.name.0), part.method.scoring().said(wording));
                say!(
                    "{a}占{b}，{c}",
                    "{a}, share {b}: {c}",
                    a = name,
                    b = part.share.share_said(),
                    c = method
                )
            })
            .collect();
        let bounds = limits(self.least.as_ref(), self.most.as_ref());
        parts.push(say!("合计{a}", "together {a}", a = bounds));
        joined(&parts, "；", "; ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (mut low, mut high) = (Some(Fraction::ZERO), Some(Fraction::ZERO));
        for part in &self.parts {
            let full = terms.share(terms.param(&part.share)?)?;
            let reach = part.method.scoring().reach(&terms.with_full(full))?;
            low = low.zip(reach.least).map(|(sum, least)| sum.plus(least)).transpose()?;
            high = high.zip(reach.most).map(|(sum, most)| sum.plus(most)).transpose()?;
        }
        let (least, most) = self.bounds(terms)?;
        Ok(Reach {
            least: Some(low.map_or(least, |low| low.within(Some(least), Some(most)))),
            most: Some(high.map_or(most, |high| high.within(Some(least), Some(most)))),
        })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        if self.parts.is_empty() {
            return vec![at("部分", NONE)];
        }
        let count = self.parts.len();
        if count > PARTS_MAX {
            let message = msg!(
                "共{count}个部分，最多{PARTS_MAX}个",
                "{count} parts are more than {PARTS_MAX}"
            );
            return vec![at("部分", message)];
        }
        let mut wrong = Vec::new();
        let mut names = std::collections::BTreeSet::new();
        if let Some(part) = self.parts.iter().find(|part| !names.insert(&part.name.0)) {
            let name = &part.name.0;
            let message = msg!("部分“{name}”用了两次，请分别取名", "two parts are called “{name}”");
            wrong.push(at("部分", message));
        }
        let mut sum = Ok(Fraction::ZERO);
        for part in &self.parts {
            let Ok(share) = terms.param(&part.share) else { continue };
            sum = sum.and_then(|sum| sum.plus(share));
            let label = vec![
                "部分".to_owned(),
                part.name.0.chars().take(40).collect(),
                "计分".to_owned(),
                part.method.word().to_owned(),
            ];
            let Ok(full) = terms.share(share) else { continue };
            if let Method::Blend(_) = part.method {
                wrong.push((label, NESTED.into()));
                continue;
            }
            let inner = part.method.scoring().check(&terms.with_full(full));
            wrong.extend(
                inner.into_iter().map(|(path, message)| ([label.clone(), path].concat(), message)),
            );
        }
        if sum.as_ref().is_ok_and(|sum| *sum != Fraction::ONE) {
            let shown = sum.map_or_else(|_| String::new(), Fraction::shown);
            let message = msg!(
                "各部分比重合计{shown}，应为1",
                "the shares of the parts add up to {shown} instead of 1"
            );
            wrong.push((vec!["部分".to_owned()], message));
        }
        wrong.extend(bounds_in_order(&self.bounds(terms)));
        wrong
    }

    fn is_relative(&self) -> bool {
        self.parts.iter().any(|part| part.method.scoring().is_relative())
    }
}

impl Blend {
    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), terms.marks())?))
    }
}

/// Parts of one item; who could follow more.
const PARTS_MAX: usize = 20;
const NONE: Text = text!("至少要有一个部分", "at least one part is needed");
const NESTED: Text = text!("合成里不能再用合成", "a blend may not hold another blend");
