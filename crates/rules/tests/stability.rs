//! Firm places are told from coin tosses, and a seed gives the same answer again.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use rules::engine::sheet::{Outcome, Part, PartKind, Sheet, Standing, UnitScore};
use rules::facts::{Fact, Facts, UnitFacts};
use rules::noise::noise;
use rules::rule_set::RuleSet;
use rules::stability::{Draws, Stability, stability};
use rust_decimal::Decimal;

fn sheet(units: &[(&str, &str, [i64; 3])]) -> Sheet {
    let scores = units.iter().enumerate().map(|(place, (unit, group, points))| {
        let parts = points.iter().enumerate().map(|(item, points)| Part {
            code: format!("A{item}"),
            kind: PartKind::Item,
            outcome: Outcome::Points(Decimal::from(*points)),
            is_disputed: false,
        });
        let rank = Decimal::from(place + 1);
        UnitScore {
            unit: (*unit).to_owned(),
            group: (*group).to_owned(),
            total: Some(Decimal::from(points.iter().sum::<i64>())),
            standing: Standing::Ranked { rank, of: units.len(), shared_by: 1 },
            parts: parts.collect(),
            amounts: Vec::new(),
            net_amount: None,
            barred_by: Vec::new(),
            adjusted_by: Vec::new(),
        }
    });
    let units = scores.collect();
    Sheet {
        engine: "test".to_owned(),
        period: "2021-10".to_owned(),
        rule: String::new(),
        units,
        proposals: Vec::new(),
    }
}

fn of<'s>(found: &'s [Stability], unit: &str) -> &'s Stability {
    found.iter().find(|one| one.unit == unit).unwrap()
}

const DRAWS: Draws = Draws { seed: 7, draw_count: 1_000, place_count: 1 };

#[test]
fn a_place_that_weights_decide_is_told_from_a_firm_one() {
    // a leads everywhere; b and c are equal in sum and opposite in strength; d is far behind.
    let table = [
        ("a", "X", [30, 30, 30]),
        ("b", "X", [28, 10, 20]),
        ("c", "X", [10, 28, 19]),
        ("d", "X", [2, 2, 2]),
    ];
    let found = stability(&sheet(&table), DRAWS);
    let a = of(&found, "a");
    assert_eq!((a.rank_from, a.rank_to), (1, 1));
    assert!((a.among_first - 1.0).abs() < f64::EPSILON && a.alike.is_empty());
    let (b, c) = (of(&found, "b"), of(&found, "c"));
    assert_eq!((b.rank_from, b.rank_to), (2, 3));
    assert_eq!((c.rank_from, c.rank_to), (2, 3));
    assert_eq!(
        (b.alike.as_slice(), c.alike.as_slice()),
        (&["c".to_owned()][..], &["b".to_owned()][..])
    );
    let d = of(&found, "d");
    assert_eq!((d.rank_from, d.rank_to), (4, 4));
    assert!((d.among_last - 1.0).abs() < f64::EPSILON);
}

#[test]
fn the_seed_decides_the_draws() {
    let table = [("a", "X", [10, 12, 9]), ("b", "X", [12, 10, 9]), ("c", "Y", [11, 11, 9])];
    let sheet = sheet(&table);
    let first = stability(&sheet, DRAWS);
    assert_eq!(first, stability(&sheet, DRAWS));
    let other = stability(&sheet, Draws { seed: 8, ..DRAWS });
    assert!((of(&first, "a").among_first - of(&other, "a").among_first).abs() > 0.0);
    // Groups are ranked apart.
    assert_eq!(of(&first, "c").rank_to, 1);
}

