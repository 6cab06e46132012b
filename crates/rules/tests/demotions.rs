//! 降档: awards are lowered level by level (the case R35: one of three not passed, a class less;
//! two, no prize).
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

mod table;

use kernel::Lang;
use rules::engine::Scoring;
use rules::engine::sheet::Sheet;
use rules::rule_set::RuleSet;
use table::{facts, places, rule, sheet};

const ITEMS: [&str; 3] = [
    "代码: A1, 名称: 新开工, 满分: \"50\", 取数: 开工, 计分: {比率: {目标: \"1\"}}",
    "代码: A2, 名称: 竣工, 满分: \"30\", 取数: 竣工, 计分: {比率: {目标: \"1\"}}",
    "代码: A3, 名称: 续建投资, 满分: \"20\", 取数: 续建, 计分: {比率: {目标: \"1\"}}",
];

const AWARDS: &str = "结果运用:\n\
    - {代码: K1, 名称: 一等奖, 名次: {前: 1}, 评优: 是}\n\
    - {代码: K2, 名称: 二等奖, 名次: {前: 2}, 评优: 是}\n\
    - {代码: K3, 名称: 三等奖, 名次: {前: 4}, 评优: 是}\n\
    - {代码: K9, 名称: 通报, 名次: {后: 1}}\n";

const LOWER: &str = "降档:\n\
    - 代码: J1\n\
    \x20 名称: 单项不合格\n\
    \x20 依据: 第九条\n\
    \x20 奖项: [K1, K2, K3]\n\
    \x20 取数: {取数: 入库率, 单位: \"%\"}\n\
    \x20 事由:\n\
    \x20 - {得分: {项目: [A1], 低于: \"25\"}}\n\
    \x20 - {得分: {项目: [A2, A3], 低于: \"25\"}}\n\
    \x20 - {数据: {低于: \"0.6\"}}\n\
    \x20 取消: 2\n";

fn r35() -> RuleSet {
    rule("100", &ITEMS, &format!("{AWARDS}{LOWER}"))
}

fn proposed(sheet: &Sheet) -> Vec<String> {
    let shown = sheet.proposals.iter().map(|one| {
        let grounds: Vec<String> =
            one.lowered.iter().map(|one| format!(" ({} {:?})", one.from, one.grounds)).collect();
        let open = if one.open.is_some() { " ?" } else { "" };
        format!("{} {}{}{open}", one.consequence, one.unit, grounds.concat())
    });
    shown.collect()
}

#[test]
fn one_of_three_lowers_by_a_class_and_two_take_the_prize() {
    // Nobody falls short: each has its best level once.
    let fine = "a 开工=1 竣工=1 续建=1 入库率=0.9\nb 开工=0.9 竣工=1 续建=1 入库率=0.9\n\
                c 开工=0.8 竣工=1 续建=1 入库率=0.9\nd 开工=0.7 竣工=1 续建=1 入库率=0.9";
    let rule = r35();
    assert_eq!(proposed(&sheet(&rule, fine)), ["K1 a", "K2 b", "K3 c", "K3 d", "K9 d"]);
    // a lacks one ground and falls a class; nobody moves up, and its score stays.
    let one =
        fine.replace("a 开工=1 竣工=1 续建=1 入库率=0.9", "a 开工=1 竣工=1 续建=1 入库率=0.5");
    let found = sheet(&rule, &one);
    assert_eq!(proposed(&found), ["K2 a (K1 [3])", "K2 b", "K3 c", "K3 d", "K9 d"]);
    assert_eq!(places(&found)[0], "a 100 1");
    // Two of three: no prize at all. From the last class on there is none either.
    let two = "a 开工=1 竣工=0.5 续建=0.4 入库率=0.5\nb 开工=0.4 竣工=1 续建=1 入库率=0.9\n\
               c 开工=0.4 竣工=0.9 续建=1 入库率=0.9";
    // a has 73, b 70 and c 67; a lacks two of three.
    assert_eq!(proposed(&sheet(&rule, two)), ["K3 b (K2 [1])", "K9 c"]);
}

#[test]
fn what_is_not_known_leaves_the_award_open_and_what_does_not_apply_is_not_held_against() {
    let rule = r35();
    let found =
        sheet(&rule, "a 开工=1 竣工=1 续建=1 入库率=缺\nb 开工=0.9 竣工=1 续建=1 入库率=无");
    assert_eq!(proposed(&found), ["K1 a ?", "K2 b", "K9 b"]);
}

#[test]
fn a_lowered_award_says_why() {
    let rule = r35();
    let facts = facts("a 开工=1 竣工=1 续建=1 入库率=1/2\nb 开工=0.4 竣工=1 续建=1 入库率=0.9");
    let scoring = Scoring::new(&rule, &facts, &[]).unwrap();
    let found = scoring.sheet();
    let said: Vec<_> = found
        .proposals
        .iter()
        .map(|one| scoring.explain_proposal(found.unit(&one.unit).unwrap(), one))
        .collect();
    let zh: Vec<&str> = said.iter().map(|one| one.zh.as_str()).collect();
    assert_eq!(
        zh,
        [
            "K2 二等奖：组内第1名（共2个单位），原为K1 一等奖，因“入库率低于60%”（入库率50%（1/2））降1档",
            "K3 三等奖：组内第2名（共2个单位），原为K2 二等奖，因“A1合计得分低于25分”（A1得20分）降1档",
            "K9 通报：组内第2名（共2个单位）",
        ]
    );
    assert!(said[0].en.contains("lowered by 1 for"), "{}", said[0].en);
}

#[test]
fn it_stands_in_print_and_reads_back() {
    let rule = r35();
    let lines = rules::print::lines(&rule, Lang::Zh);
    let line = lines.iter().find(|line| line.contains("J1")).unwrap();
    assert!(line.contains("奖项由高到低为K1、K2、K3"), "{line}");
    assert!(line.contains("A2、A3合计得分低于25分；入库率低于60%，有2项以上的不予奖励"), "{line}");
    assert_eq!(RuleSet::parse(&rule.yaml()).unwrap(), rule);
    // A rule set without it has the bytes that it always had.
    assert!(!table::rule("100", &ITEMS, AWARDS).canonical().contains("降档"));
}

#[test]
fn mistakes_are_told_with_what_would_be_right() {
    let base = format!("{}{LOWER}", rule("100", &ITEMS, AWARDS).yaml());
    for (from, to, said) in [
        (
            "奖项: [K1, K2, K3]",
            "奖项: [K1, K9]",
            "“K9”不是结果运用里的评优事项（写有“评优: 是”）；可用：K1、K2、K3",
        ),
        ("奖项: [K1, K2, K3]", "奖项: [K1, K1]", "奖项“K1”写了两次"),
        ("项目: [A1]", "项目: [B1]", "没有项目“B1”；可用：A1、A2、A3"),
        ("取消: 2", "取消: 0", "“取消”至少写1项"),
        ("{低于: \"0.6\"}", "{输入: 出库率, 低于: \"1\"}", "取数里没有“出库率”；可用：入库率"),
        ("代码: J1", "代码: A1", "代码“A1”用了两次"),
    ] {
        assert!(base.contains(from), "{from}\n{base}");
        let problems = RuleSet::parse(&base.replacen(from, to, 1)).unwrap_err();
        let all: Vec<String> = problems.iter().map(|one| one.text(Lang::Zh)).collect();
        assert!(all.iter().any(|text| text.contains(said)), "{said}: {all:?}");
    }
}
