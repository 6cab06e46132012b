//! What fields cannot tell one by one: references, sums, order, reach.

mod demotions;
mod references;
mod sums;

use kernel::{Message, Text, msg, text};

use super::RuleSet;
use super::input::Inputs;
use super::item::Item;
use crate::document::node::{Content, Node};
use crate::document::{Code, Entry, Problem, SOURCE_BYTES_MAX, too_long};
use crate::fraction::Fraction;
use crate::methods::Method;
use crate::methods::case::Terms;
use crate::methods::formula::Formula;
use crate::rule_set::condition::Condition;
use crate::rule_set::param::Param;

/// Everything that is wrong with a rule set whose fields are well-formed.
pub(super) fn check(rule: &RuleSet) -> Vec<Problem> {
    let mut wrong = size(rule);
    if !wrong.is_empty() {
        return wrong;
    }
    head(rule, &mut wrong);
    references::codes(rule, &mut wrong);
    for place in places(rule) {
        check_item(rule, &place, &mut wrong);
    }
    references::of_vetoes(rule, &mut wrong);
    references::of_consequences(rule, &mut wrong);
    demotions::check(rule, &mut wrong);
    references::of_ties(rule, &mut wrong);
    // Sums say nothing while groups or items are not right themselves.
    if wrong.is_empty() {
        sums::check(rule, &mut wrong);
    }
    wrong.truncate(PROBLEMS_MAX);
    wrong
}

/// In which part of the document an item stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Dimension,
    Bonus,
    Amount,
}

struct Place<'a> {
    section: Section,
    path: Vec<String>,
    item: &'a Item,
}

fn path(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn places(rule: &RuleSet) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    for dimension in &rule.dimensions {
        for item in &dimension.items {
            let path = path(&["维度", &dimension.name.0, "项目", &item.code.0]);
            places.push(Place { section: Section::Dimension, path, item });
        }
    }
    for (word, section, items) in
        [("加分", Section::Bonus, &rule.bonuses), ("金额", Section::Amount, &rule.amounts)]
    {
        for item in items {
            places.push(Place { section, path: path(&[word, &item.code.0]), item });
        }
    }
    places
}

/// Items, bonuses and amounts together; with 20,000 units that is a minute of scoring.
const ITEMS_MAX: usize = 200;
/// Groups; most problems are looked for in each.
const GROUPS_MAX: usize = 100;
/// Measures with their parameters; each is a cell of every unit.
const CALLS_MAX: usize = 500;
/// Problems that are told at once; a person mends no more in one go.
const PROBLEMS_MAX: usize = 50;
/// Consequences, each of which may name every unit.
const CONSEQUENCES_MAX: usize = 50;

/// More than anybody could read is refused before it costs anything.
fn size(rule: &RuleSet) -> Vec<Problem> {
    let items = rule.items().count() + rule.bonuses.len() + rule.amounts.len();
    let counted = [
        ("维度", items, ITEMS_MAX),
        ("结果运用", rule.consequences.len(), CONSEQUENCES_MAX),
        ("否决", rule.vetoes.len(), CONSEQUENCES_MAX),
        ("降档", rule.demotions.len(), CONSEQUENCES_MAX),
        ("组别", rule.groups.len(), GROUPS_MAX),
        ("取数", rule.calls().len(), CALLS_MAX),
    ];
    let large = counted.into_iter().filter(|(_, count, most)| count > most);
    let written = [rule.canonical().len(), rule.yaml().len()].into_iter().max().unwrap_or(0);
    // What could not be read again is not adopted either.
    let long = (written > SOURCE_BYTES_MAX).then(|| too_long(written));
    let told = large.map(|(word, count, most)| {
        let message = msg!("共{count}项，最多{most}项", "{count} entries are more than {most}");
        Problem::new(path(&[word]), message)
    });
    told.chain(long).collect()
}

