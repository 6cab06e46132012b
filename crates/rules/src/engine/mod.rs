//! The engine: a rule set and facts in, a sheet out. Equal inputs give equal bytes.

mod amounts;
mod cells;
mod consequences;
mod demotions;
mod misfits;
mod part;
mod ranking;
pub mod sheet;
mod total;

use std::collections::BTreeMap;

use kernel::Message;

use crate::document::Code;
use crate::facts::{Adjustment, Facts};
use crate::fraction::Fraction;
use crate::methods::case::Terms;
use crate::methods::peers::Peers;
use crate::methods::steps::Steps;
use crate::rule_set::condition::Gate;
use crate::rule_set::demotion::Demotion;
use crate::rule_set::input::Input;
use crate::rule_set::item::Item;
use crate::rule_set::outcome::Veto;
use crate::rule_set::param::Param;
use crate::rule_set::{Group, RuleSet};
use crate::unscorable::Unscorable;
use cells::Cell;
use sheet::{Outcome, Sheet, UnitScore};

/// The version of what scores mean; it stands on every sheet.
pub const ENGINE: &str = "duban-rules-1";

/// A review made ready: figures in place, groups compared.
pub struct Scoring<'a> {
    rule: &'a RuleSet,
    facts: &'a Facts,
    /// The adjustments by unit, reference and what they change.
    adjustments: Vec<&'a Adjustment>,
    /// The calls of measures, by place.
    calls: Vec<&'a Input>,
    /// The units by identifier.
    units: Vec<Unit<'a>>,
    items: Vec<Placed<'a>>,
    bonuses: Vec<Placed<'a>>,
    amounts: Vec<Placed<'a>>,
    vetoes: Vec<Vec<usize>>,
    consequences: Vec<Vec<usize>>,
    demotions: Vec<Vec<usize>>,
    /// For each group and call the figures to compare with, where a method compares.
    peers: Vec<Vec<Option<Peers>>>,
}

/// A unit with its cells.
struct Unit<'a> {
    id: &'a str,
    name: &'a str,
    group: usize,
    cells: Vec<Cell<'a>>,
    tasks: Tasks,
}

/// Whether a unit has as many tasks as the rules demand for a rank.
enum Tasks {
    Enough,
    TooFew,
    Unknown(Unscorable),
}

impl Unit<'_> {
    /// Whether it is neither ranked nor compared with.
    const fn has_too_few(&self) -> bool {
        matches!(self.tasks, Tasks::TooFew)
    }
}

/// An item with the places of its inputs and, for each group, its full marks.
struct Placed<'a> {
    item: &'a Item,
    calls: Vec<usize>,
    applies: Vec<bool>,
    full: Vec<Option<Fraction>>,
    worth: Worth,
}

/// In what an item is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    Points,
    Money,
}

/// What the facts lack so that they cannot be scored at all.
pub type Refused = Vec<Message>;

