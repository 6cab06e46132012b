//! What past months show: items that part nobody, and groups whose units are not alike.

use kernel::{Text, msg, text};

use super::{Finding, Severity, items};
use crate::engine::sheet::{Outcome, Sheet, UnitScore};
use crate::fraction::Fraction;
use crate::methods::case::Terms;
use crate::rule_set::RuleSet;
use crate::rule_set::item::Item;

const FLAT: Text = text!(
    "没有区分度：各单位得分几乎相同，等于送分；可提高标准或取消该项",
    "no discriminating power: everybody gets nearly the same, which is a gift; raise the standard or drop the item"
);
const UNLIKE: Text = text!(
    "同组单位不同类：一部分单位没有这项工作，折算后相互不可比；可分设组别",
    "unlike units in one group: some have no such work, and what is rescaled cannot be compared; make groups of their own"
);

/// Findings from sheets of the same rules over past months.
pub fn lint_past(rule: &RuleSet, sheets: &[Sheet]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, item) in items(rule) {
        for group in rule.groups.iter().filter(|group| item.applies_to(&group.code.0)) {
            let code = group.code.0.as_str();
            let terms = Terms { full: None, parameters: &group.parameters };
            let full = terms.optional(item.full.as_ref()).ok().flatten();
            let is_flat = !sheets.is_empty()
                && full.is_some_and(|full| {
                    sheets.iter().all(|sheet| is_flat(&of_group(sheet, code), item, full))
                });
            let (item_code, group_name) = (&item.code.0, &group.name.0);
            if is_flat {
                findings.push(Finding {
                    severity: Severity::Warning,
                    kind: "no_discrimination",
                    path: path.clone(),
                    message: msg!(
                        "项目{item_code}在{group_name}各月的差距都不到满分的5%",
                        "item {item_code} spread by less than 5% of full marks in {group_name} in every month"
                    ),
                    because: FLAT,
                });
            }
            if sheets.iter().any(|sheet| is_split(&of_group(sheet, code), item)) {
                findings.push(Finding {
                    severity: Severity::Warning,
                    kind: "unlike_units",
                    path: path.clone(),
                    message: msg!(
                        "项目{item_code}只适用于{group_name}的一部分单位",
                        "item {item_code} applies to a part of the units in {group_name} only"
                    ),
                    because: UNLIKE,
                });
            }
        }
    }
    findings
}

fn of_group<'s>(sheet: &'s Sheet, group: &str) -> Vec<&'s UnitScore> {
    sheet.units.iter().filter(|unit| unit.group == group).collect()
}

/// At least three units, and the distance between best and worst is below a twentieth.
fn is_flat(units: &[&UnitScore], item: &Item, full: Fraction) -> bool {
    let points = units.iter().filter_map(|unit| unit.part(&item.code.0)?.points());
    let points: Vec<_> = points.collect();
    let (Some(least), Some(most)) = (points.iter().min(), points.iter().max()) else {
        return false;
    };
    let spread = most.checked_sub(*least).map(Fraction::from);
    let twentyfold = spread.and_then(|spread| spread.times(Fraction::whole(20)).ok());
    points.len() >= 3 && twentyfold.is_some_and(|spread| spread < full)
}

/// Between a quarter and three quarters of at least four units have no such work.
fn is_split(units: &[&UnitScore], item: &Item) -> bool {
    let outcomes = units.iter().filter_map(|unit| unit.part(&item.code.0));
    let absent = outcomes.filter(|part| matches!(part.outcome, Outcome::NotApplicable(_))).count();
    let all = units.len();
    all >= 4 && absent * 4 >= all && absent * 4 <= all * 3
}
