//! Totals and places where vetoes, ties, adjustments and too few tasks meet.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod table;

use rules::engine::Scoring;
use rules::engine::sheet::{Outcome, Part, Sheet, Standing};
use rules::facts::{Adjustment, Change};
use rules::what_if::{CountChange, Flip, smallest_gain};
use table::{fact, facts, places, rule, sheet};

const FIRST: &str = "代码: A1, 名称: 甲, 满分: \"10\", 取数: 甲, 计分: {比率: {目标: \"1\"}}";
const SECOND: &str = "代码: A2, 名称: 乙, 满分: \"10\", 取数: 乙, 计分: {比率: {目标: \"1\"}}";

#[test]
fn two_vetoes_that_clear_one_item_take_its_points_once() {
    let vetoes = "否决:\n\
        - {代码: V1, 名称: 事故, 取数: 事故数, 条件: [{不低于: \"1\"}], 后果: {项目清零: [A1]}}\n\
        - {代码: V2, 名称: 不实, 取数: 不实数, 条件: [{不低于: \"1\"}], 后果: {项目清零: [A1, A2, A2]}}\n";
    let rule = rule("20", &[FIRST, SECOND], vetoes);
    let found = sheet(&rule, "a 甲=1 乙=0.5 事故数=1 不实数=1");
    let points: Vec<String> =
        found.units[0].parts.iter().filter_map(Part::points).map(|p| p.to_string()).collect();
    assert_eq!(points, ["10.00", "5.00", "-10.00", "-5.00"]);
    assert_eq!(places(&found), ["a 0 1"]);
}

#[test]
fn a_tie_breaker_that_somebody_lacks_parts_nobody() {
    // a has no work of A1 and all of A2 is worth 20 for it; A1 cannot be held against it.
    let rule = rule("20", &[FIRST, SECOND], "并列: {方式: 同分同名次, 依次比较: [A1]}\n");
    let found = sheet(&rule, "a 甲=无 乙=0.5\nb 甲=0.5 乙=0.5\nc 甲=0 乙=1");
    assert_eq!(places(&found), ["a 10 1", "b 10 1", "c 10 1"]);
    let found = sheet(&rule, "b 甲=0.5 乙=0.5\nc 甲=0 乙=1");
    assert_eq!(places(&found), ["b 10 1", "c 10 2"]);
}

#[test]
fn a_cleared_item_breaks_no_tie() {
    let more = "并列: {方式: 同分同名次, 依次比较: [A1]}\n否决:\n\
        - {代码: V1, 名称: 事故, 取数: 事故数, 条件: [{不低于: \"1\"}], 后果: {项目清零: [A1]}}\n";
    let rule = rule("20", &[FIRST, SECOND], more);
    let found = sheet(&rule, "a 甲=1 乙=0.5 事故数=1\nb 甲=0.1 乙=0.4 事故数=0");
    assert_eq!(places(&found), ["a 5 2", "b 5 1"]);
}

fn adjustment(reference: &str, change: Change) -> Adjustment {
    Adjustment {
        unit: "a".to_owned(),
        reference: reference.to_owned(),
        reason: "核实".to_owned(),
        change,
    }
}

fn cell(call: &str, text: &str) -> Change {
    Change::Cell { call: call.to_owned(), fact: fact(text) }
}

#[test]
fn an_adjustment_that_changes_nothing_or_twice_is_refused() {
    let weighed = "代码: A1, 名称: 甲, 满分: \"10\", 取数: {取数: 甲, 参数: {权重: 是}}, 计分: {比率: {目标: \"1\"}}";
    let rule = rule("10", &[weighed], "");
    let facts = facts("a 甲(权重=是)=0.5");
    let refused =
        |all: &[Adjustment]| Scoring::new(&rule, &facts, all).err().unwrap()[0].zh.clone();
    let said = refused(&[adjustment("异议3", cell("甲", "1"))]);
    assert_eq!(said, "调整异议3所改的“甲”不是办法的取数；可用：甲(权重=是)");
    let twice = [
        adjustment("异议3", cell("甲(权重=是)", "1")),
        adjustment("异议4", cell("甲(权重=是)", "0.7")),
    ];
    assert_eq!(refused(&twice), "调整异议3与异议4改的是同一数据：a的“甲(权重=是)”，请只留一个");
    assert!(Scoring::new(&rule, &facts, &twice[..1]).is_ok());
}

