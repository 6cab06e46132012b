//! `cargo xtask ci`: what a change must pass, in order, with the minutes of each step.

use std::time::{Duration, Instant};

use crate::{shell, suite, tidy};

type Step = (&'static str, fn(&[String]) -> Result<(), String>);

const STEPS: [Step; 6] = [
    ("fmt", |_| shell::run(&mut shell::cargo(&["fmt", "--all", "--check"]))),
    ("clippy", |_| {
        let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        shell::run(&mut shell::cargo(&arguments))
    }),
    ("tidy", |_| tidy::run()),
    ("deny", |_| deny()),
    ("doc", |_| {
        let arguments = ["doc", "--no-deps", "--workspace", "--document-private-items"];
        shell::run(shell::cargo(&arguments).env("RUSTDOCFLAGS", "-Dwarnings"))
    }),
    ("test", |words| suite::Options::parse(words).and_then(|options| suite::run(&options))),
];

/// Run the steps until one fails; the words are handed to the test step.
pub(crate) fn run(words: &[String]) -> Result<(), String> {
    if let Some(other) = words.iter().find(|word| *word != "--install") {
        return Err(format!("`ci` has no option `{other}`; try `cargo xtask help`"));
    }
    let mut taken = Vec::new();
    let mut outcome = Ok(());
    for (name, step) in STEPS {
        println!("== {name}");
        let start = Instant::now();
        let result = step(words);
        taken.push((name, start.elapsed(), result.is_ok()));
        if let Err(message) = result {
            outcome = Err(format!("step `{name}` failed: {message}"));
            break;
        }
    }
    println!("{}", table(&taken));
    outcome
}

/// The full check when it is installed; tidy has checked the same lists from `deny.toml`.
fn deny() -> Result<(), String> {
    if shell::which("cargo-deny").is_none() {
        println!("cargo-deny is not installed; tidy has checked bans, licences and sources");
        return Ok(());
    }
    // Advisories need the network and change without us; they are looked at weekly.
    let arguments = ["deny", "check", "--config", "deny.toml", "bans", "licenses", "sources"];
    shell::run(&mut shell::cargo(&arguments))
}

fn table(taken: &[(&str, Duration, bool)]) -> String {
    let mut text = String::from("step     minutes\n");
    for (name, time, is_good) in taken {
        let minutes = time.as_secs_f64() / 60.0;
        let mark = if *is_good { "" } else { "  failed" };
        text.push_str(&format!("{name:<8} {minutes:>7.1}{mark}\n"));
    }
    let sum: Duration = taken.iter().map(|(_, time, _)| *time).sum();
    text.push_str(&format!("{:<8} {:>7.1}", "all", sum.as_secs_f64() / 60.0));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_shows_minutes_and_the_failure() {
        let taken =
            [("fmt", Duration::from_secs(3), true), ("clippy", Duration::from_secs(90), false)];
        assert_eq!(
            table(&taken),
            "step     minutes\nfmt          0.1\nclippy       1.5  failed\nall          1.6"
        );
    }

    #[test]
    fn an_unknown_option_is_refused() {
        assert!(run(&["--fast".to_owned()]).unwrap_err().contains("--fast"));
    }
}
