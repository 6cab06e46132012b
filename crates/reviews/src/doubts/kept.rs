//! The questions of a review, worked out once and kept until the way of asking changes.

use jiff::tz::TimeZone;
use journal::{Db, Result};

use super::rows::AnalysisRow;
use super::{Found, Material};
use crate::computed;
use crate::store;
use crate::tables::ReviewRow;

/// The analysis and its version.
const ANALYSIS: &str = "doubts@2";

/// What a review makes one ask; nothing before its figures were computed. It rests on what was known
/// at the cut-off only, so no later computing changes it.
pub(crate) async fn of(db: &Db, review: &ReviewRow, zone: &TimeZone) -> Result<Option<Found>> {
    let mut tx = db.read().await?;
    let kept = store::doubts::analysis(&mut tx, review, (ANALYSIS, "")).await?;
    if let Some(found) = kept.and_then(|body| serde_json::from_str(&body).ok()) {
        return Ok(Some(found));
    }
    let row = store::review::computation(&mut tx, review, review.computation).await?;
    let Some(row) = row else { return Ok(None) };
    let material = Material::read(&mut tx, review, zone).await?;
    drop(tx);
    let found = material.ask(computed::parts(db, &row).await?).await?;
    let row = AnalysisRow {
        jurisdiction_id: review.jurisdiction_id,
        review_id: review.id,
        analysis: ANALYSIS.to_owned(),
        about: String::new(),
        body: serde_json::to_string(&found)?,
    };
    db.operate(review.jurisdiction_id, async |tx| store::doubts::keep(tx, &row).await).await?;
    Ok(Some(found))
}
