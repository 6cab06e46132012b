//! Reading one message: alone, or by opening what it is about.

use journal::{Error, Result};
use kernel::{Subject, text};
use web::{Call, Done, Prepared, Route, Values};

use crate::{grants, store};

pub(crate) fn open_route() -> Route {
    Route::act("/inbox/{seq}/opening", grants::OPEN, text!("打开", "Open"))
        .quiet()
        .prepare(|call| Box::pin(prepare(call)))
        .decide(open_message)
}

pub(crate) fn route() -> Route {
    Route::act("/inbox/{seq}/read", grants::READ, text!("标为已读", "Mark as read"))
        .quiet()
        .prepare(|call| Box::pin(prepare(call)))
        .decide(read_message)
}

/// The place in the address.
fn place(call: &Call) -> Result<i64> {
    call.param("seq")?.parse().map_err(|_not_a_place: std::num::ParseIntError| Error::missing())
}

async fn reach(call: &Call) -> Result<store::Listed> {
    let seq = place(call)?;
    let found = store::message(&mut call.read().await?, call.actor()?, seq, call.now()).await?;
    found.ok_or_else(Error::missing)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let message = reach(call).await?;
    let about = Some(crate::words::line(&message, call.lang));
    Ok(Prepared { about, back: "/inbox".to_owned(), ..Prepared::default() })
}

async fn open_message(call: Call, _values: Values) -> Result<Done> {
    let message = reach(&call).await?;
    let subject = Subject::new(message.subject_kind, message.subject_id);
    let titles = call.titles(&mut call.read().await?, &[subject]).await?;
    let href = titles.get(&subject).and_then(|(_, href)| href.clone());
    mark(&call, message.seq).await?;
    Ok(Done::go(href.unwrap_or_else(|| "/inbox".to_owned())))
}

async fn read_message(call: Call, _values: Values) -> Result<Done> {
    let message = reach(&call).await?;
    mark(&call, message.seq).await?;
    Ok(Done::go("/inbox".to_owned()))
}

async fn mark(call: &Call, seq: i64) -> Result<()> {
    let (actor, now) = (*call.actor()?, call.now());
    let mark = async |tx: &mut journal::Tx| store::read_one(tx, &actor, seq, now).await;
    call.db().operate(actor.jurisdiction, mark).await
}
