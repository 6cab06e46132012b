//! Rounds: what the program does by itself while it serves. Each is harmless when it is missed or
//! done twice.

use std::time::{Duration, Instant};

use journal::{Db, Result};
use kernel::{Id, Jurisdiction};
use people::access::KEPT_DAYS;
use slips::clock::{Look, Watch};

/// How often the rounds are made.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// When the first are made: also a program that is restarted often makes them.
const FIRST: Duration = Duration::from_secs(60);
/// The journal is verified once in so many rounds.
const VERIFY_ROUNDS: u32 = 24;
/// How often what the clock brings is recorded: a closing hour is met within so long.
const RECONCILE_EVERY: Duration = Duration::from_secs(5 * 60);
/// When it is recorded first.
const RECONCILE_FIRST: Duration = Duration::from_secs(20);

/// Makes the rounds as long as the program serves.
#[expect(clippy::infinite_loop, reason = "rounds are made as long as the program serves")]
pub(crate) async fn go(db: Db) {
    let mut round = 0_u32;
    tokio::time::sleep(FIRST).await;
    loop {
        make(&db, round).await;
        round = round.wrapping_add(1);
        tokio::time::sleep(EVERY).await;
    }
}

async fn make(db: &Db, round: u32) {
    for (id, name) in cities(db).await {
        let name = name.as_str();
        told("tidying up", name, tidy(db, id).await);
        told("digest of the access log", name, digest(db, id).await);
        told("disabling unused accounts", name, disable_unused(db, id).await);
        if round % VERIFY_ROUNDS == VERIFY_ROUNDS - 1 {
            verify(db, id).await;
            told("collecting files", name, files::collect(db, id).await.map(drop));
        }
    }
}

/// A round that failed is made again in an hour.
fn told(what: &str, city: &str, outcome: Result<()>) {
    if let Err(e) = outcome {
        tracing::warn!(error = %e, city, "{what} failed");
    }
}

/// Throws away uploads that no act named, imports and forms that nobody came back for, and old
/// lines of the access log.
async fn tidy(db: &Db, city: Id<Jurisdiction>) -> Result<()> {
    let staged = files::forget(db, city).await?;
    let imports = files::import::forget(db, city).await?;
    let now = db.clock().now();
    let access = db
        .operate(city, async |tx| {
            people::carried::tidy(tx, city, now).await?;
            people::access::forget(tx, city, now, KEPT_DAYS).await
        })
        .await?;
    tracing::debug!(staged, imports, access, "tidied up");
    Ok(())
}

/// Records what the access log held on the days that have ended.
async fn digest(db: &Db, city: Id<Jurisdiction>) -> Result<()> {
    let days = people::digest::record(db, city).await?;
    if days > 0 {
        tracing::info!(days, "the access log was digested");
    }
    Ok(())
}

/// Disables accounts that nobody uses.
async fn disable_unused(db: &Db, city: Id<Jurisdiction>) -> Result<()> {
    for name in people::unused::disable(db, city).await? {
        tracing::info!(account = name, "disabled: not used for long");
    }
    Ok(())
}

/// Verifies the journal and keeps what was found, for the auditor's page.
async fn verify(db: &Db, city: Id<Jurisdiction>) {
    match desk::verification::verify(db, city, (None, None)).await {
        Ok(report) => tracing::info!(head = %report.head, whole = report.is_whole(), "verified"),
        Err(e) => tracing::warn!(error = %e, "verifying failed"),
    }
}

/// Records what the clock brings as long as the program serves: reminders, missed reports, slips.
/// Waits after the machine's clock has jumped.
#[expect(clippy::infinite_loop, reason = "rounds are made as long as the program serves")]
pub(crate) async fn reconcile(db: Db) {
    // Instants only run on, whatever the machine's clock is set to.
    let begun = Instant::now();
    let mut watch = Watch::new(db.clock().now(), begun.elapsed());
    tokio::time::sleep(RECONCILE_FIRST).await;
    loop {
        match watch.look(db.clock().now(), begun.elapsed()) {
            Look::Steady => record(&db).await,
            Look::Jumped(secs) => jumped(&db, secs).await,
            Look::Paused => tracing::debug!("the clock jumped lately; nothing is recorded by it"),
        }
        tokio::time::sleep(RECONCILE_EVERY).await;
    }
}

async fn record(db: &Db) {
    for (id, name) in cities(db).await {
        match slips::reconcile::record(db, id).await {
            Ok(done) if done.sum() > 0 => {
                let (reminders, missed, slips) = (done.reminders, done.missed, done.slips);
                tracing::info!(city = name, reminders, missed, slips, "recorded by the clock");
            }
            Ok(_) => {}
            Err(e) => tracing::warn!(error = %e, city = name, "recording by the clock failed"),
        }
        match reviews::reconcile::record(db, id).await {
            Ok(answers) if answers > 0 => {
                tracing::info!(city = name, answers, "answers to objections are due or late");
            }
            Ok(_) => {}
            Err(e) => tracing::warn!(error = %e, city = name, "looking for due answers failed"),
        }
    }
}

/// The log and the bureau's page say that the clock jumped.
async fn jumped(db: &Db, secs: i64) {
    tracing::warn!(secs, "the machine's clock jumped; nothing is recorded by it for half an hour");
    for (id, name) in cities(db).await {
        told("keeping the jump of the clock", &name, slips::clock::keep(db, id, secs).await);
    }
}

async fn cities(db: &Db) -> Vec<(Id<Jurisdiction>, String)> {
    match db.jurisdictions().await {
        Ok(cities) => cities.into_iter().map(|c| (c.jurisdiction_id, c.name)).collect(),
        Err(e) => {
            tracing::warn!(error = %e, "rounds not made");
            Vec::new()
        }
    }
}
