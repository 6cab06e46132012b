//! Marks of unfinished work name an issue, and no test is switched off.

use super::Finding;
use super::tree::Tree;

/// Built from halves so that this file is not found itself.
const MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
const OTHER_SOURCES: [&str; 8] = [".mjs", ".js", ".ts", ".css", ".sql", ".toml", ".sh", ".ci/run"];

/// Marks without an issue number and tests that never run.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust() {
        let comments = rust.comments.iter().flat_map(|comment| {
            comment.text.lines().enumerate().map(move |(index, text)| (comment.line + index, text))
        });
        findings.extend(comments.filter_map(|(line, text)| mark(&file.path, line, text)));
        let ignored = rust.code_lines().filter(|(_, code)| code.contains("#[ignore"));
        findings.extend(ignored.map(|(line, _)| {
            let remedy = "repair it, or assert what happens today and name the issue";
            Finding::new(&file.path, line, "a test that never runs", remedy)
        }));
    }
    let is_other = |path: &str| OTHER_SOURCES.iter().any(|ending| path.ends_with(ending));
    for file in tree.files.iter().filter(|file| is_other(&file.path)) {
        findings.extend(file.lines().filter_map(|(line, text)| mark(&file.path, line, text)));
    }
    findings
}

fn mark(path: &str, line: usize, text: &str) -> Option<Finding> {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let mark = words.find_map(|word| MARKS.into_iter().find(|mark| *mark == word))?;
    let mut hashes = text.split('#').skip(1);
    if hashes.any(|behind| behind.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let remedy = format!("do it, or open an issue and write `{mark} #123`");
    Some(Finding::new(path, line, format!("{mark} without an issue"), remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_needs_an_issue() {
        let [todo, fixme, xxx] = MARKS;
        let text =
            format!("// {todo}: later\n// {fixme} #12: soon\nlet a = \"{xxx}\";\n/*\n{xxx} */");
        let tree =
            Tree::of(&[("crates/ui/src/a.rs", &text), ("e2e/run.mjs", &format!("// {todo}"))]);
        let findings: Vec<_> = check(&tree).iter().map(|f| (f.path.clone(), f.line)).collect();
        let (rust, script) = ("crates/ui/src/a.rs".to_owned(), "e2e/run.mjs".to_owned());
        assert_eq!(findings, [(rust.clone(), 1), (rust, 5), (script, 1)]);
    }

    #[test]
    fn a_switched_off_test_is_found() {
        let text = "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n";
        let findings = check(&Tree::of(&[("crates/ui/src/a.rs", text)]));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
    }
}
