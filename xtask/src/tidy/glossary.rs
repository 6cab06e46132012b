//! Every table has its word in `GLOSSARY.md`, where the official term stands beside it.

use super::Finding;
use super::tree::Tree;

const GLOSSARY: &str = "GLOSSARY.md";

/// Tables whose name the glossary does not know.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(glossary) = tree.file(GLOSSARY) else { return Vec::new() };
    let words: Vec<&str> = glossary.text.split(|c: char| !is_word(c)).collect();
    let mut findings = Vec::new();
    let is_migration = |path: &str| path.contains("/migrations/") && path.ends_with(".sql");
    for file in tree.files.iter().filter(|file| is_migration(&file.path)) {
        for (line, text) in file.lines() {
            let Some(table) = created_table(text) else { continue };
            if !words.contains(&table) {
                let what = format!("the table `{table}` is not in {GLOSSARY}");
                let remedy = format!("explain `{table}` there with its official term");
                findings.push(Finding::new(&file.path, line, what, remedy));
            }
        }
    }
    findings
}

/// What to say when there is no glossary to compare with.
pub(super) fn notice(tree: &Tree) -> Option<String> {
    tree.file(GLOSSARY).is_none().then(|| format!("{GLOSSARY} is absent: no table was looked up"))
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// `unit` of `CREATE TABLE IF NOT EXISTS unit (`.
fn created_table(line: &str) -> Option<&str> {
    let mut words = line.split(|c: char| !is_word(c)).filter(|word| !word.is_empty());
    if !words.next()?.eq_ignore_ascii_case("create") {
        return None;
    }
    let mut word = words.next()?;
    for skipped in ["virtual", "unlogged", "temp"] {
        if word.eq_ignore_ascii_case(skipped) {
            word = words.next()?;
        }
    }
    if !word.eq_ignore_ascii_case("table") {
        return None;
    }
    words.find(|word| !["if", "not", "exists"].iter().any(|skip| word.eq_ignore_ascii_case(skip)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_names_are_read_in_all_their_forms() {
        assert_eq!(created_table("CREATE TABLE unit ("), Some("unit"));
        assert_eq!(created_table("create table if not exists unit("), Some("unit"));
        assert_eq!(created_table("CREATE VIRTUAL TABLE search USING fts5(x)"), Some("search"));
        assert_eq!(created_table("CREATE INDEX unit_name ON unit (name)"), None);
        assert_eq!(created_table("-- CREATE the rest"), None);
    }

    #[test]
    fn a_table_without_its_word_is_found() {
        let sql = "CREATE TABLE unit (\n);\nCREATE TABLE person_link (\n);\n";
        let glossary = "| 单位 | `unit` |\n| 人员 | `person` |\n";
        let files = [("crates/people/migrations/0001_first.sql", sql), (GLOSSARY, glossary)];
        let tree = Tree::of(&files);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().contains("0001_first.sql:3: the table `person_link`"));
        assert_eq!(notice(&tree), None);
    }

    #[test]
    fn without_a_glossary_there_is_a_notice_only() {
        let tree = Tree::of(&[("crates/people/migrations/0001_a.sql", "CREATE TABLE unit (")]);
        assert!(check(&tree).is_empty() && notice(&tree).is_some());
    }
}