#[test]
fn the_order_of_adjustments_changes_no_byte() {
    let rule = rule("20", &[FIRST, SECOND], "");
    let facts = facts("a 甲=0.5 乙=0.5");
    let points = |text: &str| Change::Points(rules::decimal::parse(text).unwrap());
    let mut all = vec![
        adjustment("异议5", points("1")),
        adjustment("异议3", points("2")),
        adjustment("异议4", cell("甲", "0.6")),
    ];
    let straight = Scoring::new(&rule, &facts, &all).unwrap().sheet().canonical();
    let canonical = Adjustment::canonical(&all);
    all.reverse();
    assert_eq!(straight, Scoring::new(&rule, &facts, &all).unwrap().sheet().canonical());
    assert_eq!(canonical, Adjustment::canonical(&all));
}

#[test]
fn who_is_not_known_to_have_enough_tasks_has_no_place() {
    let rule = rule("10", &[FIRST], "最少任务: {取数: 应办件数, 不少于: \"3\"}\n");
    let found = sheet(&rule, "a 甲=1 应办件数=缺\nb 甲=0.5 应办件数=3\nc 甲=0.4");
    assert_eq!(places(&found), ["a — —", "b 5 1", "c — —"]);
    let a = found.unit("a").unwrap();
    assert_eq!(a.standing, Standing::Unscorable);
    let Outcome::Unscorable(why) = &a.part("最少任务").unwrap().outcome else { unreachable!() };
    assert!(format!("{why:?}").contains("未报送"), "{why:?}");
}

#[test]
fn a_group_without_anybody_to_compare_with_says_so() {
    let item = "代码: A1, 名称: 甲, 满分: \"10\", 取数: 甲, 计分: {极差: {方向: 越大越好}}";
    let rule = rule("10", &[item], "最少任务: {取数: 应办件数, 不少于: \"3\"}\n");
    let facts = facts("a 甲=1 应办件数=1\nb 甲=0.5 应办件数=2");
    let scoring = Scoring::new(&rule, &facts, &[]).unwrap();
    let found = scoring.sheet();
    let explained = scoring.explain(&found.units[0]).unwrap();
    let said = &explained.dimensions[0].items[0].sentence.zh;
    assert!(said.contains("组内没有可比的单位"), "{said}");
}

#[test]
fn what_would_have_gained_a_rank_begins_with_what_was_upheld() {
    let rule = rule("10", &[FIRST], "并列: {方式: 同分同名次}\n");
    let facts = facts("a 甲=1/10\nb 甲=8/10");
    let flip = |record: &str| Flip {
        record: record.to_owned(),
        changes: vec![CountChange {
            call: "甲".to_owned(),
            numerator: rules::decimal::parse("1").unwrap(),
            denominator: rules::decimal::parse("0").unwrap(),
        }],
    };
    let upheld = [adjustment("异议3", cell("甲", "7/10"))];
    let flips = [flip("一"), flip("二")];
    let gain = smallest_gain(&rule, &facts, &upheld, "a", &flips).unwrap().unwrap();
    assert_eq!((gain.records.len(), gain.total.to_string()), (1, "8.00".to_owned()));
}

