//! The rule sets that come with the program are read, found clean, printed and compared.

use kernel::Lang;
use rules::difference::{Line, changes, lines};
use rules::print;
use rules::ready::Ready;
use rules::rule_set::RuleSet;

#[test]
fn they_are_short_clean_and_made_of_results() {
    for ready in Ready::ALL {
        let rule = ready.rule_set().unwrap_or_else(|problems| {
            let texts: Vec<_> = problems.iter().map(|one| one.text(Lang::Zh)).collect();
            unreachable!("{ready:?}: {}", texts.join("\n"))
        });
        assert!(rule.items().count() <= 8, "{ready:?}");
        assert_eq!(rules::lint::lint(&rule), [], "{ready:?}");
        let again = RuleSet::parse(&rule.yaml()).unwrap();
        assert_eq!(again.canonical(), rule.canonical());
    }
}

#[test]
fn they_print_as_articles_in_both_languages() {
    let rule = Ready::Departments.rule_set().unwrap();
    let zh = print::print(&rule, Lang::Zh);
    assert!(
        zh.starts_with(
            "市直部门重点工作月讲评办法\n编号BM第1版，自2021年10月起施行\n第一条　满分100分。"
        ),
        "{zh}"
    );
    assert!(zh.contains("A1 按期办结率，满分40分，依据第三条：按期办结率达到95%得满分，未达到按完成比计分，超过目标不再加分"), "{zh}");
    assert!(
        zh.contains("A6 督办单，满分5分，依据第四条：从满分起，黄单每件减0.5分，红单每件减1.5分"),
        "{zh}"
    );
    assert!(
        zh.contains("B1 整改措施按期完成率，满分5分，依据第五条：整改措施按期完成率达到100%得满分"),
        "{zh}"
    );
    assert!(zh.contains("应办结件数少于3件的单位为任务不足，不参与排名"), "{zh}");
    let en = print::print(&rule, Lang::En);
    assert!(en.contains("on-time closure rate of 95% earns full marks"), "{en}");
    assert!(!en.lines().any(|line| line.contains('。')), "{en}");
    assert_eq!(zh.lines().count(), en.lines().count());
}

#[test]
fn versions_are_compared_by_field_and_by_line() {
    let older = Ready::Counties.rule_set().unwrap();
    let yaml = Ready::Counties
        .yaml()
        .replace("版本: 1", "版本: 2")
        .replace("{目标: \"0.95\"}}\n      - 代码: A2", "{目标: \"0.98\"}}\n      - 代码: A2")
        .replace("  - {代码: P2, 名称: 表态发言, 英文: Statement, 依据: 第六条, 名次: {后: 1}, 低于: \"80\", 并列: 不扩容}\n", "");
    let newer = RuleSet::parse(&yaml).unwrap();
    let found: Vec<String> = changes(&older, &newer).iter().map(|one| one.message().zh).collect();
    assert_eq!(found[0], "版本：由“1”改为“2”");
    assert_eq!(found[1], "维度/周交办落实/项目/A1/计分/比率/目标：由“0.95”改为“0.98”");
    assert!(
        found[2..].iter().all(|line| line.starts_with("结果运用/P2/") && line.contains("删去"))
    );
    assert!(changes(&older, &older).is_empty());
    let print = |rule| print::lines(rule, Lang::Zh);
    let side_by_side = lines(&print(&older), &print(&newer));
    let count = |wanted: fn(&Line) -> bool| side_by_side.iter().filter(|line| wanted(line)).count();
    assert_eq!(count(|line| matches!(line, Line::Removed(_))), 3);
    assert_eq!(count(|line| matches!(line, Line::Added(_))), 2);
}