#[test]
fn chance_moves_few_counts_and_leaves_many() {
    let yaml = "办法: 例\n编号: L\n版本: 1\n生效: 2021-10\n计分精度: {小数位: 2, 舍入: 四舍五入}\n缺项: 按比例折算\n\
                满分: \"10\"\n组别: [{代码: X, 名称: 组}]\n维度:\n- 名称: 例\n  项目:\n\
                \x20 - {代码: A1, 名称: 率, 满分: \"10\", 取数: 率, 计分: {比率: {目标: \"1\"}}}\n";
    let rule = RuleSet::parse(yaml).unwrap();
    let unit = |unit: &str, good: u32, all: u32| UnitFacts {
        unit: unit.to_owned(),
        name: unit.to_owned(),
        group: "X".to_owned(),
        facts: [("率".to_owned(), Fact::ratio(good.into(), all.into(), all))].into(),
    };
    let facts = |units| Facts { period: "2021-10".to_owned(), units };
    let many =
        facts(vec![unit("a", 2_850, 3_000), unit("b", 2_700, 3_000), unit("c", 2_400, 3_000)]);
    let found = noise(&rule, &many, &[], "X", DRAWS).unwrap();
    assert!(
        found.iter().all(|one| one.rank_from == one.rank_to && one.alike.is_empty()),
        "{found:?}"
    );
    let few = facts(vec![unit("c", 4, 5), unit("b", 9, 10), unit("a", 3, 3)]);
    let found = noise(&rule, &few, &[], "X", DRAWS).unwrap();
    assert!(
        found.iter().all(|one| one.rank_from < one.rank_to && !one.alike.is_empty()),
        "{found:?}"
    );
    assert_eq!(found, noise(&rule, &few, &[], "X", DRAWS).unwrap());
    let mut turned = few;
    turned.units.reverse();
    assert_eq!(found, noise(&rule, &turned, &[], "X", DRAWS).unwrap());
}

#[test]
fn weights_make_no_more_chances_than_there_are_records() {
    let yaml = "办法: 例\n编号: L\n版本: 1\n生效: 2021-10\n计分精度: {小数位: 2, 舍入: 四舍五入}\n缺项: 按比例折算\n\
                满分: \"10\"\n组别: [{代码: X, 名称: 组}]\n维度:\n- 名称: 例\n  项目:\n\
                \x20 - {代码: A1, 名称: 率, 满分: \"10\", 取数: 率, 计分: {比率: {目标: \"1\"}}}\n";
    let rule = RuleSet::parse(yaml).unwrap();
    let facts = |of: &[(&str, u32, u32, u32)]| {
        let unit = |(unit, good, all, n): &(&str, u32, u32, u32)| UnitFacts {
            unit: (*unit).to_owned(),
            name: (*unit).to_owned(),
            group: "X".to_owned(),
            facts: [("率".to_owned(), Fact::ratio((*good).into(), (*all).into(), *n))].into(),
        };
        Facts { period: "2021-10".to_owned(), units: of.iter().map(unit).collect() }
    };
    // Weights of which the share of a record does not come out even: every draw is scored all the same.
    let firm =
        facts(&[("a", 4_000, 4_000, 3_000), ("b", 3_000, 4_000, 3_000), ("c", 400, 4_000, 3_000)]);
    let found = noise(&rule, &firm, &[], "X", DRAWS).unwrap();
    assert!(found.iter().all(|one| one.rank_from == one.rank_to), "{found:?}");
    // Three records of weight four toss three coins, twelve of weight one toss twelve.
    let first = |n: u32| {
        let facts = facts(&[("a", 12, 12, n), ("b", 9, 12, 12)]);
        of(&noise(&rule, &facts, &[], "X", DRAWS).unwrap(), "a").among_first
    };
    assert!(first(12) > first(3), "{} {}", first(12), first(3));
}

#[test]
fn only_neighbours_in_rank_are_said_to_be_alike() {
    let names: Vec<String> = (0..200).map(|n| format!("u{n:03}")).collect();
    let table: Vec<(&str, &str, [i64; 3])> = names
        .iter()
        .enumerate()
        .map(|(n, name)| (name.as_str(), "X", [if n < 100 { 20 } else { 10 }, 10, 10]))
        .collect();
    let found = stability(&sheet(&table), Draws { draw_count: 50, ..DRAWS });
    let alike = |place: usize| found[place].alike.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(alike(0), ["u001"]);
    assert_eq!(alike(50), ["u049", "u051"]);
    // Ten points of thirty part the two halves whatever the weights are.
    assert_eq!((alike(99), alike(100)), (vec!["u098"], vec!["u101"]));
    assert_eq!((found[0].rank_from, found[150].rank_to), (1, 101));
}
