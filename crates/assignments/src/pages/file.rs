//! A file handed in with a report or as the scan of a paper: always downloaded, never shown; noted in the access log.

use journal::{Error, Result};
use people::access::{self, Access, Event};
use web::{Answer, Call};

use crate::store::{self, Scope, card};

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let assignment = store::reach(&mut tx, &actor, call.id("id")?).await?;
    let scope = Scope::of(&mut tx, &actor).await?;
    if !scope.sees_inside(&mut tx, &assignment).await? {
        return Err(Error::missing());
    }
    let id = call.id("file")?;
    let files = card::attachments(&mut tx, city, assignment.id).await?;
    let file = files.into_iter().find(|f| f.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&file.name, &file.hash)).await
}

/// The scan of a paper that was signed.
pub(crate) async fn scan(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let (batch, id) = (call.id("id")?, call.id("file")?);
    let scans = store::batch::scans(&mut tx, city, batch).await?;
    let scan = scans.into_iter().find(|s| s.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&scan.name, &scan.hash)).await
}

/// The scan of the paper on which a weekly answer was signed, for who may see the answer.
pub(crate) async fn weekly_scan(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let (answer, id) = (call.id("id")?, call.id("file")?);
    store::weekly::reach(&mut tx, call.actor()?, answer).await?;
    let scans = store::weekly::scans(&mut tx, city, answer).await?;
    let scan = scans.into_iter().find(|s| s.id == id).ok_or_else(Error::missing)?;
    drop(tx);
    hand_out(&call, (&scan.name, &scan.hash)).await
}

/// A stored content under the name it was handed in with; noted in the access log.
pub async fn hand_out(call: &Call, (name, hash): (&str, &str)) -> Result<Answer> {
    let (city, actor) = (call.city()?, *call.actor()?);
    let bytes = files::read(call.db(), city, &journal::unhex(hash)?).await?;
    let (at, remote) = (call.db().clock().now(), call.remote.to_string());
    let line = Access {
        at,
        event: Event::TakenOut,
        account: Some(actor.account),
        remote: &remote,
        detail: name,
    };
    call.db().operate(city, async |tx| access::note(tx, city, line).await).await?;
    Ok(Answer::download(name, "application/octet-stream", bytes))
}
