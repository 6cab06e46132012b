//! Which crate may use which: from left to right only.
//!
//! A new edge is a change of the architecture: it needs a decision record, then a word here.

use serde_json::Value;

use super::Finding;
use super::tree::Tree;

const BASE: [&str; 6] = ["kernel", "journal", "files", "ui", "measures", "web"];
/// What each crate may use beyond [`BASE`] or, for the crates of the base, at all.
const EDGES: [(&str, bool, &[&str]); 24] = [
    ("kernel", false, &[]),
    ("journal", false, &["kernel"]),
    ("files", false, &["kernel", "journal"]),
    ("ui", false, &["kernel"]),
    ("measures", false, &["kernel", "journal"]),
    ("web", false, &["kernel", "journal", "files", "ui", "measures"]),
    ("people", true, &[]),
    ("assignments", true, &["people"]),
    ("slips", true, &["people", "assignments"]),
    ("projects", true, &["people", "assignments"]),
    ("enterprises", true, &["people", "assignments"]),
    ("indicators", true, &["people", "assignments"]),
    ("rule_sets", true, &["people", "assignments", "indicators", "rules"]),
    ("meetings", true, &["people", "assignments", "projects", "enterprises", "indicators"]),
    ("reviews", true, BEFORE_REVIEWS),
    ("messages", true, before("messages")),
    ("desk", true, before("desk")),
    ("building", true, ROOMS),
    ("duban", true, WHOLE),
    ("testkit", true, &["people"]),
    ("sweep", false, &[]),
    ("bench", true, WHOLE),
    ("xtask", false, &[]),
    ("rules", false, &["kernel"]),
];
const BEFORE_REVIEWS: &[&str] = &[
    "people",
    "assignments",
    "slips",
    "projects",
    "enterprises",
    "indicators",
    "rule_sets",
    "meetings",
    "rules",
];
/// All rooms, from left to right.
pub(super) const ROOMS: &[&str] = before("building");
/// The rooms and what lists them.
const WHOLE: &[&str] = &[
    "people",
    "assignments",
    "slips",
    "projects",
    "enterprises",
    "indicators",
    "rule_sets",
    "meetings",
    "reviews",
    "messages",
    "desk",
    "building",
];

/// What is left of one.
const fn before(room: &str) -> &'static [&'static str] {
    let mut n = 0;
    while n < WHOLE.len() && !is_same(WHOLE[n].as_bytes(), room.as_bytes()) {
        n += 1;
    }
    WHOLE.split_at(n).0
}

/// What `==` says, which cannot be asked while compiling.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut n = 0;
    while n < one.len() && n < other.len() && one[n] == other[n] {
        n += 1;
    }
    n == one.len() && n == other.len()
}

/// Edges that are not in the table.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let ours = tree.packages().filter(|package| package["source"].is_null());
    ours.flat_map(|package| of_package(tree, package)).collect()
}

fn of_package(tree: &Tree, package: &Value) -> Vec<Finding> {
    let name = package["name"].as_str().unwrap_or_default();
    let path = if name == "xtask" {
        "xtask/Cargo.toml".to_owned()
    } else {
        format!("crates/{name}/Cargo.toml")
    };
    if !EDGES.iter().any(|(known, ..)| *known == name) {
        let remedy = "give it a place in xtask/src/tidy/edges.rs and a decision record";
        return vec![Finding::new(
            &path,
            1,
            format!("`{name}` has no place in the building"),
            remedy,
        )];
    }
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    let inner = dependencies.filter(|dependency| dependency["path"].is_string());
    let wrong = inner.filter_map(|dependency| {
        let other = dependency["name"].as_str().unwrap_or_default();
        let kind = dependency["kind"].as_str().unwrap_or("normal");
        if may_use(name, other, kind) {
            return None;
        }
        let what = format!("`{name}` may not use `{other}` (a {kind} dependency)");
        let remedy = "move what both need to the left, or name it through kernel::Subject";
        Some(Finding::new(&path, tree.line_starting(&path, other), what, remedy))
    });
    wrong.collect()
}

fn may_use(name: &str, other: &str, kind: &str) -> bool {
    let Some((_, has_base, others)) = EDGES.iter().find(|(known, ..)| *known == name) else {
        return false;
    };
    let is_plain = others.contains(&other) || (*has_base && BASE.contains(&other));
    let is_for_tests = kind == "dev" && (other == "testkit" || name == "sweep");
    is_plain || is_for_tests
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(name: &str, dependencies: Value) -> Vec<String> {
        let mut tree = Tree::of(&[]);
        tree.metadata =
            json!({"packages": [{"name": name, "source": null, "dependencies": dependencies}]});
        check(&tree).iter().map(Finding::to_string).collect()
    }

    fn edge(name: &str, kind: Value) -> Value {
        json!({"name": name, "kind": kind, "path": "somewhere"})
    }

    #[test]
    fn rooms_use_what_is_left_of_them() {
        let edges = json!([edge("people", Value::Null), edge("web", Value::Null)]);
        assert!(found("assignments", edges).is_empty());
    }

    #[test]
    fn a_room_does_not_use_what_is_right_of_it() {
        let findings = found("people", json!([edge("assignments", Value::Null)]));
        assert!(
            findings[0].contains("`people` may not use `assignments` (a normal"),
            "{findings:?}"
        );
    }

    #[test]
    fn who_gathers_uses_every_room_to_the_left_and_none_to_the_right() {
        let edges = json!([edge("slips", Value::Null), edge("reviews", Value::Null)]);
        assert!(found("messages", edges).is_empty());
        assert_eq!(found("messages", json!([edge("desk", Value::Null)])).len(), 1);
        assert!(found("desk", json!([edge("messages", Value::Null)])).is_empty());
    }

    #[test]
    fn tests_may_use_the_testkit_and_the_sweep_everything() {
        assert!(found("people", json!([edge("testkit", json!("dev"))])).is_empty());
        assert!(found("sweep", json!([edge("duban", json!("dev"))])).is_empty());
        assert_eq!(found("people", json!([edge("testkit", Value::Null)])).len(), 1);
        assert_eq!(found("people", json!([edge("desk", json!("dev"))])).len(), 1);
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert!(found("common", json!([]))[0].contains("no place"));
    }
}
