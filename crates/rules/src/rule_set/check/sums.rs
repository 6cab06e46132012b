//! Full marks of the items add up to the full marks of the rules, group by group.

use super::{Fraction, Problem, RuleSet, Terms, full_of, msg, path};
use crate::rule_set::item::Item;
use crate::rule_set::outcome::AbsentItems;

/// Sums that are not right.
pub(super) fn check(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    if rule.items().next().is_none() {
        return;
    }
    for group in &rule.groups {
        let terms = Terms { full: None, parameters: &group.parameters };
        let marks = |of_group: &dyn Fn(&Item) -> bool| {
            let counted = rule.items().filter(|item| of_group(item));
            let mut full = counted.filter_map(|item| item.full.as_ref());
            full.try_fold(Fraction::ZERO, |sum, full| sum.plus(terms.param(full)?))
        };
        let sum = marks(&|item| item.applies_to(&group.code.0));
        let (Ok(sum), Some(full)) = (sum, full_of(rule, group)) else { continue };
        // A group may lack items when what was earned is projected to the full marks; then all
        // items of the rules must make up the full marks.
        let is_projected = rule.absent_items == AbsentItems::Rescale && sum.is_positive();
        let all = marks(&|_| true);
        if sum == full || (is_projected && all.is_ok_and(|all| all == full)) {
            continue;
        }
        let (code, sum, full) = (&group.code.0, sum.shown(), full.shown());
        let message = msg!(
            "组别{code}各项满分合计{sum}，与办法满分{full}不符",
            "the items of group {code} add up to {sum} instead of the full marks of {full}"
        );
        wrong.push(Problem::new(path(&["满分"]), message));
    }
}
