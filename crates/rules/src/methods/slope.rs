//! 逐点加减: points are added or taken per step away from a reference, linear or in full steps.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Counting, Direction, Points, Reach, Scoring, Side, Wording, at, joined, limits};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// Start points at the reference, plus and minus per step, between two bounds in points.
    pub struct Slope {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// The value at which the start points are given.
        "基准" => reference: Param,
        /// Points at the reference; full marks when absent.
        "起分" => start: Option<Param>,
        /// The step.
        "每" => step: Param,
        /// Points added per step on the better side; none when absent.
        "加" => gain: Option<Param>,
        /// Points taken per step on the worse side; none when absent.
        "减" => loss: Option<Param>,
        /// Which side is better; more when absent.
        "方向" => direction: Option<Direction>,
        /// Whether parts of a step count; they do when absent.
        "方式" => counting: Option<Counting>,
        /// The least points; nothing when absent.
        "下限" => least: Option<Param>,
        /// The most points; full marks when absent.
        "上限" => most: Option<Param>,
    }
}

impl Scoring for Slope {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let (value, reference) = (case.value(input)?, terms.param(&self.reference)?);
        let apart = value.minus(reference)?;
        let counted = self.steps_apart(terms, apart)?;
        let side = Side::of(apart, self.direction());
        let per = match side {
            Side::Better => self.gain.as_ref(),
            Side::Worse => self.loss.as_ref(),
        };
        let per = terms.param_or(per, Fraction::ZERO)?;
        let change = counted.times(per)?;
        let start = terms.param_or(self.start.as_ref(), terms.marks())?;
        let raw = match side {
            Side::Better => start.plus(change)?,
            Side::Worse => start.minus(change)?,
        };
        let (least, most) = self.bounds(terms)?;
        let points = raw.within(Some(least), Some(most));
        self.tell(case, steps, apart);
        if !apart.is_zero() {
            let step = terms.param(&self.step)?;
            steps.say(|| {
                let (step, per, change) = (case.distance(input, step), number(per), number(change));
                match side {
                    Side::Better => say!(
                        "每{a}加{b}分，加{c}分",
                        "{b} points added per {a}: {c} added",
                        a = step,
                        b = per,
                        c = change
                    ),
                    Side::Worse => say!(
                        "每{a}减{b}分，减{c}分",
                        "{b} points taken per {a}: {c} taken",
                        a = step,
                        b = per,
                        c = change
                    ),
                }
            });
        }
        if points != raw {
            steps.say(|| {
                say!(
                    "应得{a}分，按限额计{b}分",
                    "{a} points, limited to {b}",
                    a = number(raw),
                    b = number(points)
                )
            });
        }
        Ok(points)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let points = |start: &Param| say!("{a}分", "{a} points", a = start.said());
        let start = self.start.as_ref().map_or_else(|| text!("满分", "full marks").into(), points);
        let mut parts = vec![say!(
            "{a}为{b}得{c}",
            "{a} at {b} earns {c}",
            a = wording.name(input),
            b = wording.amount(input, &self.reference),
            c = start
        )];
        let step = wording.distance(input, &self.step);
        let (higher, lower): (Message, Message) =
            (text!("高", "above").into(), text!("低", "below").into());
        let (better, worse) = match self.direction() {
            Direction::Up => (higher, lower),
            Direction::Down => (lower, higher),
        };
        if let Some(gain) = &self.gain {
            parts.push(say!(
                "每{c}{a}加{b}分",
                "each {a} {c} adds {b} points",
                c = better,
                a = step,
                b = gain.said()
            ));
        }
        if let Some(loss) = &self.loss {
            parts.push(say!(
                "每{c}{a}减{b}分",
                "each {a} {c} takes {b} points",
                c = worse,
                a = step,
                b = loss.said()
            ));
        }
        parts.push(self.counting().said());
        parts.push(limits(self.least.as_ref(), self.most.as_ref()));
        joined(&parts, "，", ", ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        let start = terms.param_or(self.start.as_ref(), terms.marks())?;
        let gains = terms.param_or(self.gain.as_ref(), Fraction::ZERO)?.is_positive();
        let loses = terms.param_or(self.loss.as_ref(), Fraction::ZERO)?.is_positive();
        Ok(Reach {
            least: Some(if loses { least } else { start.max(least) }),
            most: Some(if gains { most } else { start.min(most) }),
        })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if terms.param(&self.step).is_ok_and(|step| !step.is_positive()) {
            wrong.push(at("每", STEP));
        }
        for (field, param) in [("加", &self.gain), ("减", &self.loss)] {
            if terms.optional(param.as_ref()).is_ok_and(|p| p.is_some_and(Fraction::is_negative)) {
                wrong.push(at(field, SIGN));
            }
        }
        if self.bounds(terms).is_ok_and(|(least, most)| least > most) {
            wrong.push(at("下限", BOUNDS));
        }
        wrong
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        let (reference, step) = (terms.param(&self.reference).ok()?, terms.param(&self.step).ok()?);
        let mut corners = vec![reference];
        for per in [self.gain.as_ref(), self.loss.as_ref()] {
            let per = terms.param_or(per, Fraction::ZERO).ok()?;
            if per.is_positive() {
                // Where the bound is reached on either side lies within the full marks' distance.
                let reach =
                    terms.marks().plus(Fraction::ONE).ok()?.over(per).ok()?.times(step).ok()?;
                corners.extend([reference.plus(reach).ok()?, reference.minus(reach).ok()?]);
            }
            corners.extend([reference.plus(step).ok()?, reference.minus(step).ok()?]);
        }
        Some(corners)
    }
}

impl Slope {
    fn direction(&self) -> Direction {
        self.direction.unwrap_or(Direction::Up)
    }

    fn counting(&self) -> Counting {
        self.counting.unwrap_or(Counting::Linear)
    }

    fn steps_apart(&self, terms: &Terms<'_>, apart: Fraction) -> Points {
        let steps = apart.distance()?.over(terms.param(&self.step)?)?;
        Ok(match self.counting() {
            Counting::Linear => steps,
            Counting::Stepped => steps.full_steps(),
        })
    }

    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), terms.marks())?))
    }

    /// 签约额28亿元，满分线25亿元，超3亿元.
    fn tell(&self, case: &Case<'_>, steps: &mut Steps, apart: Fraction) {
        let input = self.input.as_ref();
        steps.say(|| {
            let reference = case.terms.param(&self.reference).unwrap_or(Fraction::ZERO);
            let line = case.amount(input, reference);
            let word: Message = match self.start {
                None => text!("满分线", "full marks at").into(),
                Some(_) => text!("基准", "reference").into(),
            };
            say!("{a}，{b}{c}", "{a}, {b} {c}", a = case.shown(input), b = word, c = line)
        });
        if apart.is_zero() {
            return;
        }
        steps.say(|| {
            let distance = case.distance(input, apart.distance().unwrap_or(apart));
            if apart.is_positive() {
                say!("超{a}", "{a} above", a = distance)
            } else {
                say!("低{a}", "{a} below", a = distance)
            }
        });
    }
}

const STEP: Text = text!("“每”应大于0", "the step must be above zero");
const SIGN: Text = text!(
    "这里写正数；加减由字段决定",
    "write a positive number; the field says whether it is added or taken"
);
const BOUNDS: Text = text!("下限不能大于上限", "the least may not be above the most");