fn head(rule: &RuleSet, wrong: &mut Vec<Problem>) {
    let mut at = |words: &[&str], message: Text| {
        wrong.push(Problem::new(path(words), message.into()));
    };
    if rule.groups.is_empty() {
        at(&["组别"], text!("至少要有一个组别", "at least one group is needed"));
    }
    if rule.items().next().is_none() && rule.amounts.is_empty() {
        at(&["维度"], text!("至少要有一个项目", "at least one item is needed"));
    }
    for (index, dimension) in rule.dimensions.iter().enumerate() {
        if rule.dimensions.iter().take(index).any(|other| other.name == dimension.name) {
            let at_name = ["维度", dimension.name.0.as_str()];
            at(&at_name, text!("维度的名称重复", "two dimensions have this name"));
        }
    }
    if is_negative(rule, Some(&rule.full)) {
        at(&["满分"], NEGATIVE);
    }
    if is_negative(rule, rule.bonus_max.as_ref()) {
        at(&["加分上限"], NEGATIVE);
    }
    if rule.version == 0 {
        at(&["版本"], text!("版本从1起", "versions begin with 1"));
    }
    if rule.precision.places > 6 {
        at(&["计分精度", "小数位"], text!("小数位最多6位", "at most 6 places"));
    }
    if rule.precision.money_places.is_some_and(|places| places > 6) {
        at(&["计分精度", "金额小数位"], text!("小数位最多6位", "at most 6 places"));
    }
    if !is_period(&rule.from.0) {
        at(&["生效"], text!("写成2026-03这样的月份", "write the month like 2026-03"));
    }
    let day = rule.issued.as_ref().map(|issued| issued.on.0.parse::<kernel::Day>());
    if day.is_some_and(|day| day.is_err()) {
        at(&["印发", "日期"], text!("写成2026-02-20这样的日期", "write the day like 2026-02-20"));
    }
}

/// Whether a number of the rule is below zero for any group.
fn is_negative(rule: &RuleSet, param: Option<&Param>) -> bool {
    rule.groups.iter().any(|group| {
        let terms = Terms { full: None, parameters: &group.parameters };
        terms.optional(param).is_ok_and(|number| number.is_some_and(Fraction::is_negative))
    })
}

/// What points and limits are told when they are below zero.
const NEGATIVE: Text = text!("不能小于0", "it may not be below zero");

fn is_period(text: &str) -> bool {
    let Some((year, month)) = text.split_once('-') else { return false };
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    year.len() == 4
        && month.len() == 2
        && is_number(year)
        && is_number(month)
        && (1..=12).contains(&month.parse::<u8>().unwrap_or(0))
}

fn check_item(rule: &RuleSet, place: &Place<'_>, wrong: &mut Vec<Problem>) {
    let item = place.item;
    let mut found: Vec<(Vec<String>, Message)> = Vec::new();
    references::of_inputs(&item.inputs, &mut found);
    references::of_groups(rule, &item.groups, &mut found);
    references::inside(rule, &item.groups, item, &item.inputs, &mut found);
    if let Some(gate) = &item.gate {
        conditions(&gate.conditions, &["前提", "条件"], &mut found);
    }
    let needs_full = !matches!(item.method, Method::Direct(_) | Method::Pool(_));
    if place.section != Section::Amount && matches!(item.method, Method::Pool(_)) {
        let message = text!("资金池只用于“金额”", "资金池 is for 金额 only");
        found.push((path(&["计分", item.method.word()]), message.into()));
    }
    if item.full.is_none() && (place.section == Section::Dimension || needs_full) {
        let message = text!(
            "缺少“满分”（加分和金额写最多可得多少）",
            "“满分” is missing (for bonuses and amounts: the most)"
        );
        found.push((path(&["满分"]), message.into()));
    }
    let names: Vec<&str> = item.inputs.0.iter().map(super::input::Input::name).collect();
    formulas(&item.method, &path(&["计分"]), &names, &mut found);
    if found.is_empty() {
        numbers(rule, place, &mut found);
    }
    wrong.extend(
        found
            .into_iter()
            .map(|(rest, message)| Problem::new([place.path.clone(), rest].concat(), message)),
    );
}

