//! One item of one unit: from cells to an outcome.

use kernel::Message;
use rust_decimal::Decimal;

use super::cells::{Cell, Trust};
use super::sheet::Outcome;
use super::{Placed, Scoring, Unit, Worth};
use crate::document::Code;
use crate::fraction::Fraction;
use crate::methods::case::{Case, Given};
use crate::methods::steps::Steps;
use crate::rule_set::condition::{Condition, Shut};
use crate::rule_set::input::Input;
use crate::rule_set::item::MissingFigure;
use crate::saying::say;
use crate::unscorable::{Inapplicable, Unscorable};

/// An outcome with whether a contested figure stands behind it.
pub(super) struct Scored {
    pub(super) outcome: Outcome,
    pub(super) is_disputed: bool,
}

/// The outcome of an item for a unit.
pub(super) fn score(
    scoring: &Scoring<'_>,
    unit: &Unit<'_>,
    placed: &Placed<'_>,
    steps: &mut Steps,
) -> Scored {
    let is_disputed = placed.calls.iter().any(|call| {
        matches!(unit.cells.get(*call), Some(Cell::Known { trust: Trust::Disputed, .. }))
    });
    let outcome = match attempt(scoring, unit, placed, steps) {
        Ok(outcome) => outcome,
        Err(reason) => answer(placed, reason),
    };
    Scored { outcome, is_disputed }
}

/// Whether conditions hold for a unit, read from the inputs at these places.
pub(super) fn holds(
    scoring: &Scoring<'_>,
    unit: &Unit<'_>,
    inputs: &[Input],
    calls: &[usize],
    conditions: &[Condition],
) -> Result<bool, Unscorable> {
    let Some(terms) = scoring.terms(unit, None) else { return Ok(false) };
    let given = given(scoring, unit, inputs, calls);
    // What does not apply to a unit cannot be held against it.
    let is_absent =
        calls.iter().any(|call| matches!(unit.cells.get(*call), Some(Cell::NotApplicable(_))));
    if is_absent {
        return Ok(false);
    }
    Case { terms, given: &given }.holds(conditions)
}

fn attempt(
    scoring: &Scoring<'_>,
    unit: &Unit<'_>,
    placed: &Placed<'_>,
    steps: &mut Steps,
) -> Result<Outcome, Unscorable> {
    let full = placed.full.get(unit.group).copied().flatten();
    let Some(terms) = scoring.terms(unit, full) else { return Err(Unscorable::Overflow) };
    if placed.applies.get(unit.group) != Some(&true) {
        return Ok(Outcome::NotApplicable(Inapplicable::Group));
    }
    for call in &placed.calls {
        if let Some(Cell::NotApplicable(reason)) = unit.cells.get(*call) {
            return Ok(Outcome::NotApplicable(Inapplicable::Source { reason: (*reason).clone() }));
        }
    }
    // Who is not compared with the others shares nothing with them either.
    let is_shared = placed.worth == Worth::Money && placed.item.method.scoring().is_relative();
    if is_shared && unit.has_too_few() {
        return Ok(Outcome::NotApplicable(Inapplicable::TooFewTasks));
    }
    let given = given(scoring, unit, &placed.item.inputs.0, &placed.calls);
    let case = Case { terms, given: &given };
    if let Some(gate) = placed.gate()
        && !case.holds(&gate.conditions)?
    {
        return shut(scoring, gate.otherwise, &case, steps);
    }
    let points = placed.item.method.scoring().points(&case, steps)?;
    let precision = &scoring.rule.precision;
    Ok(Outcome::Points(match placed.worth {
        Worth::Points => precision.points(points)?,
        Worth::Money => precision.money(points)?,
    }))
}

fn shut(
    scoring: &Scoring<'_>,
    otherwise: Option<Shut>,
    case: &Case<'_>,
    steps: &mut Steps,
) -> Result<Outcome, Unscorable> {
    steps.say(|| {
        let shown = case.shown(None);
        say!("{a}，前提不具备", "{a}: the gate is shut", a = shown)
    });
    match otherwise.unwrap_or(Shut::Nothing) {
        Shut::Nothing => Ok(Outcome::Points(rounded(scoring, Fraction::ZERO)?)),
        Shut::NotApplicable => Ok(Outcome::NotApplicable(Inapplicable::Gate)),
    }
}

/// What the rules say when there is no figure; anything else stays unscorable.
fn answer(placed: &Placed<'_>, reason: Unscorable) -> Outcome {
    let is_missing = matches!(reason, Unscorable::Missing { .. } | Unscorable::NoFact { .. });
    match placed.item.missing.filter(|_| is_missing) {
        Some(MissingFigure::Nothing) => Outcome::Points(Decimal::ZERO),
        Some(MissingFigure::NotApplicable) => {
            Outcome::NotApplicable(Inapplicable::NoFigure(reason))
        }
        Some(MissingFigure::Unscorable) | None => Outcome::Unscorable(reason),
    }
}

/// The one rounding, when a part is final.
pub(super) fn rounded(scoring: &Scoring<'_>, points: Fraction) -> Result<Decimal, Unscorable> {
    scoring.rule.precision.points(points)
}

fn given<'c>(
    scoring: &'c Scoring<'_>,
    unit: &'c Unit<'_>,
    inputs: &'c [Input],
    calls: &[usize],
) -> Vec<Given<'c>> {
    let all = inputs.iter().zip(calls);
    all.map(|(input, call)| Given {
        input,
        figure: figure(unit.cells.get(*call), input),
        peers: scoring
            .peers
            .get(unit.group)
            .and_then(|of_group| of_group.get(*call))
            .and_then(Option::as_ref),
    })
    .collect()
}

/// The figures of inputs with their counts, as sentences.
pub(super) fn figures(
    scoring: &Scoring<'_>,
    unit: &Unit<'_>,
    inputs: &[Input],
    calls: &[usize],
) -> Vec<Message> {
    let Some(terms) = scoring.terms(unit, None) else { return Vec::new() };
    let given = given(scoring, unit, inputs, calls);
    let case = Case { terms, given: &given };
    let names = inputs.iter().map(|input| Code(input.name().to_owned()));
    names.map(|name| case.shown(Some(&name))).collect()
}

/// The figure of a cell, or why there is none.
pub(super) fn figure(
    cell: Option<&Cell<'_>>,
    input: &Input,
) -> Result<crate::methods::case::Figure, Unscorable> {
    let input = || input.name().to_owned();
    match cell {
        Some(Cell::Known { figure, .. }) => Ok(*figure),
        Some(Cell::Missing(reason) | Cell::NotApplicable(reason)) => {
            Err(Unscorable::Missing { input: input(), reason: (*reason).clone() })
        }
        Some(Cell::OutOfBounds) => Err(Unscorable::OutOfBounds { input: input() }),
        Some(Cell::DividedByZero) => Err(Unscorable::DivisionByZero),
        Some(Cell::NoFact) | None => Err(Unscorable::NoFact { input: input() }),
    }
}
