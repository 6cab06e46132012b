//! The examples of the guide are rules that can be read.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use kernel::Lang;
use rules::methods::Method;
use rules::rule_set::RuleSet;

const GUIDE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/write-rules.md"));

fn examples() -> Vec<&'static str> {
    let parts = GUIDE.split("```yaml\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap()).collect()
}

/// A single item within the smallest rule set that can hold it.
fn framed(item: &str) -> String {
    let full = item.split("满分: ").nth(1).unwrap().lines().next().unwrap();
    let indented: String = item.lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "办法: 例\n编号: L\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n\
         缺项: 按比例折算\n满分: {full}\n组别: [{{代码: X, 名称: 组}}]\n维度:\n- 名称: 例\n  项目:\n{indented}"
    )
}

#[test]
fn every_example_is_read() {
    let examples = examples();
    assert_eq!(examples.len(), 8);
    for example in examples {
        let source =
            if example.starts_with("办法") { example.to_owned() } else { framed(example) };
        let found = RuleSet::parse(&source);
        let problems = found.err().unwrap_or_default();
        let texts: Vec<String> = problems.iter().map(|one| one.text(Lang::Zh)).collect();
        assert!(texts.is_empty(), "{}\n{source}", texts.join("\n"));
    }
}

#[test]
fn every_method_stands_in_the_guide() {
    for word in Method::WORDS {
        assert!(GUIDE.contains(word), "{word}");
    }
}
