//! Having what was given up tried again: one message, or all.

use journal::{Error, Result};
use kernel::{Refusal, text};
use uuid::Uuid;
use web::{Call, Done, Prepared, Route, Values};

use crate::tables::Delivery;
use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/deliveries/{id}/attempt", grants::TRY_AGAIN, text!("再试一次", "Try again"))
        .prepare(|call| Box::pin(prepare(call)))
        .decide(try_one)
}

pub(crate) fn all_route() -> Route {
    Route::act("/deliveries/attempts", grants::TRY_ALL, text!("全部重试", "Try all again"))
        .help(text!(
            "所有未送达的消息重新排队，一分钟内开始发送（只在工作日 8:00—20:00 发出）。",
            "Everything that was given up is queued again and leaves within a minute, on working days from 08:00 to 20:00."
        ))
        .prepare(|_| Box::pin(async { Ok(back()) }))
        .decide(try_all)
}

fn back() -> Prepared {
    Prepared { back: "/deliveries".to_owned(), ..Prepared::default() }
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let found = store::delivery(&mut call.read().await?, call.city()?, id).await?;
    found.ok_or_else(Error::missing)?;
    Ok(back())
}

async fn try_one(call: Call, _values: Values) -> Result<Done> {
    let id = call.id("id")?;
    let found = store::delivery(&mut call.read().await?, call.city()?, id).await?;
    let row = found.ok_or_else(Error::missing)?;
    if row.state != Delivery::Failed {
        return Err(Refusal::rule(text!(
            "这条消息正在排队或已经发出，不用再试。",
            "It waits already or has left; there is nothing to try again."
        ))
        .into());
    }
    queue(&call, Some(id)).await
}

async fn try_all(call: Call, _values: Values) -> Result<Done> {
    queue(&call, None).await
}

async fn queue(call: &Call, id: Option<Uuid>) -> Result<Done> {
    let (city, now) = (call.city()?, call.now());
    call.db().operate(city, async |tx| store::try_again(tx, city, (id, now)).await).await?;
    Ok(Done::go("/deliveries?show=waiting".to_owned()))
}
