//! A file handed in with a report: always downloaded, never shown; noted in the access log.

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
    let bytes = files::read(call.db(), city, &files::unhex(&file.hash)).await?;
    let (at, remote) = (call.db().clock().now(), call.remote.to_string());
    let line = Access {
        at,
        event: Event::TakenOut,
        account: Some(actor.account),
        remote: &remote,
        detail: &file.name,
    };
    call.db().operate(city, async |tx| access::note(tx, city, line).await).await?;
    Ok(Answer::download(&file.name, "application/octet-stream", bytes))
}
