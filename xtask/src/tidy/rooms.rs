//! Every room has the same plan, so that who knows one knows all.

use super::Finding;
use super::edges::ROOMS;
use super::tree::Tree;

const SOURCE_FOLDERS: [&str; 11] = [
    "acts", "pages", "regions", "store", "facts", "words", "demo", "tables", "notice", "import",
    "doubts",
];
const REMEDY: &str = "a room has src/{lib,<noun>,tables,facts,store,words,notice,demo}.rs, \
     src/{acts,pages,regions,import}/, migrations/ and tests/; see STYLE.md";

/// Files that have no place in the plan.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let in_rooms = tree.files.iter().filter_map(|file| {
        let room = file.krate().filter(|name| ROOMS.contains(name))?;
        let inside = file.path.strip_prefix("crates/")?.strip_prefix(room)?.strip_prefix('/')?;
        Some((file, inside))
    });
    let strangers = in_rooms.filter(|(_, inside)| !has_place(inside));
    let findings = strangers
        .map(|(file, _)| Finding::new(&file.path, 1, "has no place in the plan of a room", REMEDY));
    findings.collect()
}

fn has_place(inside: &str) -> bool {
    let parts: Vec<&str> = inside.split('/').collect();
    match parts.as_slice() {
        ["Cargo.toml"] | ["migrations" | "tests", ..] => true,
        ["src", file] => is_rust(file) && *file != "mod.rs",
        ["src", folder, .., file] => SOURCE_FOLDERS.contains(folder) && is_rust(file),
        _ => false,
    }
}

fn is_rust(file: &str) -> bool {
    file.strip_suffix(".rs").is_some_and(|stem| !stem.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_has_its_places() {
        for inside in [
            "Cargo.toml",
            "src/lib.rs",
            "src/assignment.rs",
            "src/acts/report.rs",
            "src/store/list.rs",
            "migrations/0001_first.sql",
            "tests/story.rs",
        ] {
            assert!(has_place(inside), "{inside}");
        }
        for inside in ["src/handlers/report.rs", "README.md", "src/acts/form.html", "build.rs"] {
            assert!(!has_place(inside), "{inside}");
        }
    }

    #[test]
    fn only_rooms_are_looked_at() {
        let tree = Tree::of(&[
            ("crates/people/src/api/a.rs", ""),
            ("crates/web/src/pages_of/a.rs", ""),
            ("crates/desk/src/pages/home.rs", ""),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "crates/people/src/api/a.rs");
    }
}
