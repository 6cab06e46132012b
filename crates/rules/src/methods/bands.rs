//! 参照递减: points for the distance from a reference, band by band, usually less in each further one.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{
    Direction, Points, Reach, Scoring, Side, Wording, at, bounds_in_order, joined, limits,
};
use crate::document::{Code, choice, document};
use crate::fraction::Fraction;
use crate::rule_set::outcome::Nothing;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

choice! {
    /// What the distance is measured from.
    pub enum Reference {
        /// A number of the rule.
        "数值" => Number(Param),
        /// The mean of the group.
        "组内均值" => PeerMean(Nothing),
        /// Another input, as the province's mean.
        "输入" => Input(Code),
    }
}

document! {
    /// One band of distance.
    pub struct Band {
        /// How wide it is; open when absent, which only the last may be.
        "宽" => width: Option<Param>,
        /// The step.
        "每" => step: Param,
        /// Points added per step on the better side.
        "加" => gain: Option<Param>,
        /// Points taken per step on the worse side.
        "减" => loss: Option<Param>,
    }
}

document! {
    /// Start points at the reference, changed band by band with the distance from it.
    pub struct Bands {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// What the distance is measured from.
        "参照" => reference: Reference,
        /// Which side is better; more when absent.
        "方向" => direction: Option<Direction>,
        /// Points at the reference.
        "起分" => start: Param,
        /// The bands from the reference outwards.
        "带" => bands: Vec<Band>,
        /// The least points; nothing when absent.
        "下限" => least: Option<Param>,
        /// The most points; full marks when absent.
        "上限" => most: Option<Param>,
    }
}

