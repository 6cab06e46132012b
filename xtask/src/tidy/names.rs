//! Words that say nothing are not names: what is a `manager` of, what does a `helper` help?

use super::Finding;
use super::tree::Tree;

const EMPTY: [&str; 8] =
    ["manager", "managers", "service", "services", "helper", "helpers", "util", "utils"];
const REMEDY: &str = "name it after what it is or does";

/// Files and types with such names.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        // What systemd calls its units is not ours to name.
        let path = file.path.strip_suffix(".service").unwrap_or(&file.path);
        for part in path.split('/') {
            if let Some(word) = empty_word(part) {
                let what = format!("`{word}` in a path says nothing");
                findings.push(Finding::new(&file.path, 1, what, REMEDY));
            }
        }
    }
    for (file, rust) in tree.rust() {
        for (line, code) in rust.code_lines() {
            let Some(name) = declared_type(code) else { continue };
            if let Some(word) = empty_word(name) {
                let what = format!("`{word}` in the type `{name}` says nothing");
                findings.push(Finding::new(&file.path, line, what, REMEDY));
            }
        }
    }
    findings
}

/// `Desk` of `pub(crate) struct Desk<'a> {`.
fn declared_type(code: &str) -> Option<&str> {
    let mut words = code.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let is_type = matches!(words.next()?, "struct" | "enum" | "trait" | "type" | "union");
    let name = words.next().filter(|_| is_type)?;
    name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()
}

fn empty_word(name: &str) -> Option<&'static str> {
    let mut spaced = String::new();
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() {
            spaced.push(' ');
        }
        spaced.extend(letter.to_lowercase());
    }
    let mut words = spaced.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| EMPTY.into_iter().find(|empty| *empty == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_both_spellings() {
        assert_eq!(empty_word("UnitManager"), Some("manager"));
        assert_eq!(empty_word("date_utils.rs"), Some("utils"));
        assert_eq!(empty_word("Utility"), None);
        assert_eq!(empty_word("microservices.md"), None);
    }

    #[test]
    fn types_and_files_are_looked_at() {
        let text = "pub(crate) struct SendService;\nfn service() {}\nenum Light { Red }\n";
        let tree = Tree::of(&[("crates/ui/src/a.rs", text), ("crates/ui/src/helper.rs", "")]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].path.ends_with("helper.rs"));
        assert!(findings[1].what.contains("SendService"));
    }
}
