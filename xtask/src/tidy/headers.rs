//! Every source file opens with a `//!` sentence: it is the reader's entrance, and above an act it
//! is the help text that the person sees.

use super::Finding;
use super::tree::{File, Tree};

/// Files that start with something else.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let silent = tree.files.iter().filter(|file| is_source(file) && !file.text.starts_with("//! "));
    let findings = silent.map(|file| {
        let remedy = if file.path.contains("/src/acts/") {
            "open with `//!` and say what the person does here; it becomes the help text"
        } else {
            "open with `//!` and say what the file is for"
        };
        Finding::new(&file.path, 1, "does not say what it is", remedy)
    });
    findings.collect()
}

fn is_source(file: &File) -> bool {
    file.path.ends_with(".rs") && file.path.contains("/src/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_without_its_sentence_is_found() {
        let tree = Tree::of(&[
            ("crates/people/src/acts/hire.rs", "use kernel::Day;\n"),
            ("crates/people/src/acts/leave.rs", "//! Leave a post.\n"),
            ("crates/people/tests/story.rs", "use testkit::City;\n"),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0].to_string().contains("hire.rs:1: ") && findings[0].remedy.contains("help")
        );
    }
}
