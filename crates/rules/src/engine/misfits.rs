//! Facts and adjustments that do not fit the rules are refused before anything is scored.

use std::collections::{BTreeMap, BTreeSet};

use kernel::msg;

use super::Refused;
use crate::facts::{Adjustment, Change, Facts};
use crate::rule_set::RuleSet;

/// Units that one review may have.
const UNITS_MAX: usize = 20_000;
/// Names that a refusal lists.
const NAMES_MAX: usize = 12;

/// Unknown groups, and units that stand twice.
pub(super) fn of_units(rule: &RuleSet, facts: &Facts) -> Refused {
    let mut refused = Refused::new();
    let count = facts.units.len();
    if count > UNITS_MAX {
        refused.push(msg!(
            "单位有{count}个，最多{UNITS_MAX}个，请分开考评",
            "{count} units are more than {UNITS_MAX}; review them apart"
        ));
        return refused;
    }
    let mut known = BTreeSet::new();
    for unit in &facts.units {
        let (id, group) = (&unit.unit, &unit.group);
        if !known.insert(id.as_str()) {
            refused.push(msg!(
                "单位{id}出现两次，请核对名单",
                "the unit {id} stands twice; check the list of units"
            ));
        }
        if rule.group(group).is_none() {
            let name = &unit.name;
            refused.push(msg!(
                "{name}的组别“{group}”不在办法中，请改组别或在办法中增加",
                "the rules have no group “{group}” of {name}; change the unit's group or add it to the rules"
            ));
        }
    }
    refused
}

/// Adjustments of nobody, of figures that no rule reads, and two that change one figure.
pub(super) fn of_adjustments(
    rule: &RuleSet,
    facts: &Facts,
    adjustments: &[&Adjustment],
) -> Refused {
    let mut refused = Refused::new();
    let units: BTreeSet<&str> = facts.units.iter().map(|unit| unit.unit.as_str()).collect();
    let calls: Vec<String> = rule.calls().iter().map(|input| input.call()).collect();
    let mut changed: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for adjustment in adjustments {
        let (reference, unit) = (&adjustment.reference, &adjustment.unit);
        if !units.contains(unit.as_str()) {
            refused.push(msg!(
                "调整{reference}所指的单位{unit}不在考评范围",
                "adjustment {reference} names the unit {unit}, which is not scored"
            ));
        }
        let Change::Cell { call, .. } = &adjustment.change else { continue };
        if !calls.contains(call) {
            let list: Vec<&str> = calls.iter().take(NAMES_MAX).map(String::as_str).collect();
            let list = list.join("、");
            refused.push(msg!(
                "调整{reference}所改的“{call}”不是办法的取数；可用：{list}",
                "adjustment {reference} changes “{call}”, which the rules do not read; allowed: {list}"
            ));
        }
        if let Some(before) = changed.insert((unit, call), reference) {
            refused.push(msg!(
                "调整{before}与{reference}改的是同一数据：{unit}的“{call}”，请只留一个",
                "adjustments {before} and {reference} change one figure: “{call}” of {unit}; keep one of them"
            ));
        }
    }
    refused
}
