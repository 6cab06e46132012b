//! The program: wiring and commands only. `duban --help` says what there is.

mod cli;
mod codes;
mod config;
mod demo;
mod door;
mod log;
mod outward;
mod passphrase;
mod prove;
mod replay;
mod rounds;
mod serve;
mod setup;
mod sums;
mod syslog;
mod tls;
mod token;
mod transfer;

use std::process::ExitCode;

use clap::Parser as _;

/// The system's allocator keeps for ever what hashing one password took, and pools for each thread;
/// figures in `docs/operate/speed.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// At least so many requests are worked on at once: one that reads many rows stays on its thread.
const THREADS_MIN: usize = 4;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    // One thread and no log: the process that reads a stranger's file has limits.
    let outcome = if cli.reads_a_sheet() {
        files::sheet::read::serve().map(|()| ExitCode::SUCCESS).map_err(journal::Error::from)
    } else {
        served(cli)
    };
    outcome.unwrap_or_else(|e| {
        log::say_error(&format!("duban: {e}"));
        ExitCode::FAILURE
    })
}

/// A command with its settings and its log.
fn served(cli: cli::Cli) -> journal::Result<ExitCode> {
    let config = config::read(cli.config.as_deref())?;
    let _sending = log::start(&config.logging(&cli.logging))?;
    run(cli, config)
}

fn run(cli: cli::Cli, config: config::Config) -> journal::Result<ExitCode> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // A command reads a database on the thread on which its connection is served: handing each
    // piece from one thread to another cost a tenth of a verification on PostgreSQL.
    let mut runtime = if cli.serves() {
        tokio::runtime::Builder::new_multi_thread()
    } else {
        tokio::runtime::Builder::new_current_thread()
    };
    runtime
        .worker_threads(cores.max(THREADS_MIN))
        .enable_all()
        .build()?
        .block_on(cli::run(cli, config))
}
