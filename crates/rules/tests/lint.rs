//! The linter finds what a rule set should not do, and leaves a good one alone.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use rules::engine::Scoring;
use rules::facts::{Fact, Facts, State, UnitFacts};
use rules::lint::{Severity, lint, lint_past};
use rules::rule_set::RuleSet;

fn rule(items: &str, more: &str) -> RuleSet {
    let yaml = format!(
        "办法: 考评办法\n编号: KP\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n\
         缺项: 按比例折算\n满分: \"10\"\n组别: [{{代码: X, 名称: 县区组}}]\n{more}\n\
         维度:\n- 名称: 工作\n  项目:\n{items}"
    );
    RuleSet::parse(&yaml).unwrap()
}

fn item(name: &str, measure: &str, method: &str) -> String {
    format!(
        "  - 代码: A1\n    名称: {name}\n    满分: \"10\"\n    取数: {measure}\n    计分: {method}\n"
    )
}

const RATIO: &str = "{比率: {目标: \"1\"}}";
const TIES: &str = "并列: {方式: 同分同名次, 最小分差: \"0.05\"}";

fn kinds(rule: &RuleSet) -> Vec<(&'static str, Severity)> {
    lint(rule).into_iter().map(|finding| (finding.kind, finding.severity)).collect()
}

#[test]
fn a_good_rule_set_is_left_alone() {
    let rule = rule(&item("按期办结率", "按期办结率", RATIO), TIES);
    assert_eq!(kinds(&rule), []);
}

#[test]
fn forbidden_measures_are_found_with_their_regulation() {
    let words = [
        ("领导批示", "2024"),
        ("宣传报道篇数", "2024"),
        ("现场照片张数", "2024"),
        ("会议次数", "2024"),
        ("平台签到率", "2023"),
        ("平台登录次数", "2026"),
        ("平台签收率", "2026"),
        ("应用安装率", "2026"),
        ("安装率", "2026"),
        ("国家反诈中心安装率", "2026"),
        ("用户活跃率", "2026"),
        ("活跃率", "2026"),
        ("例会次数", "2024"),
        ("会议场次", "2024"),
        ("会议数量", "2024"),
        ("调度会次数", "2024"),
        ("例会召开率", "2024"),
        ("线上投票", "2026"),
        ("在线时间", "2023"),
        ("在线时长", "2023"),
        ("网络投票", "2026"),
        ("点赞数", "2026"),
    ];
    for (word, year) in words {
        let rule = rule(&item("工作质量", word, RATIO), TIES);
        let found = lint(&rule);
        assert_eq!(found.len(), 1, "{word}: {found:?}");
        assert_eq!(found[0].severity, Severity::Forbidden, "{word}");
        assert!(found[0].because.en.contains(year), "{word}: {}", found[0].because.en);
        assert_eq!(found[0].path.last().unwrap(), "A1");
    }
    for honest in [
        "充电桩安装率",
        "节日活动保障率",
        "建筑面积分类完成率",
        "商标注册率",
        "烟感安装率",
        "光伏安装率",
        "经营主体活跃率",
        "就业机会数量",
        "协会数量",
        "例会议定事项办结率",
        "企业投诉办结率",
    ] {
        assert_eq!(kinds(&rule(&item("工作质量", honest, RATIO), TIES)), [], "{honest}");
    }
    for asked in ["豫事办安装率", "钉钉活跃率"] {
        let found = kinds(&rule(&item("工作质量", asked, RATIO), TIES));
        assert_eq!(found, [("forbidden_measure", Severity::Warning)], "{asked}");
    }
    let late = rule(&item("签收及时率", "签收及时率", RATIO), TIES);
    assert_eq!(kinds(&late), [("forbidden_measure", Severity::Warning)]);
}

#[test]
fn curves_that_do_not_work_as_meant_are_found() {
    let table = [
        ("{分档: {方向: 越大越好, 档: [{界: \"1\", 得分: \"10\"}], 其余: \"0\"}}", "cliff"),
        ("{公式: {式: \"若(实际 >= 0.9, 满分, 0)\"}}", "cliff"),
        (
            "{联合分档: {档: [{条件: [{不低于: \"1\"}], 得分: \"10\"}, {条件: [{不低于: \"0.8\"}], 得分: \"7\"}], 其余: \"4\"}}",
            "cliff",
        ),
        ("{比率: {目标: \"1\", 上限: \"0.9\"}}", "unreachable"),
        (
            "{插值: {点: [{值: \"0\", 比例: \"0\"}, {值: \"1\", 比例: \"1\"}, {值: \"2\", 比例: \"0.5\"}]}}",
            "not_monotone",
        ),
        (
            "{累进: {段: [{至: \"5\", 每: \"1\", 加: \"2\"}, {每: \"1\", 加: \"-1\"}]}}",
            "not_monotone",
        ),
    ];
    for (method, kind) in table {
        let rule = rule(&item("完成率", "完成率", method), TIES);
        let found: Vec<_> = lint(&rule).into_iter().map(|finding| finding.kind).collect();
        assert_eq!(found, [kind], "{method}");
    }
    let gentle = "{分档: {方向: 越大越好, 档: [{界: \"3\", 得分: \"10\"}, {界: \"2\", 得分: \"8\"}, {界: \"1\", 得分: \"6\"}], 其余: \"4\"}}";
    assert_eq!(kinds(&rule(&item("完成率", "完成率", gentle), TIES)), []);
}

