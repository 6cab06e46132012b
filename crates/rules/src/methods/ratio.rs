//! 比率: the share of a target that was reached, between a floor and a cap of its own.

use kernel::Message;

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, at};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;
use kernel::{Text, text};

document! {
    /// Points are full marks times value over target.
    pub struct Ratio {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// The value that earns full marks.
        "目标" => target: Param,
        /// The least share that counts; nothing when absent.
        "下限" => floor: Option<Param>,
        /// The largest share that counts; the whole when absent.
        "上限" => cap: Option<Param>,
    }
}

impl Scoring for Ratio {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let input = self.input.as_ref();
        let (value, target) = (case.value(input)?, case.terms.param(&self.target)?);
        if !target.is_positive() {
            return Err(Unscorable::TargetNotPositive);
        }
        let share = value.over(target)?;
        let (floor, cap) = self.bounds(&case.terms)?;
        let counted = share.within(Some(floor), Some(cap));
        steps.say(|| {
            let (shown, target) = (case.shown(input), case.amount(input, target));
            say!("{a}，目标{b}", "{a}, target {b}", a = shown, b = target)
        });
        steps.say(|| say!("完成比{a}", "share reached {a}", a = number(share)));
        if counted != share {
            steps.say(|| say!("按{a}计", "counted as {a}", a = number(counted)));
        }
        case.terms.share(counted)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let more = match &self.cap {
            Some(cap) => say!("完成比最多计{a}", "a share counts up to {a}", a = cap.share_said()),
            None => text!("超过目标不再加分", "more adds nothing").into(),
        };
        let said = say!(
            "{a}达到{b}得满分，未达到按完成比计分，{c}",
            "{a} of {b} earns full marks, less earns its share; {c}",
            a = wording.name(input),
            b = wording.amount(input, &self.target),
            c = more
        );
        let Some(floor) = &self.floor else { return said };
        say!("{a}，最少计{b}", "{a}; it counts as {b} at least", a = said, b = floor.share_said())
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (floor, cap) = self.bounds(terms)?;
        Ok(Reach { least: Some(terms.share(floor)?), most: Some(terms.share(cap)?) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if terms.param(&self.target).is_ok_and(|target| !target.is_positive()) {
            wrong.push(at("目标", TARGET));
        }
        if self.bounds(terms).is_ok_and(|(floor, cap)| floor > cap) {
            wrong.push(at("下限", BOUNDS));
        }
        wrong
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        let target = terms.param(&self.target).ok()?;
        let (floor, cap) = self.bounds(terms).ok()?;
        Some(vec![Fraction::ZERO, target.times(floor).ok()?, target.times(cap).ok()?])
    }
}

impl Ratio {
    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let floor = terms.param_or(self.floor.as_ref(), Fraction::ZERO)?;
        Ok((floor, terms.param_or(self.cap.as_ref(), Fraction::ONE)?))
    }
}

const TARGET: Text = text!("目标应大于0", "the target must be above zero");
const BOUNDS: Text = text!("下限不能大于上限", "the floor may not be above the cap");