/// Names in formulas, also in those that are parts of a blend.
fn formulas(
    method: &Method,
    at: &[String],
    names: &[&str],
    found: &mut Vec<(Vec<String>, Message)>,
) {
    let at = [at, &path(&[method.word()])].concat();
    if let Method::Blend(blend) = method {
        for part in &blend.parts {
            let label: String = part.name.0.chars().take(40).collect();
            let inner = [at.clone(), path(&["部分", &label, "计分"])].concat();
            formulas(&part.method, &inner, names, found);
        }
    }
    if let Method::Formula(formula) = method {
        let unknown = formula.unknown_name(names).map(|message| ("式", message));
        let twice = formula.name_that_stands_twice(names).map(|message| ("参数", message));
        let shadows = Formula::name_that_shadows(names).map(|message| ("式", message));
        let wrong = unknown.into_iter().chain(twice).chain(shadows);
        found
            .extend(wrong.map(|(field, message)| ([at.clone(), path(&[field])].concat(), message)));
    }
}

/// The method's own checks with each group's numbers, each problem told once.
fn numbers(rule: &RuleSet, place: &Place<'_>, found: &mut Vec<(Vec<String>, Message)>) {
    let item = place.item;
    let mut told = std::collections::BTreeSet::new();
    for group in rule.groups.iter().filter(|group| item.applies_to(&group.code.0)) {
        let bare = Terms { full: None, parameters: &group.parameters };
        let Ok(full) = bare.optional(item.full.as_ref()) else { continue };
        let terms = Terms { full, ..bare };
        if full.is_some_and(Fraction::is_negative) && told.insert((path(&["满分"]), String::new()))
        {
            found.push((path(&["满分"]), NEGATIVE.into()));
        }
        let mut of_group = item.method.scoring().check(&terms);
        if of_group.is_empty() {
            of_group.extend(over_full(item, &terms));
        }
        for (rest, message) in of_group {
            let path = [path(&["计分", item.method.word()]), rest].concat();
            if told.insert((path.clone(), message.zh.clone())) {
                found.push((path, message));
            }
        }
    }
}

/// An item gives no more than full marks unless it says so.
fn over_full(item: &Item, terms: &Terms<'_>) -> Option<(Vec<String>, Message)> {
    let full = terms.full.filter(|_| !item.may_exceed)?;
    let most = item.method.scoring().reach(terms).ok()?.most?;
    if most <= full {
        return None;
    }
    let (most, full) = (most.shown(), full.shown());
    let message = msg!(
        "最多可得{most}分，超过满分{full}；确需如此，写“允许超满分: 是”",
        "it can bring {most} points, more than full marks of {full}; if that is meant, write 允许超满分: 是"
    );
    Some((Vec::new(), message))
}

fn conditions(conditions: &[Condition], words: &[&str], found: &mut Vec<(Vec<String>, Message)>) {
    if conditions.is_empty() {
        found.push((
            path(words),
            text!("至少要有一个条件", "at least one condition is needed").into(),
        ));
    }
    for (index, _) in conditions.iter().enumerate().filter(|(_, one)| !one.has_bound()) {
        let message = text!(
            "条件要写界限：不低于、高于、不高于或低于",
            "a condition needs a bound: 不低于, 高于, 不高于 or 低于"
        );
        let at = [path(words), vec![(index + 1).to_string()]].concat();
        found.push((at, message.into()));
    }
}

/// The number of the rule that a group has as full marks.
fn full_of(rule: &RuleSet, group: &super::Group) -> Option<Fraction> {
    let terms = Terms { full: None, parameters: &group.parameters };
    terms.param(&rule.full).ok()
}
