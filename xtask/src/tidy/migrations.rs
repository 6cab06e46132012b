//! Migrations are named `NNNN_words.sql`, each number once per folder: they run in that order.

use super::Finding;
use super::tree::{File, Tree};

const REMEDY: &str = "name it like `0007_add_extension.sql`, with the next free number";

/// Files whose name does not tell the order.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before: Option<&File> = None;
    let is_migration = |file: &&File| file.path.contains("/migrations/");
    for file in tree.files.iter().filter(is_migration) {
        if !is_well_named(file.name()) {
            findings.push(Finding::new(&file.path, 1, "is not a numbered migration", REMEDY));
        } else if before.is_some_and(|other| place(other) == place(file)) {
            let what = "its number is taken by the migration before it";
            findings.push(Finding::new(&file.path, 1, what, REMEDY));
        }
        before = Some(file);
    }
    findings
}

/// The folder with the number.
fn place(file: &File) -> Option<&str> {
    file.path.get(..file.path.len() - file.name().len() + 4)
}

fn is_well_named(name: &str) -> bool {
    let Some((number, words)) = name.strip_suffix(".sql").and_then(|stem| stem.split_once('_'))
    else {
        return false;
    };
    let is_number = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    is_number && !words.is_empty() && words.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_order() {
        assert!(is_well_named("0001_first_tables.sql"));
        for bad in ["1_first.sql", "0001.sql", "0001_.sql", "0001_First.sql", "0001_a.txt"] {
            assert!(!is_well_named(bad), "{bad}");
        }
    }

    #[test]
    fn a_number_is_used_once_in_a_folder() {
        let tree = Tree::of(&[
            ("crates/desk/migrations/0001_b.sql", ""),
            ("crates/people/migrations/0001_a.sql", ""),
            ("crates/people/migrations/0001_b.sql", ""),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "crates/people/migrations/0001_b.sql");
    }
}
