//! What the engine does beside the methods: absence, ties, vetoes, bonuses, consequences.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use rules::engine::Scoring;
use rules::engine::sheet::{Outcome, Part, PartKind, Sheet, Standing};
use rules::facts::{Adjustment, Change, Fact, Facts, State, UnitFacts, Value};
use rules::moves::{medians, moves};
use rules::quality::questions;
use rules::rule_set::RuleSet;
use rules::what_if::{CountChange, Flip, smallest_gain};

/// Two items of ten points for the figures 甲 and 乙, and one for group X only.
fn rule(more: &str) -> RuleSet {
    let absent = if more.contains("缺项") { "" } else { "缺项: 按比例折算\n" };
    let yaml = format!(
        "办法: 考评办法\n编号: KP\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n\
         {absent}满分: \"30\"\n组别: [{{代码: X, 名称: 县区组}}, {{代码: Y, 名称: 部门组}}]\n{more}\n\
         维度:\n- 名称: 工作\n  项目:\n\
         \x20 - {{代码: A1, 名称: 甲, 满分: \"10\", 取数: 甲, 计分: {{比率: {{目标: \"1\"}}}}}}\n\
         \x20 - {{代码: A2, 名称: 乙, 满分: \"10\", 取数: 乙, 计分: {{比率: {{目标: \"1\"}}}}}}\n\
         \x20 - {{代码: A3, 名称: 丙, 满分: \"10\", 适用: [X], 取数: 丙, 计分: {{比率: {{目标: \"1\"}}}}}}\n"
    );
    RuleSet::parse(&yaml).unwrap()
}

fn fact(text: &str) -> Fact {
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

/// `unit group call=figure …`, a line for each unit.
fn facts(table: &str) -> Facts {
    let units = table.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let mut words = line.split_whitespace();
        let (unit, group) = (words.next().unwrap(), words.next().unwrap());
        let cells = words.map(|word| word.split_once('=').unwrap());
        UnitFacts {
            unit: unit.to_owned(),
            name: unit.to_owned(),
            group: group.to_owned(),
            facts: cells.map(|(call, text)| (call.to_owned(), fact(text))).collect(),
        }
    });
    Facts { period: "2021-10".to_owned(), units: units.collect() }
}

fn sheet(rule: &RuleSet, table: &str) -> Sheet {
    Scoring::new(rule, &facts(table), &[]).unwrap().sheet()
}

/// Unit, total and rank as they would be printed.
fn places(sheet: &Sheet) -> Vec<String> {
    let shown = sheet.units.iter().map(|unit| {
        let total =
            unit.total.map_or_else(|| "—".to_owned(), |total| total.normalize().to_string());
        let rank = unit.rank().map_or_else(|| "—".to_owned(), |rank| rank.normalize().to_string());
        format!("{} {total} {rank}", unit.unit)
    });
    shown.collect()
}

#[test]
fn absence_has_three_kinds_and_a_missing_figure_is_never_nought() {
    let table = "a X 甲=1 乙=1 丙=0.5\nb X 甲=1 乙=无 丙=1/3\nc X 甲=1 乙=缺 丙=1\nd X 甲=1 丙=1";
    let found = sheet(&rule("并列: {方式: 同分同名次}"), table);
    assert_eq!(places(&found), ["a 25 1", "b 20 2", "c — —", "d — —"]);
    let b = found.unit("b").unwrap();
    // 10 + 3.33 of 20 marks projected to 30: 19.995, rounded as a part of its own.
    let parts: Vec<String> =
        b.parts.iter().filter_map(Part::points).map(|p| p.to_string()).collect();
    assert_eq!(parts, ["10.00", "3.33", "6.67"]);
    assert_eq!(b.parts.last().unwrap().kind, PartKind::Absent);
    let c = found.unit("c").unwrap();
    assert_eq!(c.standing, Standing::Unscorable);
    let Outcome::Unscorable(why) = &c.part("A2").unwrap().outcome else { unreachable!() };
    assert_eq!(why.message().zh, "“乙”缺数据：未报送");
    assert!(matches!(found.unit("d").unwrap().part("A2").unwrap().outcome, Outcome::Unscorable(_)));
}

