//! Large files stay out of the repository: every clone pays for them for ever.

use super::Finding;
use super::tree::Tree;

const BYTES_MAX: u64 = 512 * 1024;
/// Screenshots of the documents may be larger.
const SCREENSHOT_BYTES_MAX: u64 = 1024 * 1024;

/// Files over the limit.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let too_large = tree.files.iter().filter_map(|file| {
        let is_screenshot = file.path.starts_with("docs/") && file.path.ends_with(".png");
        let limit = if is_screenshot { SCREENSHOT_BYTES_MAX } else { BYTES_MAX };
        let what = format!("{} KiB, over {}", file.bytes.div_ceil(1024), limit / 1024);
        let remedy = "shrink it or build it when it is needed";
        (file.bytes > limit).then(|| Finding::new(&file.path, 1, what, remedy))
    });
    too_large.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screenshot_may_be_larger_than_other_files() {
        let large = "x".repeat(600 * 1024);
        let tree = Tree::of(&[("docs/desk.png", &large), ("crates/ui/desk.png", &large)]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().starts_with("crates/ui/desk.png:1: 600 KiB, over 512"));
    }
}
