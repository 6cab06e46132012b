//! The methods 计分: how points come of figures, each in its own file.
//!
//! A word means its first version for ever: `比率` is `比率@1`, and another meaning gets `比率@2`.
//! A method never rounds, never reads a clock, and names each step it takes. What it needs and
//! cannot get makes the item unscorable, with the reason.

pub mod all_of;
pub mod ballot;
pub mod bands;
pub mod blend;
pub(crate) mod case;
pub mod direct;
pub mod efficacy;
pub mod events;
pub mod formula;
pub mod interpolation;
pub mod ladder;
pub mod min_max;
pub(crate) mod peers;
pub mod pool;
pub mod rank_bands;
pub mod rating;
pub mod ratio;
pub mod shortfall;
pub mod slope;
pub mod standard;
pub mod step_table;
pub(crate) mod steps;
pub mod tiers;

use kernel::{Message, Text, text};

use crate::document::{Code, choice, words};
use crate::fraction::Fraction;
use crate::rule_set::input::Input;
use crate::rule_set::outcome::TieMode;
use crate::rule_set::param::Param;
use crate::saying::{same, say};
use crate::unscorable::Unscorable;
pub use case::figure;
use case::{Case, Terms};
use steps::Steps;

words! {
    /// Which way is better.
    pub enum Direction {
        /// More is better.
        "越大越好", "more is better" => Up,
        /// Less is better.
        "越小越好", "less is better" => Down,
    }
}

words! {
    /// Whether a part of a step counts.
    pub enum Counting {
        /// Parts count in proportion.
        "线性", "in proportion" => Linear,
        /// Only full steps count.
        "逐档", "full steps only" => Stepped,
    }
}

words! {
    /// What everybody gets when all figures of a group are equal.
    pub enum WhenEqual {
        /// Full marks.
        "满分", "full marks" => Full,
        /// The middle between least and full.
        "中间分", "the middle" => Middle,
        /// The least.
        "保底分", "the least" => Least,
    }
}

impl Counting {
    /// How the text of the rules says it.
    pub(crate) fn said(self) -> Message {
        match self {
            Self::Linear => text!("不足一档按比例计", "parts of a step count in proportion").into(),
            Self::Stepped => text!("不足一档不计", "only full steps count").into(),
        }
    }
}

choice! {
    /// A method, version 1 of each.
    pub enum Method {
        /// Share of a target, with floor and cap.
        "比率" => Ratio(ratio::Ratio),
        /// Plus and minus per step from a reference.
        "逐点加减" => Slope(slope::Slope),
        /// Slopes that change from tier to tier.
        "累进" => Tiers(tiers::Tiers),
        /// Slopes that diminish with the distance from a reference.
        "参照递减" => Bands(bands::Bands),
        /// A table of thresholds.
        "分档" => StepTable(step_table::StepTable),
        /// A table whose rows demand several figures at once.
        "联合分档" => AllOf(all_of::AllOf),
        /// Plus and minus per event.
        "逐件" => Events(events::Events),
        /// What is missing in each class, without offset between them.
        "分类缺额" => Shortfall(shortfall::Shortfall),
        /// Falling with the rank in the group.
        "名次" => Ladder(ladder::Ladder),
        /// Bands of ranks.
        "名次分档" => RankBands(rank_bands::RankBands),
        /// Between the worst and the best of the group.
        "极差" => MinMax(min_max::MinMax),
        /// Between a value that is not allowed and one that satisfies.
        "功效系数" => Efficacy(efficacy::Efficacy),
        /// Between fixed points, as of graded standards.
        "插值" => Interpolation(interpolation::Interpolation),
        /// By the distance from the group's mean in standard deviations.
        "标准分" => Standard(standard::Standard),
        /// Several parts with their shares: static and dynamic, several raters.
        "合成" => Blend(blend::Blend),
        /// Votes in grades over valid votes.
        "等级评价" => Rating(rating::Rating),
        /// Votes for places.
        "名次票" => Ballot(ballot::Ballot),
        /// The figure itself.
        "取值" => Direct(direct::Direct),
        /// A pool that is split by rank, or paid by rank when it is negative.
        "资金池" => Pool(pool::Pool),
        /// One bounded formula.
        "公式" => Formula(formula::Formula),
    }
}

/// On which side of a reference a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// At it or on the better side.
    Better,
    /// On the worse side.
    Worse,
}

impl Side {
    /// The side of a distance from the reference.
    pub(crate) const fn of(apart: Fraction, direction: Direction) -> Self {
        let is_worse = match direction {
            Direction::Up => apart.is_negative(),
            Direction::Down => apart.is_positive(),
        };
        if is_worse { Self::Worse } else { Self::Better }
    }
}

/// The least and the most points that a method can give; nothing where there is no bound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    /// The least.
    pub(crate) least: Option<Fraction>,
    /// The most.
    pub(crate) most: Option<Fraction>,
}

/// The inputs of an item for the text of the rules.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'a> {
    /// The inputs.
    pub(crate) inputs: &'a [Input],
}