#[test]
fn items_that_do_not_apply_are_answered_as_the_rules_say() {
    let table = "b X 甲=1 乙=无 丙=0.5";
    for (policy, total) in [("计满分", "25"), ("计零分", "15")] {
        let yaml = rule("").yaml().replace("缺项: 按比例折算", &format!("缺项: {policy}"));
        let yaml = yaml.replace("适用: [X]", "适用: [X, Y]");
        let rule = RuleSet::parse(&yaml).unwrap();
        assert_eq!(places(&sheet(&rule, table)), [format!("b {total} 1")], "{policy}");
    }
    let none = sheet(&rule(""), "b X 甲=无 乙=无 丙=无");
    assert_eq!(none.unit("b").unwrap().standing, Standing::NothingApplies);
}

#[test]
fn a_missing_figure_follows_the_policy_of_its_item() {
    for (policy, total) in [("零分", "a 20 1"), ("按缺项", "a 30 1"), ("无法计分", "a — —")]
    {
        let yaml =
            rule("").yaml().replace("取数: 乙", &format!("取数: 乙\n        缺数: {policy}"));
        let rule = RuleSet::parse(&yaml).unwrap();
        assert_eq!(places(&sheet(&rule, "a X 甲=1 丙=1")), [total], "{policy}");
    }
}

#[test]
fn ties_are_ranked_after_rounding_as_declared() {
    // b and c are equal after rounding only: 1/3 and 0.3333.
    let table =
        "a X 甲=1 乙=1 丙=1\nb X 甲=1/3 乙=1 丙=1\nc X 甲=0.3333 乙=1 丙=1\nd X 甲=0 乙=1 丙=1";
    for (mode, ranks) in [
        ("同分同名次", ["1", "2", "2", "4"]),
        ("紧凑名次", ["1", "2", "2", "3"]),
        ("平均名次", ["1", "2.5", "2.5", "4"]),
    ] {
        let found = sheet(&rule(&format!("并列: {{方式: {mode}}}")), table);
        let shown: Vec<String> =
            found.units.iter().map(|unit| unit.rank().unwrap().normalize().to_string()).collect();
        assert_eq!(shown, ranks, "{mode}");
    }
}

#[test]
fn a_gap_too_small_parts_nobody_and_chains_do_not_add_up() {
    let table = "a X 甲=1 乙=1 丙=0.90\nb X 甲=1 乙=1 丙=0.897\nc X 甲=1 乙=1 丙=0.894\nd X 甲=1 乙=1 丙=0.1";
    let found = sheet(&rule("并列: {方式: 同分同名次, 最小分差: \"0.05\"}"), table);
    assert_eq!(places(&found), ["a 29 1", "b 28.97 1", "c 28.94 3", "d 21 4"]);
}

#[test]
fn declared_items_break_ties_in_order() {
    let table =
        "a X 甲=0.5 乙=1 丙=1\nb X 甲=1 乙=0.5 丙=1\nc X 甲=1 乙=1 丙=0.5\nd X 甲=1 乙=1 丙=0.5";
    let found = sheet(&rule("并列: {方式: 同分同名次, 依次比较: [A1, A2]}"), table);
    assert_eq!(places(&found), ["a 25 4", "b 25 3", "c 25 1", "d 25 1"]);
    let Standing::Ranked { of, shared_by, .. } = found.unit("c").unwrap().standing else {
        unreachable!()
    };
    assert_eq!((of, shared_by), (4, 2));
}

#[test]
fn too_few_tasks_are_neither_full_marks_nor_last() {
    let rule = rule("最少任务: {取数: 应办件数, 不少于: \"3\"}");
    let table = "a X 甲=1 乙=1 丙=1 应办件数=9\nb X 甲=0 乙=0 丙=0 应办件数=2\nc X 甲=0 乙=1 丙=1 应办件数=3";
    let found = sheet(&rule, table);
    assert_eq!(places(&found), ["a 30 1", "b 0 —", "c 20 2"]);
    assert_eq!(found.unit("b").unwrap().standing, Standing::TooFewTasks);
}

