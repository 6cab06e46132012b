//! SQL is written in the stores only: nothing else touches a room's tables, and both engines are
//! thought of in one place.

use super::Finding;
use super::tree::{File, Tree};

const WORDS: [&str; 6] = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "WITH"];

/// SQL in other places.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust().filter(|(file, _)| !may_hold_sql(file)) {
        let texts = rust.strings.iter().filter(|piece| !rust.is_test_line(piece.line));
        for piece in texts.filter(|piece| is_sql(&piece.text)) {
            let remedy = "move it into the crate's store.rs and call it by a name";
            findings.push(Finding::new(&file.path, piece.line, "SQL outside a store", remedy));
        }
    }
    findings
}

fn may_hold_sql(file: &File) -> bool {
    let Some(krate) = file.krate() else { return true };
    let inside = file.path.strip_prefix("crates/").and_then(|path| path.strip_prefix(krate));
    let inside = inside.unwrap_or_default();
    let is_store = inside == "/src/store.rs" || inside.starts_with("/src/store/");
    krate == "journal" || is_store || inside.starts_with("/migrations/") || file.is_test()
}

fn is_sql(literal: &str) -> bool {
    let opening = |c: char| matches!(c, 'b' | 'c' | 'r' | '#' | '"' | '\\') || c.is_whitespace();
    let text = literal.trim_start_matches(opening);
    WORDS.iter().any(|word| {
        let rest = text.strip_prefix(word);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '\\'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_known_by_their_first_word() {
        assert!(is_sql("\"SELECT 1\"") && is_sql("r#\"\n   WITH a AS (\"#"));
        assert!(is_sql("\"\\\n  UPDATE unit SET\""));
        assert!(!is_sql("\"Select one\"") && !is_sql("\"SELECTION\"") && !is_sql("\"a SELECT b\""));
    }

    #[test]
    fn stores_the_journal_and_tests_may_hold_sql() {
        let text = "const A: &str = \"SELECT 1\";\n";
        let in_test = "#[cfg(test)]\nmod tests {\nconst A: &str = \"SELECT 1\";\n}\n";
        let tree = Tree::of(&[
            ("crates/people/src/store.rs", text),
            ("crates/people/src/store/unit.rs", text),
            ("crates/people/src/unit.rs", in_test),
            ("crates/people/tests/story.rs", text),
            ("crates/journal/src/chain.rs", text),
            ("crates/people/src/pages/unit.rs", text),
            ("crates/people/src/facts.rs", text),
        ]);
        let found: Vec<String> = check(&tree).iter().map(|finding| finding.path.clone()).collect();
        assert_eq!(found, ["crates/people/src/pages/unit.rs", "crates/people/src/facts.rs"]);
    }
}
