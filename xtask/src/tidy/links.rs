//! Relative links in documents lead somewhere.

use super::Finding;
use super::tree::Tree;

/// Links to files that do not exist.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".md")) {
        let mut is_code = false;
        for (line, text) in file.lines() {
            if text.trim_start().starts_with("```") {
                is_code = !is_code;
            }
            let targets = if is_code { Vec::new() } else { targets(text) };
            for target in targets.into_iter().filter(|target| is_relative(target)) {
                let place = target.split('#').next().unwrap_or_default();
                if !resolve(&file.path, place).is_some_and(|path| tree.has(&path)) {
                    let what = format!("the link `{target}` leads nowhere");
                    findings.push(Finding::new(&file.path, line, what, "correct or remove it"));
                }
            }
        }
    }
    findings
}

fn is_relative(target: &str) -> bool {
    !(target.starts_with('#') || target.contains("://") || target.starts_with("mailto:"))
}

/// What stands in `[…](here)`, outside of `code`.
fn targets(line: &str) -> Vec<&str> {
    let prose = line.split('`').step_by(2);
    let links = prose.flat_map(|part| part.split("](").skip(1));
    links
        .filter_map(|rest| rest.split_once(')'))
        .filter_map(|(target, _)| target.split_whitespace().next())
        .collect()
}

/// The path from the root that a link in a document means; none when it leaves the repository.
fn resolve(document: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_from_their_document() {
        assert_eq!(resolve("docs/guide/a.md", "../b.md").as_deref(), Some("docs/b.md"));
        assert_eq!(resolve("README.md", "docs/").as_deref(), Some("docs"));
        assert_eq!(resolve("README.md", "../other"), None);
    }

    #[test]
    fn a_dead_link_is_found_and_others_are_left_alone() {
        let text = "[a](b.md) ![c](shot.png \"d\")\n[e](https://example.org) [f](#g)\n\
                    `[h](gone.md)`\n```\n[i](gone.md)\n```\n[j](b.md#k) and [l](dead.md)\n";
        let tree = Tree::of(&[("docs/a.md", text), ("docs/b.md", ""), ("docs/shot.png", "")]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!((findings[0].line, findings[0].what.contains("dead.md")), (7, true));
    }
}
