//! 名次票: every ballot places units; a unit earns the worth of its places over the most possible.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::rating::{Grade, said, weighed};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, at};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// Votes for first, second, third place with their worth.
    pub struct Ballot {
        /// The places from the first on.
        "名次" => places: Vec<Grade>,
        /// The input that holds the valid ballots.
        "有效票" => valid: Code,
    }
}

impl Scoring for Ballot {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let cast = weighed(&self.places, case, steps)?;
        let valid = case.count(Some(&self.valid))?;
        if !valid.is_positive() {
            return Err(Unscorable::NoVotes);
        }
        if cast.votes > valid {
            return Err(Unscorable::MoreVotesThanValid);
        }
        let most = valid.times(self.best(&case.terms)?)?;
        steps.say(|| {
            say!(
                "得票折合{a}，有效票{b}，最多可得{c}",
                "votes worth {a}, {b} valid ballots, {c} at most",
                a = number(cast.worth),
                b = number(valid),
                c = number(most)
            )
        });
        case.terms.share(cast.worth.over(most)?.min(Fraction::ONE))
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        say!(
            "按名次票计分，{a}，以全部有效票（{b}）都投第一名为满分",
            "by ballots: {a}; all valid ballots ({b}) for the first place earn full marks",
            a = said(&self.places, wording),
            b = wording.name(Some(&self.valid))
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        Ok(Reach { least: Some(Fraction::ZERO), most: Some(terms.marks()) })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        if self.places.is_empty() {
            return vec![at("名次", NONE)];
        }
        let is_wrong = self.best(terms).is_ok_and(|best| !best.is_positive());
        if is_wrong { vec![at("名次", WORTH)] } else { Vec::new() }
    }
}

impl Ballot {
    fn best(&self, terms: &Terms<'_>) -> Points {
        let worths = self.places.iter().map(|place| terms.param(&place.worth));
        let worths = worths.collect::<Result<Vec<_>, _>>()?;
        worths.into_iter().max().ok_or(Unscorable::NoVotes)
    }
}

const NONE: Text = text!("至少要有一个名次", "at least one place is needed");
const WORTH: Text = text!("第一名的分值应大于0", "the first place must be worth more than nothing");
