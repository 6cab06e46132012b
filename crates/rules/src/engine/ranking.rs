//! Places within a group, after rounding and with the declared ties.

use rust_decimal::Decimal;

use super::sheet::{Part, PartKind, Standing, UnitScore};
use crate::rule_set::RuleSet;
use crate::rule_set::outcome::{TieMode, VetoEffect};

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
    let split = blocks.into_iter().flat_map(|block| broken(rule, block));
    split.map(|block| block.into_iter().map(|(place, _)| place).collect()).collect()
}

fn are_equal(first: &UnitScore, other: &UnitScore, gap: Decimal) -> bool {
    let apart = first.total.zip(other.total).and_then(|(a, b)| a.checked_sub(b));
    apart.is_some_and(|apart| apart.is_zero() || apart < gap)
}

type Block<'u> = Vec<(usize, &'u UnitScore)>;

/// A block of equals, split by one declared tie-breaker after the other.
fn broken<'u>(rule: &RuleSet, block: Block<'u>) -> Vec<Block<'u>> {
    let breakers = rule.ties.iter().flat_map(|ties| &ties.breakers);
    breakers.fold(vec![block], |blocks, code| {
        blocks.into_iter().flat_map(|block| split(rule, block, &code.0)).collect()
    })
}

/// A block split by the points of an item; whole when anybody lacks the item, since what does not
/// apply to a unit can be held neither against it nor against the others.
fn split<'u>(rule: &RuleSet, block: Block<'u>, code: &str) -> Vec<Block<'u>> {
    let compared: Option<Vec<Decimal>> =
        block.iter().map(|(_, unit)| points(rule, unit, code)).collect();
    let Some(compared) = compared else { return vec![block] };
    let mut compared: Vec<_> = compared.into_iter().zip(block).collect();
    // The sort is stable, so those that stay equal keep their order.
    compared.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    let alike = compared.chunk_by(|(a, _), (b, _)| a == b);
    alike.map(|chunk| chunk.iter().map(|(_, unit)| *unit).collect()).collect()
}

/// The points of an item as they count in the total: none when a veto cleared it.
fn points(rule: &RuleSet, unit: &UnitScore, code: &str) -> Option<Decimal> {
    let points = unit.part(code).and_then(Part::points)?;
    let struck = rule.vetoes.iter().filter(|veto| {
        unit.parts.iter().any(|part| part.kind == PartKind::Veto && part.code == veto.code.0)
    });
    let is_cleared = struck.into_iter().any(|veto| match &veto.effect {
        VetoEffect::Clear(codes) => codes.iter().any(|cleared| cleared.0 == code),
        VetoEffect::Cap(_) | VetoEffect::Deduct(_) | VetoEffect::EligibilityOnly(_) => false,
    });
    Some(if is_cleared { Decimal::ZERO } else { points })
}

fn number(number: usize) -> Decimal {
    Decimal::from(number)
}
