//! What the program says: structured lines for the log, plain lines for the person at the
//! terminal.

use journal::Result;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use crate::cli::LoggingArgs;
use crate::syslog::{self, Sending};

/// Starts the log: one line each on standard error, JSON with `--log json`; the access log to a
/// log server as well, whatever else is left out.
pub(crate) fn start(asked: &LoggingArgs) -> Result<Option<Sending>> {
    let filter =
        EnvFilter::try_from_env("DUBAN_LOG").unwrap_or_else(|_unset| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match asked.log.as_deref() {
        Some("json") => lines.json().with_filter(filter).boxed(),
        _ => lines.compact().with_filter(filter).boxed(),
    };
    let (server, sending) = match &asked.syslog {
        Some(address) => {
            let (server, sending) = syslog::start(address, asked.syslog_ca.as_deref())?;
            (Some(server), Some(sending))
        }
        None => (None, None),
    };
    tracing_subscriber::registry().with(server).with(lines).init();
    Ok(sending)
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
