//! 标准分: by the distance from the group's mean, measured in standard deviations.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Direction, Points, Reach, Scoring, Wording, at, bounds_in_order};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

document! {
    /// A share at the mean, more or less per standard deviation; the square root is exact to 12 places.
    pub struct Standard {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// Which way is better.
        "方向" => direction: Direction,
        /// The share at the mean; also what all get when all are equal.
        "均值得分" => at_mean: Param,
        /// How much a standard deviation changes it.
        "每标准差" => per_deviation: Param,
        /// The least share; nothing when absent.
        "下限" => least: Option<Param>,
        /// The largest share; the whole when absent.
        "上限" => most: Option<Param>,
    }
}

impl Scoring for Standard {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let (value, peers) = (case.value(input)?, case.peers(input)?);
        let (mean, deviation) = (peers.mean()?, peers.deviation()?);
        let apart = match self.direction {
            Direction::Up => value.minus(mean)?,
            Direction::Down => mean.minus(value)?,
        };
        let score = if deviation.is_zero() { Fraction::ZERO } else { apart.over(deviation)? };
        let raw =
            terms.param(&self.at_mean)?.plus(score.times(terms.param(&self.per_deviation)?)?)?;
        let (least, most) = self.bounds(terms)?;
        let share = raw.within(Some(least), Some(most));
        steps.say(|| {
            say!(
                "{a}，组内均值{b}，标准差{c}",
                "{a}, mean of the group {b}, standard deviation {c}",
                a = case.shown(input),
                b = case.amount(input, mean),
                c = case.distance(input, deviation)
            )
        });
        steps.say(|| {
            say!(
                "标准分{a}，按满分的{b}计",
                "standard score {a}, share {b} of full marks",
                a = number(score),
                b = number(share)
            )
        });
        terms.share(share)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        say!(
            "{a}等于组内均值得满分的{b}，每相差一个标准差加减满分的{c}，在满分的{d}与{e}之间（{f}）",
            "{a} equal to the group's mean earns the share {b}, each standard deviation changes it by {c}, between {d} and {e} ({f})",
            a = wording.name(self.input.as_ref()),
            b = self.at_mean.share_said(),
            c = self.per_deviation.share_said(),
            d = self.least.as_ref().map_or_else(|| same("0%"), Param::share_said),
            e = self.most.as_ref().map_or_else(|| same("100%"), Param::share_said),
            f = Message::from(self.direction.text())
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        Ok(Reach { least: Some(terms.share(least)?), most: Some(terms.share(most)?) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let is_wrong = terms.param(&self.per_deviation).is_ok_and(Fraction::is_negative);
        let mut wrong: Vec<_> = bounds_in_order(&self.bounds(terms)).into_iter().collect();
        if is_wrong {
            wrong.push(at("每标准差", SIGN));
        }
        wrong
    }

    fn is_relative(&self) -> bool {
        true
    }
}

impl Standard {
    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), Fraction::ONE)?))
    }
}

const SIGN: Text = text!(
    "“每标准差”写正数；方向另写",
    "write it as a positive number; the direction is a field of its own"
);
