//! The build commands of the workspace: `cargo xtask <command>`.
//!
//! `test` runs every test with a throw-away PostgreSQL, `ci` runs what a change must pass, `tidy`
//! checks the shape of the sources, `bench` measures the program, `dist` packs it. Nothing here is part of the product.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks there")]

mod bench;
mod closing;
mod dist;
mod packages;
mod postgres;
mod shell;
mod steps;
mod suite;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  test [options] [filter…]   all tests: Rust on both engines, doc tests, browser journeys;
                             with filters only the Rust tests whose name contains one of them
      --install              install missing system packages with apt (also with CI=true)
      --no-e2e               leave the browser journeys out
      --postgres URL         use this server instead of starting one
      -- …                   hand the rest to the test runner
  ci [--install]             fmt, clippy, tidy, deny, doc, test; stops at the first failure
  bench [options]            measure the built program on a large city, on both engines
      --quick                a small city, to see that it works
      --sqlite, --postgres   one engine only
      --large                then the review of 3,000 units over ten million records, on PostgreSQL
      --out FILE             write the table into a file as well
  dist [--install]           one archive for x86_64 Linux in target/dist, with checksums and a
                             list of ingredients; needs musl-tools
      --aarch64              one for 64-bit ARM as well (glibc 2.36 or newer)
  tidy                       check the shape of the sources
  api                        write docs/openapi.json anew, for its difference to be read
";

/// Writes the description of the interface as the routes declare it and the sweep sees it.
fn api() -> Result<(), String> {
    let test = ["test", "--package", "sweep", "--test", "building", "the_committed_description"];
    shell::run(shell::cargo(&test).env("DUBAN_WRITE_API", "1"))
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let outcome = match command.as_str() {
        "test" => suite::Options::parse(&rest).and_then(|options| suite::run(&options)),
        "ci" => steps::run(&rest),
        "bench" => bench::Options::parse(&rest).and_then(|options| bench::run(&options)),
        "dist" => dist::Options::parse(&rest).and_then(|options| dist::run(&options)),
        "tidy" => tidy::run(),
        "api" => api(),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("there is no command `{command}`\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
