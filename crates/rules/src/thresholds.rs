//! Figures that lie exactly where the rules draw a line: at a corner of a method's curve or at a
//! bound of a gate. It is a question to a person, never a judgement.
//!
//! Only lines that a figure can be bent to by a hair: of rates, of money, between whole numbers. That
//! there were two events where the rules say two is nothing to ask about; nor is nought, or all of
//! all.

use kernel::Message;

use crate::facts::{Facts, State, UnitFacts, Value};
use crate::fraction::Fraction;
use crate::methods::case::{Terms, amount};
use crate::rule_set::RuleSet;
use crate::rule_set::input::Input;
use crate::rule_set::item::Item;

/// A figure exactly on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtThreshold {
    /// The unit.
    pub unit: String,
    /// The item's code.
    pub item: String,
    /// Its name.
    pub title: Message,
    /// The call of the measure.
    pub call: String,
    /// The figure, as the rules write it.
    pub value: String,
}

/// All figures that lie exactly on a line of the item that reads them, by unit and item.
pub fn at_thresholds(rule: &RuleSet, facts: &Facts) -> Vec<AtThreshold> {
    let mut found = Vec::new();
    for unit in &facts.units {
        for item in rule.items().filter(|item| item.applies_to(&unit.group)) {
            let Some(input) = item.inputs.0.first() else { continue };
            let Some(value) = figure(unit, input) else { continue };
            if lines(rule, item, &unit.group).contains(&value) && is_bent(input, value) {
                found.push(AtThreshold {
                    unit: unit.unit.clone(),
                    item: item.code.0.clone(),
                    title: item.title(),
                    call: input.call(),
                    value: amount(input.unit(), value).zh,
                });
            }
        }
    }
    found
}

/// What is known of an input; nothing for nought and for all of all.
fn figure(unit: &UnitFacts, input: &Input) -> Option<Fraction> {
    let (State::Known(value) | State::Disputed(value, _)) = &unit.facts.get(&input.call())?.state
    else {
        return None;
    };
    let value = match value {
        Value::Number(number) => Fraction::from(*number),
        Value::Ratio { numerator, denominator } if numerator == denominator => return None,
        Value::Ratio { numerator, denominator } => {
            Fraction::from(*numerator).over(Fraction::from(*denominator)).ok()?
        }
    };
    (value != Fraction::ZERO).then_some(value)
}

/// The lines of an item for a group.
fn lines(rule: &RuleSet, item: &Item, group: &str) -> Vec<Fraction> {
    let Some(group) = rule.group(group) else { return Vec::new() };
    let bare = Terms { full: None, parameters: &group.parameters };
    let Ok(full) = bare.optional(item.full.as_ref()) else { return Vec::new() };
    let terms = Terms { full, ..bare };
    let mut lines = item.method.scoring().corners(&terms).unwrap_or_default();
    let first = item.inputs.0.first().map(Input::name);
    let conditions = item.gate.iter().flat_map(|gate| &gate.conditions);
    let of_first = conditions
        .filter(|one| one.input.as_ref().is_none_or(|name| Some(name.0.as_str()) == first));
    let bounds = of_first.flat_map(crate::rule_set::condition::Condition::bounds);
    lines.extend(bounds.filter_map(|(_, param)| terms.param(param).ok()));
    lines
}

/// Whether a hair decides there.
fn is_bent(input: &Input, value: Fraction) -> bool {
    let unit = input.unit();
    unit == "%" || unit.ends_with('元') || value.floor().is_ok_and(|whole| whole != value)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rust_decimal::Decimal;

    use super::at_thresholds;
    use crate::facts::{Fact, Facts, UnitFacts};
    use crate::rule_set::RuleSet;

    const RULES: &str = "\
办法: 试
编号: S
版本: 1
生效: 2021-10
计分精度: {小数位: 2, 舍入: 四舍五入}
缺项: 按比例折算
并列: {方式: 同分同名次}
满分: \"100\"
组别: [{代码: XQ, 名称: 县区组}]
维度:
  - 名称: 一
    项目:
      - {代码: A1, 名称: 办结率, 满分: \"60\", 取数: {取数: 办结率, 单位: \"%\"}, 计分: {比率: {目标: \"0.95\"}}}
      - {代码: A2, 名称: 退办, 满分: \"40\", 取数: {取数: 退办件数, 单位: 件}, 计分: {分档: {方向: 越小越好, 档: [{界: \"2\", 得分: \"40\"}], 其余: \"0\"}}}
";

    fn unit(name: &str, (numerator, denominator): (i64, i64), count: i64) -> UnitFacts {
        let number = |n: i64| Decimal::from(n);
        let facts = BTreeMap::from([
            ("办结率".to_owned(), Fact::ratio(number(numerator), number(denominator), 1)),
            ("退办件数".to_owned(), Fact::number(number(count), 1)),
        ]);
        UnitFacts { unit: name.into(), name: name.into(), group: "XQ".into(), facts }
    }

    #[test]
    fn a_rate_on_the_target_is_asked_about_and_a_count_or_a_better_rate_is_not() {
        let rule = RuleSet::parse(RULES).unwrap();
        let units = vec![
            unit("甲", (19, 20), 2),
            unit("乙", (190, 200), 0),
            unit("丙", (20, 20), 2),
            unit("丁", (96, 100), 2),
            unit("戊", (0, 20), 1),
        ];
        let found = at_thresholds(&rule, &Facts { period: "2021-10".into(), units });
        let told: Vec<_> = found.iter().map(|at| (at.unit.as_str(), at.value.as_str())).collect();
        assert_eq!(told, [("甲", "95%"), ("乙", "95%")]);
    }
}