#[test]
fn the_set_as_a_whole_is_looked_at() {
    let twice = "  - {代码: A1, 名称: 甲, 满分: \"5\", 取数: 完成率, 计分: {比率: {目标: \"1\"}}}\n  \
                 - {代码: A2, 名称: 乙, 满分: \"5\", 取数: 完成率, 计分: {比率: {目标: \"2\"}}}\n";
    let more = "加分:\n- {代码: F1, 名称: 其他, 取数: 奖励数, 计分: 取值}\n\
                结果运用:\n- {代码: P1, 名称: 表扬, 名次: {前: 2}}";
    let mut found: Vec<_> = kinds(&rule(twice, more)).into_iter().map(|(kind, _)| kind).collect();
    found.sort_unstable();
    assert_eq!(found, ["double_counting", "no_tie_rule", "tie_at_the_line", "unbounded"]);
}

#[test]
fn one_figure_in_two_items_is_found_under_other_parameters_as_well() {
    let two = |first: &str, second: &str| {
        let item = |code: &str, input: &str| {
            format!("  - {{代码: {code}, 名称: 甲, 满分: \"5\", 取数: {input}, 计分: {RATIO}}}\n")
        };
        let rule = rule(&(item("A1", first) + &item("A2", second)), TIES);
        kinds(&rule).iter().any(|(kind, _)| *kind == "double_counting")
    };
    let slips = |colour: &str| format!("{{取数: 督办单件数, 参数: {{颜色: {colour}}}, 单位: 件}}");
    assert!(two("按期办结件数", "{取数: 按期办结件数, 参数: {权重: 是}, 单位: 件}"));
    assert!(two("督办单件数", &slips("红")));
    assert!(two(&slips("红"), "督办单件数"));
    assert!(!two(&slips("蓝"), &slips("红")));
    // Each clash is told, also where another of the same measure is.
    let four = ["红", "红", "黄", "黄"].into_iter().zip(1..).map(|(colour, n)| {
        format!(
            "  - {{代码: A{n}, 名称: 甲, 满分: \"2.5\", 取数: {}, 计分: {RATIO}}}\n",
            slips(colour)
        )
    });
    let found = kinds(&rule(&four.collect::<String>(), TIES));
    let twice = found.iter().filter(|(kind, _)| *kind == "double_counting").count();
    assert_eq!(twice, 2, "{found:?}");
}

#[test]
fn past_months_show_items_that_part_nobody_and_units_that_are_not_alike() {
    let items = "  - {代码: A1, 名称: 甲, 满分: \"5\", 取数: 甲, 计分: {比率: {目标: \"1\"}}}\n  \
                 - {代码: A2, 名称: 乙, 满分: \"5\", 取数: 乙, 计分: {比率: {目标: \"1\"}}}\n";
    let rule = rule(items, TIES);
    let number = |text: &str| Fact::number(rules::decimal::parse(text).unwrap(), 1);
    let absent = Fact { state: State::NotApplicable("没有任务".to_owned().into()), n: 0 };
    let units = [("a", number("0.2")), ("b", number("0.9")), ("c", absent.clone()), ("d", absent)];
    let facts = Facts {
        period: "2021-10".to_owned(),
        units: units
            .map(|(unit, second)| UnitFacts {
                unit: unit.to_owned(),
                name: unit.to_owned(),
                group: "X".to_owned(),
                facts: [("甲".to_owned(), number("0.99")), ("乙".to_owned(), second)].into(),
            })
            .to_vec(),
    };
    let sheet = Scoring::new(&rule, &facts, &[]).unwrap().sheet();
    let found: Vec<_> = lint_past(&rule, &[sheet])
        .into_iter()
        .map(|finding| (finding.kind, finding.path.last().cloned().unwrap()))
        .collect();
    let expected = [("no_discrimination", "A1"), ("unlike_units", "A2")];
    assert_eq!(found, expected.map(|(kind, code)| (kind, code.to_owned())));
    assert_eq!(lint_past(&rule, &[]), []);
}

