//! Mistakes are told with their place and what would be right; hostile documents are refused at once.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use std::time::{Duration, Instant};

use kernel::Lang;
use rules::document::node::{Content, Node};
use rules::document::{Position, Problem, Shape};
use rules::ready::Ready;
use rules::rule_set::RuleSet;

const GOOD: &str = r#"办法: 全市重点工作推进月度考评办法
编号: KP-2026
版本: 3
生效: 2026-03
印发: {文号: 示例督字〔2026〕3号, 机关: 市委督查室, 日期: "2026-02-20"}
计分精度: {小数位: 2, 舍入: 四舍五入}
缺项: 按比例折算
并列: {方式: 同分同名次, 依次比较: [A1], 最小分差: "0.05"}
满分: "20"
组别:
  - {代码: XQ, 名称: 县区组, 参数: {目标: "0.95"}}
维度:
  - 名称: 重点任务落实
    项目:
      - 代码: A1
        名称: 任务按期办结率
        满分: 12
        依据: 第八条第一款
        取数: {取数: 按期办结率, 参数: {权重: 是}, 单位: "%"}
        计分: {比率@1: {目标: {组参数: 目标}}}
      - 代码: A3
        名称: 退回重办率
        满分: 8
        取数: 退回重办率
        计分: {分档: {方向: 越小越好, 档: [{界: 0.02, 得分: "8"}, {界: "0.05", 得分: "5"}], 其余: "0"}}
"#;

fn problems(source: &str) -> Vec<Problem> {
    RuleSet::parse(source).unwrap_err()
}

