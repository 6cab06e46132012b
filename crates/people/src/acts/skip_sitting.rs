//! Skipping a planned sitting for a reason; no number is used up.

use journal::{Error, Result};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, sitting, store, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::area("reason", words::REASON, 300).required()];

pub(crate) fn route() -> Route {
    Route::act("/sittings/{id}/skipping", grants::SKIP_SITTING, words::SKIP_SITTING)
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(skip_sitting)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let row = store::sitting(&mut call.read().await?, call.city()?, id).await?;
    let row = row.ok_or_else(Error::missing)?;
    let prepared = super::back(&format!("/sittings/{id}"));
    Ok(Prepared { about: Some(row.day.to_string()), ..prepared })
}

async fn skip_sitting(call: Call, values: Values) -> Result<Done> {
    let id = call.id("id")?;
    let reason = values.text("reason");
    let receipt = call.act(async |act| sitting::skip(act, id, &reason).await).await?;
    Ok(Done::to(format!("/sittings/{id}"), receipt))
}
