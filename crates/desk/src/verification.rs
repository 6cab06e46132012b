//! Verifying the journal on demand or by the clock, and keeping what was found.

use std::time::Instant;

use journal::{Db, Error, Head, Report, Result};
use kernel::{Id, Jurisdiction, Refusal};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::store::{self, VerificationRow};
use crate::words;

/// A verification reads everything; two at once would only be slower.
static ONE: Semaphore = Semaphore::const_new(1);

/// Verifies a city and keeps what was found: the auditor's button and the nightly round call it.
pub async fn verify(
    db: &Db,
    city: Id<Jurisdiction>,
    (account, expect): (Option<Uuid>, Option<&Head>),
) -> Result<Report> {
    let Ok(_permit) = ONE.try_acquire() else {
        return Err(Refusal::rule(words::VERIFYING).into());
    };
    let begun = Instant::now();
    let report = journal::verify(db, city, &files::Shelf::of(db), expect).await?;
    let count = |n| i64::try_from(n).map_err(Error::fault);
    let lines: Vec<_> = report.differences.iter().map(ToString::to_string).collect();
    let row = VerificationRow {
        jurisdiction_id: city,
        id: Uuid::now_v7(),
        at: db.clock().now(),
        account_id: account,
        facts: report.facts,
        head: report.head.to_string(),
        tables_count: count(u64::try_from(report.tables).map_err(Error::fault)?)?,
        rows_count: count(report.rows)?,
        erased_count: count(report.erased)?,
        differences: lines.join("\n"),
        took_ms: i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX),
        files_count: count(report.files)?,
    };
    db.operate(city, async |tx| store::keep(tx, &row).await).await?;
    if !report.is_whole() {
        tracing::error!(city = %city, differences = lines.len(), "the journal is not whole");
    }
    Ok(report)
}
