//! Full marks of the items add up to the full marks of the rules, group by group.

use super::{Fraction, Problem, RuleSet, Terms, full_of, msg, path};
use crate::rule_set::outcome::AbsentItems;

/// Sums that are not right.
pub(super) fn check(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    if rule.items().next().is_none() {
        return;
    }
    for group in &rule.groups {
        let terms = Terms { full: None, parameters: &group.parameters };
        let applying = rule.items().filter(|item| item.applies_to(&group.code.0));
        let sum = applying
            .filter_map(|item| item.full.as_ref())
            .try_fold(Fraction::ZERO, |sum, full| sum.plus(terms.param(full)?));
        let (Ok(sum), Some(full)) = (sum, full_of(rule, group)) else { continue };
        // Fewer marks are right when what was earned is projected to the full marks.
        let may_be_less = rule.absent_items == AbsentItems::Rescale && sum.is_positive();
        if sum == full || (sum < full && may_be_less) {
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
