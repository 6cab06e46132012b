//! How firm a ranking is against chance: 3 of 3 and 30 of 30 are both 100 %, but not the same news.
//!
//! Each draw takes every rate of counts anew, as if each record had turned out well with the rate's
//! own chance, and scores and ranks the group again. A unit whose rank moves far stands there by
//! luck. Like all stability it stands beside the score, never in it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::engine::sheet::{Standing, UnitScore};
use crate::engine::{Refused, Scoring};
use crate::facts::{Adjustment, Fact, Facts, State, Value};
use crate::rule_set::RuleSet;
use crate::split_mix::SplitMix;
use crate::stability::tally::Tallies;
use crate::stability::{DRAWS_MAX, Draws, Stability};
use crate::what_if::upheld;

/// Above so many counts chance moves a rate by less than a published place; it is left as it is.
const COUNTS_MAX: u32 = 10_000;
/// Decimal places of a drawn count.
const PLACES: u32 = 6;

/// The ranked units of one group under the chance in their own counts.
///
/// One draw scores the group once: 200 draws of 50 units and 40 items take 0.8 s (`examples/speed`).
pub fn noise(
    rule: &RuleSet,
    facts: &Facts,
    adjustments: &[Adjustment],
    group: &str,
    draws: Draws,
) -> Result<Vec<Stability>, Refused> {
    let (mut facts, adjustments) = facts.of_group(adjustments, group);
    // Draws follow the identifiers, so that the same seed gives the same answer.
    facts.units.sort_by(|a, b| a.unit.cmp(&b.unit));
    // Chance is in the figure that counts, also where an objection put it in another's place.
    let (facts, adjustments) = upheld(facts, adjustments);
    let published = Scoring::new(rule, &facts, &adjustments)?.sheet();
    let ranked: Vec<&UnitScore> = published
        .units
        .iter()
        .filter(|unit| matches!(unit.standing, Standing::Ranked { .. }))
        .collect();
    let mut tallies = Tallies::new(ranked, draws);
    let mut random = SplitMix::new(draws.seed);
    for _ in 0..draws.draw_count.min(DRAWS_MAX) {
        let drawn = drawn(&facts, &mut random);
        let sheet = Scoring::new(rule, &drawn, &adjustments)?.sheet();
        let ranks = tallies.units().iter().map(|unit| {
            sheet.unit(&unit.unit).and_then(UnitScore::rank).and_then(|rank| rank.to_usize())
        });
        tallies.count(&ranks.collect::<Vec<_>>());
    }
    Ok(tallies.summary())
}

/// The facts with every rate of counts drawn anew.
fn drawn(facts: &Facts, random: &mut SplitMix) -> Facts {
    let mut drawn = facts.clone();
    let cells = drawn.units.iter_mut().flat_map(|unit| unit.facts.values_mut());
    cells.for_each(|fact| redraw(fact, random));
    drawn
}

fn redraw(fact: &mut Fact, random: &mut SplitMix) {
    let (State::Known(value) | State::Disputed(value, _)) = &mut fact.state else { return };
    let Value::Ratio { numerator, denominator } = value else { return };
    let is_whole = numerator.is_integer() && denominator.is_integer();
    let all = denominator.to_u32().filter(|_| is_whole);
    // A weighted rate has fewer records than counts: three records of weight three are three chances,
    // not nine. A single record with large counts is a rate that was entered as such.
    let records = match (fact.n, all) {
        (n, Some(all)) if n > 1 => n.min(all),
        (n, None) if n > 1 => n,
        (_, Some(all)) => all,
        (_, None) => return,
    };
    let is_rate = !numerator.is_sign_negative() && *numerator <= *denominator;
    let share = numerator.checked_div(*denominator).and_then(|share| share.to_f64());
    let Some(share) = share.filter(|_| is_rate && (1..=COUNTS_MAX).contains(&records)) else {
        return;
    };
    // Half a record of each kind is added: 3 of 3 says much, but not that nothing ever fails.
    let chance = (share * f64::from(records) + 0.5) / (f64::from(records) + 1.0);
    let hits = (0..records).filter(|_| random.unit() < chance).count();
    let drawn = Decimal::from(hits)
        .checked_mul(*denominator)
        .and_then(|weighed| weighed.checked_div(Decimal::from(records)));
    // No figure has more places than the engine takes.
    *numerator = drawn.map_or(*numerator, |drawn| drawn.round_dp(PLACES));
}