#[test]
fn vetoes_take_points_or_eligibility_as_parts_of_their_own() {
    let veto = |effect: &str| {
        format!(
            "否决: [{{代码: V1, 名称: 事故, 取数: 事故数, 条件: [{{不低于: \"1\"}}], 后果: {effect}, 取消评优: 是}}]"
        )
    };
    for (effect, total) in [
        ("{总分封顶: \"18\"}", "18"),
        ("{项目清零: [A1, A3]}", "10"),
        ("{扣分: \"2.5\"}", "27.5"),
        ("只取消资格", "30"),
    ] {
        let rule = rule(&veto(effect));
        let found = sheet(&rule, "a X 甲=1 乙=1 丙=1 事故数=1\nb X 甲=1 乙=1 丙=0 事故数=0");
        let a = found.unit("a").unwrap();
        assert_eq!(a.total.unwrap().normalize().to_string(), total, "{effect}");
        assert_eq!(a.barred_by, ["V1"]);
        assert!(found.unit("b").unwrap().barred_by.is_empty());
        let sum: rust_decimal::Decimal = a.parts.iter().filter_map(Part::points).sum();
        assert_eq!(Some(sum), a.total);
    }
    // Nobody knows whether it strikes: then there is no total.
    let open = sheet(&rule(&veto("{扣分: \"1\"}")), "a X 甲=1 乙=1 丙=1 事故数=缺");
    assert_eq!(places(&open), ["a — —"]);
}

#[test]
fn bonuses_are_limited_each_and_together() {
    let rule = rule(
        "加分上限: \"3\"\n加分:\n\
         - {代码: F1, 名称: 表彰, 满分: \"2\", 取数: 表彰数, 计分: {逐件: {事项: [{每件: \"1\"}]}}}\n\
         - {代码: F2, 名称: 试点, 满分: \"2\", 取数: 试点数, 计分: {逐件: {事项: [{每件: \"1\"}]}}}",
    );
    let found =
        sheet(&rule, "a X 甲=1 乙=1 丙=1 表彰数=5 试点数=2\nb X 甲=1 乙=1 丙=1 表彰数=1 试点数=0");
    assert_eq!(places(&found), ["a 33 1", "b 31 2"]);
    let kinds: Vec<_> = found.unit("a").unwrap().parts.iter().map(|part| part.kind).collect();
    assert_eq!(kinds.last(), Some(&PartKind::BonusLimit));
}

#[test]
fn adjustments_replace_cells_or_add_points_and_are_listed() {
    let rule = rule("");
    let facts = facts("a X 甲=0.5 乙=1 丙=1\nb X 甲=0.6 乙=1 丙=1");
    let adjustment = |reference: &str, change| Adjustment {
        unit: "a".to_owned(),
        reference: reference.to_owned(),
        reason: "两件不应由本单位承办".to_owned(),
        change,
    };
    let adjustments = [
        adjustment("异议3", Change::Cell { call: "甲".to_owned(), fact: fact("4/5") }),
        adjustment("异议4", Change::Points(rules::decimal::parse("0.5").unwrap())),
    ];
    let scoring = Scoring::new(&rule, &facts, &adjustments).unwrap();
    let found = scoring.sheet();
    assert_eq!(places(&found), ["a 28.5 1", "b 26 2"]);
    let a = found.unit("a").unwrap();
    assert_eq!(a.adjusted_by, ["异议3", "异议4"]);
    let explained = scoring.explain(a).unwrap();
    assert_eq!(explained.others[0].title.zh, "调整（异议4）：两件不应由本单位承办");
    assert_eq!(explained.sum.zh, "合计 8.00 + 10.00 + 10.00 + 0.50 = 28.50");
    assert_eq!(explained.costly[0].sentence.zh, "甲少得2分");
    let stranger = Adjustment { unit: "z".to_owned(), ..adjustments[0].clone() };
    let refused = Scoring::new(&rule, &facts, &[stranger]).err().unwrap();
    assert!(refused[0].zh.contains("不在考评范围"));
}