#[test]
fn honest_names_are_left_alone() {
    for name in [
        "领导批示件按期办结率",
        "批示事项落实率",
        "媒体曝光问题整改率",
        "建筑安装工程投资",
        "充电桩安装数",
        "经营主体活跃度",
        "信用积分修复率",
        "项目延期率",
    ] {
        assert_eq!(kinds(&rule(&item(name, name, RATIO), TIES)), [], "{name}");
    }
}

#[test]
fn other_words_for_the_same_and_hidden_signs_are_found() {
    for name in [
        "会议召开次数",
        "调度会场次",
        "参会率",
        "阅读量",
        "关注数",
        "注册率",
        "激活率",
        "平台使用率",
        "简报刊发",
        "信息报送篇数",
        "批\u{200b}示",
        "点 赞数",
        "政务APP安装数",
    ] {
        let found = kinds(&rule(&item("工作质量", &format!("\"{name}\""), RATIO), TIES));
        assert_eq!(found, [("forbidden_measure", Severity::Forbidden)], "{name}");
    }
}

#[test]
fn every_measure_of_the_document_is_looked_at() {
    let good = item("按期办结率", "按期办结率", RATIO);
    for more in [
        "否决: [{代码: V1, 名称: 否, 取数: 点赞数, 条件: [{低于: \"1\"}], 后果: 只取消资格}]",
        "金额: [{代码: J1, 名称: 奖, 满分: \"1\", 取数: 点赞数, 计分: {比率: {目标: \"1\"}}}]",
        "最少任务: {取数: 点赞数, 不少于: \"1\"}",
        "结果运用: [{代码: P1, 名称: 表扬, 取数: 点赞数, 条件: [{低于: \"1\"}]}]",
        "结果运用: [{代码: P1, 名称: 表扬, 评优: 是}]\n降档: [{代码: J1, 名称: 降, 奖项: [P1], 取数: 点赞数, 事由: [{数据: {低于: \"1\"}}]}]",
    ] {
        let found = kinds(&rule(&good, &format!("{TIES}\n{more}")));
        assert_eq!(found, [("forbidden_measure", Severity::Forbidden)], "{more}");
    }
}

#[test]
fn a_limit_of_bonuses_may_be_too_large_itself() {
    let good = item("按期办结率", "按期办结率", RATIO);
    let bonus = "加分: [{代码: F1, 名称: 其他, 满分: \"9\", 取数: 奖励数, 计分: {逐件: {事项: [{每件: \"1\"}]}}}]";
    let with = |most: &str| kinds(&rule(&good, &format!("{TIES}\n加分上限: \"{most}\"\n{bonus}")));
    assert_eq!(with("9"), [("bonus_share", Severity::Warning)]);
    assert_eq!(with("1"), []);
}

#[test]
fn cliffs_behind_a_gate_are_found() {
    let gated = |measure: &str, method: &str, gate: &str| {
        let method = format!("{method}\n    前提: {gate}");
        lint(&rule(&item("完成率", measure, &method), TIES))
    };
    let steps = "{分档: {方向: 越大越好, 档: [{界: \"1\", 得分: \"10\"}], 其余: \"0\"}}";
    let rank = "{名次: {方向: 越大越好, 递减: {首末: {第一名: \"1\", 末名: \"0.4\"}}}}";
    let own = "{条件: [{不低于: \"0.6\"}]}";
    let other = "[完成率, {取数: 投资完成率, 单位: \"%\"}]";
    let on_other = "{条件: [{输入: 投资完成率, 不低于: \"0.5\"}]}";
    for (measure, method, gate, said) in [
        // The gate itself, on the figure that is scored.
        ("完成率", RATIO, own, "A1在0.6处一下相差6分"),
        // A table of thresholds behind a gate on something else is still looked at.
        (other, steps, on_other, "A1在1处一下相差10分"),
        // A gate on a rate that the points do not follow.
        (other, RATIO, on_other, "A1的前提在50%处一下相差最多10分"),
        ("完成率", rank, own, "A1的前提在0.6处一下相差最多10分"),
    ] {
        let found = gated(measure, method, gate);
        let cliffs: Vec<_> = found.iter().filter(|one| one.kind == "cliff").collect();
        assert_eq!(cliffs.len(), 1, "{gate}: {found:?}");
        assert!(cliffs[0].message.zh.contains(said), "{}", cliffs[0].message.zh);
    }
    // What does not apply behind its gate loses nothing, and an accident is no hair's breadth.
    assert!(gated("完成率", RATIO, "{条件: [{不低于: \"0.6\"}], 否则: 不适用}").is_empty());
    let accident = "[完成率, {取数: 事故数, 单位: 次}]";
    assert!(gated(accident, RATIO, "{条件: [{输入: 事故数, 低于: \"1\"}]}").is_empty());
}
