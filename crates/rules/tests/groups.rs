//! Methods that compare a group, at the edges of the group.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod table;

use table::{places, rule, sheet};

fn item(method: &str) -> String {
    format!("代码: A1, 名称: 甲, 满分: \"100\", 取数: 甲, 计分: {method}")
}

/// The points of units a, b, … with these figures.
fn points(method: &str, figures: &[&str]) -> Vec<String> {
    let rule = rule("100", &[&item(method)], "");
    let units = figures.iter().zip('a'..).map(|(figure, unit)| format!("{unit} 甲={figure}\n"));
    let shown = places(&sheet(&rule, &units.collect::<String>()));
    shown.iter().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn who_is_below_what_is_not_allowed_never_gets_full_marks() {
    let best = "{功效系数: {满意值: 组内最优, 不允许值: \"0.6\", 基础分比例: \"0.6\"}}";
    assert_eq!(points(best, &["0.8", "0.7", "0.6", "0.5"]), ["100", "80", "60", "40"]);
    assert_eq!(points(best, &["0.55", "0.50", "0.40"]), ["0", "0", "0"]);
    assert_eq!(points(best, &["0.6", "0.40"]), ["60", "0"]);
    let least =
        "{功效系数: {满意值: 组内最优, 不允许值: \"0.6\", 基础分比例: \"0.6\", 下限: \"0.3\"}}";
    assert_eq!(points(least, &["0.6", "0.40"]), ["60", "30"]);
    let down =
        "{功效系数: {满意值: 组内最优, 不允许值: \"6\", 基础分比例: \"0.6\", 方向: 越小越好}}";
    assert_eq!(points(down, &["2", "4", "6", "7"]), ["100", "80", "60", "50"]);
    assert_eq!(points(down, &["7", "8", "6"]), ["0", "0", "60"]);
    // All are better than what satisfies.
    let worst = "{功效系数: {满意值: \"0.9\", 不允许值: 组内最差, 基础分比例: \"0.6\"}}";
    assert_eq!(points(worst, &["0.95", "0.97", "0.9"]), ["100", "100", "100"]);
    assert_eq!(points(worst, &["0.95", "0.8"]), ["100", "60"]);
    let both =
        "{功效系数: {满意值: 组内最优, 不允许值: 组内最差, 基础分比例: \"0.6\", 全等: 中间分}}";
    assert_eq!(points(both, &["0.5", "0.5"]), ["80", "80"]);
    assert_eq!(points(both, &["0.5", "0.4"]), ["100", "60"]);
}

#[test]
fn the_last_rank_gets_what_is_declared_for_the_last() {
    let ends = |ties: &str| {
        format!(
            "{{名次: {{方向: 越大越好, 并列: {ties}, 递减: {{首末: {{第一名: \"1\", 末名: \"0.4\"}}}}}}}}"
        )
    };
    assert_eq!(points(&ends("紧凑名次"), &["3", "2", "2", "1"]), ["100", "70", "70", "40"]);
    assert_eq!(points(&ends("同分同名次"), &["3", "2", "2", "1"]), ["100", "80", "80", "40"]);
    assert_eq!(points(&ends("同分同名次"), &["3", "2", "1", "1"]), ["100", "70", "40", "40"]);
    // Mean ranks share what their places get together, so nothing is lost and nothing is gained.
    assert_eq!(points(&ends("平均名次"), &["3", "2", "1", "1"]), ["100", "80", "50", "50"]);
    for ties in ["紧凑名次", "同分同名次"] {
        assert_eq!(points(&ends(ties), &["2", "2"]), ["100", "100"], "{ties}");
    }
}

#[test]
fn counts_that_cannot_be_are_not_scored() {
    let events = "{逐件: {从满分起: 是, 事项: [{每件: \"-1\"}]}}";
    assert_eq!(points(events, &["2", "-2"]), ["98", "—"]);
    let rating = "{等级评价: {等次: [{输入: 好, 分值: \"100\"}], 有效票: 票, 满分值: \"100\"}}";
    let ballot = "{名次票: {名次: [{输入: 好, 分值: \"3\"}], 有效票: 票}}";
    for method in [rating, ballot] {
        let item = format!("代码: A1, 名称: 甲, 满分: \"100\", 取数: [好, 票], 计分: {method}");
        let rule = rule("100", &[&item], "");
        let found = sheet(&rule, "a 好=3 票=3\nb 好=3 票=2");
        assert_eq!(places(&found), ["a 100 1", "b — —"], "{method}");
    }
}

#[test]
fn the_best_gets_full_marks_also_where_numbers_are_too_long_to_be_exact() {
    let long = [
        "123456789012345.123456789012/999999999999.999999999989",
        "987654321012345.123456789017/999999999999.999999999971",
        "555555555555555.555555555559/999999999999.999999999961",
    ];
    let found = points("{极差: {方向: 越大越好}}", &long);
    assert_eq!([&found[0], &found[1]], ["0", "100"]);
}