#[test]
fn consequences_are_eligibility_times_rank() {
    let rule = rule(
        "否决: [{代码: V1, 名称: 事故, 取数: 事故数, 条件: [{不低于: \"1\"}], 后果: 只取消资格}]\n结果运用:\n\
         - {代码: P1, 名称: 表扬, 名次: {前: 2}, 最低分: \"25\", 评优: 是, 并列: 扩容}\n\
         - {代码: P2, 名称: 严格表扬, 名次: {前: 2}, 并列: 不扩容}\n\
         - {代码: P3, 名称: 表态发言, 名次: {后: 2}, 取数: 完成率, 条件: [{低于: \"1\"}]}",
    );
    let table = "a X 甲=1 乙=1 丙=1 事故数=1 完成率=2\nb X 甲=1 乙=1 丙=0.9 事故数=0 完成率=2\n\
                 c X 甲=1 乙=1 丙=0.9 事故数=0 完成率=2\nd X 甲=1 乙=1 丙=0.1 事故数=0 完成率=1\n\
                 e X 甲=0 乙=1 丙=0.1 事故数=0 完成率=0.9";
    let found = sheet(&rule, table);
    let proposed: Vec<String> =
        found.proposals.iter().map(|one| format!("{} {}", one.consequence, one.unit)).collect();
    // a is first and barred; b and c cross the line together; d is second to last but met its plan.
    assert_eq!(proposed, ["P1 b", "P1 c", "P2 a", "P3 e"]);
    let open = sheet(&rule, &table.replace("完成率=0.9", "完成率=缺"));
    assert!(open.proposals.last().unwrap().open.as_ref().unwrap().message().zh.contains("未报送"));
}

#[test]
fn a_contested_figure_counts_and_is_marked() {
    let rule = rule("");
    let mut facts = facts("a X 甲=0.5 乙=1 丙=1");
    let value = Value::Number(rules::decimal::parse("0.5").unwrap());
    let state = State::Disputed(value, "异议3".to_owned());
    facts.units[0].facts.insert("甲".to_owned(), Fact { state, n: 1 });
    let found = Scoring::new(&rule, &facts, &[]).unwrap().sheet();
    let a = found.unit("a").unwrap();
    assert_eq!(a.total.unwrap().to_string(), "25.00");
    let marked: Vec<bool> = a.parts.iter().map(|part| part.is_disputed).collect();
    assert_eq!(marked, [true, false, false]);
}

#[test]
fn facts_that_do_not_fit_are_refused_with_their_reason() {
    let rule = rule("");
    let refused =
        |table: &str| Scoring::new(&rule, &facts(table), &[]).err().unwrap()[0].zh.clone();
    assert_eq!(refused("a Z 甲=1"), "a的组别“Z”不在办法中，请改组别或在办法中增加");
    assert_eq!(refused("a X 甲=1\na X 甲=1"), "单位a出现两次，请核对名单");
}

#[test]
fn too_long_figures_and_divisions_by_zero_are_unscorable() {
    let long = rust_decimal::Decimal::MAX;
    let rule = rule("");
    let mut facts = facts("a X 甲=1 乙=1/0 丙=1");
    facts.units[0].facts.insert("甲".to_owned(), Fact::number(long, 1));
    let found = Scoring::new(&rule, &facts, &[]).unwrap().sheet();
    let why = |code: &str| match &found.unit("a").unwrap().part(code).unwrap().outcome {
        Outcome::Unscorable(why) => why.message().zh,
        Outcome::Points(_) | Outcome::NotApplicable(_) => String::new(),
    };
    assert_eq!(why("A1"), "“甲”的位数太多");
    assert_eq!(why("A2"), "除数为零");
}

