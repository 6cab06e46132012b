//! Totals and places where vetoes, ties, adjustments and too few tasks meet.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod table;

use rules::engine::sheet::Part;
use table::{places, rule, sheet};

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
