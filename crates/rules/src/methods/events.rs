//! 逐件: plus and minus per event, each kind with its own most, with yearly numbers and doubling.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, at, joined, limits};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// One kind of event.
    pub struct Event {
        /// The input that counts it; the first when absent.
        "输入" => input: Option<Code>,
        /// Points of each; below zero takes points.
        "每件" => each: Param,
        /// The most points of this kind, added or taken.
        "最多" => most: Option<Param>,
        /// The most events of a year that count.
        "年度最多" => year_max: Option<Param>,
        /// The input that holds how many of the year counted before.
        "年内已计" => used: Option<Code>,
    }
}

document! {
    /// When deductions count more than once.
    pub struct Doubling {
        /// The input that says so: from one on.
        "输入" => input: Code,
        /// How many times they count.
        "倍数" => factor: Param,
    }
}

document! {
    /// Points of events on top of nothing or, when things are taken, of full marks.
    pub struct Events {
        /// Whether one begins with full marks.
        "从满分起" => from_full: bool,
        /// The kinds of event.
        "事项" => events: Vec<Event>,
        /// When deductions count more than once.
        "加倍" => doubling: Option<Doubling>,
        /// The least points; nothing when absent.
        "下限" => least: Option<Param>,
        /// The most points; full marks when absent.
        "上限" => most: Option<Param>,
    }
}

