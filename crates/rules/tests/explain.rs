//! What stands beside the items is explained with its figures, as the items are.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod table;

use rules::engine::Scoring;
use rules::engine::sheet::PartKind;
use rules::explain::Explanation;
use rules::rule_set::RuleSet;
use table::{facts, places, rule, sheet};

const FIRST: &str = "代码: A1, 名称: 甲, 满分: \"10\", 取数: 甲, 计分: {比率: {目标: \"1\"}}";
const SECOND: &str = "代码: A2, 名称: 乙, 满分: \"10\", 取数: 乙, 计分: {比率: {目标: \"1\"}}";

fn explained(rule: &RuleSet, table: &str) -> Explanation {
    let facts = facts(table);
    let scoring = Scoring::new(rule, &facts, &[]).unwrap();
    let sheet = scoring.sheet();
    scoring.explain(&sheet.units[0]).unwrap()
}

/// The sentences of the parts that are no items, in both languages.
fn others(rule: &RuleSet, table: &str) -> (Vec<String>, Vec<String>) {
    let found = explained(rule, table).others;
    found.into_iter().map(|one| (one.sentence.zh, one.sentence.en)).unzip()
}

#[test]
fn what_does_not_apply_is_redistributed_step_by_step() {
    let rule = rule("20", &[FIRST, SECOND], "");
    let (zh, en) = others(&rule, "a 甲=0.8 乙=无");
    assert_eq!(zh.len(), 1);
    assert_eq!(
        zh[0],
        "不适用项目的折算：8.00分；不适用的项目：A2（10分），适用项目满分10分，得8分，按8÷10×20折算，增加8分"
    );
    assert!(en[0].contains("rescaled as 8 / 10 × 20: 8 points added"), "{}", en[0]);
    let mut full = rule;
    full.absent_items = rules::rule_set::outcome::AbsentItems::Full;
    let (zh, _) = others(&full, "a 甲=0.8 乙=无");
    assert_eq!(zh[0], "不适用项目的折算：10.00分；不适用的A2（10分）按满分计，加10分");
}

#[test]
fn the_limit_of_bonuses_says_what_it_takes() {
    let more = "加分:\n\
        - {代码: F1, 名称: 表彰, 满分: \"3\", 取数: 表彰数, 计分: {逐件: {事项: [{每件: \"1\"}]}}}\n\
        - {代码: F2, 名称: 位次, 满分: \"2\", 取数: 位次, 计分: {逐件: {事项: [{每件: \"1\"}]}}}\n\
        加分上限: \"2\"\n";
    let rule = rule("20", &[FIRST, SECOND], more);
    let (zh, en) = others(&rule, "a 甲=1 乙=1 表彰数=2 位次=1");
    let limit = zh.last().unwrap();
    assert_eq!(limit, "超过加分上限的部分：-1.00分；加分合计3分，最多计2分，超出的1分不计");
    assert!(en.last().unwrap().contains("bonuses of 3 points together, 2 at most"), "{en:?}");
}

#[test]
fn a_veto_says_its_figures_its_conditions_and_what_it_takes() {
    let more = "否决:\n\
        - {代码: V1, 名称: 不实, 取数: {取数: 不实数, 单位: 件}, 条件: [{不低于: \"1\"}], 后果: {项目清零: [A1]}, 取消评优: 是}\n\
        - {代码: V2, 名称: 事故, 取数: {取数: 事故数, 单位: 次}, 条件: [{不低于: \"1\"}], 后果: {总分封顶: \"6\"}}\n\
        - {代码: V3, 名称: 迟报, 取数: {取数: 迟报数, 单位: 次}, 条件: [{高于: \"2\"}], 后果: {扣分: \"1\"}}\n\
        - {代码: V4, 名称: 约谈, 取数: {取数: 约谈数, 单位: 次}, 条件: [{不低于: \"1\"}], 后果: 只取消资格}\n";
    let rule = rule("20", &[FIRST, SECOND], more);
    let table = "a 甲=0.8 乙=1 不实数=1 事故数=1 迟报数=3 约谈数=2";
    let (zh, en) = others(&rule, table);
    assert_eq!(
        zh,
        [
            "V1 不实：-8.00分；不实数1件，符合“不实数不低于1件”，A1计零分，减8分",
            "V3 迟报：-1.00分；迟报数3次，符合“迟报数高于2次”，减1分",
            "V2 事故：-3.00分；事故数1次，符合“事故数不低于1次”，原为9分，总分不超过6分，减3分",
        ]
    );
    assert!(en[1].contains("1 point taken") && !en[1].contains("1 points"), "{}", en[1]);
    let barred: Vec<String> =
        explained(&rule, table).barred.into_iter().map(|one| one.zh).collect();
    assert_eq!(
        barred,
        [
            "V1 不实：不实数1件，符合“不实数不低于1件”，取消评优资格",
            "V4 约谈：约谈数2次，符合“约谈数不低于1次”，取消评优资格",
        ]
    );
}

#[test]
fn a_dimension_has_the_full_marks_of_the_units_group() {
    let rule = rule("20", &[FIRST, SECOND], "");
    let found = explained(&rule, "a 甲=0.8 乙=无");
    assert_eq!(found.dimensions[0].full.unwrap().to_string(), "20.00");
    assert_eq!(found.others.len(), 1);
    let scored = sheet(&rule, "a 甲=0.8 乙=无");
    assert_eq!(places(&scored), ["a 16 1"]);
    assert_eq!(scored.units[0].parts[2].kind, PartKind::Absent);
}
