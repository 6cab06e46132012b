//! Codes, groups, inputs and parameters that are named must exist.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::rule_set::MINIMUM;

use super::{
    Code, Content, Entry, Fraction, Inputs, Message, Node, Problem, RuleSet, conditions, msg, path,
};
use crate::rule_set::outcome::{Consequence, VetoEffect};

pub(super) type Found = Vec<(Vec<String>, Message)>;

/// Fields of methods that name an input of the item.
const INPUT_FIELDS: [&str; 5] = ["输入", "年内已计", "有效票", "池", "名次依据"];

/// Inputs that an item may have.
const INPUTS_MAX: usize = 20;
/// Names that a message lists; more would not be read.
const NAMES_MAX: usize = 12;

fn listed(names: &[&str]) -> String {
    let more = if names.len() > NAMES_MAX { "…" } else { "" };
    let few: Vec<&str> = names.iter().take(NAMES_MAX).copied().collect();
    format!("{}{more}", few.join("、"))
}

/// Codes by which the sheet names parts of its own.
const RESERVED: [&str; 4] = ["缺项", "加分上限", "合计", MINIMUM];

/// Every code stands once, and none is one of the sheet's own.
pub(super) fn codes(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    let mut known = BTreeSet::new();
    for (index, group) in rule.groups.iter().enumerate() {
        let is_new = rule.groups.iter().take(index).all(|other| other.code != group.code);
        if !is_new {
            wrong.push(twice(path(&["组别", &group.code.0, "代码"]), &group.code));
        }
        let former = rule.groups.iter().take(index).find(|other| other.name == group.name);
        if let Some(former) = former {
            let (name, former) = (listed(&[&group.name.0]), &former.code.0);
            let message = msg!(
                "组别“{name}”已列为 {former}，同一组别只能列一次",
                "the group “{name}” is listed as {former} already; list it once"
            );
            wrong.push(Problem::new(path(&["组别", &group.code.0, "名称"]), message));
        }
    }
    let items = super::places(rule).into_iter().map(|place| (place.path, &place.item.code));
    let vetoes = rule.vetoes.iter().map(|one| (path(&["否决", &one.code.0]), &one.code));
    let others = rule.consequences.iter().map(|one| (path(&["结果运用", &one.code.0]), &one.code));
    let lower = rule.demotions.iter().map(|one| (path(&["降档", &one.code.0]), &one.code));
    for (at, code) in items.chain(vetoes).chain(others).chain(lower) {
        if RESERVED.contains(&code.0.as_str()) {
            let code = &code.0;
            let message = msg!(
                "“{code}”是得分表自用的代码，请另取",
                "the sheet uses the code “{code}” itself; take another"
            );
            wrong.push(Problem::new(at, message));
        } else if !known.insert(code) {
            wrong.push(twice(at, code));
        }
    }
}

fn twice(at: Vec<String>, code: &Code) -> Problem {
    let code = &code.0;
    Problem::new(at, msg!("代码“{code}”用了两次", "the code “{code}” is used twice"))
}

/// Each group that is named exists.
pub(super) fn of_groups(rule: &RuleSet, groups: &[Code], found: &mut Found) {
    let all: Vec<&str> = rule.groups.iter().map(|group| group.code.0.as_str()).collect();
    for code in groups.iter().filter(|code| !all.contains(&code.0.as_str())) {
        let (code, list) = (&code.0, listed(&all));
        let message = msg!(
            "适用组别“{code}”不存在；可用：{list}",
            "there is no group “{code}”; allowed: {list}"
        );
        found.push((path(&["适用"]), message));
    }
}

/// There is an input, and no name stands for two.
pub(super) fn of_inputs(inputs: &Inputs, found: &mut Found) {
    if inputs.0.is_empty() {
        found.push((path(&["取数"]), msg!("缺少“取数”", "“取数” is missing")));
    }
    let count = inputs.0.len();
    if count > INPUTS_MAX {
        let message =
            msg!("共{count}项，最多{INPUTS_MAX}项", "{count} entries are more than {INPUTS_MAX}");
        found.push((path(&["取数"]), message));
        return;
    }
    for input in &inputs.0 {
        let fields = &input.fields;
        let texts = fields.parameters.values().chain([&fields.measure]);
        if texts
            .into_iter()
            .any(|text| text.0.contains(['(', ')', ',', '=', '（', '）', '，', '＝']))
        {
            let message = msg!(
                "取数和参数的名称不能有括号、逗号和等号：参数写在“参数”里",
                "names of measures and parameters hold no brackets, commas or equals signs"
            );
            found.push((path(&["取数"]), message));
        }
    }
    let mut known = BTreeSet::new();
    for name in inputs.0.iter().map(super::super::input::Input::name) {
        if !known.insert(name) {
            let message = msg!(
                "取数“{name}”用了两次，请用“名”区分",
                "the input “{name}” stands twice; tell them apart by 名"
            );
            found.push((path(&["取数"]), message));
        }
    }
}

/// Inputs and group parameters that stand anywhere inside a part of the document.
pub(super) fn inside(
    rule: &RuleSet,
    groups: &[Code],
    part: &impl Entry,
    inputs: &Inputs,
    found: &mut Found,
) {
    let Some(tree) = part.write() else { return };
    let names: Vec<&str> = inputs.0.iter().map(super::super::input::Input::name).collect();
    let mut walk = Walk { rule, groups, names, at: Vec::new(), found };
    walk.node(&tree);
}