impl Scoring for Events {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let terms = &case.terms;
        let mut points = if self.from_full { terms.marks() } else { Fraction::ZERO };
        if self.from_full {
            steps.say(|| {
                say!("从满分{a}分起", "begins with full marks of {a}", a = number(terms.marks()))
            });
        }
        let factor = self.factor(case)?;
        for event in &self.events {
            let change = event.points(case, steps)?;
            let doubled = if change.is_negative() { change.times(factor)? } else { change };
            if doubled != change {
                steps.say(|| {
                    say!(
                        "按{a}倍计，共{b}分",
                        "counts {a} times: {b} points",
                        a = number(factor),
                        b = number(doubled)
                    )
                });
            }
            points = points.plus(doubled)?;
        }
        let (least, most) = self.bounds(terms)?;
        let limited = points.within(Some(least), Some(most));
        if limited != points {
            steps.say(|| {
                say!(
                    "合计{a}分，按限额计{b}分",
                    "{a} points together, limited to {b}",
                    a = number(points),
                    b = number(limited)
                )
            });
        }
        Ok(limited)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let mut parts: Vec<Message> = Vec::new();
        if self.from_full {
            parts.push(text!("从满分起", "beginning with full marks").into());
        }
        parts.extend(self.events.iter().map(|event| event.said(wording)));
        if let Some(doubling) = &self.doubling {
            let name = wording.name(Some(&doubling.input));
            parts.push(say!(
                "{a}的，扣分按{b}倍计",
                "deductions count {b} times where {a}",
                a = name,
                b = doubling.factor.said()
            ));
        }
        parts.push(limits(self.least.as_ref(), self.most.as_ref()));
        joined(&parts, "，", ", ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let (least, most) = self.bounds(terms)?;
        let start = if self.from_full { terms.marks() } else { Fraction::ZERO };
        let (mut low, mut high) = (Some(start), Some(start));
        for event in &self.events {
            let each = terms.param(&event.each)?;
            let bound = terms.optional(event.most.as_ref())?;
            let side = if each.is_negative() { &mut low } else { &mut high };
            let signed =
                if each.is_negative() { bound.map(Fraction::negated).transpose()? } else { bound };
            *side = match (*side, signed) {
                (Some(sum), Some(bound)) => Some(sum.plus(bound)?),
                (None, _) | (_, None) => None,
            };
        }
        let least = low.map_or(least, |low| low.within(Some(least), Some(most)));
        let most = high.map_or(most, |high| high.within(Some(least), Some(most)));
        Ok(Reach { least: Some(least), most: Some(most) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if self.events.is_empty() {
            wrong.push(at("事项", NONE));
        }
        for (index, event) in self.events.iter().enumerate() {
            let field =
                |name: &str| vec!["事项".to_owned(), (index + 1).to_string(), name.to_owned()];
            if event
                .most
                .as_ref()
                .is_some_and(|most| terms.param(most).is_ok_and(Fraction::is_negative))
            {
                wrong.push((field("最多"), SIGN.into()));
            }
            if event.year_max.is_some() != event.used.is_some() {
                wrong.push((field("年度最多"), YEAR.into()));
            }
        }
        if self.bounds(terms).is_ok_and(|(least, most)| least > most) {
            wrong.push(at("下限", BOUNDS));
        }
        wrong
    }

    fn corners(&self, _terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        let [only] = self.events.as_slice() else { return None };
        let is_plain = self.doubling.is_none() && only.used.is_none() && only.input.is_none();
        is_plain.then(|| vec![Fraction::ZERO, Fraction::ONE, Fraction::whole(10)])
    }
}

impl Events {
    fn factor(&self, case: &Case<'_>) -> Points {
        let Some(doubling) = &self.doubling else { return Ok(Fraction::ONE) };
        let applies = case.value(Some(&doubling.input))? >= Fraction::ONE;
        if applies { case.terms.param(&doubling.factor) } else { Ok(Fraction::ONE) }
    }

    fn bounds(&self, terms: &Terms<'_>) -> Result<(Fraction, Fraction), Unscorable> {
        let least = terms.param_or(self.least.as_ref(), Fraction::ZERO)?;
        Ok((least, terms.param_or(self.most.as_ref(), terms.marks())?))
    }
}

impl Event {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let mut events = case.at_least_zero(input)?;
        if let (Some(most), Some(used)) = (&self.year_max, &self.used) {
            let left =
                terms.param(most)?.minus(case.at_least_zero(Some(used))?)?.max(Fraction::ZERO);
            if events > left {
                steps.say(|| {
                    let (shown, left) = (case.shown(input), number(left));
                    say!(
                        "{a}，年内还可计{b}",
                        "{a}, of the year {b} may still count",
                        a = shown,
                        b = left
                    )
                });
                events = left;
            }
        }
        let each = terms.param(&self.each)?;
        let raw = events.times(each)?;
        let most = terms.optional(self.most.as_ref())?;
        let least = most.map(Fraction::negated).transpose()?;
        let points = raw.within(least, most);
        steps.say(|| {
            let amount = case.shown(input);
            let change = number(points.distance().unwrap_or(points));
            let each = number(each.distance().unwrap_or(each));
            let unit = each_one(case.given(input).map_or("", |given| given.input.unit()));
            if raw.is_negative() || self.is_deduction(terms) {
                say!(
                    "{a}，{u}减{b}分，减{c}分",
                    "{a}, {b} points taken {u}: {c} taken",
                    u = unit,
                    a = amount,
                    b = each,
                    c = change
                )
            } else {
                say!(
                    "{a}，{u}加{b}分，加{c}分",
                    "{a}, {b} points added {u}: {c} added",
                    u = unit,
                    a = amount,
                    b = each,
                    c = change
                )
            }
        });
        Ok(points)
    }

    fn is_deduction(&self, terms: &Terms<'_>) -> bool {
        terms.param(&self.each).is_ok_and(Fraction::is_negative)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let name = wording.name(self.input.as_ref());
        let each = self.each.said();
        let unit = each_one(wording.unit(self.input.as_ref()));
        let mut said = if self.each.fixed().is_some_and(|each| each.is_sign_negative()) {
            let each = number(self.each.fixed().unwrap_or_default().abs().into());
            say!("{a}{u}减{b}分", "{b} points taken for {u} of {a}", u = unit, a = name, b = each)
        } else {
            say!("{a}{u}加{b}分", "{b} points added for {u} of {a}", u = unit, a = name, b = each)
        };
        if let Some(most) = &self.most {
            said = say!("{a}、最多{b}分", "{a}, up to {b}", a = said, b = most.said());
        }
        if let Some(most) = &self.year_max {
            said =
                say!("{a}、全年最多计{b}", "{a}, at most {b} in a year", a = said, b = most.said());
        }
        if let Some(used) = &self.used {
            let used = wording.name(Some(used));
            said =
                say!("{a}（年内已计数见“{b}”）", "{a} (counted before: {b})", a = said, b = used);
        }
        said
    }
}

/// 每件, or 每次 and 每天 where the input is counted so.
fn each_one(unit: &str) -> Message {
    let word = if unit.is_empty() || unit == "%" { "件" } else { unit };
    Message { zh: format!("每{word}"), en: "each".to_owned() }
}

const NONE: Text = text!("至少要有一类事项", "at least one kind of event is needed");
const SIGN: Text = text!("“最多”写正数", "write the most as a positive number");
const YEAR: Text = text!("“年度最多”与“年内已计”要一起写", "年度最多 and 年内已计 belong together");
const BOUNDS: Text = text!("下限不能大于上限", "the least may not be above the most");
