//! 功效系数: where a figure lies between a value that is not allowed and one that satisfies.

use kernel::{Message, Text, msg, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{
    Direction, Points, Reach, Scoring, WhenEqual, Wording, at, bounds_in_order, joined, shares,
};
use crate::document::node::{Content, Node};
use crate::document::{Code, Entry, Reader, Shape, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

/// A bound of the scale: a number of the rule, or what the group shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A number.
    Number(Param),
    /// The best of the group: 组内最优.
    Best,
    /// The worst of the group: 组内最差.
    Worst,
}

const BEST: &str = "组内最优";
const WORST: &str = "组内最差";

impl Entry for Limit {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.content {
            Content::Text(text) if text == BEST => Some(Self::Best),
            Content::Text(text) if text == WORST => Some(Self::Worst),
            Content::Text(text) if crate::decimal::parse(text).is_err() => {
                let shown: String = text.chars().take(30).collect();
                reader.wrong(msg!(
                    "“{shown}”应是一个数，或“{BEST}”，或“{WORST}”",
                    "“{shown}” must be a number, or {BEST}, or {WORST}"
                ));
                None
            }
            Content::Text(_) | Content::List(_) | Content::Map(_) => {
                Param::read(node, reader).map(Self::Number)
            }
        }
    }

    fn shape() -> Shape {
        Shape::Limit
    }

    fn write(&self) -> Option<Node> {
        match self {
            Self::Number(number) => number.write(),
            Self::Best => Some(Node::text(BEST)),
            Self::Worst => Some(Node::text(WORST)),
        }
    }
}

document! {
    /// A base share at the value that is not allowed, full marks at the one that satisfies.
    pub struct Efficacy {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// The value that satisfies.
        "满意值" => satisfying: Limit,
        /// The value that is not allowed.
        "不允许值" => not_allowed: Limit,
        /// The share that it earns, as 0.6.
        "基础分比例" => base: Param,
        /// The direction, needed where bounds come of the group; more when absent.
        "方向" => direction: Option<Direction>,
        /// The least share; nothing when absent.
        "下限" => least: Option<Param>,
        /// The largest share; the whole when absent.
        "上限" => most: Option<Param>,
        /// What all get when all figures of the group are equal; full marks when absent.
        "全等" => when_equal: Option<WhenEqual>,
    }
}

impl Scoring for Efficacy {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let value = case.value(input)?;
        let high = self.limit(case, &self.satisfying)?;
        let low = self.limit(case, &self.not_allowed)?;
        let base = terms.param(&self.base)?;
        steps.say(|| {
            say!(
                "{a}，满意值{b}，不允许值{c}",
                "{a}, satisfying {b}, not allowed {c}",
                a = case.shown(input),
                b = case.amount(input, high),
                c = case.amount(input, low)
            )
        });
        let (least, most) = self.bounds(terms)?;
        let Some(place) = self.place(value, high, low)? else {
            steps.say(|| {
                let share = number(least);
                say!(
                    "组内没有高于不允许值的，按满分的{a}计",
                    "nobody of the group is better than what is not allowed, share {a} of full marks",
                    a = share
                )
            });
            return terms.share(least);
        };
        let raw = base.plus(Fraction::ONE.minus(base)?.times(place)?)?;
        let share = raw.within(Some(least), Some(most));
        steps.say(|| {
            say!(
                "功效系数{a}，按满分的{b}计",
                "efficacy {a}, share {b} of full marks",
                a = number(place),
                b = number(share)
            )
        });
        terms.share(share)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let said = |limit: &Limit| match limit {
            Limit::Number(number) => wording.amount(input, number),
            Limit::Best => text!("组内最优", "the best of the group").into(),
            Limit::Worst => text!("组内最差", "the worst of the group").into(),
        };
        let scale = say!(
            "{a}以{b}为满意值、{c}为不允许值，基础分为满分的{d}，其余按功效系数计，{e}",
            "{a} on a scale from {c} (share {d}) to {b} (full marks), {e}",
            a = wording.name(input),
            b = said(&self.satisfying),
            c = said(&self.not_allowed),
            d = self.base.share_said(),
            e = shares(self.least.as_ref(), self.most.as_ref())
        );
        let direction = self.direction.map(|direction| Message::from(direction.text()));
        let equal = self.when_equal.map(WhenEqual::said);
        let parts: Vec<Message> = [scale].into_iter().chain(direction).chain(equal).collect();
        joined(&parts, "，", ", ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        Ok(Reach { least: Some(terms.share(least)?), most: Some(terms.share(most)?) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if let (Limit::Number(high), Limit::Number(low)) = (&self.satisfying, &self.not_allowed)
            && terms
                .param(high)
                .ok()
                .zip(terms.param(low).ok())
                .is_some_and(|(high, low)| high == low)
        {
            wrong.push(at("不允许值", EQUAL));
        } else if self.contradicts(terms) {
            wrong.push(at("方向", TURNED));
        }
        let base = terms.param(&self.base);
        if base.is_ok_and(|base| base.is_negative() || base > Fraction::ONE) {
            wrong.push(at("基础分比例", SHARE));
        }
        wrong.extend(bounds_in_order(&self.bounds(terms)));
        wrong
    }

