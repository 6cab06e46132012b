//! 取值: the figure itself, as points that another office has already computed or as an amount.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, at, joined};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// The figure times a factor, between two bounds.
    pub struct Direct {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// The factor; one when absent.
        "系数" => factor: Option<Param>,
        /// The least; nothing in an item with full marks, without bound in an amount, when absent.
        "下限" => least: Option<Param>,
        /// The most; full marks, without bound in an amount, when absent.
        "上限" => most: Option<Param>,
    }
}

impl Scoring for Direct {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let factor = terms.param_or(self.factor.as_ref(), Fraction::ONE)?;
        let raw = case.value(input)?.times(factor)?;
        let (least, most) = self.bounds(terms)?;
        let points = raw.within(least, most);
        steps.say(|| case.shown(input));
        if factor != Fraction::ONE {
            steps.say(|| say!("乘以{a}", "times {a}", a = number(factor)));
        }
        if points != raw {
            steps.say(|| say!("按限额计{a}", "limited to {a}", a = number(points)));
        }
        Ok(points)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let name = wording.name(self.input.as_ref());
        let mut parts = vec![self.factor.as_ref().map_or_else(
            || say!("按{a}计", "{a} as it stands", a = name),
            |factor| say!("按{a}乘以{b}计", "{a} times {b}", a = name, b = factor.said()),
        )];
        parts.extend(
            self.least.as_ref().map(|least| say!("最低{a}", "at least {a}", a = least.said())),
        );
        parts
            .extend(self.most.as_ref().map(|most| say!("最高{a}", "at most {a}", a = most.said())));
        joined(&parts, "，", ", ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        Ok(Reach { least, most })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let bounds = self.bounds(terms).map(|(least, most)| least.zip(most));
        let is_wrong = bounds.is_ok_and(|both| both.is_some_and(|(least, most)| least > most));
        if is_wrong { vec![at("下限", BOUNDS)] } else { Vec::new() }
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        Some(vec![Fraction::ZERO, terms.marks()])
    }
}

impl Direct {
    fn bounds(
        &self,
        terms: &Terms<'_>,
    ) -> Result<(Option<Fraction>, Option<Fraction>), Unscorable> {
        let least = terms.optional(self.least.as_ref())?.or(terms.full.map(|_| Fraction::ZERO));
        Ok((least, terms.optional(self.most.as_ref())?.or(terms.full)))
    }
}

const BOUNDS: Text = text!("下限不能大于上限", "the least may not be above the most");
