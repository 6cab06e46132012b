//! Places within a group, after rounding and with the declared ties.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::sheet::{Standing, UnitScore};
use crate::rule_set::RuleSet;
use crate::rule_set::outcome::{TieMode, Ties};

/// Gives every unit of a group that can have one its place.
pub(super) fn rank(rule: &RuleSet, group: &str, units: &mut [UnitScore]) {
    let places: Vec<(usize, Standing)> = {
        let blocks = blocks(rule, group, units);
        let of = blocks.iter().map(Vec::len).sum();
        let mode = rule.ties.as_ref().map_or(TieMode::Skip, |ties| ties.mode);
        let mut before = 0;
        let mut places = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let rank = match mode {
                TieMode::Skip => number(before + 1),
                TieMode::Dense => number(index + 1),
                TieMode::Mean => number(2 * before + block.len() + 1) / Decimal::TWO,
            };
            let shared_by = block.len();
            places
                .extend(block.iter().map(|unit| (*unit, Standing::Ranked { rank, of, shared_by })));
            before += block.len();
        }
        places
    };
    for (place, standing) in places {
        if let Some(unit) = units.get_mut(place) {
            unit.standing = standing;
        }
    }
}

/// The ranked units of a group from the best on, by place in `units`; equals stand in one block.
pub(super) fn blocks(rule: &RuleSet, group: &str, units: &[UnitScore]) -> Vec<Vec<usize>> {
    let ranked = units.iter().enumerate().filter(|(_, unit)| {
        unit.group == group && matches!(unit.standing, Standing::Ranked { .. })
    });
    let mut ranked: Vec<(usize, &UnitScore)> = ranked.collect();
    // The sort is stable and the units come by identifier, so equals keep that order.
    ranked.sort_by_key(|(_, unit)| std::cmp::Reverse(unit.total));
    let ties = rule.ties.as_ref();
    let gap = ties.and_then(|ties| ties.least_gap).unwrap_or(Decimal::ZERO);
    let mut blocks: Vec<Vec<(usize, &UnitScore)>> = Vec::new();
    for unit in ranked {
        match blocks.last_mut() {
            // The distance is measured from the first of the block: a chain of small gaps never
            // ties units that lie further apart than one.
            Some(block) if block.first().is_some_and(|first| are_equal(first.1, unit.1, gap)) => {
                block.push(unit);
            }
            Some(_) | None => blocks.push(vec![unit]),
        }
    }
    let split = blocks.into_iter().flat_map(|block| broken(ties, block));
    split.map(|block| block.into_iter().map(|(place, _)| place).collect()).collect()
}

fn are_equal(first: &UnitScore, other: &UnitScore, gap: Decimal) -> bool {
    let apart = first.total.zip(other.total).and_then(|(a, b)| a.checked_sub(b));
    apart.is_some_and(|apart| apart.is_zero() || apart < gap)
}

/// A block of equals, split by the declared tie-breakers.
fn broken<'u>(
    ties: Option<&Ties>,
    mut block: Vec<(usize, &'u UnitScore)>,
) -> Vec<Vec<(usize, &'u UnitScore)>> {
    let Some(ties) = ties.filter(|ties| !ties.breakers.is_empty() && block.len() > 1) else {
        return vec![block];
    };
    block.sort_by(|(_, a), (_, b)| by_breakers(ties, b, a));
    let mut split: Vec<Vec<(usize, &UnitScore)>> = Vec::new();
    for unit in block {
        match split.last_mut() {
            Some(last)
                if last.last().is_some_and(|(_, other)| {
                    by_breakers(ties, other, unit.1) == Ordering::Equal
                }) =>
            {
                last.push(unit);
            }
            Some(_) | None => split.push(vec![unit]),
        }
    }
    split
}

fn by_breakers(ties: &Ties, a: &UnitScore, b: &UnitScore) -> Ordering {
    let points =
        |unit: &UnitScore, code: &str| unit.part(code).and_then(super::sheet::Part::points);
    let orders = ties.breakers.iter().map(|code| points(a, &code.0).cmp(&points(b, &code.0)));
    orders.into_iter().find(|order| *order != Ordering::Equal).unwrap_or(Ordering::Equal)
}

fn number(number: usize) -> Decimal {
    Decimal::from(number)
}
