//! The smallest change that would have gained a rank: the unit's own records decided the other way.
//!
//! It scores the group again with changed counts; nothing is estimated. What the room offers as
//! flips are single records whose outcome changed, such as one item closed in time that was late.

use rust_decimal::Decimal;

use crate::engine::sheet::{Sheet, UnitScore};
use crate::engine::{Refused, Scoring};
use crate::facts::{Adjustment, Change, Fact, Facts, State, Value};
use crate::rule_set::RuleSet;

/// Records that are tried; each is one scoring of the group.
const FLIPS_MAX: usize = 50;

/// One record decided the other way, and what that does to the counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flip {
    /// The record.
    pub record: String,
    /// What changes, by the call of the measure.
    pub changes: Vec<CountChange>,
}

/// How counts change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountChange {
    /// The call of the measure.
    pub call: String,
    /// Added to the number, or to the numerator of a rate.
    pub numerator: Decimal,
    /// Added to the denominator of a rate.
    pub denominator: Decimal,
}

/// What would have gained a rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The records, in the order in which they help.
    pub records: Vec<String>,
    /// The total that the unit would have had.
    pub total: Decimal,
    /// The rank that it would have had.
    pub rank: Decimal,
}

/// The fewest of the unit's flips that lift its rank; none when no number of them does.
///
/// One record is tried after the other; if none lifts it alone, the most helpful are taken together
/// until the rank moves, those that change nothing alone after them, since a step may be reached only
/// jointly. What is not needed is then left out again: of what is answered none can be spared, though
/// another choice may be as short.
pub fn smallest_gain(
    rule: &RuleSet,
    facts: &Facts,
    adjustments: &[Adjustment],
    unit: &str,
    flips: &[Flip],
) -> Result<Option<Gain>, Refused> {
    let Some(own) = facts.units.iter().find(|known| known.unit == unit) else { return Ok(None) };
    let (facts, adjustments) = facts.of_group(adjustments, &own.group);
    Scoring::new(rule, &facts, &adjustments)?;
    let (facts, adjustments) = upheld(facts, adjustments);
    let group = Group { rule, facts, adjustments, unit };
    let Some((total, rank)) = group.place(&[])? else { return Ok(None) };
    let mut helpful: Vec<(Decimal, &Flip)> = Vec::new();
    for flip in flips.iter().take(FLIPS_MAX) {
        let Some(changed) = group.place(&[flip])? else { continue };
        if changed.1 < rank {
            return Ok(Some(gain(&[flip], changed)));
        }
        helpful.extend(changed.0.checked_sub(total).map(|more| (more, flip)));
    }
    helpful.retain(|(more, _)| *more >= Decimal::ZERO);
    // The sort is stable: equals keep the order in which the room offers them.
    helpful.sort_by_key(|(more, _)| std::cmp::Reverse(*more));
    let ordered: Vec<&Flip> = helpful.into_iter().map(|(_, flip)| flip).collect();
    for count in 2..=ordered.len() {
        let together = ordered.get(..count).unwrap_or_default();
        if let Some(changed) = group.place(together)?.filter(|changed| changed.1 < rank) {
            return group.needed(together, changed, rank).map(Some);
        }
    }
    Ok(None)
}

/// The facts as adjustments left them, so that a record changes the figure that counts; what is left
/// are points.
pub(crate) fn upheld(mut facts: Facts, adjustments: Vec<Adjustment>) -> (Facts, Vec<Adjustment>) {
    let mut points = Vec::new();
    for adjustment in adjustments {
        let Change::Cell { call, fact } = &adjustment.change else {
            points.push(adjustment);
            continue;
        };
        if let Some(own) = facts.units.iter_mut().find(|known| known.unit == adjustment.unit) {
            own.facts.insert(call.clone(), fact.clone());
        }
    }
    (facts, points)
}

fn gain(flips: &[&Flip], (total, rank): (Decimal, Decimal)) -> Gain {
    Gain { records: flips.iter().map(|flip| flip.record.clone()).collect(), total, rank }
}

struct Group<'a> {
    rule: &'a RuleSet,
    facts: Facts,
    adjustments: Vec<Adjustment>,
    unit: &'a str,
}

impl Group<'_> {
    /// Leaves out what is not needed to gain a rank, the least helpful first.
    fn needed(
        &self,
        together: &[&Flip],
        mut found: (Decimal, Decimal),
        rank: Decimal,
    ) -> Result<Gain, Refused> {
        let mut needed = together.to_vec();
        for n in (0..together.len()).rev() {
            let mut fewer = needed.clone();
            fewer.remove(n);
            if let Some(changed) = self.place(&fewer)?.filter(|changed| changed.1 < rank) {
                (needed, found) = (fewer, changed);
            }
        }
        Ok(gain(&needed, found))
    }

    /// Total and rank of the unit with these records decided the other way.
    fn place(&self, flips: &[&Flip]) -> Result<Option<(Decimal, Decimal)>, Refused> {
        let mut facts = self.facts.clone();
        if let Some(own) = facts.units.iter_mut().find(|known| known.unit == self.unit) {
            for change in flips.iter().flat_map(|flip| &flip.changes) {
                if let Some(fact) = own.facts.get_mut(&change.call) {
                    apply(fact, change);
                }
            }
        }
        let sheet: Sheet = Scoring::new(self.rule, &facts, &self.adjustments)?.sheet();
        Ok(sheet.unit(self.unit).and_then(|score: &UnitScore| score.total.zip(score.rank())))
    }
}

fn apply(fact: &mut Fact, change: &CountChange) {
    let value = match &mut fact.state {
        State::Known(value) | State::Disputed(value, _) => value,
        State::NotApplicable(_) | State::Missing(_) => return,
    };
    match value {
        // An objection may have credited a record already: it is not counted twice.
        Value::Number(number) => {
            let least = (*number).min(Decimal::ZERO);
            *number = number.checked_add(change.numerator).unwrap_or(*number).max(least);
        }
        Value::Ratio { numerator, denominator } => {
            let (least, most) = ((*numerator).min(Decimal::ZERO), (*numerator).max(*denominator));
            let changed = numerator.checked_add(change.numerator).unwrap_or(*numerator);
            *numerator = changed.max(least).min(most);
            *denominator = denominator.checked_add(change.denominator).unwrap_or(*denominator);
        }
    }
}