struct Walk<'a> {
    rule: &'a RuleSet,
    groups: &'a [Code],
    names: Vec<&'a str>,
    at: Vec<String>,
    found: &'a mut Found,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node) {
        match &node.content {
            Content::Text(_) => {}
            Content::List(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    self.at.push(node.label(index));
                    self.node(node);
                    self.at.pop();
                }
            }
            Content::Map(fields) => {
                for (key, node) in fields.iter().filter(|(key, _)| key != "取数" && key != "参数")
                {
                    self.at.push(key.clone());
                    match &node.content {
                        Content::Text(text) if INPUT_FIELDS.contains(&key.as_str()) => {
                            self.input(text);
                        }
                        Content::Text(text) if key == "组参数" => self.parameter(text),
                        Content::Text(_) | Content::List(_) | Content::Map(_) => self.node(node),
                    }
                    self.at.pop();
                }
            }
        }
    }

    fn input(&mut self, name: &str) {
        if !self.names.contains(&name) {
            let list = listed(&self.names);
            let message = msg!(
                "取数里没有“{name}”；可用：{list}",
                "no input is called “{name}”; allowed: {list}"
            );
            self.found.push((self.at.clone(), message));
        }
    }

    fn parameter(&mut self, name: &str) {
        let applies = |code: &Code| self.groups.is_empty() || self.groups.contains(code);
        let without = self
            .rule
            .groups
            .iter()
            .find(|group| applies(&group.code) && !group.parameters.contains_key(name));
        if let Some(group) = without {
            let code = &group.code.0;
            let keys: Vec<&str> = group.parameters.keys().map(String::as_str).collect();
            let list = if keys.is_empty() { "—".to_owned() } else { listed(&keys) };
            let message = msg!(
                "组别{code}没有参数“{name}”；现有：{list}",
                "group {code} has no parameter “{name}”; it has: {list}"
            );
            self.found.push((self.at.clone(), message));
        }
    }
}

/// What vetoes name.
pub(super) fn of_vetoes(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    let items: Vec<&str> = rule.items().map(|item| item.code.0.as_str()).collect();
    for veto in &rule.vetoes {
        let mut found = Found::new();
        of_inputs(&veto.inputs, &mut found);
        of_groups(rule, &veto.groups, &mut found);
        inside(rule, &veto.groups, veto, &veto.inputs, &mut found);
        conditions(&veto.conditions, &["条件"], &mut found);
        if let VetoEffect::Cap(points) | VetoEffect::Deduct(points) = &veto.effect
            && Fraction::from(*points).is_negative()
        {
            found.push((path(&["后果", veto.effect.word()]), super::NEGATIVE.into()));
        }
        if let VetoEffect::Clear(codes) = &veto.effect {
            if codes.is_empty() {
                let message = msg!("至少要有一个项目", "at least one item is needed");
                found.push((path(&["后果", "项目清零"]), message));
            }
            for code in codes.iter().filter(|code| !items.contains(&code.0.as_str())) {
                found.push((path(&["后果", "项目清零"]), no_item(code, &items)));
            }
        }
        let base = path(&["否决", &veto.code.0]);
        wrong.extend(found.into_iter().map(|(at, m)| Problem::new([base.clone(), at].concat(), m)));
    }
}

/// What consequences name.
pub(super) fn of_consequences(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    for one in &rule.consequences {
        let mut found = Found::new();
        of_groups(rule, &one.groups, &mut found);
        inside(rule, &one.groups, one, &one.inputs, &mut found);
        if !one.conditions.is_empty() {
            of_inputs(&one.inputs, &mut found);
            conditions(&one.conditions, &["条件"], &mut found);
        }
        found.extend(of_band(one));
        let base = path(&["结果运用", &one.code.0]);
        wrong.extend(found.into_iter().map(|(at, m)| Problem::new([base.clone(), at].concat(), m)));
    }
    if let Some(group) = rule.groups.iter().find(|group| super::full_of(rule, group).is_none()) {
        let code = &group.code.0;
        let message = msg!(
            "组别{code}没有满分所用的参数",
            "group {code} lacks the parameter of the full marks"
        );
        wrong.push(Problem::new(path(&["满分"]), message));
    }
}

/// The largest award in yuan.
const AWARD_MAX: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// An amount belongs to an award, and its bounds stand in order.
fn of_band(one: &Consequence) -> Option<(Vec<String>, Message)> {
    let band = one.band.as_ref()?;
    let message = if !one.is_award {
        msg!(
            "只有评优事项才有奖励金额；请勾选评优或者去掉金额",
            "only an award has an amount; mark it as one or take the amount out"
        )
    } else if band.least <= Decimal::ZERO || band.most < band.least || band.most > AWARD_MAX {
        msg!(
            "奖励金额应大于0、最低不高于最高、最高不超过{AWARD_MAX}元",
            "an amount is above 0, its least not above its most, and its most {AWARD_MAX} yuan at most"
        )
    } else {
        return None;
    };
    Some((path(&["奖励金额"]), message))
}

/// What ties name.
pub(super) fn of_ties(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    let Some(ties) = &rule.ties else { return };
    let items: Vec<&str> = rule.items().map(|item| item.code.0.as_str()).collect();
    for code in ties.breakers.iter().filter(|code| !items.contains(&code.0.as_str())) {
        wrong.push(Problem::new(path(&["并列", "依次比较"]), no_item(code, &items)));
    }
    if ties.least_gap.is_some_and(|gap| gap.is_sign_negative()) {
        let message = msg!("最小分差不能小于0", "the smallest gap may not be negative");
        wrong.push(Problem::new(path(&["并列", "最小分差"]), message));
    }
}

pub(super) fn no_item(code: &Code, items: &[&str]) -> Message {
    let (code, list) = (&code.0, listed(items));
    msg!("没有项目“{code}”；可用：{list}", "there is no item “{code}”; allowed: {list}")
}
