//! The scans of papers on which a step of a slip's chain or its answer was signed: always
//! downloaded, never shown; noted in the access log.

use assignments::pages::file::hand_out;
use journal::{Error, Result};
use web::{Answer, Call};

use crate::store::{self, card};

/// The scan of a paper on which a step was signed.
pub(crate) async fn of_sign(call: Call) -> Result<Answer> {
    let (mut tx, id) = (call.read().await?, call.id("file")?);
    let slip = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let scans = card::sign_scans(&mut tx, slip.jurisdiction_id, slip.id).await?;
    let scan = scans.into_iter().find(|s| s.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&scan.name, &scan.hash)).await
}

/// The scan of the paper on which an answer was signed.
pub(crate) async fn of_answer(call: Call) -> Result<Answer> {
    let (mut tx, id) = (call.read().await?, call.id("file")?);
    let slip = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let scans = card::answer_scans(&mut tx, slip.jurisdiction_id, slip.id).await?;
    let scan = scans.into_iter().find(|s| s.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&scan.name, &scan.hash)).await
}
