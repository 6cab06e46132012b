//! `cargo xtask test`: the Rust tests on both engines, the doc tests, the browser journeys.

use std::fs;
use std::process::Command;

use crate::closing::{Closing, Runner};
use crate::postgres::{Cluster, Durability};
use crate::{packages, shell};

/// nextest's exit code for "some tests failed", as against "it did not build".
const NEXTEST_TESTS_FAILED: i32 = 100;

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    install: bool,
    no_e2e: bool,
    postgres: Option<String>,
    filters: Vec<String>,
    passed_on: Vec<String>,
}

impl Options {
    /// Read the words after `test`.
    pub(crate) fn parse(words: &[String]) -> Result<Self, String> {
        let mut options = Self { install: shell::is_set("CI"), ..Self::default() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--install" => options.install = true,
                "--no-e2e" => options.no_e2e = true,
                "--postgres" => {
                    let url = words.next().ok_or("--postgres needs an address")?;
                    options.postgres = Some(url.clone());
                }
                "--" => options.passed_on = words.by_ref().cloned().collect(),
                other if other.starts_with('-') => {
                    return Err(format!("`test` has no option `{other}`; try `cargo xtask help`"));
                }
                filter => options.filters.push(filter.to_owned()),
            }
        }
        Ok(options)
    }

    /// A filter asks for some Rust tests only, and quickly.
    fn is_whole(&self) -> bool {
        self.filters.is_empty() && self.passed_on.is_empty()
    }

    fn has_journeys(&self) -> bool {
        !self.no_e2e && self.is_whole() && shell::root().join("e2e/run.mjs").exists()
    }
}

/// Run what is asked for; an error when anything failed.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let mut needed = Vec::from(packages::BUILD);
    if options.postgres.is_none() {
        needed.extend(packages::DATABASE);
    }
    if options.has_journeys() {
        needed.extend(packages::BROWSER);
    }
    let missing = packages::missing(&needed);
    if options.install {
        let wanted = packages::missing(if options.is_whole() { &packages::OFFICE } else { &[] });
        let missing: Vec<_> = missing.into_iter().chain(wanted).collect();
        packages::install(&missing)?;
    } else {
        packages::refuse(&missing)?;
    }
    let cluster = match &options.postgres {
        Some(_) => None,
        None => Some(Cluster::start(durability())?),
    };
    let url = cluster.as_ref().map(Cluster::url).or_else(|| options.postgres.clone());
    let outcome = run_parts(options, &url.unwrap_or_default());
    drop(cluster);
    outcome
}

fn durability() -> Durability {
    if shell::is_set("DUBAN_TEST_FSYNC") { Durability::Synced } else { Durability::Careless }
}

fn run_parts(options: &Options, postgres: &str) -> Result<(), String> {
    let runner =
        if shell::which("cargo-nextest").is_some() { Runner::Nextest } else { Runner::Cargo };
    let mut closing = Closing::new(runner);
    let mut command = rust_tests(runner, options);
    command.env("DUBAN_TEST_POSTGRES", postgres);
    let code = shell::tee(&mut command, runner.stream(), |line| closing.see(line))?;
    let mut failed = Vec::new();
    match code {
        Some(0) => {}
        Some(NEXTEST_TESTS_FAILED) if runner == Runner::Nextest => failed.push("Rust tests"),
        _ => return Err("the Rust tests failed".to_owned()),
    }
    if !options.is_whole() {
        return verdict(&failed);
    }
    let mut docs = shell::cargo(&["test", "--quiet", "--doc", "--workspace"]);
    if let Err(message) = shell::run_quietly(docs.env("DUBAN_TEST_POSTGRES", postgres)) {
        eprintln!("{message}");
        failed.push("doc tests");
    }
    if options.has_journeys()
        && let Err(message) = journeys()
    {
        eprintln!("{message}");
        failed.push("browser journeys");
    }
    println!("{}", closing.text());
    verdict(&failed)
}

fn verdict(failed: &[&str]) -> Result<(), String> {
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

fn rust_tests(runner: Runner, options: &Options) -> Command {
    let mut command = match runner {
        Runner::Nextest => shell::cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]),
        Runner::Cargo => shell::cargo(&["test", "--workspace", "--no-fail-fast", "--all-targets"]),
    };
    match runner {
        Runner::Nextest => command.args(&options.filters).args(&options.passed_on),
        // Only behind `--` does cargo take more than one filter.
        Runner::Cargo => command.arg("--").args(&options.filters).args(&options.passed_on),
    };
    command
}

/// Build the program, fetch what drives the browser if the lock changed, and drive it.
fn journeys() -> Result<(), String> {
    shell::run(&mut shell::cargo(&["build", "--package", "duban"]))?;
    let folder = shell::root().join("e2e");
    let lock = fs::read(folder.join("package-lock.json")).map_err(|e| format!("e2e lock: {e}"))?;
    let seen = folder.join("node_modules/.lock-installed");
    if fs::read(&seen).ok().as_ref() != Some(&lock) {
        let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        shell::run(Command::new("npm").args(install).current_dir(&folder))?;
        fs::write(&seen, &lock).map_err(|e| format!("{}: {e}", seen.display()))?;
    }
    shell::run(Command::new("node").arg("e2e/run.mjs").current_dir(shell::root()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn filters_and_options_may_be_mixed() {
        let options = parse("chain --no-e2e --postgres postgres://x act -- --nocapture").unwrap();
        assert_eq!(options.filters, ["chain", "act"]);
        assert_eq!(options.passed_on, ["--nocapture"]);
        assert_eq!(options.postgres.as_deref(), Some("postgres://x"));
        assert!(options.no_e2e && !options.is_whole());
    }

    #[test]
    fn an_unknown_option_and_a_missing_address_are_refused() {
        assert!(parse("--quick").unwrap_err().contains("--quick"));
        assert!(parse("--postgres").is_err());
    }

    #[test]
    fn a_verdict_names_every_part_that_failed() {
        assert_eq!(verdict(&[]), Ok(()));
        assert_eq!(verdict(&["a", "b"]), Err("failed: a, b".to_owned()));
    }

    #[test]
    fn plain_cargo_gets_its_filters_behind_the_dashes() {
        let options = parse("chain").unwrap();
        let shown = shell::spelled(&rust_tests(Runner::Cargo, &options));
        assert!(shown.ends_with("--all-targets -- chain"), "{shown}");
    }
}
