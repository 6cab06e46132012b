//! What 降档 names: levels that are awards, grounds that can hold.

use super::references::{Found, inside, no_item, of_groups, of_inputs};
use super::{Problem, RuleSet, conditions, msg, path};
use crate::document::Code;
use crate::rule_set::demotion::{Demotion, Ground};

/// What is wrong with ladders of awards.
pub(super) fn check(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    for one in &rule.demotions {
        let mut found = Found::new();
        of_groups(rule, &one.groups, &mut found);
        inside(rule, &one.groups, one, &one.inputs, &mut found);
        levels(rule, one, &mut found);
        grounds(rule, one, &mut found);
        let base = path(&["降档", &one.code.0]);
        wrong.extend(found.into_iter().map(|(at, m)| Problem::new([base.clone(), at].concat(), m)));
    }
}

fn levels(rule: &RuleSet, one: &Demotion, found: &mut Found) {
    let awards: Vec<&Code> =
        rule.consequences.iter().filter(|one| one.is_award).map(|one| &one.code).collect();
    let allowed: Vec<&str> = awards.iter().map(|code| code.0.as_str()).collect();
    let list = if allowed.is_empty() { "—".to_owned() } else { allowed.join("、") };
    if one.levels.is_empty() {
        let message =
            msg!("至少要有一个奖项，从高到低写", "at least one award is needed, the best first");
        found.push((path(&["奖项"]), message));
    }
    for (index, code) in one.levels.iter().enumerate() {
        let name = &code.0;
        if !awards.contains(&code) {
            let message = msg!(
                "“{name}”不是结果运用里的评优事项（写有“评优: 是”）；可用：{list}",
                "“{name}” is no award among the consequences (评优: 是); allowed: {list}"
            );
            found.push((path(&["奖项"]), message));
        } else if one.levels.iter().take(index).any(|other| other == code) {
            let message = msg!("奖项“{name}”写了两次", "the award “{name}” stands twice");
            found.push((path(&["奖项"]), message));
        }
    }
    if one.none_from == Some(0) {
        let message = msg!("“取消”至少写1项", "from one ground on, at least");
        found.push((path(&["取消"]), message));
    }
}

fn grounds(rule: &RuleSet, one: &Demotion, found: &mut Found) {
    if one.grounds.is_empty() {
        let message = msg!("至少要有一项事由", "at least one ground is needed");
        found.push((path(&["事由"]), message));
    }
    if one.grounds.iter().any(|ground| matches!(ground, Ground::Figure(_))) {
        of_inputs(&one.inputs, found);
    }
    let items: Vec<&str> = rule.items().map(|item| item.code.0.as_str()).collect();
    for (index, ground) in one.grounds.iter().enumerate() {
        let place = (index + 1).to_string();
        match ground {
            Ground::Figure(condition) => {
                let words = ["事由", place.as_str(), ground.word()];
                conditions(std::slice::from_ref(condition), &words, found);
            }
            Ground::Points(short) => {
                let at = path(&["事由", &place, ground.word(), "项目"]);
                if short.items.is_empty() {
                    let message = msg!("至少要有一个项目", "at least one item is needed");
                    found.push((at.clone(), message));
                }
                for code in short.items.iter().filter(|code| !items.contains(&code.0.as_str())) {
                    found.push((at.clone(), no_item(code, &items)));
                }
            }
        }
    }
}
