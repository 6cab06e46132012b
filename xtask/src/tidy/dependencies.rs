//! Every direct dependency is declared once, in the workspace, and `docs/dependencies.md` says why
//! we carry it.

use super::Finding;
use super::tree::{File, Tree};

const DOCUMENT: &str = "docs/dependencies.md";
const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Dependencies without a reason, reasons without a dependency, versions outside the workspace.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(root) = tree.file("Cargo.toml") else { return Vec::new() };
    let used = outside(&root.text);
    let reasons: Vec<(usize, &str)> = tree.file(DOCUMENT).map(explained).unwrap_or_default();
    let mut findings = Vec::new();
    let is_explained = |name: &str| reasons.iter().any(|(_, reason)| *reason == name);
    for name in used.iter().filter(|name| !is_explained(name)) {
        let line = tree.line_starting("Cargo.toml", &format!("{name} ="));
        findings.push(unexplained("Cargo.toml", line, name));
    }
    let packages: Vec<(&File, String)> = tree.files.iter().flat_map(node_packages).collect();
    for (file, name) in packages.iter().filter(|(_, name)| !is_explained(name)) {
        findings.push(unexplained(&file.path, 1, name));
    }
    let is_node = |name: &str| name.starts_with('@') || name.contains('.') || name.contains('/');
    for (line, name) in &reasons {
        let is_used = used.iter().any(|other| other == name);
        let is_package = packages.iter().any(|(_, other)| other == name) || is_node(name);
        if !is_used && !is_package && is_in_rust_part(tree, *line) {
            let what = format!("`{name}` is explained but no longer used");
            findings.push(Finding::new(DOCUMENT, *line, what, "take the line out"));
        }
    }
    for file in tree.files.iter().filter(|file| file.name() == "Cargo.toml") {
        findings.extend(own_versions(file));
    }
    findings
}

fn unexplained(path: &str, line: usize, name: &str) -> Finding {
    let remedy = format!("add the row | `{name}` | … | to {DOCUMENT}");
    Finding::new(path, line, format!("nobody says why `{name}` is needed"), remedy)
}

/// The table rows of the document: | `name` | reason |.
fn explained(document: &File) -> Vec<(usize, &str)> {
    let rows = document.lines().filter_map(|(number, line)| {
        let name = line.strip_prefix("| `")?.split('`').next()?;
        Some((number, name))
    });
    rows.collect()
}

/// The part before the heading of the browser's packages.
fn is_in_rust_part(tree: &Tree, line: usize) -> bool {
    let node = tree.line_starting(DOCUMENT, "## Node");
    node == 1 || line < node
}

/// Names in `[workspace.dependencies]` that are not crates of our own.
fn outside(manifest: &str) -> Vec<String> {
    let Ok(manifest) = manifest.parse::<toml::Table>() else { return Vec::new() };
    let dependencies = manifest.get("workspace").and_then(|table| table.get("dependencies"));
    let dependencies = dependencies.and_then(toml::Value::as_table).into_iter().flatten();
    let others = dependencies.filter(|(_, value)| value.get("path").is_none());
    others.map(|(name, _)| name.clone()).collect()
}

fn node_packages(file: &File) -> Vec<(&File, String)> {
    if file.name() != "package.json" {
        return Vec::new();
    }
    let json: serde_json::Value = serde_json::from_str(&file.text).unwrap_or_default();
    let sections = ["dependencies", "devDependencies"].map(|section| json[section].as_object());
    let names = sections.into_iter().flatten().flatten().map(|(name, _)| (file, name.clone()));
    names.collect()
}

fn own_versions(file: &File) -> Vec<Finding> {
    let Ok(manifest) = file.text.parse::<toml::Table>() else { return Vec::new() };
    let mut findings = Vec::new();
    let tables = SECTIONS.iter().filter_map(|section| manifest.get(*section)?.as_table());
    for (name, value) in tables.flatten() {
        if value.get("workspace").is_none() {
            let start = file.lines().find(|(_, line)| line.starts_with(name));
            let what = format!("`{name}` is not taken from the workspace");
            let remedy =
                format!("declare it in the root Cargo.toml and write `{name}.workspace = true`");
            findings.push(Finding::new(
                &file.path,
                start.map_or(1, |(line, _)| line),
                what,
                remedy,
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "[workspace.dependencies]\nkernel = { path = \"crates/kernel\" }\n\
                        serde = \"1\"\nurl = { version = \"2\" }\n";

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn every_dependency_needs_its_line_and_every_line_its_dependency() {
        let document = "| `serde` | reads forms |\n| `gone` | was here |\n";
        let findings = found(&[("Cargo.toml", ROOT), (DOCUMENT, document)]);
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].starts_with("Cargo.toml:4: nobody says why `url`"), "{findings:?}");
        assert!(findings[1].starts_with("docs/dependencies.md:2: `gone`"), "{findings:?}");
    }

    #[test]
    fn packages_of_the_browser_side_need_their_line_too() {
        let package = r#"{"devDependencies": {"axe-core": "4"}}"#;
        let findings = found(&[("Cargo.toml", ""), ("e2e/package.json", package)]);
        assert!(findings[0].starts_with("e2e/package.json:1: nobody says why `axe-core`"));
    }

    #[test]
    fn a_version_in_a_room_is_refused() {
        let room = "[dependencies]\nkernel.workspace = true\nserde = \"1\"\n";
        let findings = found(&[("Cargo.toml", ""), ("crates/people/Cargo.toml", room)]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].starts_with("crates/people/Cargo.toml:3: `serde`"), "{findings:?}");
    }
}
