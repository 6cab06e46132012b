//! Facts put in place: one cell for each unit and call, with adjustments taken in.

use crate::decimal;
use crate::facts::{Adjustment, Change, Fact, Facts, Reason, State, UnitFacts, Value};
use crate::fraction::Fraction;
use crate::methods::case::Figure;
use crate::rule_set::RuleSet;

use super::{Tasks, Unit, part};

/// Whether a figure is contested.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Settled,
    Disputed,
}

/// What is known in one cell.
#[derive(Clone, Copy)]
pub(super) enum Cell<'a> {
    Known { figure: Figure, trust: Trust },
    NotApplicable(&'a Reason),
    Missing(&'a Reason),
    OutOfBounds,
    NoFact,
    DividedByZero,
}

impl Cell<'_> {
    /// The value, if there is one.
    pub(super) const fn value(&self) -> Option<Fraction> {
        match self {
            Self::Known { figure, .. } => Some(figure.value),
            Self::NotApplicable(_)
            | Self::Missing(_)
            | Self::OutOfBounds
            | Self::NoFact
            | Self::DividedByZero => None,
        }
    }
}

/// The units by identifier, so that the order in which they come changes nothing.
pub(super) fn units<'a>(
    rule: &RuleSet,
    facts: &'a Facts,
    adjustments: &[&'a Adjustment],
    keys: &[String],
) -> Vec<Unit<'a>> {
    let mut units: Vec<Unit<'a>> = facts
        .units
        .iter()
        .map(|unit| {
            let own: Vec<&Adjustment> =
                adjustments.iter().copied().filter(|one| one.unit == unit.unit).collect();
            let cells: Vec<Cell<'a>> =
                keys.iter().map(|key| cell(effective(unit, &own, key))).collect();
            Unit {
                id: &unit.unit,
                name: &unit.name,
                group: place(rule, &unit.group),
                tasks: tasks(rule, keys, &cells),
                cells,
            }
        })
        .collect();
    units.sort_by(|a, b| a.id.cmp(b.id));
    units
}

fn place(rule: &RuleSet, group: &str) -> usize {
    rule.groups.iter().position(|known| known.code.0 == group).unwrap_or(0)
}

/// The fact of a cell, or what its one adjustment put in its place.
fn effective<'a>(unit: &'a UnitFacts, own: &[&'a Adjustment], key: &str) -> Option<&'a Fact> {
    let mut changed = own.iter().filter_map(|one| match &one.change {
        Change::Cell { call, fact } if call == key => Some(fact),
        Change::Cell { .. } | Change::Points(_) => None,
    });
    changed.next().or_else(|| unit.facts.get(key))
}

fn cell(fact: Option<&Fact>) -> Cell<'_> {
    let Some(fact) = fact else { return Cell::NoFact };
    match &fact.state {
        State::Known(value) => known(*value, Trust::Settled),
        State::Disputed(value, _) => known(*value, Trust::Disputed),
        State::NotApplicable(reason) => Cell::NotApplicable(reason),
        State::Missing(reason) => Cell::Missing(reason),
    }
}

fn known(value: Value, trust: Trust) -> Cell<'static> {
    let figure = match value {
        Value::Number(number) if decimal::is_bounded(number) => {
            Figure { value: number.into(), parts: None }
        }
        Value::Ratio { numerator, denominator }
            if decimal::is_bounded(numerator) && decimal::is_bounded(denominator) =>
        {
            let Ok(value) = Fraction::from(numerator).over(denominator.into()) else {
                return Cell::DividedByZero;
            };
            Figure { value, parts: Some((numerator, denominator)) }
        }
        Value::Number(_) | Value::Ratio { .. } => return Cell::OutOfBounds,
    };
    Cell::Known { figure, trust }
}

/// Whether the unit has as many tasks as the rules demand for a rank; without a figure nobody knows.
fn tasks(rule: &RuleSet, keys: &[String], cells: &[Cell<'_>]) -> Tasks {
    let Some(minimum) = &rule.minimum else { return Tasks::Enough };
    let call = minimum.input.call();
    let place = keys.iter().position(|key| *key == call);
    let cell = place.and_then(|place| cells.get(place));
    if matches!(cell, Some(Cell::NotApplicable(_))) {
        return Tasks::TooFew;
    }
    match part::figure(cell, &minimum.input) {
        Ok(figure) if figure.value < minimum.least.into() => Tasks::TooFew,
        Ok(_) => Tasks::Enough,
        Err(reason) => Tasks::Unknown(reason),
    }
}
