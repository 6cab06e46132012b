//! What the lock file carries, checked against the lists in `deny.toml` without another tool:
//! banned crates, crates that must be there once, sources and licences.

use toml::Value;

use super::Finding;
use super::tree::Tree;

const LISTS: &str = "deny.toml";
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that may not be there.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let lists = tree.file(LISTS).and_then(|file| file.text.parse::<toml::Table>().ok());
    let Some(lists) = lists else {
        return vec![Finding::new(LISTS, 1, "cannot be read", "restore it")];
    };
    let mut findings = banned(tree, &lists);
    let allowed = strings(lists.get("licenses").and_then(|table| table.get("allow")));
    for package in tree.packages().filter(|package| package["source"].is_string()) {
        let name = package["name"].as_str().unwrap_or_default();
        let line = tree.line_starting("Cargo.lock", &format!("name = \"{name}\""));
        let mut find = |what: String, remedy: &str| {
            findings.push(Finding::new("Cargo.lock", line, what, remedy));
        };
        if package["source"] != REGISTRY {
            find(format!("`{name}` is not from the public registry"), "use a published version");
        }
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_allowed(licence, &allowed) {
            let what =
                format!("`{name}` has the licence `{licence}`, which {LISTS} does not allow");
            find(what, "take another crate, or allow it there with a reason");
        }
    }
    findings
}

fn banned(tree: &Tree, lists: &toml::Table) -> Vec<Finding> {
    let lock = tree.file("Cargo.lock").map(|file| file.text.as_str()).unwrap_or_default();
    let denied = lists.get("bans").and_then(|table| table.get("deny")).and_then(Value::as_array);
    let mut findings = Vec::new();
    for entry in denied.into_iter().flatten() {
        let Some(name) = entry.get("crate").and_then(Value::as_str) else { continue };
        let reason = entry.get("reason").and_then(Value::as_str).unwrap_or("see deny.toml");
        let heading = format!("name = \"{name}\"");
        let count = lock.lines().filter(|line| *line == heading).count();
        let may_be_once = entry.get("deny-multiple-versions").is_some();
        if count > usize::from(may_be_once) {
            let line = tree.line_starting("Cargo.lock", &heading);
            let what = format!("`{name}` is there {count} times");
            let remedy = format!("{reason}; look with `cargo tree -i {name}`");
            findings.push(Finding::new("Cargo.lock", line, what, remedy));
        }
    }
    findings
}

fn strings(list: Option<&Value>) -> Vec<&str> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    entries.filter_map(Value::as_str).collect()
}

/// Whether a licence expression can be met with allowed licences only.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    let is_met = reader.any();
    is_met && reader.words.is_empty()
}

/// Reads `any = all {OR all}`, `all = one {AND one}`, `one = ( any ) | name [WITH name]`.
struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [&'a str],
}

impl Reader<'_> {
    fn any(&mut self) -> bool {
        let mut is_met = self.all();
        while self.take("OR") {
            is_met |= self.all();
        }
        is_met
    }

    fn all(&mut self) -> bool {
        let mut is_met = self.one();
        while self.take("AND") {
            is_met &= self.one();
        }
        is_met
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let is_met = self.any();
            return self.take(")") && is_met;
        }
        let Some((name, rest)) = self.words.split_first() else { return false };
        self.words = rest;
        if !self.take("WITH") {
            return self.allowed.contains(name);
        }
        let Some((exception, rest)) = self.words.split_first() else { return false };
        self.words = rest;
        self.allowed.contains(&format!("{name} WITH {exception}").as_str())
    }

    fn take(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DENY: &str = "[licenses]\nallow = [\"MIT\", \"Apache-2.0\"]\n[bans]\ndeny = [\n\
        { crate = \"sqlx\", reason = \"one SQLite\" },\n\
        { crate = \"libsqlite3-sys\", deny-multiple-versions = true },\n]\n";

    fn found(lock: &str, packages: serde_json::Value) -> Vec<String> {
        let mut tree = Tree::of(&[(LISTS, DENY), ("Cargo.lock", lock)]);
        tree.metadata = json!({ "packages": packages });
        check(&tree).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn expressions_are_understood() {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        for good in [
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(is_allowed(good, &allowed), "{good}");
        }
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT WITH GCC-exception", "(MIT", "MIT MIT"] {
            assert!(!is_allowed(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn banned_crates_and_second_copies_are_found() {
        let lock = "name = \"sqlx\"\nname = \"libsqlite3-sys\"\nname = \"libsqlite3-sys\"\n";
        let findings = found(lock, json!([]));
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].starts_with("Cargo.lock:1: `sqlx` is there 1 times; one SQLite"));
        assert!(findings[1].starts_with("Cargo.lock:2: `libsqlite3-sys` is there 2 times"));
        assert!(found("name = \"libsqlite3-sys\"\n", json!([])).is_empty());
    }

    #[test]
    fn sources_and_licences_are_checked() {
        let findings = found(
            "",
            json!([
                {"name": "a", "source": REGISTRY, "license": "MIT"},
                {"name": "b", "source": "git+https://example.org/b", "license": "MIT"},
                {"name": "c", "source": REGISTRY, "license": "GPL-3.0"},
                {"name": "ours", "source": null, "license": null},
            ]),
        );
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].contains("`b` is not from") && findings[1].contains("`c` has the"));
    }
}
