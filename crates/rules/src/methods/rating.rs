//! 等级评价: votes in grades, weighed and divided by the valid votes.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, at, joined};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// One grade, or one place of a ballot.
    pub struct Grade {
        /// The input that counts its votes.
        "输入" => input: Code,
        /// What a vote is worth, as 100.
        "分值" => worth: Param,
    }
}

document! {
    /// The mean worth of the votes over the worth of the best grade.
    pub struct Rating {
        /// The grades from the best on.
        "等次" => grades: Vec<Grade>,
        /// The input that holds the valid votes; the sum of the grades when absent.
        "有效票" => valid: Option<Code>,
        /// The worth that earns full marks.
        "满分值" => best: Param,
    }
}

impl Scoring for Rating {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let cast = weighed(&self.grades, case, steps)?;
        let valid = match &self.valid {
            Some(valid) => case.count(Some(valid))?,
            None => cast.votes,
        };
        if !valid.is_positive() {
            return Err(Unscorable::NoVotes);
        }
        if cast.votes > valid {
            return Err(Unscorable::MoreVotesThanValid);
        }
        let mean = cast.worth.over(valid)?;
        steps.say(|| {
            say!(
                "加权合计{a}，有效票{b}，平均{c}",
                "weighed {a}, valid votes {b}, mean {c}",
                a = number(cast.worth),
                b = number(valid),
                c = number(mean)
            )
        });
        let share = mean.over(case.terms.param(&self.best)?)?;
        case.terms.share(share.min(Fraction::ONE))
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let valid = self.valid.as_ref().map_or_else(
            || text!("各等次得票之和", "the sum of all grades").into(),
            |valid| wording.name(Some(valid)),
        );
        say!(
            "按有效票（{c}）加权平均：{a}，平均达到{b}得满分",
            "mean over valid votes ({c}): {a}; a mean of {b} earns full marks",
            a = said(&self.grades, wording),
            b = self.best.said(),
            c = valid
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let best = terms.param(&self.best)?;
        let mut worths = Vec::new();
        for grade in &self.grades {
            worths.push(terms.param(&grade.worth)?.over(best)?.min(Fraction::ONE));
        }
        let share = |worth: Option<&Fraction>| worth.map(|worth| terms.share(*worth)).transpose();
        Ok(Reach { least: share(worths.iter().min())?, most: share(worths.iter().max())? })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if self.grades.is_empty() {
            wrong.push(at("等次", NONE));
        }
        if terms.param(&self.best).is_ok_and(|best| !best.is_positive()) {
            wrong.push(at("满分值", BEST));
        }
        wrong
    }
}

/// Votes and what they are worth together.
pub(crate) struct Cast {
    /// The votes.
    pub(crate) votes: Fraction,
    /// Their worth.
    pub(crate) worth: Fraction,
}

/// Adds votes and their worth grade by grade.
pub(crate) fn weighed(
    grades: &[Grade],
    case: &Case<'_>,
    steps: &mut Steps,
) -> Result<Cast, Unscorable> {
    let mut cast = Cast { votes: Fraction::ZERO, worth: Fraction::ZERO };
    for grade in grades {
        let input = Some(&grade.input);
        let (votes, worth) = (case.count(input)?, case.terms.param(&grade.worth)?);
        cast.votes = cast.votes.plus(votes)?;
        cast.worth = cast.worth.plus(votes.times(worth)?)?;
        steps.say(|| {
            say!("{a}，每票{b}分", "{a}, {b} points each", a = case.shown(input), b = number(worth))
        });
    }
    Ok(cast)
}

/// The grades with what their votes are worth.
pub(crate) fn said(grades: &[Grade], wording: &Wording<'_>) -> Message {
    let grades: Vec<Message> = grades
        .iter()
        .map(|grade| {
            let name = wording.name(Some(&grade.input));
            say!("{a}每票{b}分", "{a} {b} points each", a = name, b = grade.worth.said())
        })
        .collect();
    joined(&grades, "，", ", ")
}

const NONE: Text = text!("至少要有一个等次", "at least one grade is needed");
const BEST: Text = text!("满分值应大于0", "it must be above zero");
