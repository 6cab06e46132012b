//! 名次: points that fall with the rank in the group, by share or by a list of points.

use kernel::{Message, Text, msg, text};

use super::case::{Case, Terms};
use super::peers::{Peers, count};
use super::steps::Steps;
use super::{Direction, Points, Reach, Scoring, Wording, at, equals, first_rise, joined};
use crate::document::{Code, choice, document};
use crate::fraction::Fraction;
use crate::rule_set::outcome::TieMode;
use crate::rule_set::param::Param;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

document! {
    /// The same share less for each further rank.
    pub struct ByStep {
        /// The share of the first; the whole when absent.
        "第一名" => first: Option<Param>,
        /// How much less each further rank gets.
        "每名递减" => step: Param,
        /// The least share; nothing when absent.
        "下限" => least: Option<Param>,
    }
}

document! {
    /// In even steps from the first to the last of the group.
    pub struct ByEnds {
        /// The share of the first.
        "第一名" => first: Param,
        /// The share of the last.
        "末名" => last: Param,
    }
}

document! {
    /// A list of points, one for each rank.
    pub struct ByList {
        /// Points of the first, second, …
        "各名" => points: Vec<Param>,
        /// Points of all further ranks.
        "以后" => beyond: Param,
    }
}

choice! {
    /// How points fall.
    pub enum Fall {
        /// By a share per rank.
        "逐名" => Step(ByStep),
        /// Evenly between the ends.
        "首末" => Ends(ByEnds),
        /// By a list.
        "列表" => List(ByList),
    }
}

document! {
    /// Points by the rank among the units of the group.
    pub struct Ladder {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// Which way is better.
        "方向" => direction: Direction,
        /// How equal figures are ranked; shared ranks when absent.
        "并列" => ties: Option<TieMode>,
        /// How points fall.
        "递减" => fall: Fall,
    }
}

