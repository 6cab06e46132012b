//! A file of a source document, for whoever sees a value taken from it: always downloaded, noted in
//! the access log.

use assignments::pages::file::hand_out;
use journal::{Error, Result};
use web::{Answer, Call};

use crate::store::sheet;

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, id) = (call.read().await?, call.id("file")?);
    let one = sheet::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let files = sheet::files(&mut tx, one.source.jurisdiction_id, one.source.id).await?;
    let file = files.into_iter().find(|file| file.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&file.name, &file.hash)).await
}
