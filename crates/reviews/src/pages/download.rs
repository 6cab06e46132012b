//! Files of reviews: always downloaded, never shown; noted in the access log.

use assignments::pages::file::hand_out;
use journal::{Error, Result};
use web::{Answer, Call};

use crate::{acts, store};

/// The scan of a paper on which a review was approved.
pub(crate) async fn scan(call: Call) -> Result<Answer> {
    let (mut tx, id) = (call.read().await?, call.id("file")?);
    let review = store::review::reach(&mut tx, call.actor()?, acts::month(&call)?).await?;
    let scans = store::review::scans(&mut tx, &review).await?;
    let scan = scans.into_iter().find(|s| s.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&scan.name, &scan.hash)).await
}

/// What supports an objection.
pub(crate) async fn objection(call: Call) -> Result<Answer> {
    let (mut tx, id) = (call.read().await?, call.id("file")?);
    let row = store::objection::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let files = store::objection::files(&mut tx, row.jurisdiction_id, row.id).await?;
    let file = files.into_iter().find(|f| f.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&file.name, &file.hash)).await
}

/// 封存包: rules, figures, evidence and scores of the last freeze in one file.
pub(crate) async fn bundle(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let review = store::review::reach(&mut tx, call.actor()?, acts::month(&call)?).await?;
    let freezes = store::review::freezes(&mut tx, &review).await?;
    let freeze = crate::review::newest(&freezes).ok_or_else(Error::missing)?;
    let row = store::review::computation(&mut tx, &review, freeze.computation).await?;
    let row = row.ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&format!("review-{}.zip", review.month), &row.hash)).await
}
