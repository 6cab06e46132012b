//! 资金池: a pool split by rank; when it is negative, the ladder turns over and the last pay most.
//!
//! It is split whole or not at all: as many units as shares, and one pool for the group. What
//! rounding leaves over goes to the first rank (`engine/amounts.rs`).

use kernel::{Message, Text, msg, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Direction, Points, Reach, Scoring, Wording};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::outcome::TieMode;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// Shares of the city's pool by the rank among the units of the group.
    pub struct Pool {
        /// The input by which units are ranked.
        "名次依据" => ranked_by: Code,
        /// Which way is better.
        "方向" => direction: Direction,
        /// The input that holds the pool; the same for all units, negative when the city pays.
        "池" => pool: Code,
        /// Shares from the first rank on when there is something to give.
        "奖励份额" => when_given: Vec<Param>,
        /// Shares from the first rank on when there is something to pay.
        "负担份额" => when_owed: Vec<Param>,
    }
}

impl Pool {
    /// The input that holds the pool, the one by which units are ranked, and which way is better.
    pub(crate) const fn split_by(&self) -> (&Code, &Code, Direction) {
        (&self.pool, &self.ranked_by, self.direction)
    }
}

impl Scoring for Pool {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (ranked_by, pool) = (Some(&self.ranked_by), Some(&self.pool));
        let (value, peers) = (case.value(ranked_by)?, case.peers(ranked_by)?);
        let amount = case.value(pool)?;
        let shares = if amount.is_negative() { &self.when_owed } else { &self.when_given };
        let (units, pools) = (peers.count(), case.peers(pool)?);
        if pools.lowest()? != pools.highest()? {
            return Err(Unscorable::PoolDiffers { input: self.pool.0.clone() });
        }
        if units != shares.len() {
            return Err(Unscorable::ShareCount { units, shares: shares.len() });
        }
        let first = peers.rank(value, self.direction, TieMode::Skip);
        let mean = peers.rank(value, self.direction, TieMode::Mean);
        // Equals share what their ranks get together: the pool is given out once, whole.
        let equals = mean.minus(first)?.times(Fraction::whole(2))?.plus(Fraction::ONE)?;
        let from = first.as_count().ok_or(Unscorable::Overflow)?;
        let count = equals.as_count().ok_or(Unscorable::Overflow)?;
        let mut sum = Fraction::ZERO;
        for rank in from..from.saturating_add(count) {
            let share = shares.get(rank.saturating_sub(1)).ok_or(Unscorable::NoPlace { rank })?;
            sum = sum.plus(case.terms.param(share)?)?;
        }
        let share = sum.over(equals)?;
        steps.say(|| {
            say!(
                "{a}，组内第{b}名，{c}，份额{d}",
                "{a}, rank {b} in the group, {c}, share {d}",
                a = case.shown(ranked_by),
                b = number(first),
                c = case.shown(pool),
                d = number(share)
            )
        });
        amount.times(share)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let listed = |shares: &[Param]| {
            let shares: Vec<Message> = shares.iter().map(Param::share_said).collect();
            super::joined(&shares, "、", ", ")
        };
        say!(
            "{a}按{b}在组内的名次分配：为正时依次得{c}，为负时依次承担{d}（{e}），尾差归第一名",
            "{a} is split by the rank of {b} in the group: when positive {c}, when negative {d} are paid ({e}); the first takes what rounding leaves",
            a = wording.name(Some(&self.pool)),
            b = wording.name(Some(&self.ranked_by)),
            c = listed(&self.when_given),
            d = listed(&self.when_owed),
            e = Message::from(self.direction.text())
        )
    }

    fn reach(&self, _terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        Ok(Reach { least: None, most: None })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        for (field, shares) in [("奖励份额", &self.when_given), ("负担份额", &self.when_owed)]
        {
            if shares.is_empty() {
                wrong.push((vec![field.to_owned()], Message::from(NONE)));
                continue;
            }
            let sum =
                shares.iter().try_fold(Fraction::ZERO, |sum, share| sum.plus(terms.param(share)?));
            if let Ok(sum) = sum
                && sum != Fraction::ONE
            {
                let sum = sum.shown();
                let message =
                    msg!("份额合计{sum}，应为1", "the shares add up to {sum} instead of 1");
                wrong.push((vec![field.to_owned()], message));
            }
        }
        wrong
    }

    fn is_relative(&self) -> bool {
        true
    }
}

const NONE: Text = text!("至少要有一个份额", "at least one share is needed");