    fn is_relative(&self) -> bool {
        [&self.satisfying, &self.not_allowed].iter().any(|limit| !matches!(limit, Limit::Number(_)))
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        let (Limit::Number(high), Limit::Number(low)) = (&self.satisfying, &self.not_allowed)
        else {
            return None;
        };
        let (high, low) = (terms.param(high).ok()?, terms.param(low).ok()?);
        let span = high.minus(low).ok()?;
        // The curve leaves zero at most a base share's distance below the lower bound.
        let far = low.minus(span.times(Fraction::whole(10)).ok()?).ok()?;
        Some(vec![far, low, high, high.plus(span).ok()?])
    }
}

impl Efficacy {
    /// Where a value lies between what is not allowed (nothing) and what satisfies (the whole).
    ///
    /// Bounds that come of the group can fall together or change sides: then there is no scale. Who
    /// meets a satisfying number has the whole, who is at the other bound nothing, and who is worse
    /// has no place (`None`), as the formula has it when the bounds draw together.
    fn place(
        &self,
        value: Fraction,
        high: Fraction,
        low: Fraction,
    ) -> Result<Option<Fraction>, Unscorable> {
        if !self.is_relative() {
            if high == low {
                return Err(Unscorable::BoundsEqual);
            }
            return value.minus(low)?.over(high.minus(low)?).map(Some);
        }
        if self.is_better(high, low) {
            return value.minus(low)?.over(high.minus(low)?).map(Some);
        }
        let is_number = matches!(self.satisfying, Limit::Number(_));
        let all_are_equal = !is_number && !matches!(self.not_allowed, Limit::Number(_));
        Ok(match value {
            _ if all_are_equal && value == low => {
                Some(self.when_equal.unwrap_or(WhenEqual::Full).place())
            }
            _ if is_number && !self.is_better(high, value) => Some(Fraction::ONE),
            _ if self.is_better(value, low) => Some(Fraction::ONE),
            _ if value == low => Some(Fraction::ZERO),
            _ => None,
        })
    }

    fn is_better(&self, one: Fraction, other: Fraction) -> bool {
        match self.direction.unwrap_or(Direction::Up) {
            Direction::Up => one > other,
            Direction::Down => one < other,
        }
    }

    /// Whether two numbers run against the direction that is written beside them.
    fn contradicts(&self, terms: &Terms<'_>) -> bool {
        let (Limit::Number(high), Limit::Number(low)) = (&self.satisfying, &self.not_allowed)
        else {
            return false;
        };
        let both = terms.param(high).ok().zip(terms.param(low).ok());
        self.direction.is_some() && both.is_some_and(|(high, low)| self.is_better(low, high))
    }

    fn limit(&self, case: &Case<'_>, limit: &Limit) -> Points {
        let direction = self.direction.unwrap_or(Direction::Up);
        match limit {
            Limit::Number(number) => case.terms.param(number),
            Limit::Best => case.peers(self.input.as_ref())?.best(direction),
            Limit::Worst => case.peers(self.input.as_ref())?.worst(direction),
        }
    }

    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), Fraction::ONE)?))
    }
}

const EQUAL: Text = text!("满意值与不允许值不能相等", "the two bounds may not be equal");
const TURNED: Text = text!(
    "方向与两个数相反：满意值应优于不允许值",
    "the direction contradicts the numbers: what satisfies must be the better one"
);
const SHARE: Text = text!("份额应在0与1之间", "a share lies between 0 and 1");
