//! The list of what was too long when a limit came: it may shrink and never grow.
//!
//! A line of `xtask/ratchet.txt` is a path, or `path::function`, and the lines it has today.

use super::Finding;
use super::tree::Tree;

pub(super) const LIST: &str = "xtask/ratchet.txt";

/// One line of the list.
pub(super) struct Entry<'a> {
    line: usize,
    name: &'a str,
    allowed: usize,
}

/// The lines of the list; `#` starts a comment.
pub(super) fn entries(tree: &Tree) -> Vec<Entry<'_>> {
    let lines = tree.file(LIST).into_iter().flat_map(super::tree::File::lines);
    let entries = lines.filter_map(|(line, text)| {
        let (name, number) = text.split('#').next()?.trim().rsplit_once(' ')?;
        Some(Entry { line, name: name.trim(), allowed: number.parse().ok()? })
    });
    entries.collect()
}

/// How long this may be: what the list says, else the limit.
pub(super) fn allowed(entries: &[Entry<'_>], name: &str, limit: usize) -> usize {
    entries.iter().find(|entry| entry.name == name).map_or(limit, |entry| entry.allowed)
}

/// Entries that allow more than is there today.
pub(super) fn loose(entries: &[Entry<'_>], sizes: &[(String, usize, usize)]) -> Vec<Finding> {
    let findings = entries.iter().filter_map(|entry| {
        let found = sizes.iter().find(|(name, ..)| name == entry.name);
        let (what, remedy) = match found {
            Some((_, lines, limit)) if lines > limit && *lines >= entry.allowed => return None,
            Some((_, lines, limit)) if lines > limit => {
                (format!("`{}` has shrunk", entry.name), format!("write {lines}"))
            }
            Some(_) => (format!("`{}` is within the limit", entry.name), "remove it".to_owned()),
            None => (format!("`{}` is gone", entry.name), "remove it".to_owned()),
        };
        Some(Finding::new(LIST, entry.line, what, remedy))
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_and_comments_skipped() {
        let tree = Tree::of(&[(LIST, "# the list\n\na.rs 600\na.rs::long 80 # since 2026\n")]);
        let entries = entries(&tree);
        assert_eq!(entries.len(), 2);
        assert_eq!(allowed(&entries, "a.rs", 500), 600);
        assert_eq!(allowed(&entries, "a.rs::long", 70), 80);
        assert_eq!(allowed(&entries, "b.rs", 500), 500);
    }

    #[test]
    fn the_list_follows_what_shrinks() {
        let tree = Tree::of(&[(LIST, "a.rs 600\nb.rs 600\nc.rs 600\nd.rs 600\n")]);
        let size = |name: &str, lines| (name.to_owned(), lines, 500);
        let sizes = [size("a.rs", 600), size("b.rs", 550), size("c.rs", 400)];
        let said: Vec<String> =
            loose(&entries(&tree), &sizes).iter().map(|finding| finding.what.clone()).collect();
        assert_eq!(said, ["`b.rs` has shrunk", "`c.rs` is within the limit", "`d.rs` is gone"]);
    }
}