impl Scoring for Ladder {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let (value, peers) = (case.value(input)?, case.peers(input)?);
        let rank = peers.rank(value, self.direction, self.ties());
        steps.say(|| {
            say!(
                "{a}，组内第{b}名，共{c}个单位",
                "{a}, rank {b} of {c} in the group",
                a = case.shown(input),
                b = number(rank),
                c = number(count(peers.count()))
            )
        });
        let behind = rank.minus(Fraction::ONE)?;
        let share = match &self.fall {
            Fall::Step(fall) => {
                let first = terms.param_or(fall.first.as_ref(), Fraction::ONE)?;
                let least = terms.param_or(fall.least.as_ref(), Fraction::ZERO)?;
                first.minus(behind.times(terms.param(&fall.step)?)?)?.max(least)
            }
            Fall::Ends(fall) => {
                let (first, last) = (terms.param(&fall.first)?, terms.param(&fall.last)?);
                let gaps = self.gaps(peers)?;
                // A unit with too few tasks is not among its group and may lie behind its last.
                let behind = behind.min(gaps);
                first.minus(first.minus(last)?.times(behind)?.over(gaps)?)?
            }
            Fall::List(fall) => {
                let place = behind.as_count().ok_or(Unscorable::Overflow)?;
                let points = terms.param(fall.points.get(place).unwrap_or(&fall.beyond))?;
                steps.say(|| {
                    say!("该名次计{a}分", "this rank earns {a} points", a = number(points))
                });
                return Ok(points);
            }
        };
        steps.say(|| say!("按满分的{a}计", "earns the share {a} of full marks", a = number(share)));
        terms.share(share)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let fall = match &self.fall {
            Fall::Step(fall) => say!(
                "第一名得满分的{a}，每低一名少得满分的{b}，最少{c}",
                "the first earns the share {a} of full marks, each further rank {b} less, at least {c}",
                a = fall.first.as_ref().map_or_else(|| same("100%"), Param::share_said),
                b = fall.step.share_said(),
                c = fall.least.as_ref().map_or_else(|| same("0%"), Param::share_said)
            ),
            Fall::Ends(fall) => say!(
                "第一名得满分的{a}，末名得满分的{b}，其间均匀递减",
                "the first earns the share {a} of full marks, the last {b}, evenly between",
                a = fall.first.share_said(),
                b = fall.last.share_said()
            ),
            Fall::List(fall) => {
                let points: Vec<Message> = fall.points.iter().map(Param::said).collect();
                say!(
                    "从第一名开始依次得{a}分，以后各名得{b}分",
                    "from the first on {a} points, further ranks {b}",
                    a = joined(&points, "、", ", "),
                    b = fall.beyond.said()
                )
            }
        };
        let direction = Message::from(self.direction.text());
        let said = say!(
            "按{a}在组内的名次计分（{b}）：{c}",
            "by the rank of {a} in the group ({b}): {c}",
            a = wording.name(self.input.as_ref()),
            b = direction,
            c = fall
        );
        let parts: Vec<Message> = [said].into_iter().chain(equals(self.ties)).collect();
        joined(&parts, "；", "; ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = match &self.fall {
            Fall::Step(fall) => (
                terms.share(terms.param_or(fall.least.as_ref(), Fraction::ZERO)?)?,
                terms.share(terms.param_or(fall.first.as_ref(), Fraction::ONE)?)?,
            ),
            Fall::Ends(fall) => {
                (terms.share(terms.param(&fall.last)?)?, terms.share(terms.param(&fall.first)?)?)
            }
            Fall::List(fall) => {
                let mut all = vec![terms.param(&fall.beyond)?];
                for points in &fall.points {
                    all.push(terms.param(points)?);
                }
                let (least, most) = (all.iter().min().copied(), all.iter().max().copied());
                return Ok(Reach { least, most });
            }
        };
        Ok(Reach { least: Some(least), most: Some(most) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let is_wrong = |param: &Param| terms.param(param).is_ok_and(Fraction::is_negative);
        match &self.fall {
            Fall::Step(fall) if is_wrong(&fall.step) => vec![at("递减", SIGN)],
            Fall::Ends(fall)
                if terms
                    .param(&fall.first)
                    .ok()
                    .zip(terms.param(&fall.last).ok())
                    .is_some_and(|(f, l)| f < l) =>
            {
                vec![at("递减", ORDER)]
            }
            Fall::List(_) if self.ties() == TieMode::Mean => vec![at("并列", MEAN)],
            Fall::List(fall) => {
                let rise = first_rise(terms, fall.points.iter().chain([&fall.beyond]));
                let told = rise.map(|place| {
                    let rank = place + 1;
                    let message = msg!(
                        "第{rank}名的得分不应高于前一名",
                        "rank {rank} may not earn more than the rank before it"
                    );
                    at("递减", message)
                });
                told.into_iter().collect()
            }
            Fall::Step(_) | Fall::Ends(_) => Vec::new(),
        }
    }

    fn is_relative(&self) -> bool {
        true
    }
}

impl Ladder {
    /// How many ranks lie between the first and the last, so that the last gets what is declared.
    ///
    /// With mean ranks the scale runs over all places: equals share what their places get together.
    fn gaps(&self, peers: &Peers) -> Points {
        let last = match self.ties() {
            TieMode::Skip | TieMode::Dense => {
                peers.rank(peers.worst(self.direction)?, self.direction, self.ties())
            }
            TieMode::Mean => count(peers.count()),
        };
        // One unit alone is the first.
        Ok(last.minus(Fraction::ONE)?.max(Fraction::ONE))
    }

    fn ties(&self) -> TieMode {
        self.ties.unwrap_or(TieMode::Skip)
    }
}

const SIGN: Text = text!("“每名递减”写正数", "write what each rank gets less as a positive number");
const ORDER: Text = text!("第一名的份额应不小于末名", "the first may not get less than the last");
const MEAN: Text = text!(
    "平均名次不能与列表同用，请用“逐名”或“首末”",
    "mean ranks do not go with a list; use 逐名 or 首末"
);
