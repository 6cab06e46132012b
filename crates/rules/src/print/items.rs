//! Items, bonuses and amounts in the text of the rules, and what they read.

use kernel::{Message, text};

use super::{applies, conditions};
use crate::document::Name;
use crate::fraction::Fraction;
use crate::methods::case::{Terms, english_unit};
use crate::methods::{Wording, joined};
use crate::rule_set::condition::{Gate, Shut};
use crate::rule_set::input::Input;
use crate::rule_set::item::{Dimension, Item, MissingFigure, title};
use crate::rule_set::param::Param;
use crate::rule_set::{Group, RuleSet};
use crate::saying::{number, same, say};

/// A1 任务按期办结率，满分12分（适用县区组）：…….
pub(super) fn item(rule: &RuleSet, item: &Item) -> Message {
    let mut head = vec![say!("{a} {b}", "{a} {b}", a = same(&item.code.0), b = item.title())];
    if let Some(full) = &item.full {
        head.push(most(rule, item, full));
    }
    head.extend(articles(item.article.as_ref()));
    head.extend(applies(rule, &item.groups));
    let wording = Wording { inputs: &item.inputs.0 };
    let mut parts = vec![item.method.scoring().said(&wording)];
    if item.may_exceed {
        parts.push(text!("可以超过满分", "it may bring more than full marks").into());
    }
    if let Some(one) = &item.gate {
        parts.push(gate(one, &wording));
    }
    parts.extend(item.missing.and_then(without_a_figure));
    parts.extend(sources(&item.inputs.0));
    let (head, parts) = (joined(&head, "，", ", "), joined(&parts, "；", "; "));
    say!("{a}：{b}。", "{a}: {b}.", a = head, b = parts)
}

/// What a missing figure means, where it is not that nothing can be scored.
fn without_a_figure(missing: MissingFigure) -> Option<Message> {
    match missing {
        MissingFigure::Unscorable => None,
        MissingFigure::Nothing => {
            Some(text!("缺数据时计零分", "without a figure: no points").into())
        }
        MissingFigure::NotApplicable => {
            Some(text!("缺数据时按缺项处理", "without a figure: as not applicable").into())
        }
    }
}

/// Full marks; of a bonus and of an amount the most it can bring, in its unit.
fn most(rule: &RuleSet, item: &Item, full: &Param) -> Message {
    let is_in = |items: &[Item]| items.iter().any(|other| other.code == item.code);
    if is_in(&rule.amounts) {
        let units = item.inputs.0.iter().map(Input::unit);
        let unit = units.into_iter().find(|unit| unit.ends_with('元')).unwrap_or("");
        let (full, unit) = (full.said(), same(unit));
        let said = say!("最多{a}{b}", "at most {a} {b}", a = full, b = unit);
        return Message { zh: said.zh, en: said.en.trim_end().to_owned() };
    }
    if is_in(&rule.bonuses) {
        return say!("最多{a}分", "at most {a} points", a = full.said());
    }
    say!("满分{a}分", "full marks {a}", a = full.said())
}

fn gate(gate: &Gate, wording: &Wording<'_>) -> Message {
    let otherwise = Message::from(gate.otherwise.unwrap_or(Shut::Nothing).text());
    say!(
        "前提是{a}，否则{b}",
        "only if {a}, else {b}",
        a = conditions(&gate.conditions, wording),
        b = otherwise
    )
}

/// The article of the issued rules that a part follows.
pub(super) fn articles(article: Option<&Name>) -> Option<Message> {
    article.map(|article| say!("依据{a}", "by {a}", a = same(&article.0)))
}

/// What is read: the measures with their parameters and units, under the names of the rules.
pub(super) fn sources(inputs: &[Input]) -> Option<Message> {
    let read: Vec<Message> = inputs.iter().map(source).collect();
    let read = joined(&read, "、", "; ");
    (!inputs.is_empty()).then(|| say!("取数：{a}", "read from {a}", a = read))
}

/// 签约额＝新签约额(范围=全市)（亿元）.
fn source(input: &Input) -> Message {
    let call = input.call();
    let alias = input.fields.alias.as_ref().map(|alias| alias.0.as_str());
    let zh = alias.map_or_else(|| call.clone(), |alias| format!("{alias}＝{call}"));
    let en = match (&input.fields.english, alias) {
        (None, None) => call,
        (None, Some(alias)) => format!("{alias} = {call}"),
        (Some(english), None) => format!("{} = {call}", english.0),
        (Some(english), Some(alias)) => format!("{} ({alias}) = {call}", english.0),
    };
    let unit = input.unit();
    if unit.is_empty() {
        return Message { zh, en };
    }
    let english = english_unit(unit);
    let en = if english.is_empty() { en } else { format!("{en}, in {english}") };
    Message { zh: format!("{zh}（{unit}）"), en }
}

/// The full marks of a dimension: one number, or one for each group where they differ.
pub(super) fn marks(rule: &RuleSet, dimension: &Dimension) -> Message {
    let of = |group: &Group| {
        let terms = Terms { full: None, parameters: &group.parameters };
        let items = dimension.items.iter().filter(|item| item.applies_to(&group.code.0));
        let mut full = items.filter_map(|item| item.full.as_ref());
        let sum = full.try_fold(Fraction::ZERO, |sum, full| sum.plus(terms.param(full)?));
        let sum = sum.map_or_else(|_| same("—"), number);
        say!("{a}分", "{a} points", a = sum)
    };
    let all: Vec<Message> = rule.groups.iter().map(of).collect();
    match all.first() {
        Some(first) if all.iter().all(|other| other == first) => first.clone(),
        Some(_) | None => {
            let named = rule.groups.iter().zip(&all).map(|(group, marks)| {
                let name = title(&group.name, group.english.as_ref());
                say!("{a}{b}", "{a} {b}", a = name, b = marks)
            });
            joined(&named.collect::<Vec<_>>(), "、", ", ")
        }
    }
}
