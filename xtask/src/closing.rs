//! The closing lines of the test runner, kept so that they can end the whole run's output.

use crate::shell::Stream;

/// Collects what is worth repeating from either runner's output.
pub(crate) struct Closing {
    runner: Runner,
    lines: Vec<String>,
    passed: u32,
    failed: u32,
    ignored: u32,
}

/// Who runs the Rust tests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runner {
    /// cargo-nextest: each test in a process of its own.
    Nextest,
    /// Plain `cargo test`, when nextest is not installed.
    Cargo,
}

impl Runner {
    /// Where it reports its results.
    pub(crate) const fn stream(self) -> Stream {
        match self {
            Self::Nextest => Stream::Err,
            Self::Cargo => Stream::Out,
        }
    }
}

impl Closing {
    /// Nothing seen yet.
    pub(crate) const fn new(runner: Runner) -> Self {
        Self { runner, lines: Vec::new(), passed: 0, failed: 0, ignored: 0 }
    }

    /// Look at the next line of output.
    pub(crate) fn see(&mut self, line: &str) {
        match self.runner {
            Runner::Nextest => {
                let is_summary = line.contains("Summary") && line.contains(" run: ");
                if is_summary {
                    self.lines.clear();
                }
                if is_summary || !self.lines.is_empty() {
                    self.lines.push(line.to_owned());
                }
            }
            Runner::Cargo => self.see_cargo(line),
        }
    }

    fn see_cargo(&mut self, line: &str) {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.passed += count(counts, " passed");
            self.failed += count(counts, " failed");
            self.ignored += count(counts, " ignored");
        } else if line.starts_with("test ") && line.ends_with(" ... FAILED") {
            self.lines.push(line.to_owned());
        }
    }

    /// The lines to end with.
    pub(crate) fn text(&self) -> String {
        if self.runner == Runner::Nextest {
            return self.lines.join("\n");
        }
        let run = self.passed + self.failed;
        let (passed, failed, ignored) = (self.passed, self.failed, self.ignored);
        let sums =
            format!("Summary {run} tests run: {passed} passed, {failed} failed, {ignored} skipped");
        self.lines.iter().chain([&sums]).map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// The number before a word: 12 of `ok. 12 passed; 0 failed` and ` passed`.
fn count(line: &str, word: &str) -> u32 {
    let before = line.split_once(word).map_or("", |(before, _)| before);
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_closes_with_its_summary_and_what_follows() {
        let mut closing = Closing::new(Runner::Nextest);
        for line in ["    PASS [ 0.1s] a b", "------", "     Summary [ 0.2s] 2 tests run: 1 passed"]
        {
            closing.see(line);
        }
        closing.see("        FAIL [ 0.1s] a c");
        assert_eq!(
            closing.text(),
            "     Summary [ 0.2s] 2 tests run: 1 passed\n        FAIL [ 0.1s] a c"
        );
    }

    #[test]
    fn cargo_test_closes_with_the_sum_of_its_binaries() {
        let mut closing = Closing::new(Runner::Cargo);
        closing.see("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured");
        closing.see("test rooms::open ... FAILED");
        closing.see("test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured");
        assert_eq!(
            closing.text(),
            "test rooms::open ... FAILED\nSummary 16 tests run: 15 passed, 1 failed, 1 skipped"
        );
    }
}
