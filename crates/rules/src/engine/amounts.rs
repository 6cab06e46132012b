//! Pools are given out to the last place: what rounding leaves over goes to the first rank.

use rust_decimal::Decimal;

use super::cells::Cell;
use super::sheet::{Outcome, UnitScore};
use super::total::added;
use super::{Placed, Scoring};
use crate::fraction::Fraction;
use crate::methods::{Direction, Method};

/// Evens out every pool of every group, and adds the amounts of each unit.
pub(super) fn even_out(scoring: &Scoring<'_>, units: &mut [UnitScore]) {
    for placed in &scoring.amounts {
        for group in 0..scoring.rule.groups.len() {
            even_out_pool(scoring, units, placed, group);
        }
    }
    for unit in units {
        unit.net_amount = added(&unit.amounts).filter(|_| !unit.amounts.is_empty());
    }
}

/// The unit of the first rank takes the rest; among equals the first by identifier.
fn even_out_pool(
    scoring: &Scoring<'_>,
    units: &mut [UnitScore],
    placed: &Placed<'_>,
    group: usize,
) {
    let Method::Pool(pool) = &placed.item.method else { return };
    let (pool, ranked_by, direction) = pool.split_by();
    let call = |name: &str| {
        let inputs = placed.item.inputs.0.iter().zip(&placed.calls);
        inputs.into_iter().find(|(input, _)| input.name() == name).map(|(_, call)| *call)
    };
    let (Some(pool), Some(ranked_by)) = (call(&pool.0), call(&ranked_by.0)) else { return };
    let value = |place: usize, call: usize| -> Option<Fraction> {
        scoring.units.get(place)?.cells.get(call)?.value()
    };
    let code = placed.item.code.0.as_str();
    let mut paid: Vec<(usize, Fraction, Decimal)> = Vec::new();
    for (place, unit) in scoring.units.iter().enumerate().filter(|(_, one)| one.group == group) {
        let part = units.get(place).and_then(|score| score.amounts.iter().find(|p| p.code == code));
        match part.map(|part| &part.outcome) {
            Some(Outcome::Points(amount)) => {
                let Some(figure) = unit.cells.get(ranked_by).and_then(Cell::value) else {
                    return;
                };
                paid.push((place, figure, *amount));
            }
            Some(Outcome::NotApplicable(_)) | None => {}
            // A pool that is not given out whole has nothing left over either.
            Some(Outcome::Unscorable(_)) => return,
        }
    }
    let first = paid.iter().copied().reduce(|best, next| {
        let is_better = match direction {
            Direction::Up => next.1 > best.1,
            Direction::Down => next.1 < best.1,
        };
        if is_better { next } else { best }
    });
    let Some((first, _, amount)) = first else { return };
    let whole = value(first, pool).and_then(|pool| scoring.rule.precision.money(pool).ok());
    let given = paid.iter().try_fold(Decimal::ZERO, |sum, (_, _, paid)| sum.checked_add(*paid));
    let rest = whole.zip(given).and_then(|(whole, given)| whole.checked_sub(given));
    let Some(evened) = rest.and_then(|rest| amount.checked_add(rest)) else { return };
    let score = units.get_mut(first);
    if let Some(part) = score.and_then(|one| one.amounts.iter_mut().find(|p| p.code == code)) {
        part.outcome = Outcome::Points(evened);
    }
}