impl Scoring for Bands {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let reference = match &self.reference {
            Reference::Number(number) => terms.param(number)?,
            Reference::PeerMean(_) => case.peers(input)?.mean()?,
            Reference::Input(other) => case.value(Some(other))?,
        };
        let apart = case.value(input)?.minus(reference)?;
        let side = Side::of(apart, self.direction.unwrap_or(Direction::Up));
        let change = self.change(terms, apart.distance()?, side)?;
        steps.say(|| {
            let (shown, reference) = (case.shown(input), case.amount(input, reference));
            say!("{a}，参照值{b}", "{a}, reference {b}", a = shown, b = reference)
        });
        steps.say(|| {
            let (apart, change) =
                (case.distance(input, apart.distance().unwrap_or(apart)), number(change));
            if side == Side::Better {
                say!(
                    "好{a}，分段共加{b}分",
                    "better by {a}, {b} points added band by band",
                    a = apart,
                    b = change
                )
            } else {
                say!(
                    "差{a}，分段共减{b}分",
                    "worse by {a}, {b} points taken band by band",
                    a = apart,
                    b = change
                )
            }
        });
        let start = terms.param(&self.start)?;
        let raw = match side {
            Side::Better => start.plus(change)?,
            Side::Worse => start.minus(change)?,
        };
        let (least, most) = self.bounds(terms)?;
        Ok(raw.within(Some(least), Some(most)))
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let reference = match &self.reference {
            Reference::Number(number) => wording.amount(input, number),
            Reference::PeerMean(remark) => {
                remark.said(&text!("组内均值", "the group's mean").into())
            }
            Reference::Input(other) => wording.name(Some(other)),
        };
        let bands: Vec<Message> = self
            .bands
            .iter()
            .map(|band| {
                let width = band.width.as_ref().map_or_else(
                    || text!("其余部分", "the rest").into(),
                    |width| {
                        let width = wording.distance(input, width);
                        say!("{a}以内", "within {a}", a = width)
                    },
                );
                let none = || crate::saying::same("0");
                say!(
                    "{a}每{b}加{c}分或减{d}分",
                    "{a}: {c} added or {d} taken per {b}",
                    a = width,
                    b = wording.distance(input, &band.step),
                    c = band.gain.as_ref().map_or_else(none, Param::said),
                    d = band.loss.as_ref().map_or_else(none, Param::said)
                )
            })
            .collect();
        say!(
            "{a}与{b}相当得{c}分；相差部分由近及远分段计（{d}）：{e}，{f}",
            "{a} equal to {b} earns {c} points; the distance counts band by band ({d}): {e}, {f}",
            a = wording.name(input),
            b = reference,
            c = self.start.said(),
            d = Message::from(self.direction.unwrap_or(Direction::Up).text()),
            e = joined(&bands, "，", ", "),
            f = limits(self.least.as_ref(), self.most.as_ref())
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        let far = Fraction::whole(1_000_000_000_000);
        let start = terms.param(&self.start)?;
        let high =
            start.plus(self.change(terms, far, Side::Better)?)?.within(Some(least), Some(most));
        let low =
            start.minus(self.change(terms, far, Side::Worse)?)?.within(Some(least), Some(most));
        Ok(Reach { least: Some(low), most: Some(high) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if self.bands.is_empty() {
            wrong.push(at("带", NONE));
        }
        for (index, band) in self.bands.iter().enumerate() {
            let field =
                |name: &str| vec!["带".to_owned(), (index + 1).to_string(), name.to_owned()];
            if terms.param(&band.step).is_ok_and(|step| !step.is_positive()) {
                wrong.push((field("每"), STEP.into()));
            }
            if band.width.is_none() && index + 1 < self.bands.len() {
                wrong.push((field("宽"), OPEN.into()));
            }
            let number = |param: &Option<Param>| terms.optional(param.as_ref()).ok().flatten();
            if number(&band.width).is_some_and(|width| !width.is_positive()) {
                wrong.push((field("宽"), WIDTH.into()));
            }
            for (name, per) in [("加", &band.gain), ("减", &band.loss)] {
                if number(per).is_some_and(Fraction::is_negative) {
                    wrong.push((field(name), SIGN.into()));
                }
            }
        }
        wrong.extend(bounds_in_order(&self.bounds(terms)));
        wrong
    }

    fn is_relative(&self) -> bool {
        matches!(self.reference, Reference::PeerMean(_))
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        let Reference::Number(number) = &self.reference else { return None };
        let reference = terms.param(number).ok()?;
        let (mut corners, mut apart) = (vec![reference], Fraction::ZERO);
        for band in &self.bands {
            let width =
                terms.optional(band.width.as_ref()).ok()?.or(terms.param(&band.step).ok())?;
            apart = apart.plus(width).ok()?;
            corners.extend([reference.plus(apart).ok()?, reference.minus(apart).ok()?]);
        }
        Some(corners)
    }
}

impl Bands {
    fn change(&self, terms: &Terms<'_>, distance: Fraction, side: Side) -> Points {
        let (mut left, mut change) = (distance, Fraction::ZERO);
        for band in &self.bands {
            let width = terms.optional(band.width.as_ref())?;
            let inside = width.map_or(left, |width| left.min(width));
            let per = match side {
                Side::Better => band.gain.as_ref(),
                Side::Worse => band.loss.as_ref(),
            };
            let per = terms.param_or(per, Fraction::ZERO)?;
            change = change.plus(inside.over(terms.param(&band.step)?)?.times(per)?)?;
            left = left.minus(inside)?;
            if !left.is_positive() {
                break;
            }
        }
        Ok(change)
    }

    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), terms.marks())?))
    }
}

const NONE: Text = text!("至少要有一带", "at least one band is needed");
const STEP: Text = text!("“每”应大于0", "the step must be above zero");
const OPEN: Text = text!("只有最后一带可以不写“宽”", "only the last band may be open");
const WIDTH: Text = text!("“宽”应大于0", "a band must be wider than nothing");
const SIGN: Text = text!(
    "这里写正数；加减由字段决定",
    "write a positive number; the field says whether it is added or taken"
);
