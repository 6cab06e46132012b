//! The rule set as a whole: counted twice, no word about ties, bonuses without a common limit.

use kernel::{Text, msg, text};

use super::{Finding, Severity, items, path};
use crate::fraction::Fraction;
use crate::rule_set::RuleSet;
use crate::rule_set::input::Input;
use crate::rule_set::item::Item;
use crate::rule_set::outcome::TieMode;
use crate::rule_set::param::Param;

const TWICE: Text = text!(
    "同一结果计两次分，权重就不是公布的权重；请只留一处",
    "one result scored twice has not the weight that was published; keep one of them"
);
const TIES: Text = text!(
    "没有并列规则，同分时名次由排版决定",
    "without a rule for ties, equal scores are ranked by accident"
);
const LINE: Text = text!(
    "并列跨线时谁入选，要由办法写明",
    "the rules must say who is taken when a tie crosses the line"
);
const SHARE: Text = text!(
    "加分合计超过满分的一成，名次由加分决定",
    "bonuses above a tenth of the full marks decide the ranks"
);
const SMALL: Text = text!(
    "任务很少的单位，比率大起大落；应规定最少任务数",
    "rates of few tasks swing widely; say from how many tasks on a unit is ranked"
);
const COSMETIC: Text = text!(
    "差0.03分分不出高下；可规定最小分差，不足的并列",
    "0.03 points part nobody; say which gap separates ranks"
);

/// What only the whole shows.
pub(super) fn look(rule: &RuleSet, findings: &mut Vec<Finding>) {
    twice(rule, findings);
    ties(rule, findings);
    bonuses(rule, findings);
    let has_rates = rule.items().any(|item| item.inputs.0.iter().any(|input| input.unit() == "%"));
    if has_rates && rule.minimum.is_none() {
        let message = msg!("没有“最少任务”", "there is no 最少任务");
        findings.push(finding(Severity::Hint, "small_numbers", &["最少任务"], message, SMALL));
    }
}

fn finding(
    severity: Severity,
    kind: &'static str,
    words: &[&str],
    message: kernel::Message,
    because: Text,
) -> Finding {
    Finding { severity, kind, path: path(words), message, because }
}

/// Whether two inputs read the same records: one measure, and no parameter that both name says
/// otherwise. A parameter that one leaves out stands for its usual value or for everything.
fn overlap(one: &Input, other: &Input) -> bool {
    let (a, b) = (&one.fields, &other.fields);
    let agrees = |(name, value)| b.parameters.get(name).is_none_or(|other| other == value);
    a.measure == b.measure && a.parameters.iter().all(agrees)
}

fn twice(rule: &RuleSet, findings: &mut Vec<Finding>) {
    let scored: Vec<(&Item, &Input)> = items(rule)
        .into_iter()
        .flat_map(|(_, item)| item.inputs.0.iter().map(move |input| (item, input)))
        .collect();
    // Items for different groups never count for the same unit.
    let meet = |a: &Item, b: &Item| {
        rule.groups.iter().any(|g| a.applies_to(&g.code.0) && b.applies_to(&g.code.0))
    };
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for (n, (item, input)) in scored.iter().enumerate() {
        let clash = |(other, read): &&(&Item, &Input)| {
            item.code != other.code && overlap(input, read) && meet(item, other)
        };
        let mut codes = vec![item.code.0.as_str()];
        codes.extend(scored.iter().skip(n + 1).filter(clash).map(|(o, _)| o.code.0.as_str()));
        codes.dedup();
        let call = input.fields.measure.0.as_str();
        let is_told = |(of, all): &(&str, Vec<&str>)| {
            *of == call && codes.iter().all(|code| all.contains(code))
        };
        if codes.len() < 2 || told.iter().any(is_told) {
            continue;
        }
        let list = codes.join("、");
        told.push((call, codes));
        let message = msg!("“{call}”在{list}里都计分", "“{call}” is scored in {list}");
        findings.push(finding(Severity::Warning, "double_counting", &["维度"], message, TWICE));
    }
}

fn ties(rule: &RuleSet, findings: &mut Vec<Finding>) {
    match &rule.ties {
        None => {
            let message = msg!("没有“并列”", "there is no 并列");
            findings.push(finding(Severity::Warning, "no_tie_rule", &["并列"], message, TIES));
        }
        Some(ties) if ties.least_gap.is_none() => {
            let message = msg!("没有“最小分差”", "there is no 最小分差");
            findings.push(finding(Severity::Hint, "no_least_gap", &["并列"], message, COSMETIC));
        }
        Some(_) => {}
    }
    let is_mean = rule.ties.as_ref().is_some_and(|ties| ties.mode == TieMode::Mean);
    for one in rule.consequences.iter().filter(|one| one.places.is_some()) {
        if one.at_the_line.is_none() && !is_mean {
            let code = &one.code.0;
            let message =
                msg!("结果运用{code}没有写“并列”", "consequence {code} does not say 并列");
            let at = ["结果运用", code.as_str()];
            findings.push(finding(Severity::Hint, "tie_at_the_line", &at, message, LINE));
        }
    }
}

fn bonuses(rule: &RuleSet, findings: &mut Vec<Finding>) {
    if rule.bonuses.is_empty() {
        return;
    }
    let caps = rule.bonuses.iter().filter_map(|item| item.full.as_ref()?.fixed());
    let sum = caps.map(Fraction::from).try_fold(Fraction::ZERO, Fraction::plus);
    let most = rule.bonus_max.as_ref().and_then(Param::fixed).map(Fraction::from);
    let most = sum.map(|sum| most.map_or(sum, |most| most.min(sum)));
    let Some(full) = rule.full.fixed().map(Fraction::from) else { return };
    let is_large = most.and_then(|most| most.times(Fraction::whole(10))).is_ok_and(|it| it > full);
    if is_large {
        let message = if rule.bonus_max.is_some() {
            msg!("“加分上限”超过满分的一成", "加分上限 is above a tenth of the full marks")
        } else {
            msg!("没有“加分上限”", "there is no 加分上限")
        };
        findings.push(finding(Severity::Warning, "bonus_share", &["加分上限"], message, SHARE));
    }
}