impl Wording<'_> {
    /// The name of an input; the first when no name is said.
    pub(crate) fn name(&self, name: Option<&Code>) -> Message {
        let input = self.input(name);
        let (zh, en) = input.map_or(("—", "—"), |input| (input.name(), input.english()));
        Message { zh: zh.to_owned(), en: en.to_owned() }
    }

    /// The unit of an input, empty when it has none.
    pub(crate) fn unit(&self, name: Option<&Code>) -> &str {
        self.input(name).map_or("", Input::unit)
    }

    /// A value of an input with its unit.
    pub(crate) fn amount(&self, name: Option<&Code>, param: &Param) -> Message {
        self.worded(name, param, case::amount)
    }

    /// A distance between values of an input with its unit.
    pub(crate) fn distance(&self, name: Option<&Code>, param: &Param) -> Message {
        self.worded(name, param, case::distance)
    }

    fn worded(
        &self,
        name: Option<&Code>,
        param: &Param,
        word: fn(&str, Fraction) -> Message,
    ) -> Message {
        let unit = self.input(name).map_or("", Input::unit);
        param.fixed().map_or_else(|| param.said(), |number| word(unit, number.into()))
    }

    fn input(&self, name: Option<&Code>) -> Option<&Input> {
        match name {
            None => self.inputs.first(),
            Some(name) => self.inputs.iter().find(|input| input.name() == name.0),
        }
    }
}

type Points = Result<Fraction, Unscorable>;

/// What every method can do.
pub(crate) trait Scoring {
    /// The points of one unit, unrounded.
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points;

    /// How the text of the rules says it.
    fn said(&self, wording: &Wording<'_>) -> Message;

    /// The least and the most it can give for a group.
    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable>;

    /// What is wrong with its numbers for a group: the field's path below the method, and what.
    fn check(&self, _terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        Vec::new()
    }

    /// Whether it compares the units of a group.
    fn is_relative(&self) -> bool {
        false
    }

    /// The points of its rows, where a hair's breadth in several figures at once decides between them.
    fn rungs(&self, _terms: &Terms<'_>) -> Vec<Fraction> {
        Vec::new()
    }

    /// Where its curve over the first input has corners; nothing when it has no such curve.
    fn corners(&self, _terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        None
    }
}

impl Method {
    /// The method behind the word.
    pub(crate) fn scoring(&self) -> &dyn Scoring {
        match self {
            Self::Ratio(method) => method,
            Self::Slope(method) => method,
            Self::Tiers(method) => method,
            Self::Bands(method) => method,
            Self::StepTable(method) => method,
            Self::AllOf(method) => method,
            Self::Events(method) => method,
            Self::Shortfall(method) => method,
            Self::Ladder(method) => method,
            Self::RankBands(method) => method,
            Self::MinMax(method) => method,
            Self::Efficacy(method) => method,
            Self::Interpolation(method) => method,
            Self::Standard(method) => method,
            Self::Blend(method) => method,
            Self::Rating(method) => method,
            Self::Ballot(method) => method,
            Self::Direct(method) => method,
            Self::Pool(method) => method,
            Self::Formula(method) => method,
        }
    }
}

/// A problem at a field of the method.
pub(crate) fn at(field: &str, message: impl Into<Message>) -> (Vec<String>, Message) {
    (vec![field.to_owned()], message.into())
}

/// A problem when the least of a method lies above its most.
pub(crate) fn bounds_in_order(
    bounds: &Result<(Fraction, Fraction), Unscorable>,
) -> Option<(Vec<String>, Message)> {
    let is_wrong = bounds.as_ref().is_ok_and(|(least, most)| least > most);
    is_wrong.then(|| at("下限", BOUNDS))
}

/// The first place, from 0, at which points rise although the rank falls.
pub(crate) fn first_rise<'p>(
    terms: &Terms<'_>,
    points: impl Iterator<Item = &'p Param>,
) -> Option<usize> {
    let points: Vec<Fraction> =
        points.map(|param| terms.param(param)).collect::<Result<_, _>>().ok()?;
    points.windows(2).position(|pair| matches!(pair, [a, b] if a < b)).map(|place| place + 1)
}

const BOUNDS: Text = text!("下限不能大于上限", "the least may not be above the most");

/// The bounds in points as the text of the rules says them.
pub(crate) fn limits(least: Option<&Param>, most: Option<&Param>) -> Message {
    let points = |param: &Param| say!("{a}分", "{a} points", a = param.said());
    let least = least.map_or_else(|| same("0"), points);
    let most = most.map_or_else(|| text!("满分", "full marks").into(), points);
    say!("最低{a}，最高{b}", "at least {a}, at most {b}", a = least, b = most)
}

/// The bounds as shares of full marks.
pub(crate) fn shares(least: Option<&Param>, most: Option<&Param>) -> Message {
    let least = least.map_or_else(|| same("0%"), Param::share_said);
    let most = most.map_or_else(|| same("100%"), Param::share_said);
    say!(
        "最少计满分的{a}，最多计满分的{b}",
        "at least the share {a} of full marks, at most {b}",
        a = least,
        b = most
    )
}

/// How equal figures are ranked, when the method says it.
pub(crate) fn equals(ties: Option<TieMode>) -> Option<Message> {
    let mode = Message::from(ties?.text());
    Some(say!("数据相同的：{a}", "equal figures: {a}", a = mode))
}

/// Parts of a sentence with the comma of each language.
pub(crate) fn joined(parts: &[Message], zh: &str, en: &str) -> Message {
    let chinese: Vec<&str> = parts.iter().map(|part| part.zh.as_str()).collect();
    let english: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
    Message { zh: chinese.join(zh), en: english.join(en) }
}
