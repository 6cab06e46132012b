//! Nothing in the repository tells on which machine it was made: no paths of a developer's disk,
//! no addresses of the mirror that packages came through.

use super::Finding;
use super::tree::{File, Tree};

/// Built from halves so that this file is not found itself.
const PLACES: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
const RESOLVED: &str = concat!("\"resol", "ved\"");

/// Such traces.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| !file.text.is_empty()) {
        for (line, text) in file.lines() {
            if let Some((what, remedy)) = trace(file, text) {
                findings.push(Finding::new(&file.path, line, what, remedy));
            }
        }
    }
    findings
}

fn trace(file: &File, line: &str) -> Option<(String, &'static str)> {
    if let Some(place) = PLACES.into_iter().find(|place| has_path(line, place)) {
        return Some((format!("`{place}` is a place on one machine"), "write a relative path"));
    }
    if file.name() == "package-lock.json" && line.contains(RESOLVED) {
        let remedy = "set omit-lockfile-registry-resolved=true in .npmrc and run npm install";
        return Some(("names where a package came from".to_owned(), remedy));
    }
    if file.name() == ".npmrc" && line.trim_start().starts_with("registry") {
        return Some(("chooses a registry".to_owned(), "leave that to each machine"));
    }
    let host = registry_host(line)?;
    Some((format!("`{host}` is an address of packages"), "name the package only"))
}

/// Whether a line holds an absolute path that starts with this place.
fn has_path(line: &str, place: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '}' | ')' | '*');
    line.match_indices(place).any(|(index, _)| !line.get(..index).unwrap_or("").ends_with(is_inner))
}

/// The host of an address in this line, if packages are fetched from there.
fn registry_host(line: &str) -> Option<&str> {
    let hosts = line.split("://").skip(1).filter_map(|rest| {
        rest.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).next()
    });
    let is_registry = |label: &str| {
        let starts = ["registry", "npm", "mirror", "artifact", "pypi", "goproxy"];
        starts.iter().any(|start| label.starts_with(start))
    };
    hosts.into_iter().find(|host| host.split('.').any(is_registry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn paths_of_a_machine_are_found_and_relative_ones_are_not() {
        let [work, root] = PLACES;
        assert_eq!(found("docs/a.md", &format!("see {work}notes\nin `{root}`\n")), 2);
        assert_eq!(found("docs/a.md", &format!("docs{work}notes and ..{root}\n")), 0);
    }

    #[test]
    fn addresses_of_packages_are_found() {
        assert_eq!(found("a.md", concat!("https://regi", "stry.example.org/axe-core")), 1);
        assert_eq!(found("a.md", "https://example.org/registry of units"), 0);
        assert_eq!(found("e2e/.npmrc", "registry=http://localhost\n"), 1);
    }

    #[test]
    fn a_lock_does_not_say_where_packages_came_from() {
        let line = format!("  {RESOLVED}: \"file:a\"\n");
        assert_eq!(found("e2e/package-lock.json", &line), 1);
        assert_eq!(found("e2e/other.json", &line), 0);
    }
}
