//! Cities as tables of words, for tests: a rule set around some items, facts, and what came out.

use rules::engine::Scoring;
use rules::engine::sheet::Sheet;
use rules::facts::{Fact, Facts, State, UnitFacts};
use rules::rule_set::RuleSet;

/// A rule set of one group X with these items of a dimension and whatever else stands below it.
pub(crate) fn rule(full: &str, items: &[&str], more: &str) -> RuleSet {
    let items: String = items.iter().map(|item| format!("  - {{{item}}}\n")).collect();
    let work = if items.is_empty() {
        String::new()
    } else {
        format!("维度:\n- 名称: 工作\n  项目:\n{items}")
    };
    let yaml = format!(
        "办法: 考评办法\n编号: KP\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n\
         缺项: 按比例折算\n满分: \"{full}\"\n组别: [{{代码: X, 名称: 县区组}}]\n{work}{more}"
    );
    RuleSet::parse(&yaml).unwrap()
}

/// `5/6` is a rate, 无 does not apply, 缺 is missing, anything else a number.
pub(crate) fn fact(text: &str) -> Fact {
    let number = |text: &str| rules::decimal::parse(text).unwrap();
    match text {
        "无" => Fact { state: State::NotApplicable("没有任务".to_owned().into()), n: 0 },
        "缺" => Fact { state: State::Missing("未报送".to_owned().into()), n: 0 },
        _ => match text.split_once('/') {
            Some((a, b)) => Fact::ratio(number(a), number(b), 1),
            None => Fact::number(number(text), 1),
        },
    }
}

/// `unit call=figure …`, a line for each unit of group X.
pub(crate) fn facts(table: &str) -> Facts {
    let units = table.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let mut words = line.split_whitespace();
        let unit = words.next().unwrap();
        let cells = words.map(|word| word.rsplit_once('=').unwrap());
        UnitFacts {
            unit: unit.to_owned(),
            name: unit.to_owned(),
            group: "X".to_owned(),
            facts: cells.map(|(call, text)| (call.to_owned(), fact(text))).collect(),
        }
    });
    Facts { period: "2021-10".to_owned(), units: units.collect() }
}

/// The sheet of a table.
pub(crate) fn sheet(rule: &RuleSet, table: &str) -> Sheet {
    Scoring::new(rule, &facts(table), &[]).unwrap().sheet()
}

/// Unit, total and rank as they would be printed.
pub(crate) fn places(sheet: &Sheet) -> Vec<String> {
    let shown = sheet.units.iter().map(|unit| {
        let number = |number: Option<rust_decimal::Decimal>| {
            number.map_or_else(|| "—".to_owned(), |number| number.normalize().to_string())
        };
        format!("{} {} {}", unit.unit, number(unit.total), number(unit.rank()))
    });
    shown.collect()
}
