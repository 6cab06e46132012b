//! Spoilt documents and formulas never panic, and what is accepted works from end to end.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use kernel::Lang;
use proptest::prelude::*;
use rules::engine::Scoring;
use rules::facts::{Fact, Facts, UnitFacts};
use rules::lint::lint;
use rules::print;
use rules::ready::Ready;
use rules::rule_set::RuleSet;
use rust_decimal::Decimal;

/// Pieces that are put in place of others.
const PIECES: [&str; 24] = [
    "",
    " ",
    "\n",
    "  ",
    "- ",
    ":",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "0",
    "-1",
    "99999999999999.9",
    "是",
    "{组参数: 签约目标}",
    "组内均值",
    "合成",
    "&a ",
    "*a",
    "# ",
    "\t",
];

fn spoil(source: &str, cuts: &[(usize, usize, usize)]) -> String {
    let mut letters: Vec<char> = source.chars().collect();
    for (from, length, piece) in cuts {
        let from = from % letters.len();
        let end = (from + length).min(letters.len());
        letters.splice(from..end, PIECES[piece % PIECES.len()].chars());
    }
    letters.into_iter().collect()
}

/// Reads, checks, prints, writes and scores; says what came out.
fn all_the_way(rule: &RuleSet) {
    assert_eq!(RuleSet::parse(&rule.canonical()).unwrap(), *rule);
    assert_eq!(RuleSet::parse(&rule.yaml()).unwrap().canonical(), rule.canonical());
    let lines = print::lines(rule, Lang::Zh);
    assert_eq!(lines.len(), print::lines(rule, Lang::En).len());
    let findings = lint(rule);
    assert!(findings.iter().all(|finding| !finding.message.en.is_empty()));
    let units = rule.groups.iter().enumerate().map(|(place, group)| {
        let cells = rule.calls().into_iter().enumerate().filter(|(n, _)| n % 7 != place);
        UnitFacts {
            unit: format!("u{place}"),
            name: format!("单位{place}"),
            group: group.code.0.clone(),
            facts: cells
                .map(|(n, input)| {
                    (input.call(), Fact::ratio(Decimal::from(n), Decimal::from(7), 7))
                })
                .collect(),
        }
    });
    let facts = Facts { period: "2021-10".to_owned(), units: units.collect() };
    let scoring = Scoring::new(rule, &facts, &[]).unwrap();
    let sheet = scoring.sheet();
    assert_eq!(sheet.units.len(), rule.groups.len());
    for unit in &sheet.units {
        assert!(scoring.explain(unit).is_some());
    }
}

#[test]
fn the_ready_rule_sets_go_all_the_way() {
    for ready in Ready::ALL {
        all_the_way(&ready.rule_set().unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_document_is_refused_with_reasons_or_works(
        which in 0usize..2,
        cuts in prop::collection::vec((0usize..6_000, 0usize..6, 0usize..24), 1..4),
    ) {
        let source = spoil(Ready::ALL[which].yaml(), &cuts);
        match RuleSet::parse(&source) {
            Ok(rule) => all_the_way(&rule),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(!problem.text(Lang::Zh).is_empty());
                    prop_assert!(!problem.text(Lang::En).is_empty());
                }
            }
        }
    }

    #[test]
    fn a_formula_of_any_pieces_is_refused_or_works(
        pieces in prop::collection::vec(0usize..22, 1..24),
    ) {
        const PARTS: [&str; 22] = [
            "实际", "满分", "组内均值", "组内单位数", "1", "0", "0.5", "+", "-", "*", "/", "(", ")", ",", ">", "<=",
            "若(", "限(", "大(", "四舍五入(", "取整(", "=",
        ];
        let formula: String = pieces.iter().map(|piece| PARTS[*piece]).collect();
        let yaml = format!(
            "办法: 例\n编号: L\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n缺项: 按比例折算\n\
             满分: \"10\"\n组别: [{{代码: X, 名称: 组}}]\n维度:\n- 名称: 例\n  项目:\n\
             \x20 - {{代码: A1, 名称: 项, 满分: \"10\", 取数: 值, 计分: {{公式: {{式: \"{formula}\"}}}}}}\n"
        );
        if let Ok(rule) = RuleSet::parse(&yaml) {
            all_the_way(&rule);
        }
    }
}
