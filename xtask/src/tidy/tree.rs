//! What the checks look at: the files of the repository and what cargo says about the packages.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::rust::Rust;
use crate::shell;

/// One file of the repository, built or not.
pub(crate) struct File {
    /// From the root, with slashes.
    pub(crate) path: String,
    pub(crate) bytes: u64,
    /// Empty when the file is not text.
    pub(crate) text: String,
    /// For `.rs` files.
    pub(crate) rust: Option<Rust>,
}

impl File {
    /// A file with this content.
    pub(crate) fn new(path: &str, content: &[u8]) -> Self {
        let text = std::str::from_utf8(content).unwrap_or_default().to_owned();
        let rust = path.ends_with(".rs").then(|| Rust::read(&text));
        Self { path: path.to_owned(), bytes: content.len() as u64, text, rust }
    }

    /// The name behind the last slash.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The crate's folder name, for files under `crates/`.
    pub(crate) fn krate(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Lines of text with their numbers, from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, text)| (index + 1, text))
    }

    /// Whether the whole file is compiled for tests only.
    pub(crate) fn is_test(&self) -> bool {
        let is_test_crate = matches!(self.krate(), Some("testkit" | "sweep"));
        is_test_crate || self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }
}

/// All that the checks may look at.
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
    /// `cargo metadata`, with the packages of the lock file for this platform.
    pub(crate) metadata: Value,
}

impl Tree {
    /// Read the repository: what git tracks or would track, so that new files count.
    pub(crate) fn read() -> Result<Self, String> {
        let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let paths = shell::output(Command::new("git").args(list).current_dir(shell::root()))?;
        let mut files = Vec::new();
        for path in paths.split('\0').filter(|path| !path.is_empty()) {
            // A tracked file that was just deleted, or a link, is nobody's content.
            let full = shell::root().join(path);
            if fs::symlink_metadata(&full).is_ok_and(|about| about.is_file()) {
                let content = fs::read(&full).map_err(|e| format!("{path}: {e}"))?;
                files.push(File::new(path, &content));
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        let platform = "x86_64-unknown-linux-gnu";
        let about = ["metadata", "--format-version=1", "--locked", "--filter-platform", platform];
        let metadata = shell::output(&mut shell::cargo(&about))?;
        let metadata = serde_json::from_str(&metadata).map_err(|e| format!("metadata: {e}"))?;
        Ok(Self { files, metadata })
    }

    /// A made-up repository.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| File::new(path, text.as_bytes())).collect();
        Self { files, metadata: Value::Null }
    }

    /// A file by its path.
    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Rust files with their parts.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&File, &Rust)> {
        self.files.iter().filter_map(|file| Some((file, file.rust.as_ref()?)))
    }

    /// Whether there is a file or a folder of this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// The packages that cargo knows, ours and others'.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &Value> {
        self.metadata["packages"].as_array().into_iter().flatten()
    }

    /// The first line (from 1) of a file that starts with these words, else 1.
    pub(crate) fn line_starting(&self, path: &str, start: &str) -> usize {
        let mut lines = self.file(path).into_iter().flat_map(File::lines);
        lines.find(|(_, line)| line.starts_with(start)).map_or(1, |(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_its_name_and_crate() {
        let file = File::new("crates/people/src/acts/hire.rs", b"//! Hire.\n");
        assert_eq!((file.name(), file.krate()), ("hire.rs", Some("people")));
        assert!(!file.is_test() && file.rust.is_some());
    }

    #[test]
    fn test_files_are_known_by_their_place() {
        for path in ["crates/people/tests/a.rs", "crates/ui/src/tests.rs", "crates/sweep/src/a.rs"]
        {
            assert!(File::new(path, b"").is_test(), "{path}");
        }
    }

    #[test]
    fn folders_count_as_there() {
        let tree = Tree::of(&[("docs/guide/a.md", "")]);
        assert!(tree.has("docs/guide") && tree.has("docs/guide/a.md") && !tree.has("docs/gui"));
    }
}
