//! The environment is read in one place, the command line, so that `duban --help` lists all there
//! is to set.

use super::Finding;
use super::tree::{File, Tree};

/// Looks into the environment from other places.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, rust) in tree.rust().filter(|(file, _)| !may_read(file)) {
        let looks = rust
            .code_lines()
            .filter(|(line, code)| code.contains("env::var") && !rust.is_test_line(*line));
        findings.extend(looks.map(|(line, _)| {
            let remedy = "make it an option of the binary and hand the value down";
            Finding::new(&file.path, line, "reads the environment", remedy)
        }));
    }
    findings
}

fn may_read(file: &File) -> bool {
    let is_tool = file.krate() == Some("duban") || file.path.starts_with("xtask/");
    is_tool || file.is_test() || file.name() == "build.rs" || file.path.contains("/build/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_binary_the_build_and_tests_read_the_environment() {
        let look = "fn a() { std::env::var(\"A\"); }\n";
        let in_test = "#[cfg(test)]\nmod tests { fn a() { std::env::var(\"A\"); } }\n";
        let tree = Tree::of(&[
            ("crates/web/src/page.rs", look),
            ("crates/duban/src/main.rs", look),
            ("crates/ui/build.rs", look),
            ("crates/ui/src/lib.rs", in_test),
            ("crates/testkit/src/lib.rs", look),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().starts_with("crates/web/src/page.rs:1: "));
    }
}
