//! Rounds: what the program does by itself while it serves. Each is harmless when it is missed or
//! done twice.

use std::time::Duration;

use journal::{Db, Result};
use kernel::{Id, Jurisdiction};
use people::access::KEPT_DAYS;

/// How often the rounds are made.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// When the first are made: also a program that is restarted often makes them.
const FIRST: Duration = Duration::from_secs(60);
/// The journal is verified once in so many rounds.
const VERIFY_ROUNDS: u32 = 24;

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
    let cities = match db.jurisdictions().await {
        Ok(cities) => cities,
        Err(e) => {
            tracing::warn!(error = %e, "rounds not made");
            return;
        }
    };
    for city in cities {
        let (id, name) = (city.jurisdiction_id, city.name.as_str());
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

/// Throws away uploads that no act named, forms that nobody came back for, and old lines of the
/// access log.
async fn tidy(db: &Db, city: Id<Jurisdiction>) -> Result<()> {
    let staged = files::forget(db, city).await?;
    let now = db.clock().now();
    let access = db
        .operate(city, async |tx| {
            people::carried::tidy(tx, city, now).await?;
            people::access::forget(tx, city, now, KEPT_DAYS).await
        })
        .await?;
    tracing::debug!(staged, access, "tidied up");
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
