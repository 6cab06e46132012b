//! The program: wiring and commands only. `duban --help` says what there is.

mod building;
mod cli;
mod codes;
mod config;
mod demo;
mod door;
mod log;
mod passphrase;
mod prove;
mod rounds;
mod serve;
mod setup;
mod tls;
mod token;
mod transfer;

use std::process::ExitCode;

use clap::Parser as _;

/// The system's allocator keeps for ever what hashing one password took, and pools for each thread;
/// figures in `docs/operate/speed.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    log::start(cli.log.as_deref());
    match cli::run(cli).await {
        Ok(code) => code,
        Err(e) => {
            log::say_error(&format!("duban: {e}"));
            ExitCode::FAILURE
        }
    }
}
