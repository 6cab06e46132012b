//! The total of a unit: the parts as they are shown, added in the order of the rules.
//!
//! Whatever changes the sum of the items (marks that do not apply, limits, vetoes, adjustments) is a
//! part of its own, so that the parts as shown always add up to the total as shown.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::part::{self, Scored, rounded};
use super::sheet::{Outcome, Part, PartKind, Standing, UnitScore};
use super::{Scoring, Tasks, Unit};
use crate::facts::Change;
use crate::fraction::Fraction;
use crate::methods::steps::Steps;
use crate::rule_set::MINIMUM;
use crate::rule_set::outcome::{AbsentItems, Veto, VetoEffect};
use crate::unscorable::Unscorable;

type Result<T> = std::result::Result<T, Unscorable>;

/// The score of one unit, not yet ranked.
pub(super) fn score(scoring: &Scoring<'_>, unit: &Unit<'_>) -> UnitScore {
    let mut sum = Sum { scoring, unit, parts: Vec::new(), barred_by: Vec::new() };
    let applies = sum.items();
    let failed = sum.rest().err();
    if let Some(reason) = failed {
        sum.add("合计", PartKind::Absent, Outcome::Unscorable(reason));
    }
    let total = added(&sum.parts);
    let standing = match (total, applies, unit.has_too_few()) {
        (_, _, true) => Standing::TooFewTasks,
        (None, ..) => Standing::Unscorable,
        (Some(_), Applies::Nothing, _) => Standing::NothingApplies,
        // A place is given when all of the group are known.
        (Some(_), Applies::Something, _) => {
            Standing::Ranked { rank: Decimal::ZERO, of: 0, shared_by: 0 }
        }
    };
    let amounts = sum.amounts();
    let adjusted = scoring.adjustments.iter().filter(|one| one.unit == unit.id);
    UnitScore {
        unit: unit.id.to_owned(),
        group: scoring.group(unit).map(|group| group.code.0.clone()).unwrap_or_default(),
        total,
        standing,
        net_amount: None,
        amounts,
        barred_by: sum.barred_by,
        adjusted_by: adjusted.map(|one| one.reference.clone()).collect(),
        parts: sum.parts,
    }
}

#[derive(Clone, Copy)]
enum Applies {
    Something,
    Nothing,
}

struct Sum<'s, 'a> {
    scoring: &'s Scoring<'a>,
    unit: &'s Unit<'a>,
    parts: Vec<Part>,
    barred_by: Vec<String>,
}

