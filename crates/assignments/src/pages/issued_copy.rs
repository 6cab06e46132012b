//! A sealed scan of an issued batch: always downloaded, noted in the access log.

use journal::{Error, Result};
use web::{Answer, Call};

use super::papers;
use crate::regions::issued_copies;
use crate::store;
use crate::tables::BatchState;

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let batch = store::batch::batch(&mut tx, city, call.id("id")?).await?;
    let issued = batch.state == BatchState::Issued;
    if !issued || !issued_copies::may_see(&call, &mut tx, batch.id).await? {
        return Err(Error::missing());
    }
    let id = call.id("file")?;
    let copies = store::papers::issued_copies(&mut tx, city, batch.id).await?;
    let copy = copies.into_iter().find(|c| c.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    let bytes = files::read(call.db(), city, &journal::unhex(&copy.hash)?).await?;
    papers::taken_out(&call, &copy.name).await?;
    Ok(Answer::download(&copy.name, "application/octet-stream", bytes))
}