/// Steps of a table are reached by several records only together; nothing is told as impossible
/// that is possible, and nothing is asked for that could be spared.
#[test]
fn a_step_that_only_several_records_reach_gains_a_rank() {
    let stepped = "代码: A1, 名称: 甲, 满分: \"10\", 取数: 甲, 计分: {分档: {方向: 越大越好, \
        档: [{界: \"0.95\", 得分: \"10\"}, {界: \"0.8\", 得分: \"7\"}], 其余: \"3\"}}";
    let flat = "代码: A2, 名称: 乙, 满分: \"10\", 取数: 乙, 计分: {比率: {目标: \"1\"}}";
    let rule = rule("20", &[stepped, flat], "并列: {方式: 同分同名次}\n");
    let city = facts("a 甲=30/40 乙=1/4\nb 甲=30/40 乙=1/2");
    let flip = |record: &str, call: &str| Flip {
        record: record.to_owned(),
        changes: vec![CountChange {
            call: call.to_owned(),
            numerator: rules::decimal::parse("1").unwrap(),
            denominator: rules::decimal::parse("0").unwrap(),
        }],
    };
    let flips = ["甲一", "甲二", "甲三"].map(|record| flip(record, "甲"));
    // a has 5.5 points and b 8; one of 甲 changes nothing, two reach 80 %.
    assert_eq!(smallest_gain(&rule, &city, &[], "a", &flips[..1]).unwrap(), None);
    let gain = smallest_gain(&rule, &city, &[], "a", &flips).unwrap().unwrap();
    assert_eq!((gain.records.len(), gain.total.to_string()), (2, "9.50".to_owned()));
    // What helps alone but is not needed beside them is spared: 乙 brings 2.5, the step 4.
    let close = facts("a 甲=31/40 乙=1/4\nb 甲=30/40 乙=6/10");
    let offered = [flip("乙一", "乙"), flips[0].clone()];
    let gain = smallest_gain(&rule, &close, &[], "a", &offered).unwrap().unwrap();
    assert_eq!(gain.records, ["甲一"]);
    // A record that an objection credited already does not count beyond the whole.
    let whole = [adjustment("异议4", cell("甲", "31/31")), adjustment("异议5", cell("乙", "-9/1"))];
    assert_eq!(smallest_gain(&rule, &city, &whole, "a", &flips).unwrap(), None);
}

#[test]
fn points_are_explained_with_their_places_and_no_negative_nought() {
    let veto = "否决:\n\
        - {代码: V1, 名称: 事故, 取数: 事故数, 条件: [{不低于: \"1\"}], 后果: {项目清零: [A1]}}\n";
    let rule = rule("10", &[FIRST], veto);
    let facts = facts("a 甲=0 事故数=1");
    let scoring = Scoring::new(&rule, &facts, &[]).unwrap();
    // A sheet that was stored has numbers without zeros at their end.
    let stored: Sheet = serde_json::from_str(&scoring.sheet().canonical()).unwrap();
    let explained = scoring.explain(&stored.units[0]).unwrap();
    assert_eq!(explained.sum.zh, "合计 0.00 + 0.00 = 0.00");
    assert!(explained.headline.zh.contains("总分0.00，"), "{}", explained.headline.zh);
    assert!(explained.others[0].sentence.zh.contains("：0.00分"), "{:?}", explained.others);
}

#[test]
fn reasons_stand_in_the_sheet_as_codes_and_are_worded_when_they_are_shown() {
    let rule = rule("20", &[FIRST, SECOND], "");
    let facts = facts("a 甲=缺 乙=无");
    let scoring = Scoring::new(&rule, &facts, &[]).unwrap();
    let bytes = scoring.sheet().canonical();
    assert!(
        bytes.contains(r#"{"unscorable":{"missing":{"input":"甲","reason":"未报送"}}}"#),
        "{bytes}"
    );
    assert!(bytes.contains(r#"{"not_applicable":{"source":{"reason":"没有任务"}}}"#), "{bytes}");
    let again: Sheet = serde_json::from_str(&bytes).unwrap();
    assert_eq!(again.canonical(), bytes);
    let explained = scoring.explain(&again.units[0]).unwrap();
    let said: Vec<&str> =
        explained.dimensions[0].items.iter().map(|item| item.sentence.zh.as_str()).collect();
    assert!(said[0].contains("无法计分：“甲”缺数据：未报送"), "{said:?}");
    assert!(said[1].contains("不适用：没有任务"), "{said:?}");
}

#[test]
fn a_sheet_of_long_numbers_reads_back() {
    // Two amounts of fifteen digits have a sum of sixteen.
    let amount = |code: &str| {
        format!("- {{代码: {code}, 名称: 奖, 满分: \"999999999999999\", 取数: 奖, 计分: 取值}}\n")
    };
    let rule = rule("10", &[FIRST], &format!("金额:\n{}{}", amount("J1"), amount("J2")));
    let bytes = sheet(&rule, "a 甲=1 奖=999999999999999").canonical();
    assert!(bytes.contains("1999999999999998"), "{bytes}");
    let again: Sheet = serde_json::from_str(&bytes).unwrap();
    assert_eq!(again.canonical(), bytes);
}