impl<'a> Scoring<'a> {
    /// Puts everything in place; refuses facts that do not fit the rules.
    pub fn new(
        rule: &'a RuleSet,
        facts: &'a Facts,
        adjustments: &'a [Adjustment],
    ) -> Result<Self, Refused> {
        let adjustments = Adjustment::ordered(adjustments);
        let mut refused = misfits::of_units(rule, facts);
        if refused.is_empty() {
            refused = misfits::of_adjustments(rule, facts, &adjustments);
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        let calls = rule.calls();
        let keys: Vec<String> = calls.iter().map(|input| input.call()).collect();
        let places: BTreeMap<&str, usize> =
            keys.iter().enumerate().map(|(place, key)| (key.as_str(), place)).collect();
        let at = |inputs: &[Input]| -> Vec<usize> {
            inputs.iter().filter_map(|input| places.get(input.call().as_str()).copied()).collect()
        };
        let placed = |items: &'a [Item], worth: Worth| -> Vec<Placed<'a>> {
            items.iter().map(|item| Placed::new(item, rule, at(&item.inputs.0), worth)).collect()
        };
        let units = cells::units(rule, facts, &adjustments, &keys);
        let mut scoring = Self {
            rule,
            facts,
            adjustments,
            units,
            items: rule
                .dimensions
                .iter()
                .flat_map(|one| placed(&one.items, Worth::Points))
                .collect(),
            bonuses: placed(&rule.bonuses, Worth::Points),
            amounts: placed(&rule.amounts, Worth::Money),
            vetoes: rule.vetoes.iter().map(|one| at(&one.inputs.0)).collect(),
            consequences: rule.consequences.iter().map(|one| at(&one.inputs.0)).collect(),
            demotions: rule.demotions.iter().map(|one| at(&one.inputs.0)).collect(),
            peers: Vec::new(),
            calls,
        };
        scoring.peers = scoring.compared();
        Ok(scoring)
    }

    /// The sheet of all units.
    pub fn sheet(&self) -> Sheet {
        let mut units: Vec<UnitScore> =
            self.units.iter().map(|unit| total::score(self, unit)).collect();
        amounts::even_out(self, &mut units);
        for group in &self.rule.groups {
            ranking::rank(self.rule, &group.code.0, &mut units);
        }
        let mut proposals = consequences::propose(self, &units);
        demotions::lower(self, &units, &mut proposals);
        Sheet {
            engine: ENGINE.to_owned(),
            period: self.facts.period.clone(),
            rule: self.rule.hash(),
            units,
            proposals,
        }
    }

    /// The rule set.
    pub const fn rule(&self) -> &RuleSet {
        self.rule
    }

    /// The adjustments by unit and reference.
    pub(crate) fn adjustments(&self) -> &[&'a Adjustment] {
        &self.adjustments
    }

    /// The facts.
    pub const fn facts(&self) -> &Facts {
        self.facts
    }

    /// The name of a unit.
    pub(crate) fn name(&self, unit: &str) -> Option<&str> {
        Some(self.unit(unit)?.name)
    }

    /// Scores an item of a unit once more, to hear its steps; what it comes to by itself.
    pub(crate) fn again(&self, unit: &str, item: &Item, steps: &mut Steps) -> Option<Outcome> {
        let all = self.items.iter().chain(&self.bonuses).chain(&self.amounts);
        let placed = all.into_iter().find(|placed| std::ptr::eq(placed.item, item))?;
        Some(part::score(self, self.unit(unit)?, placed, steps).outcome)
    }

    /// The full marks of an item for a unit's group, if it applies.
    pub(crate) fn full(&self, unit: &str, item: &Item) -> Option<Fraction> {
        let group = self.group(self.unit(unit)?)?;
        let terms = Terms { full: None, parameters: &group.parameters };
        terms.optional(item.full.as_ref()).ok().flatten().filter(|_| item.applies_to(&group.code.0))
    }

    /// The full marks of an item by the number of a unit's group, whether it applies to it or not.
    pub(crate) fn marks_of(&self, unit: &str, item: &Item) -> Option<Fraction> {
        item.full.as_ref().and_then(|full| self.number(unit, full))
    }

    /// A number of the rules for a unit's group.
    pub(crate) fn number(&self, unit: &str, param: &Param) -> Option<Fraction> {
        self.terms(self.unit(unit)?, None)?.param(param).ok()
    }

    /// The figures that a veto reads of a unit, as sentences.
    pub(crate) fn figures(&self, unit: &str, veto: &Veto) -> Vec<Message> {
        let place = self.rule.vetoes.iter().position(|one| std::ptr::eq(one, veto));
        let calls = place.and_then(|place| self.vetoes.get(place));
        let found = self.unit(unit).zip(calls);
        found
            .map_or_else(Vec::new, |(unit, calls)| part::figures(self, unit, &veto.inputs.0, calls))
    }

    /// The figure that a ground for lowering reads of a unit; the first when no name is said.
    pub(crate) fn figure(&self, unit: &str, demotion: &Demotion, name: Option<&Code>) -> Message {
        let place = self.rule.demotions.iter().position(|one| std::ptr::eq(one, demotion));
        let calls = place.and_then(|place| self.demotions.get(place));
        let inputs = &demotion.inputs.0;
        let at = inputs.iter().position(|input| name.is_none_or(|name| name.0 == input.name()));
        let said = self.unit(unit).zip(calls).zip(at).and_then(|((unit, calls), at)| {
            part::figures(self, unit, inputs, calls).into_iter().nth(at)
        });
        said.unwrap_or_else(|| Message { zh: String::new(), en: String::new() })
    }

    fn unit(&self, id: &str) -> Option<&Unit<'a>> {
        let found = self.units.binary_search_by(|unit| unit.id.cmp(id)).ok()?;
        self.units.get(found)
    }

    fn group(&self, unit: &Unit<'_>) -> Option<&'a Group> {
        self.rule.groups.get(unit.group)
    }

    fn terms(&self, unit: &Unit<'_>, full: Option<Fraction>) -> Option<Terms<'a>> {
        Some(Terms { full, parameters: &self.group(unit)?.parameters })
    }

    /// The figures of each group for each call that some method compares.
    fn compared(&self) -> Vec<Vec<Option<Peers>>> {
        let mut is_compared = vec![false; self.calls.len()];
        for placed in self.items.iter().chain(&self.bonuses).chain(&self.amounts) {
            if placed.item.method.scoring().is_relative() {
                for call in &placed.calls {
                    if let Some(slot) = is_compared.get_mut(*call) {
                        *slot = true;
                    }
                }
            }
        }
        let of_group = |group: usize| -> Vec<Option<Peers>> {
            let members =
                || self.units.iter().filter(move |unit| unit.group == group && !unit.has_too_few());
            let places = is_compared.iter().enumerate();
            places
                .map(|(call, is_compared)| {
                    let known = || members().filter_map(move |unit| unit.cells.get(call)?.value());
                    is_compared.then(|| Peers::new(known().collect()))
                })
                .collect()
        };
        (0..self.rule.groups.len()).map(of_group).collect()
    }
}

impl<'a> Placed<'a> {
    fn new(item: &'a Item, rule: &'a RuleSet, calls: Vec<usize>, worth: Worth) -> Self {
        let full = rule.groups.iter().map(|group| {
            let terms = Terms { full: None, parameters: &group.parameters };
            terms.optional(item.full.as_ref()).ok().flatten()
        });
        Self {
            item,
            calls,
            applies: rule.groups.iter().map(|group| item.applies_to(&group.code.0)).collect(),
            full: full.collect(),
            worth,
        }
    }

    fn gate(&self) -> Option<&'a Gate> {
        self.item.gate.as_ref()
    }
}
