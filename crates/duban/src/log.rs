//! What the program says: structured lines for the log, plain lines for the person at the
//! terminal.

use tracing_subscriber::EnvFilter;

/// Starts the log: one line each on standard error, JSON with `--log json`.
pub(crate) fn start(format: Option<&str>) {
    let filter =
        EnvFilter::try_from_env("DUBAN_LOG").unwrap_or_else(|_unset| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if format == Some("json") {
        log.json().init();
    } else {
        log.compact().init();
    }
}

/// A line for the person at the terminal.
#[expect(clippy::print_stdout, reason = "a command answers on its output")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// A line about what went wrong.
#[expect(clippy::print_stderr, reason = "a command complains on its error output")]
pub(crate) fn say_error(line: &str) {
    eprintln!("{line}");
}
