//! A pool of money is given out whole, or not at all.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod table;

use rules::engine::Scoring;
use rules::engine::sheet::{Outcome, Part};
use rules::rule_set::RuleSet;
use table::{facts, places, rule, sheet};

fn pool(more: &str) -> RuleSet {
    rule(
        "100",
        &[],
        &format!(
            "金额:\n- 代码: P\n  名称: 奖补\n  取数: [{{名: 改善, 取数: 改善}}, {{名: 资金, 取数: 池, 单位: 万元}}]\n  \
             计分: {{资金池: {{名次依据: 改善, 方向: 越大越好, 池: 资金, 奖励份额: [\"0.5\", \"0.3\", \"0.2\"], 负担份额: [\"0.2\", \"0.3\", \"0.5\"]}}}}\n{more}"
        ),
    )
}

/// The amount of each unit, or why there is none.
fn amounts(rule: &RuleSet, table: &str) -> Vec<String> {
    let facts = facts(table);
    let scoring = Scoring::new(rule, &facts, &[]).unwrap();
    let sheet = scoring.sheet();
    let shown = sheet.units.iter().map(|unit| {
        let part: &Part = &unit.amounts[0];
        let explained = scoring.explain(unit).unwrap();
        assert!(part.points().is_none_or(|amount| unit.net_amount == Some(amount)));
        match &part.outcome {
            Outcome::Points(amount) => amount.to_string(),
            Outcome::NotApplicable(_) | Outcome::Unscorable(_) => {
                explained.amounts[0].sentence.zh.clone()
            }
        }
    });
    shown.collect()
}

#[test]
fn equals_get_the_whole_pool_to_the_last_place() {
    let thirds = amounts(&pool(""), "a 改善=1 池=100\nb 改善=1 池=100\nc 改善=1 池=100");
    assert_eq!(thirds, ["33.34", "33.33", "33.33"]);
    let owed = amounts(&pool(""), "a 改善=1 池=-100\nb 改善=2 池=-100\nc 改善=1 池=-100");
    assert_eq!(owed, ["-40.00", "-20.00", "-40.00"]);
    let owed = amounts(&pool(""), "c 改善=1 池=-100\nb 改善=1 池=-100\na 改善=1 池=-100");
    assert_eq!(owed, ["-33.34", "-33.33", "-33.33"]);
}

#[test]
fn what_is_left_over_is_named_in_the_explanation() {
    let rule = pool("");
    let facts = facts("a 改善=1 池=100\nb 改善=1 池=100\nc 改善=1 池=100");
    let scoring = Scoring::new(&rule, &facts, &[]).unwrap();
    let explained = scoring.explain(&scoring.sheet().units[0]).unwrap();
    let said = &explained.amounts[0].sentence.zh;
    assert!(said.contains("尾差0.01"), "{said}");
}

#[test]
fn a_pool_is_not_split_among_more_or_fewer_than_it_has_shares_for() {
    for table in [
        "a 改善=1 池=100\nb 改善=2 池=100",
        "a 改善=1 池=9\nb 改善=2 池=9\nc 改善=3 池=9\nd 改善=4 池=9",
    ] {
        let found = amounts(&pool(""), table);
        assert!(found.iter().all(|said| said.contains("无法计分：参与分配的单位")), "{found:?}");
    }
}

#[test]
fn a_pool_that_differs_within_the_group_is_not_split() {
    let found = amounts(&pool(""), "a 改善=1 池=100\nb 改善=2 池=100\nc 改善=3 池=90");
    assert!(
        found.iter().all(|said| said.contains("无法计分：组内各单位的“资金”不一致")),
        "{found:?}"
    );
}

#[test]
fn who_has_too_few_tasks_is_neither_ranked_nor_paid() {
    let rule = pool("最少任务: {取数: 应办件数, 不少于: \"3\"}\n");
    let table = "a 改善=1 池=100 应办件数=9\nb 改善=2 池=100 应办件数=9\n\
                 c 改善=3 池=100 应办件数=9\nd 改善=9 池=100 应办件数=1";
    assert_eq!(places(&sheet(&rule, table))[3], "d 0 —");
    let found = amounts(&rule, table);
    assert_eq!(&found[..3], ["20.00", "30.00", "50.00"]);
    assert!(found[3].contains("不适用：任务不足"), "{}", found[3]);
}

#[test]
fn money_has_places_of_its_own() {
    let places = r#""小数位":"2","金额小数位":"4""#;
    let yaml = pool("").canonical().replace(r#""小数位":"2""#, places);
    assert!(yaml.contains(places));
    let rule = RuleSet::parse(&yaml).unwrap();
    let found = amounts(&rule, "a 改善=1 池=100\nb 改善=1 池=100\nc 改善=1 池=100");
    assert_eq!(found, ["33.3334", "33.3333", "33.3333"]);
    assert_eq!(RuleSet::parse(&rule.canonical()).unwrap(), rule);
}

#[test]
fn the_most_of_an_amount_is_printed_in_its_unit() {
    let more = "金额: [{代码: J1, 名称: 奖, 满分: \"50\", 取数: {取数: 奖金, 单位: 万元}, 计分: 取值}]\n\
                加分: [{代码: F1, 名称: 加, 满分: \"2\", 取数: 甲, 计分: {逐点加减: {基准: \"3\", 每: \"1\", 减: \"1\", 方向: 越小越好}}}]\n";
    let lines = rules::print::lines(&rule("100", &[], more), kernel::Lang::Zh).concat();
    for said in ["J1 奖，最多50万元", "F1 加，最多2分", "每高1减1分", "每一部分得出后取舍一次"]
    {
        assert!(lines.contains(said), "{said}: {lines}");
    }
}
