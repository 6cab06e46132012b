//! Files and functions stay short enough to be read in one go.
//!
//! A function counts its lines from `fn` to the closing brace without blank and comment lines, so
//! that nobody shortens one by removing what explains it.

use super::Finding;
use super::ratchet;
use super::rust::{Extent, Rust, extent, line_of};
use super::tree::{File, Tree};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;
/// Handlers are where functions grow; see STYLE.md.
const ACT_LINES_MAX: usize = 40;
const SOURCES: [&str; 8] = [".rs", ".mjs", ".js", ".ts", ".css", ".sql", ".sh", ".ci/run"];

struct Size {
    name: String,
    path: String,
    line: usize,
    lines: usize,
    limit: usize,
    remedy: &'static str,
}

/// Files and functions over their limit, and entries of the ratchet list that allow too much.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut sizes: Vec<Size> = sources(tree).map(of_file).collect();
    sizes.extend(tree.rust().flat_map(|(file, rust)| of_functions(file, rust)));
    let listed = ratchet::entries(tree);
    let mut findings = Vec::new();
    for size in &sizes {
        let allowed = ratchet::allowed(&listed, &size.name, size.limit).max(size.limit);
        if size.lines > allowed {
            let what = format!("`{}` has {} lines, over {allowed}", size.name, size.lines);
            findings.push(Finding::new(&size.path, size.line, what, size.remedy));
        }
    }
    let known: Vec<_> = sizes.into_iter().map(|s| (s.name, s.lines, s.limit)).collect();
    findings.extend(ratchet::loose(&listed, &known));
    findings
}

/// How large the sources are, for the closing line.
pub(super) fn report(tree: &Tree) -> String {
    let mut lines: Vec<usize> =
        tree.rust().map(|(_, rust)| rust.line_count_without_tests()).collect();
    lines.sort_unstable();
    let median = lines.get(lines.len() / 2).copied().unwrap_or(0);
    let longest = lines.last().copied().unwrap_or(0);
    let count = lines.len();
    format!("{count} Rust files, median {median} lines without tests (aim 100), longest {longest}")
}

fn sources(tree: &Tree) -> impl Iterator<Item = &File> {
    let is_source = |file: &&File| SOURCES.iter().any(|ending| file.path.ends_with(ending));
    tree.files.iter().filter(is_source)
}

fn of_file(file: &File) -> Size {
    Size {
        name: file.path.clone(),
        path: file.path.clone(),
        line: 1,
        lines: file.text.lines().count(),
        limit: FILE_LINES_MAX,
        remedy: "cut it along its nouns",
    }
}

fn of_functions(file: &File, rust: &Rust) -> Vec<Size> {
    let mut sizes = Vec::new();
    for (from, _) in rust.code.match_indices("fn ") {
        let is_word = rust
            .code
            .get(..from)
            .unwrap_or_default()
            .ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '#');
        let rest = rust.code.get(from + 3..).unwrap_or_default();
        let name = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
        let name = name.unwrap_or_default();
        let Some(Extent::Block(end)) = extent(&rust.code, from) else { continue };
        if is_word || name.is_empty() {
            continue;
        }
        let body = rust.uncommented.get(from..=end).unwrap_or_default();
        let line = line_of(&rust.code, from);
        let is_act = file.path.contains("/src/acts/") && !rust.is_test_line(line);
        sizes.push(Size {
            name: format!("{}::{name}", file.path),
            path: file.path.clone(),
            line,
            lines: body.lines().filter(|line| !line.trim().is_empty()).count(),
            limit: if is_act { ACT_LINES_MAX } else { FUNCTION_LINES_MAX },
            remedy: "decide here and move the work into functions with names",
        });
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> String {
        format!("fn long(a: [u8; 2]) {{\n{}}}\n", "    a();\n\n    // why\n".repeat(lines - 2))
    }

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_long_function_is_found_and_comments_do_not_count() {
        assert!(found(&[("crates/ui/src/a.rs", &function(70))]).is_empty());
        let findings = found(&[("crates/ui/src/a.rs", &function(71))]);
        assert!(findings[0].contains("a.rs:1: `crates/ui/src/a.rs::long` has 71 lines, over 70"));
    }

    #[test]
    fn an_act_has_less_room_than_its_tests() {
        let text = function(41);
        assert_eq!(found(&[("crates/people/src/acts/hire.rs", &text)]).len(), 1);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{text}}}\n");
        assert!(found(&[("crates/people/src/acts/hire.rs", &tests)]).is_empty());
    }

    #[test]
    fn a_long_file_is_found_unless_it_is_listed() {
        let text = "// a\n".repeat(501);
        assert_eq!(found(&[("e2e/run.mjs", &text)]).len(), 1);
        assert!(found(&[("e2e/run.mjs", &text), (ratchet::LIST, "e2e/run.mjs 501\n")]).is_empty());
        assert_eq!(found(&[("e2e/run.mjs", &text), (ratchet::LIST, "e2e/run.mjs 502")]).len(), 1);
    }

    #[test]
    fn declarations_and_function_pointers_have_no_length() {
        let text = "trait A { fn a(&self); }\nconst B: fn (u8) = c;\n";
        let file = File::new("a.rs", text.as_bytes());
        let rust = file.rust.as_ref().expect("a Rust file");
        assert!(of_functions(&file, rust).is_empty());
    }

    #[test]
    fn the_median_leaves_tests_out() {
        let tests = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}\n", "\n".repeat(50));
        let tree = Tree::of(&[("a.rs", tests.as_str())]);
        assert!(report(&tree).starts_with("1 Rust files, median 1 lines"), "{}", report(&tree));
    }
}