impl<'a> Sum<'_, 'a> {
    /// The items of the dimensions; says whether any applies.
    fn items(&mut self) -> Applies {
        let mut applies = Applies::Nothing;
        for placed in &self.scoring.items {
            let scored = part::score(self.scoring, self.unit, placed, &mut Steps::silent());
            if !matches!(scored.outcome, Outcome::NotApplicable(_)) {
                applies = Applies::Something;
            }
            self.push(&placed.item.code.0, PartKind::Item, scored);
        }
        if self.scoring.items.is_empty() { Applies::Something } else { applies }
    }

    /// Everything after the items, in the order in which it is applied.
    fn rest(&mut self) -> Result<()> {
        if let Tasks::Unknown(reason) = &self.unit.tasks {
            let outcome = Outcome::Unscorable(reason.clone());
            self.add(MINIMUM, PartKind::TaskCount, outcome);
        }
        let struck = self.struck();
        self.cleared(&struck)?;
        self.absent()?;
        self.bonuses()?;
        for veto in &struck {
            if let VetoEffect::Deduct(points) = &veto.effect {
                let points = rounded(self.scoring, Fraction::from(-*points))?;
                self.add(&veto.code.0, PartKind::Veto, Outcome::Points(points));
            }
        }
        self.adjustments()?;
        for veto in &struck {
            if let VetoEffect::Cap(cap) = &veto.effect {
                let cap = rounded(self.scoring, (*cap).into())?;
                let over = added(&self.parts).and_then(|total| total.checked_sub(cap));
                if let Some(over) = over.filter(|over| *over > Decimal::ZERO) {
                    self.add(&veto.code.0, PartKind::Veto, Outcome::Points(-over));
                }
            }
        }
        Ok(())
    }

    /// Takes the points of items that vetoes clear; what one veto has cleared no other takes again.
    fn cleared(&mut self, struck: &[&Veto]) -> Result<()> {
        let mut cleared: BTreeSet<&str> = BTreeSet::new();
        for veto in struck {
            let VetoEffect::Clear(codes) = &veto.effect else { continue };
            let mut lost = Decimal::ZERO;
            for code in codes.iter().filter(|code| cleared.insert(&code.0)) {
                let of_items = self.parts.iter().filter(|part| part.kind == PartKind::Item);
                let points = of_items.filter(|part| part.code == code.0).find_map(Part::points);
                let points = points.unwrap_or(Decimal::ZERO);
                lost = lost.checked_add(points).ok_or(Unscorable::Overflow)?;
            }
            let taken = Decimal::ZERO.checked_sub(lost).ok_or(Unscorable::Overflow)?;
            self.add(&veto.code.0, PartKind::Veto, Outcome::Points(taken));
        }
        Ok(())
    }

    /// The vetoes that strike; one that cannot be decided makes the unit unscorable.
    fn struck(&mut self) -> Vec<&'a Veto> {
        let (scoring, unit) = (self.scoring, self.unit);
        let group = scoring.group(unit).map_or("", |group| group.code.0.as_str());
        let mut struck = Vec::new();
        for (veto, calls) in scoring.rule.vetoes.iter().zip(&scoring.vetoes) {
            if !veto.groups.is_empty() && !veto.groups.iter().any(|code| code.0 == group) {
                continue;
            }
            match part::holds(scoring, unit, &veto.inputs.0, calls, &veto.conditions) {
                Ok(false) => {}
                Ok(true) => {
                    if veto.bars_award || matches!(veto.effect, VetoEffect::EligibilityOnly(_)) {
                        self.barred_by.push(veto.code.0.clone());
                    }
                    struck.push(veto);
                }
                Err(reason) => {
                    let outcome = Outcome::Unscorable(reason);
                    self.add(&veto.code.0, PartKind::Veto, outcome);
                }
            }
        }
        struck
    }

    /// What items that do not apply are worth.
    fn absent(&mut self) -> Result<()> {
        let Some(group) = self.scoring.group(self.unit) else { return Ok(()) };
        let bare = crate::methods::case::Terms { full: None, parameters: &group.parameters };
        let full = bare.param(&self.scoring.rule.full)?;
        let (mut applicable, mut unit_absent) = (Fraction::ZERO, Fraction::ZERO);
        for (placed, part) in self.scoring.items.iter().zip(&self.parts) {
            let marks = placed.full.get(self.unit.group).copied().flatten();
            let marks = marks.unwrap_or(Fraction::ZERO);
            let is_of_group = placed.applies.get(self.unit.group) == Some(&true);
            if !matches!(part.outcome, Outcome::NotApplicable(_)) {
                applicable = applicable.plus(marks)?;
            } else if is_of_group {
                unit_absent = unit_absent.plus(marks)?;
            }
        }
        let worth = match self.scoring.rule.absent_items {
            AbsentItems::Nothing => return Ok(()),
            AbsentItems::Full => unit_absent,
            AbsentItems::Rescale if applicable == full || !applicable.is_positive() => {
                return Ok(());
            }
            AbsentItems::Rescale => {
                let Some(earned) = added(&self.parts) else { return Ok(()) };
                let earned = Fraction::from(earned);
                earned.times(full)?.over(applicable)?.minus(earned)?
            }
        };
        if !worth.is_zero() {
            let points = rounded(self.scoring, worth)?;
            self.add("缺项", PartKind::Absent, Outcome::Points(points));
        }
        Ok(())
    }

    fn bonuses(&mut self) -> Result<()> {
        let before = self.parts.len();
        for placed in &self.scoring.bonuses {
            if placed.applies.get(self.unit.group) != Some(&true) {
                continue;
            }
            let scored = part::score(self.scoring, self.unit, placed, &mut Steps::silent());
            self.push(&placed.item.code.0, PartKind::Bonus, scored);
        }
        let Some(most) = &self.scoring.rule.bonus_max else { return Ok(()) };
        let Some(terms) = self.scoring.terms(self.unit, None) else { return Ok(()) };
        let most = rounded(self.scoring, terms.param(most)?)?;
        let together = added(self.parts.get(before..).unwrap_or_default());
        if let Some(over) =
            together.and_then(|sum| sum.checked_sub(most)).filter(|over| *over > Decimal::ZERO)
        {
            self.add("加分上限", PartKind::BonusLimit, Outcome::Points(-over));
        }
        Ok(())
    }

    fn adjustments(&mut self) -> Result<()> {
        let scoring = self.scoring;
        for one in scoring.adjustments.iter().filter(|one| one.unit == self.unit.id) {
            if let Change::Points(points) = &one.change {
                let points = rounded(self.scoring, (*points).into())?;
                self.add(&one.reference, PartKind::Adjustment, Outcome::Points(points));
            }
        }
        Ok(())
    }

    fn amounts(&self) -> Vec<Part> {
        let applying = self
            .scoring
            .amounts
            .iter()
            .filter(|placed| placed.applies.get(self.unit.group) == Some(&true));
        applying
            .map(|placed| {
                let scored = part::score(self.scoring, self.unit, placed, &mut Steps::silent());
                let code = placed.item.code.0.clone();
                let Scored { outcome, is_disputed } = scored;
                Part { code, kind: PartKind::Amount, outcome, is_disputed }
            })
            .collect()
    }

    fn add(&mut self, code: &str, kind: PartKind, outcome: Outcome) {
        self.push(code, kind, Scored { outcome, is_disputed: false });
    }

    fn push(&mut self, code: &str, kind: PartKind, scored: Scored) {
        let Scored { outcome, is_disputed } = scored;
        self.parts.push(Part { code: code.to_owned(), kind, outcome, is_disputed });
    }
}

/// The sum of the parts; none when one cannot be scored or the sum has no room.
pub(super) fn added(parts: &[Part]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, part| match &part.outcome {
        Outcome::Points(points) => sum.checked_add(*points),
        Outcome::NotApplicable(_) => Some(sum),
        Outcome::Unscorable(_) => None,
    })
}