/// The one problem of the good document with one place changed.
fn spoilt(from: &str, to: &str) -> Problem {
    assert!(GOOD.contains(from), "{from}");
    let found = problems(&GOOD.replacen(from, to, 1));
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn the_good_document_is_read_and_numbers_come_from_their_text() {
    let rule = RuleSet::parse(GOOD).unwrap();
    assert_eq!(rule.items().count(), 2);
    let canonical = rule.canonical();
    assert!(canonical.contains(r#"{"界":"0.02","得分":"8"}"#), "{canonical}");
    assert!(canonical.contains(r#""计分":{"比率":{"目标":{"组参数":"目标"}}}"#), "{canonical}");
    assert!(!canonical.contains(' ') && !canonical.contains('\n'));
    assert_eq!(RuleSet::parse(&canonical).unwrap().hash(), rule.hash());
    assert_eq!(rule.hash().len(), 64);
    let calls: Vec<String> = rule.calls().iter().map(|input| input.call()).collect();
    assert_eq!(calls, ["按期办结率(权重=是)", "退回重办率"]);
}

#[test]
fn each_mistake_has_its_place_its_field_and_what_would_be_right() {
    let table = [
        ("满分: 12", "满分: 12分", (17, 13), "“12分”不是十进制数"),
        ("满分: 12", "满分: 1e1", (17, 13), "不是十进制数"),
        ("{比率@1:", "{比例:", (20, 13), "没有“比例”；可用：比率、逐点加减、"),
        ("{比率@1:", "{比率@2:", (20, 13), "只有第1版"),
        ("方向: 越小越好", "方向: 向下", (25, 23), "没有“向下”；可用：越大越好、越小越好"),
        (", 其余: \"0\"", "", (25, 18), "缺少“其余”"),
        (
            "其余: \"0\"",
            "其他: \"0\", 其余: \"0\"",
            (25, 18),
            "没有“其他”；可用：输入、方向、档、其余",
        ),
        ("界: 0.02", "界: 0.07", (25, 57), "分档界限0.07与0.05次序不对，应从小到大"),
        ("满分: \"20\"", "满分: \"21\"", (9, 5), "各项满分合计20，与办法满分21不符"),
        ("依据: 第八条第一款", "适用: [JX]", (18, 13), "适用组别“JX”不存在；可用：XQ"),
        ("组参数: 目标}", "组参数: 目的}", (20, 31), "没有参数“目的”；现有：目标"),
        ("依次比较: [A1]", "依次比较: [A9]", (8, 23), "没有项目“A9”；可用：A1、A3"),
        ("代码: A3", "代码: A1", (15, 9), "代码“A1”用了两次"),
        ("生效: 2026-03", "生效: 2026-13", (4, 5), "写成2026-03这样的月份"),
        ("日期: \"2026-02-20\"", "日期: \"2月\"", (5, 39), "这样的日期"),
        ("得分: \"8\"", "得分: \"9\"", (25, 18), "最多可得9分，超过满分8"),
        ("名称: 退回重办率", "名称: \"\"", (22, 13), "1到200字"),
        ("版本: 3", "版本: 3\n版本: 4", (4, 1), "“版本”写了两次"),
        ("版本: 3", "版本: &a 3", (3, 8), "不能用锚点"),
        ("取数: 退回重办率", "取数: []", (24, 13), "缺少“取数”"),
        ("维度:", "维度:\n  - {名称: 重点任务落实, 项目: []}", (13, 5), "维度的名称重复"),
        ("小数位: 2", "小数位: 9", (6, 13), "小数位最多6位"),
    ];
    for (from, to, (line, column), said) in table {
        let problem = spoilt(from, to);
        let text = problem.text(Lang::Zh);
        assert!(text.contains(said), "{to}: {text}");
        assert_eq!(problem.at.map(|at| at.line), Some(line), "{to}: {text}");
        // The column may be that of the value or of the map that lacks a field, never another's.
        assert_eq!(problem.at, Some(Position { line, column }), "{to}: {text}");
        assert!(text.starts_with(&format!("第{line}行第{column}列")), "{text}");
        assert!(text.ends_with('^'), "{text}");
        assert!(problem.text(Lang::En).starts_with("line "), "both languages");
        assert!(!problem.message.en.is_empty());
    }
}

#[test]
fn a_field_is_named_by_its_path_also_without_a_source() {
    let problem = spoilt("界: 0.02", "界: 很小");
    assert_eq!(problem.path.join("/"), "维度/重点任务落实/项目/A3/计分/分档/档/1/界");
    assert!(
        problem.text(Lang::En).contains("A3/计分/分档/档/1/界: “很小” is not a decimal number")
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    let source = GOOD.replacen("满分: 12", "满分: 十二", 1).replacen("越小越好", "小", 1);
    assert_eq!(problems(&source).len(), 2);
}

#[test]
fn a_formula_shows_its_mistake_with_a_caret() {
    let source = GOOD.replacen(
        "{比率@1: {目标: {组参数: 目标}}}",
        "{公式: {式: \"满分 * (实际 - 全省平均)\"}}",
        1,
    );
    let found = problems(&source);
    let text = found[0].text(Lang::Zh);
    assert!(text.contains("公式第12字：没有名为“全省平均”的量；可用：实际、满分、"), "{text}");
    let text = problems(&source.replace("全省平均)", "1"))[0].text(Lang::En);
    assert!(text.contains("formula, character 13: “)” is missing"), "{text}");
}

#[test]
fn hostile_documents_are_refused_at_once() {
    let deep = |open: &str, close: &str| {
        format!("办法: {}{}", open.repeat(100_000), close.repeat(100_000))
    };
    let list =
        format!("{}\n组别: [{}]", GOOD.replace("组别:", "别:"), "{代码: A, 名称: A},".repeat(501));
    let item = "  - {代码: N, 名称: 项, 满分: \"1\", 取数: 值, 计分: 取值}\n".to_owned();
    let many: String = (0..201)
        .map(|n| item.replace("代码: N", &format!("代码: N{n}")).replacen("  ", "      ", 1))
        .collect();
    let keys = |count: usize| -> String { (0..count).map(|n| format!("k{n}: 1, ")).collect() };
    let parts: Vec<String> =
        (0..400).map(|n| format!("{{名称: 部{n}, 比重: \"0.0025\", 计分: 取值}}")).collect();
    let parts = format!("{{合成: {{部分: [{}]}}}}", parts.join(", "));
    let anchors = "a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n".to_owned();
    let table = [
        (deep("[", "]"), "嵌套"),
        (deep("{a: ", "}"), "上限"),
        (deep("(", ")"), "文字超过"),
        (GOOD.replace("满分: 12", &format!("满分: {}", "9".repeat(300))), "位数太多"),
        (GOOD.replace("目标: {组参数: 目标}", &format!("目标: {}", "9".repeat(16))), "位数太多"),
        (list, "超过500项"),
        (format!("{GOOD}{many}"), "共203项，最多200项"),
        ("- ".repeat(50_000), "嵌套"),
        (format!("a: [{}]", "1,".repeat(30_000)), "内容超过20000处"),
        ("x".repeat(300_000), "上限"),
        (anchors, "不能用锚点"),
        (format!("{{{}}}", keys(15_000)), "这里没有“k0”"),
        (GOOD.replace("{目标: \"0.95\"}", &format!("{{{}}}", keys(9_000))), "没有参数“目标”"),
        (GOOD.replace("{比率@1: {目标: {组参数: 目标}}}", &parts), "共400个部分，最多20个"),
        (String::new(), "空的"),
        ("a: b\n--- \nc: d\n".to_owned(), "只能有一个办法"),
        ("a: [1, 2".to_owned(), "YAML写法有误"),
        ("\u{0}".to_owned(), "YAML写法有误"),
        (format!("? {{a: b}}\n: c\n{GOOD}"), "字段名"),
    ];
    for (source, said) in table {
        let started = Instant::now();
        let found = problems(&source);
        let shown: String = source.chars().take(40).collect();
        assert!(started.elapsed() < Duration::from_secs(2), "{shown}");
        let text = found.iter().map(|one| one.text(Lang::Zh)).collect::<Vec<_>>().join("\n");
        assert!(text.contains(said), "{shown}: {text}");
        assert!(found.len() <= 50 && text.len() < 100_000, "{shown}");
    }
}

/// Every key of a document stands in the shape, and what is absent may be absent.
fn fits(node: &Node, shape: Shape, path: &str) {
    match (&node.content, shape) {
        (Content::Map(fields), Shape::Fields(known)) => {
            for (key, node) in fields {
                let field = known.iter().find(|field| field.key == key);
                let field = field.unwrap_or_else(|| unreachable!("{path}/{key}"));
                fits(node, (field.shape)(), &format!("{path}/{key}"));
            }
            for field in known.iter().filter(|field| !(field.may_be_absent)()) {
                assert!(fields.iter().any(|(key, _)| key == field.key), "{path}/{}", field.key);
            }
        }
        (Content::Map(fields), Shape::Choice(known)) => {
            let [(key, node)] = fields.as_slice() else { unreachable!("{path}") };
            let field = known.iter().find(|field| field.key == key).unwrap();
            fits(node, (field.shape)(), &format!("{path}/{key}"));
        }
        (Content::List(nodes), Shape::List(inner)) => {
            nodes.iter().for_each(|node| fits(node, inner(), path));
        }
        (Content::Map(fields), Shape::Named(inner)) => {
            fields.iter().for_each(|(key, node)| fits(node, inner(), &format!("{path}/{key}")));
        }
        (Content::Text(text), Shape::Word(words)) => {
            assert!(words().iter().any(|word| word.zh == text), "{path}: {text}");
        }
        // One input may stand without a list and without fields.
        (Content::Map(_) | Content::Text(_), Shape::List(inner)) => fits(node, inner(), path),
        (Content::Text(_), Shape::Fields(_)) => assert!(path.contains("取数"), "{path}"),
        (Content::Map(_), Shape::Param | Shape::Limit) | (Content::Text(_), _) => {}
        (content, shape) => unreachable!("{path}: {content:?} {shape:?}"),
    }
}

#[test]
fn the_shape_that_forms_are_made_of_is_that_of_the_documents() {
    let mut rules: Vec<RuleSet> =
        Ready::ALL.iter().map(|ready| ready.rule_set().unwrap()).collect();
    rules.push(RuleSet::parse(GOOD).unwrap());
    for rule in rules {
        fits(&rule.tree(), RuleSet::shape(), "");
        assert_eq!(rule.check(), []);
    }
}

#[test]
fn long_texts_come_back_and_what_editors_add_does_no_harm() {
    let formula = format!("满分 * ({}0)", "实际 * 0 + ".repeat(48));
    let name = "名".repeat(200);
    let source = GOOD
        .replacen(
            "{比率@1: {目标: {组参数: 目标}}}",
            &format!("{{公式: {{式: \"{formula}\"}}}}"),
            1,
        )
        .replacen("名称: 任务按期办结率", &format!("名称: {name}"), 1);
    let rule = RuleSet::parse(&source).unwrap();
    assert_eq!(RuleSet::parse(&rule.canonical()).unwrap(), rule);
    assert_eq!(RuleSet::parse(&rule.yaml()).unwrap(), rule);
    // Editors of Windows write a mark in front and end lines with two characters.
    let windows = format!("\u{feff}{}", source.replace('\n', "\r\n"));
    assert_eq!(RuleSet::parse(&windows).unwrap().hash(), rule.hash());
}

#[test]
fn what_an_input_method_writes_is_explained() {
    let found = problems("办法：县区办法\n");
    assert!(found[0].message.zh.contains("半角"), "{found:?}");
    let found = problems(&GOOD.replacen("{方向: 越小越好", "{方向：越小越好", 1));
    assert!(found.iter().any(|one| one.message.zh.contains("方向")), "{found:?}");
}

#[test]
fn what_was_adopted_is_read_by_no_later_check() {
    let canonical = RuleSet::parse(GOOD).unwrap().canonical();
    // As if a later version refused what was adopted before.
    let refused_today = canonical.replacen(r#""满分":"20""#, r#""满分":"21""#, 1);
    assert!(RuleSet::parse(&refused_today).is_err());
    assert_eq!(RuleSet::stored(&refused_today).unwrap().canonical(), refused_today);
    // What is longer than people may hand in today is read back too.
    let long = many_groups(600).canonical();
    assert!(long.len() > 256 * 1024);
    assert!(RuleSet::parse(&long).is_err());
    assert_eq!(RuleSet::stored(&long).unwrap().canonical(), long);
    assert!(RuleSet::stored("办法: 例").is_err());
}

fn many_groups(count: usize) -> RuleSet {
    let mut rule = RuleSet::parse(GOOD).unwrap();
    let group = rule.groups[0].clone();
    let named = (0..count).map(|n| {
        let mut group = group.clone();
        group.code.0 = format!("G{n}");
        group.name.0 = format!("{}{n:03}", "长".repeat(197));
        group
    });
    rule.groups = named.collect();
    rule
}

#[test]
fn a_rule_set_too_long_to_be_read_again_is_not_adopted() {
    assert_eq!(many_groups(5).check(), []);
    let found = many_groups(600).check();
    assert!(found.iter().any(|one| one.message.zh.contains("超过上限")), "{:?}", found.first());
}

#[test]
fn problems_and_what_they_list_are_limited() {
    let mut rule = many_groups(101);
    assert!(rule.check().iter().any(|one| one.message.zh == "共101项，最多100项"));
    rule = many_groups(60);
    for group in &mut rule.groups {
        group.code.0 = "G".to_owned();
    }
    assert_eq!(rule.check().len(), 50);
    let mut rule = many_groups(60);
    rule.vetoes.clear();
    let other = rules::document::Code("Z".to_owned());
    rule.dimensions[0].items[0].groups.push(other);
    let found = rule.check();
    assert!(found.iter().any(|one| one.message.zh.ends_with("G11…")), "{found:?}");
}
