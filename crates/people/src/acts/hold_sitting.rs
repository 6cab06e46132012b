//! Marking a sitting as held; each of its series counts on.

use journal::{Error, Result};
use kernel::{Refusal, text};
use web::{Call, Done, Prepared, Route, Values};

use crate::{grants, sitting, store, words};

pub(crate) fn route() -> Route {
    Route::act("/sittings/{id}/holding", grants::HOLD_SITTING, words::HOLD_SITTING)
        .help(text!(
            "编号按召开次数连续递增，不按周计。确认后不能撤回。",
            "Numbers follow sittings held, not weeks. This cannot be taken back."
        ))
        .prepare(|call| Box::pin(prepare(call)))
        .decide(hold_sitting)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let row = store::sitting(&mut call.read().await?, call.city()?, id).await?;
    let row = row.ok_or_else(Error::missing)?;
    let prepared = super::back(&format!("/sittings/{id}"));
    Ok(Prepared { about: Some(row.day.to_string()), ..prepared })
}

async fn hold_sitting(call: Call, _values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let receipt = call
        .act(async |act| {
            let today = act.today();
            let row = store::sitting(act, city, id).await?.ok_or_else(Error::missing)?;
            if row.day > today {
                return Err(Refusal::rule(text!(
                    "会议日期还没有到，不能确认召开。",
                    "Its day has not come; it cannot be marked as held."
                ))
                .into());
            }
            sitting::hold(act, id).await
        })
        .await?;
    Ok(Done::to(format!("/sittings/{id}"), receipt))
}
