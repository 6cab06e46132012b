//! 降档: proposals for awards are lowered level by level; only proposed, a person decides.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::sheet::{Lowered, Outcome, Proposal, UnitScore};
use super::{Scoring, Unit, part};
use crate::fraction::Fraction;
use crate::rule_set::demotion::{Demotion, Ground, ItemPoints};
use crate::unscorable::Unscorable;

type Result<T> = std::result::Result<T, Unscorable>;

/// Lowers what was proposed, one declared ladder of awards after the other.
pub(super) fn lower(scoring: &Scoring<'_>, units: &[UnitScore], proposals: &mut Vec<Proposal>) {
    for (demotion, calls) in scoring.rule.demotions.iter().zip(&scoring.demotions) {
        let mut falls_away = vec![false; proposals.len()];
        for (place, levels) in by_unit(demotion, units, proposals) {
            let Some(score) = units.get(place) else { continue };
            let Some(unit) = scoring.unit(&score.unit) else { continue };
            // Of several levels only the best is kept.
            let Some((best, kept)) = levels.iter().min().copied() else { continue };
            for (_, other) in levels.into_iter().filter(|(_, other)| *other != kept) {
                falls_away.get_mut(other).into_iter().for_each(|falls| *falls = true);
            }
            let grounds = held(scoring, (demotion, calls), (unit, score));
            let Some(proposal) = proposals.get_mut(kept) else { continue };
            if lowered(demotion, best, grounds, proposal) == Award::None {
                falls_away.get_mut(kept).into_iter().for_each(|falls| *falls = true);
            }
        }
        let mut falls_away = falls_away.into_iter();
        proposals.retain(|_| falls_away.next() != Some(true));
    }
    // As ever by consequence, then by group; the sort is stable, so by place within them.
    if proposals.iter().any(|proposal| !proposal.lowered.is_empty()) {
        let (consequences, groups) = (&scoring.rule.consequences, &scoring.rule.groups);
        proposals.sort_by_cached_key(|proposal| {
            let consequence =
                consequences.iter().position(|one| one.code.0 == proposal.consequence);
            (consequence, groups.iter().position(|one| one.code.0 == proposal.group))
        });
    }
}

/// For each unit, by its place, the levels for which it is proposed, each with its proposal.
fn by_unit(
    demotion: &Demotion,
    units: &[UnitScore],
    proposals: &[Proposal],
) -> BTreeMap<usize, Vec<(usize, usize)>> {
    let mut found: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, proposal) in proposals.iter().enumerate() {
        let level = demotion.levels.iter().position(|level| level.0 == proposal.consequence);
        let place = units.binary_search_by(|score| score.unit.cmp(&proposal.unit));
        if let (Some(level), Ok(place), true) = (level, place, demotion.applies_to(&proposal.group))
        {
            found.entry(place).or_default().push((level, index));
        }
    }
    found
}

/// Whether an award is left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Award {
    Some,
    None,
}

/// Moves a proposal down its levels.
fn lowered(
    demotion: &Demotion,
    level: usize,
    grounds: Result<Vec<usize>>,
    proposal: &mut Proposal,
) -> Award {
    let grounds = match grounds {
        Ok(grounds) if grounds.is_empty() => return Award::Some,
        Ok(grounds) => grounds,
        Err(reason) => {
            proposal.open.get_or_insert(reason);
            return Award::Some;
        }
    };
    let is_none = demotion.none_from.is_some_and(|from| grounds.len() >= from as usize);
    let lower = demotion.levels.get(level.saturating_add(grounds.len())).filter(|_| !is_none);
    let Some(lower) = lower else { return Award::None };
    let from = std::mem::replace(&mut proposal.consequence, lower.0.clone());
    proposal.lowered.push(Lowered { from, by: demotion.code.0.clone(), grounds });
    Award::Some
}

/// The grounds that hold, counted from 1.
fn held(
    scoring: &Scoring<'_>,
    (demotion, calls): (&Demotion, &[usize]),
    (unit, score): (&Unit<'_>, &UnitScore),
) -> Result<Vec<usize>> {
    let mut held = Vec::new();
    for (index, ground) in demotion.grounds.iter().enumerate() {
        let holds = match ground {
            Ground::Points(short) => fall_short(scoring, unit, score, short)?,
            Ground::Figure(condition) => {
                // Each looks at its own figure: another that does not apply changes nothing.
                let inputs = demotion.inputs.0.iter().zip(calls);
                let named = condition.input.as_ref();
                let read = inputs
                    .into_iter()
                    .find(|(input, _)| named.is_none_or(|name| name.0.as_str() == input.name()));
                let (inputs, calls): (Vec<_>, Vec<usize>) =
                    read.map(|(input, call)| (input.clone(), *call)).into_iter().unzip();
                let conditions = std::slice::from_ref(condition);
                part::holds(scoring, unit, &inputs, &calls, conditions)?
            }
        };
        if holds {
            held.push(index + 1);
        }
    }
    Ok(held)
}

/// Whether items bring less than they should; what does not apply is held against nobody.
fn fall_short(
    scoring: &Scoring<'_>,
    unit: &Unit<'_>,
    score: &UnitScore,
    short: &ItemPoints,
) -> Result<bool> {
    let (mut sum, mut applies) = (Decimal::ZERO, false);
    for code in &short.items {
        match score.part(&code.0).map(|part| &part.outcome) {
            Some(Outcome::Points(points)) => {
                sum = sum.checked_add(*points).ok_or(Unscorable::Overflow)?;
                applies = true;
            }
            Some(Outcome::Unscorable(reason)) => return Err(reason.clone()),
            Some(Outcome::NotApplicable(_)) | None => {}
        }
    }
    let Some(terms) = scoring.terms(unit, None) else { return Ok(false) };
    Ok(applies && Fraction::from(sum) < terms.param(&short.below)?)
}
