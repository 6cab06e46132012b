//! Rounds: what the program does by itself while it serves. Each is harmless when it is missed or
//! done twice.

use std::time::Duration;

use journal::{Db, Place, Result};
use kernel::{Id, Jurisdiction};

/// How often the rounds are made.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// The journal is verified once in so many rounds.
const VERIFY_ROUNDS: u32 = 24;
/// How long the access log is kept: 等保三级 asks for six months at least.
const ACCESS_DAYS: i64 = 190;

/// Makes the rounds as long as the program serves.
#[expect(clippy::infinite_loop, reason = "rounds are made as long as the program serves")]
pub(crate) async fn go(db: Db) {
    let mut round = 0_u32;
    loop {
        tokio::time::sleep(EVERY).await;
        round = round.wrapping_add(1);
        let cities = match db.jurisdictions().await {
            Ok(cities) => cities,
            Err(e) => {
                tracing::warn!(error = %e, "rounds not made");
                continue;
            }
        };
        if matches!(db.place(), Place::Folder(_))
            && let Err(e) = db.analyze().await
        {
            tracing::warn!(error = %e, "statistics not refreshed");
        }
        for city in cities {
            if let Err(e) = tidy(&db, city.jurisdiction_id).await {
                tracing::warn!(error = %e, city = city.name, "tidying up failed");
            }
            if let Err(e) = disable_unused(&db, city.jurisdiction_id).await {
                tracing::warn!(error = %e, city = city.name, "unused accounts not disabled");
            }
            if round.is_multiple_of(VERIFY_ROUNDS) {
                verify(&db, city.jurisdiction_id).await;
            }
        }
    }
}

/// Throws away uploads that no act named, forms that nobody came back for, and old lines of the access log.
async fn tidy(db: &Db, city: Id<Jurisdiction>) -> Result<()> {
    let staged = files::forget(db, city).await?;
    let now = db.clock().now();
    let access = db
        .operate(city, async |tx| {
            people::carried::tidy(tx, city, now).await?;
            people::access::forget(tx, city, now, ACCESS_DAYS).await
        })
        .await?;
    tracing::debug!(staged, access, "tidied up");
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
