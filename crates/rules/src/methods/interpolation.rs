//! 插值: between fixed points in straight lines, as graded standards of enterprises do.

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
    /// One fixed point.
    pub struct Knot {
        /// The value.
        "值" => value: Param,
        /// The share of full marks it earns.
        "比例" => share: Param,
    }
}

document! {
    /// A share between fixed points; beyond the ends the end's share.
    pub struct Interpolation {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// The points in rising order of their values, at least two.
        "点" => knots: Vec<Knot>,
    }
}

impl Scoring for Interpolation {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let value = case.value(input)?;
        let knots = self.knots(terms)?;
        let share = between(&knots, value)?;
        steps.say(|| {
            say!(
                "{a}，按满分的{b}计",
                "{a}, share {b} of full marks",
                a = case.shown(input),
                b = number(share)
            )
        });
        terms.share(share)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let knots: Vec<Message> = self
            .knots
            .iter()
            .map(|knot| {
                let value = wording.amount(input, &knot.value);
                say!(
                    "{a}得满分的{b}",
                    "{a} earns the share {b}",
                    a = value,
                    b = knot.share.share_said()
                )
            })
            .collect();
        say!(
            "{a}在各标准值之间按直线插值：{b}",
            "{a} in straight lines between standards: {b}",
            a = wording.name(input),
            b = joined(&knots, "，", ", ")
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let knots = self.knots(terms)?;
        let mut points = Vec::new();
        for (_, share) in knots {
            points.push(terms.share(share)?);
        }
        Ok(Reach { least: points.iter().min().copied(), most: points.iter().max().copied() })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        if self.knots.len() < 2 {
            return vec![at("点", TWO)];
        }
        let Ok(knots) = self.knots(terms) else { return Vec::new() };
        let pairs = knots.windows(2).enumerate();
        let wrong = pairs.filter(|(_, pair)| matches!(pair, [(a, _), (b, _)] if a >= b));
        wrong
            .map(|(index, _)| {
                (vec!["点".to_owned(), (index + 2).to_string(), "值".to_owned()], ORDER.into())
            })
            .collect()
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        Some(self.knots(terms).ok()?.into_iter().map(|(value, _)| value).collect())
    }
}

impl Interpolation {
    fn knots(&self, terms: &Terms<'_>) -> Result<Vec<(Fraction, Fraction)>, Unscorable> {
        let knots = self.knots.iter();
        knots.map(|knot| Ok((terms.param(&knot.value)?, terms.param(&knot.share)?))).collect()
    }
}

fn between(knots: &[(Fraction, Fraction)], value: Fraction) -> Points {
    let mut before: Option<(Fraction, Fraction)> = None;
    for (at, share) in knots {
        if value <= *at {
            let Some((from, low)) = before else { return Ok(*share) };
            let part = value.minus(from)?.over(at.minus(from)?)?;
            return low.plus(share.minus(low)?.times(part)?);
        }
        before = Some((*at, *share));
    }
    before.map(|(_, share)| share).ok_or(Unscorable::BoundsEqual)
}

const TWO: Text = text!("至少要有两个点", "at least two points are needed");
const ORDER: Text = text!("各点的“值”应从小到大", "the values must rise from one to the next");
