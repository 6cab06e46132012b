//! `cargo xtask bench`: builds the program as it is shipped and lets `crates/bench` measure it, on
//! SQLite and on a PostgreSQL of its own that syncs every commit.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::postgres::{Cluster, Durability};
use crate::shell;

/// Assignments of the city that the figures are about; three reports come with each.
const FULL: u32 = 100_000;
/// Assignments of a quick look.
const QUICK: u32 = 5_000;
/// What decides what the generated city looks like, its tables included: a start that first brings
/// them up to date would be measured with it.
const GENERATOR: [&str; 16] = [
    "crates/assignments/migrations",
    "crates/desk/migrations",
    "crates/files/migrations",
    "crates/indicators/migrations",
    "crates/journal/migrations",
    "crates/messages/migrations",
    "crates/people/migrations",
    "crates/reviews/migrations",
    "crates/rule_sets/migrations",
    "crates/slips/migrations",
    "crates/people/src/demo",
    "crates/people/src/facts.rs",
    "crates/assignments/src/demo",
    "crates/assignments/src/facts",
    "crates/duban/src/demo.rs",
    "crates/reviews/src/demo/rules.rs",
];

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    quick: bool,
    sqlite: bool,
    postgres: bool,
    large: bool,
    out: Option<PathBuf>,
}

impl Options {
    /// Read the words after `bench`.
    pub(crate) fn parse(words: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--quick" => options.quick = true,
                "--sqlite" => options.sqlite = true,
                "--postgres" => options.postgres = true,
                "--large" => (options.large, options.postgres) = (true, true),
                "--out" => {
                    options.out = Some(words.next().ok_or("--out needs a file")?.into());
                }
                other => return Err(format!("`bench` has no option `{other}`")),
            }
        }
        if !options.sqlite && !options.postgres {
            (options.sqlite, options.postgres) = (true, true);
        }
        Ok(options)
    }
}

/// Build, measure, show the table.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    shell::run(&mut shell::cargo(&["build", "--release", "-p", "duban", "-p", "bench"]))?;
    let target = shell::target();
    let assignments = if options.quick { QUICK } else { FULL };
    let mut command = Command::new(target.join("release/bench"));
    command.arg(format!("--program={}", target.join("release/duban").display()));
    command.arg(format!("--folder={}", target.join("bench-data").display()));
    command.arg(format!("--generator={}", generator(shell::root())?));
    command.arg(format!("--assignments={assignments}"));
    if options.sqlite {
        command.arg("--sqlite");
    }
    let cluster = if options.postgres {
        let cluster = Cluster::start(Durability::Synced)?;
        command.arg(format!("--postgres={}", cluster.url()));
        if options.large {
            command.arg("--large");
        }
        Some(cluster)
    } else {
        None
    };
    let tables = shell::output(command.stderr(std::process::Stdio::inherit()))?;
    drop(cluster);
    let engine = if options.quick { String::new() } else { engine()? };
    let text = format!(
        "{}; {assignments} assignments, {} reports.\n\n{}",
        machine(),
        assignments * 3,
        tables.trim_end().to_owned() + &engine
    );
    println!("{text}");
    match &options.out {
        Some(file) => fs::write(file, text + "\n").map_err(|e| format!("{}: {e}", file.display())),
        None => Ok(()),
    }
}

/// The engine of scores by itself: 3,000 units × 40 items, draws, a frozen month, hostile documents.
fn engine() -> Result<String, String> {
    let words = ["run", "--release", "--quiet", "-p", "rules", "--example", "speed"];
    let told = shell::output(shell::cargo(&words).stderr(std::process::Stdio::inherit()))?;
    Ok(format!("\n\nThe engine by itself:\n\n{}", told.trim_end()))
}

/// A number that changes with the sources that make the city.
fn generator(root: &Path) -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for path in GENERATOR {
        hash(&root.join(path), &mut hasher).map_err(|e| format!("{path}: {e}"))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn hash(path: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    if path.is_file() {
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut inside: Vec<_> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    inside.sort();
    inside.iter().try_for_each(|path| hash(path, hasher))
}

/// Cores, memory, kernel and compiler, in one line.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let said = |program: &str, argument: &str| {
        let text = shell::output(Command::new(program).arg(argument)).unwrap_or_default();
        text.trim().to_owned()
    };
    format!(
        "{cores} cores, {} GB, Linux {}, {}",
        gigabytes(&memory),
        said("uname", "-r"),
        said("rustc", "--version")
    )
}

/// 16 of `MemTotal:       16384256 kB`.
fn gigabytes(meminfo: &str) -> u64 {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib: u64 = line
        .and_then(|rest| rest.trim().strip_suffix("kB")?.trim().parse().ok())
        .unwrap_or_default();
    (kib + 512 * 1024) / (1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn both_engines_are_measured_unless_one_is_named() {
        let both = parse("").unwrap();
        assert!(both.sqlite && both.postgres && !both.quick);
        let one = parse("--quick --postgres --out table.md").unwrap();
        assert!(one.quick && one.postgres && !one.sqlite);
        let large = parse("--large").unwrap();
        assert!(large.large && large.postgres && !large.sqlite);
        assert_eq!(one.out, Some("table.md".into()));
        assert!(parse("--out").is_err());
        assert!(parse("--fast").unwrap_err().contains("--fast"));
    }

    #[test]
    fn the_generator_is_known_by_its_sources() {
        let now = generator(shell::root()).unwrap();
        assert_eq!(now.len(), 16);
        assert_eq!(now, generator(shell::root()).unwrap());
        assert!(generator(Path::new("nowhere")).is_err());
    }

    #[test]
    fn memory_is_rounded_to_gigabytes() {
        assert_eq!(gigabytes("MemTotal:       24576000 kB\nMemFree: 1 kB\n"), 23);
        assert_eq!(gigabytes(""), 0);
    }
}
