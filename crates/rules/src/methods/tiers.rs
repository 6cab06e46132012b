//! 累进: points per step that change from tier to tier, as progressive scales do.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Counting, Points, Reach, Scoring, Wording, at, bounds_in_order, joined, limits};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

document! {
    /// One tier up to a value.
    pub struct Tier {
        /// Where it ends; open when absent, which only the last may be.
        "至" => upto: Option<Param>,
        /// The step.
        "每" => step: Param,
        /// Points per step; below zero takes points.
        "加" => gain: Param,
    }
}

document! {
    /// Points grow from tier to tier beginning at a value.
    pub struct Tiers {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// Where the first tier begins; zero when absent.
        "起点" => from: Option<Param>,
        /// Points at the beginning; nothing when absent.
        "起分" => start: Option<Param>,
        /// The tiers in rising order.
        "段" => tiers: Vec<Tier>,
        /// Whether parts of a step count; they do when absent.
        "方式" => counting: Option<Counting>,
        /// The least points; nothing when absent.
        "下限" => least: Option<Param>,
        /// The most points; full marks when absent.
        "上限" => most: Option<Param>,
    }
}

impl Scoring for Tiers {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let value = case.value(input)?;
        steps.say(|| case.shown(input));
        let mut from = terms.param_or(self.from.as_ref(), Fraction::ZERO)?;
        let mut points = terms.param_or(self.start.as_ref(), Fraction::ZERO)?;
        for tier in &self.tiers {
            let end = terms.optional(tier.upto.as_ref())?;
            let top = end.map_or(value, |end| end.min(value));
            if top <= from {
                break;
            }
            let inside = top.minus(from)?;
            let added = self
                .counted(inside.over(terms.param(&tier.step)?)?)
                .times(terms.param(&tier.gain)?)?;
            steps.say(|| {
                say!(
                    "{a}至{b}一段{c}，计{d}分",
                    "from {a} to {b}: {c}, {d} points",
                    a = case.amount(input, from),
                    b = case.amount(input, top),
                    c = case.distance(input, inside),
                    d = number(added)
                )
            });
            points = points.plus(added)?;
            from = top;
        }
        let (least, most) = self.bounds(terms)?;
        let limited = points.within(Some(least), Some(most));
        if limited != points {
            steps.say(|| say!("按限额计{a}分", "limited to {a} points", a = number(limited)));
        }
        Ok(limited)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let tiers: Vec<Message> = self
            .tiers
            .iter()
            .map(|tier| {
                let upto = tier.upto.as_ref().map_or_else(
                    || text!("再往上", "beyond").into(),
                    |upto| {
                        let upto = wording.amount(input, upto);
                        say!("至{a}的部分", "up to {a}", a = upto)
                    },
                );
                let step = wording.distance(input, &tier.step);
                say!(
                    "{a}每{b}计{c}分",
                    "{a}: {c} points per {b}",
                    a = upto,
                    b = step,
                    c = tier.gain.said()
                )
            })
            .collect();
        let from = self.from.as_ref().map_or_else(|| same("0"), |from| wording.amount(input, from));
        say!(
            "{a}在{b}处得{c}分，其上分段累进：{d}，{e}，{f}",
            "{a} of {b} earns {c} points, above it tier by tier: {d}, {e}, {f}",
            a = wording.name(input),
            b = from,
            c = self.start.as_ref().map_or_else(|| same("0"), Param::said),
            d = joined(&tiers, "，", ", "),
            e = self.counting.unwrap_or(Counting::Linear).said(),
            f = limits(self.least.as_ref(), self.most.as_ref())
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        let mut from = terms.param_or(self.from.as_ref(), Fraction::ZERO)?;
        let mut points = terms.param_or(self.start.as_ref(), Fraction::ZERO)?;
        let (mut low, mut high) = (points, points);
        for tier in &self.tiers {
            let gain = terms.param(&tier.gain)?;
            let Some(end) = terms.optional(tier.upto.as_ref())? else {
                high = if gain.is_positive() { high.max(most) } else { high };
                low = if gain.is_negative() { low.min(least) } else { low };
                break;
            };
            points = points.plus(end.minus(from)?.over(terms.param(&tier.step)?)?.times(gain)?)?;
            (low, high, from) = (low.min(points), high.max(points), end);
        }
        Ok(Reach { least: Some(low.max(least)), most: Some(high.min(most)) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if self.tiers.is_empty() {
            wrong.push(at("段", NONE));
        }
        let mut last = terms.param_or(self.from.as_ref(), Fraction::ZERO).ok();
        for (index, tier) in self.tiers.iter().enumerate() {
            let field =
                |name: &str| vec!["段".to_owned(), (index + 1).to_string(), name.to_owned()];
            if terms.param(&tier.step).is_ok_and(|step| !step.is_positive()) {
                wrong.push((field("每"), STEP.into()));
            }
            let end = terms.optional(tier.upto.as_ref()).ok().flatten();
            if end.is_none() && tier.upto.is_none() && index + 1 < self.tiers.len() {
                wrong.push((field("至"), OPEN.into()));
            }
            if end.zip(last).is_some_and(|(end, last)| end <= last) {
                wrong.push((field("至"), ORDER.into()));
            }
            last = end.or(last);
        }
        wrong.extend(bounds_in_order(&self.bounds(terms)));
        wrong
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        let mut corners = vec![terms.param_or(self.from.as_ref(), Fraction::ZERO).ok()?];
        for tier in &self.tiers {
            corners.extend(terms.optional(tier.upto.as_ref()).ok()?);
        }
        let last = *corners.iter().max()?;
        corners.push(last.plus(last).ok()?.plus(Fraction::ONE).ok()?);
        Some(corners)
    }
}

impl Tiers {
    fn counted(&self, steps: Fraction) -> Fraction {
        match self.counting.unwrap_or(Counting::Linear) {
            Counting::Linear => steps,
            Counting::Stepped => steps.full_steps(),
        }
    }

    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), terms.marks())?))
    }
}

const NONE: Text = text!("至少要有一段", "at least one tier is needed");
const STEP: Text = text!("“每”应大于0", "the step must be above zero");
const OPEN: Text = text!("只有最后一段可以不写“至”", "only the last tier may be open");
const ORDER: Text = text!("各段的“至”应从小到大", "the tiers must rise from one to the next");
