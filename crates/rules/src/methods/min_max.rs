//! 极差: where a figure lies between the worst and the best of the group.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Direction, Points, Reach, Scoring, WhenEqual, Wording, at, joined};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

document! {
    /// The best of the group earns full marks, the worst the least share.
    pub struct MinMax {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// Which way is better.
        "方向" => direction: Direction,
        /// The share of the worst; nothing when absent.
        "保底" => least: Option<Param>,
        /// What all get when all are equal or one is alone; full marks when absent.
        "全等" => when_equal: Option<WhenEqual>,
    }
}

impl Scoring for MinMax {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let (value, peers) = (case.value(input)?, case.peers(input)?);
        let (best, worst) = (peers.best(self.direction)?, peers.worst(self.direction)?);
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        steps.say(|| {
            say!(
                "{a}，组内最优{b}，组内最差{c}",
                "{a}, best of the group {b}, worst {c}",
                a = case.shown(input),
                b = case.amount(input, best),
                c = case.amount(input, worst)
            )
        });
        let place = if best == worst {
            steps.say(|| text!("组内各单位相同", "all units of the group are equal").into());
            self.when_equal.unwrap_or(WhenEqual::Full).place()
        } else {
            // A unit with too few tasks is not among its group and may lie outside of it.
            let place = value.minus(worst)?.over(best.minus(worst)?)?;
            place.within(Some(Fraction::ZERO), Some(Fraction::ONE))
        };
        let share = least.plus(Fraction::ONE.minus(least)?.times(place)?)?;
        steps.say(|| {
            say!(
                "极差系数{a}，按满分的{b}计",
                "place {a} between them, share {b} of full marks",
                a = number(place),
                b = number(share)
            )
        });
        terms.share(share)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let said = say!(
            "{a}组内最优得满分，最差得满分的{b}，其间按比例（{c}）",
            "{a}: the best of the group earns full marks, the worst the share {b}, between them in proportion ({c})",
            a = wording.name(self.input.as_ref()),
            b = self.least.as_ref().map_or_else(|| same("0%"), Param::share_said),
            c = Message::from(self.direction.text())
        );
        let parts: Vec<Message> =
            [said].into_iter().chain(self.when_equal.map(WhenEqual::said)).collect();
        joined(&parts, "，", ", ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok(Reach { least: Some(terms.share(least)?), most: Some(terms.marks()) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO);
        let is_share = least.is_ok_and(|least| !least.is_negative() && least <= Fraction::ONE);
        if is_share { Vec::new() } else { vec![at("保底", SHARE)] }
    }

    fn is_relative(&self) -> bool {
        true
    }
}

impl WhenEqual {
    /// How the text of the rules says it.
    pub(crate) fn said(self) -> Message {
        let place = Message::from(self.text());
        say!("组内都相同的得{a}", "when all of the group are equal they get {a}", a = place)
    }

    /// The place between worst and best that all are given.
    pub(crate) fn place(self) -> Fraction {
        match self {
            Self::Full => Fraction::ONE,
            Self::Middle => Fraction::new(1, 2).unwrap_or(Fraction::ZERO),
            Self::Least => Fraction::ZERO,
        }
    }
}

const SHARE: Text = text!("份额应在0与1之间", "a share lies between 0 and 1");
