//! The issued document: always downloaded, never shown; noted in the access log.

use assignments::pages::file::hand_out;
use journal::{Error, Result};
use web::{Answer, Call};

use crate::store::card;

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, id) = (call.read().await?, call.id("file")?);
    let (_, row) = super::reach(&call, &mut tx).await?;
    let papers = card::papers(&mut tx, call.city()?, row.id).await?;
    let paper = papers.into_iter().find(|p| p.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&paper.name, &paper.hash)).await
}