#[test]
fn the_sheet_reads_back_from_its_bytes() {
    let found = sheet(
        &rule("并列: {方式: 平均名次}"),
        "a X 甲=1 乙=无 丙=1\nb X 甲=1 乙=缺 丙=1\nc Y 甲=1 乙=1",
    );
    let again: Sheet = serde_json::from_str(&found.canonical()).unwrap();
    assert_eq!(again.canonical(), found.canonical());
    assert!(
        found.canonical().starts_with(r#"{"engine":"duban-rules-1","period":"2021-10","rule":""#)
    );
    let table = facts("a X 甲=1/3 乙=无 丙=1");
    let again: Facts = serde_json::from_str(&table.canonical()).unwrap();
    assert_eq!(again, table);
}

#[test]
fn two_sheets_show_who_moves_and_why() {
    let rule = rule("并列: {方式: 同分同名次}");
    let before = sheet(&rule, "a X 甲=0.9 乙=1 丙=1\nb X 甲=0.8 乙=1 丙=1\nc X 甲=0.1 乙=1 丙=1");
    let after = sheet(&rule, "a X 甲=0.9 乙=1 丙=1\nb X 甲=1 乙=0.95 丙=1\nd X 甲=1 乙=1 丙=缺");
    let moves = moves(&before, &after);
    let said: Vec<String> = moves.iter().map(|one| one.message(&one.unit).zh).collect();
    assert_eq!(
        said,
        [
            "a：第1名→第2名；自身得分未变",
            "b：第2名→第1名；主要变化：A1+2、A2-0.5",
            "c：第3名→不排名；主要变化：A2-10、A3-10、A1-1",
            "d：不排名→不排名；主要变化：A1+10、A2+10",
        ]
    );
    assert!(moves[0].has_moved() && !moves[3].has_moved());
    let medians = medians(&before, "X");
    assert_eq!(medians["A1"].to_string(), "8.00");
}

#[test]
fn the_smallest_change_that_gains_a_rank_is_found_by_scoring_again() {
    let rule = rule("并列: {方式: 同分同名次}");
    let table =
        "a X 甲=9/10 乙=1 丙=1\nb X 甲=8/10 乙=5/10 丙=1\nc X 甲=7/10 乙=1 丙=1\nz Y 甲=1 乙=1";
    let facts = facts(table);
    let number = |text: &str| rules::decimal::parse(text).unwrap();
    let flip = |record: &str, call: &str| Flip {
        record: record.to_owned(),
        changes: vec![CountChange {
            call: call.to_owned(),
            numerator: number("1"),
            denominator: number("0"),
        }],
    };
    // b has 23 points and c before it 27: with four records of a point each they share the rank.
    let flips: Vec<Flip> = (0..6).map(|n| flip(&format!("事项{n}"), "乙")).collect();
    let gain = smallest_gain(&rule, &facts, &[], "b", &flips).unwrap();
    let gain = gain.unwrap();
    assert_eq!(
        (gain.records.len(), gain.total.to_string(), gain.rank.to_string()),
        (4, "27.00".to_owned(), "2".to_owned())
    );
    assert_eq!(smallest_gain(&rule, &facts, &[], "b", &flips[..3]).unwrap(), None);
    let one = smallest_gain(&rule, &facts, &[], "c", &[flip("事项", "丙"), flip("事项", "甲")]);
    assert_eq!(one.unwrap(), None, "a stays in front of c whatever one record says");
    let many: Vec<Flip> = (0..3).map(|n| flip(&format!("事项{n}"), "甲")).collect();
    assert_eq!(
        smallest_gain(&rule, &facts, &[], "c", &many).unwrap().unwrap().records,
        ["事项0", "事项1"]
    );
    assert_eq!(smallest_gain(&rule, &facts, &[], "nobody", &many).unwrap(), None);
}

#[test]
fn figures_that_a_person_should_look_at_are_asked_about() {
    let rule = rule("");
    let mut facts = facts(
        "a X 甲=90/100 乙=1 丙=1\nb X 甲=91/100 乙=1 丙=1\nc X 甲=92/100 乙=1 丙=1\nd X 甲=93/100 乙=缺 丙=1\n\
         e X 甲=94/100 乙=无 丙=1\nf X 甲=1/3 乙=1\ng Y 甲=1 乙=1",
    );
    let value = Value::Number(rules::decimal::parse("1").unwrap());
    let disputed = Fact { state: State::Disputed(value, "异议3".to_owned()), n: 1 };
    facts.units[0].facts.insert("丙".to_owned(), disputed);
    let found: Vec<_> = questions(&rule, &facts)
        .into_iter()
        .map(|one| format!("{:?} {} {}", one.doubt, one.unit, one.call))
        .collect();
    // g is of the group to which 丙 does not apply, so nobody asks it for one.
    assert_eq!(
        found,
        ["Missing d 乙", "Missing f 丙", "Disputed a 丙", "Thin f 甲", "Outlier f 甲"]
    );
}
