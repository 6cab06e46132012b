//! Consequences: eligibility times rank, never rank alone; only proposed, a person decides.

use super::part;
use super::ranking::blocks;
use super::sheet::{Proposal, UnitScore};
use super::{Scoring, Unit};
use crate::fraction::Fraction;
use crate::rule_set::outcome::{AtTheLine, Consequence, Places};
use crate::rule_set::param::Param;
use crate::unscorable::Unscorable;

/// What the rules call for, in their order.
pub(super) fn propose(scoring: &Scoring<'_>, units: &[UnitScore]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let groups = scoring.rule.groups.iter();
    let blocks: Vec<_> =
        groups.map(|group| (group, blocks(scoring.rule, &group.code.0, units))).collect();
    for (consequence, calls) in scoring.rule.consequences.iter().zip(&scoring.consequences) {
        for (group, blocks) in &blocks {
            let code = &group.code;
            if !consequence.groups.is_empty() && !consequence.groups.contains(code) {
                continue;
            }
            for place in at_places(consequence, blocks) {
                let Some(score) = units.get(place) else { continue };
                let Some(unit) = scoring.unit(&score.unit) else { continue };
                let open = match is_eligible(scoring, consequence, calls, (unit, score)) {
                    Ok(false) => continue,
                    Ok(true) => None,
                    Err(reason) => Some(reason),
                };
                proposals.push(Proposal {
                    consequence: consequence.code.0.clone(),
                    unit: score.unit.clone(),
                    group: code.0.clone(),
                    open,
                    lowered: Vec::new(),
                });
            }
        }
    }
    proposals
}

/// The units at the places; a tie across the line is answered as the rules say.
fn at_places(consequence: &Consequence, blocks: &[Vec<usize>]) -> Vec<usize> {
    let (count, ordered): (u32, Vec<&Vec<usize>>) = match &consequence.places {
        None => return blocks.iter().flatten().copied().collect(),
        Some(Places::First(count)) => (*count, blocks.iter().collect()),
        Some(Places::Last(count)) => (*count, blocks.iter().rev().collect()),
    };
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let mut taken = Vec::new();
    for block in ordered {
        let fits = taken.len() + block.len() <= count;
        let includes = consequence.at_the_line.unwrap_or(AtTheLine::Include) == AtTheLine::Include;
        if taken.len() >= count || (!fits && !includes) {
            break;
        }
        taken.extend(block.iter().copied());
    }
    taken
}

fn is_eligible(
    scoring: &Scoring<'_>,
    consequence: &Consequence,
    calls: &[usize],
    (unit, score): (&Unit<'_>, &UnitScore),
) -> Result<bool, Unscorable> {
    if consequence.is_award && !score.barred_by.is_empty() {
        return Ok(false);
    }
    let Some(total) = score.total.map(Fraction::from) else { return Ok(false) };
    let Some(terms) = scoring.terms(unit, None) else { return Ok(false) };
    let bound = |param: Option<&Param>| terms.optional(param);
    if bound(consequence.at_least.as_ref())?.is_some_and(|least| total < least)
        || bound(consequence.below.as_ref())?.is_some_and(|below| total >= below)
    {
        return Ok(false);
    }
    let inputs = &consequence.inputs.0;
    part::holds(scoring, unit, inputs, calls, &consequence.conditions)
}
