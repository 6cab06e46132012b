//! Ending a post: a transfer or the end of a stand-in. The rights end at once.

use journal::{Error, Result};
use kernel::{Refusal, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{found, grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::day("from", text!("自何日起不再担任", "Holds it no longer from")).required(),
    FieldSpec::area("reason", words::REASON, 300).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/posts/{id}/leaving", grants::LEAVE_POST, text!("办理离任", "End the post"))
        .help(text!(
            "从这一天起权限立即失效，该人员的登录随即结束；经办的记录仍按当时的任职保留。",
            "From that day the rights are gone and the person's sessions end; what was done stays with the post then held."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(leave_post)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let post = store::post_title(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let row = store::post(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let prepared = super::back(&format!("/persons/{}", row.person_id)).fill("from", call.today());
    Ok(Prepared { about: Some(post.text()), ..prepared })
}

async fn leave_post(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let from = values.day("from").unwrap_or_else(|| call.today());
    if id == call.actor()?.post {
        return Err(Refusal::rule(text!(
            "不能为自己办理离任，请由另一位安全管理员办理。",
            "You cannot end your own post; another security administrator does it."
        ))
        .into());
    }
    let receipt = call
        .act(async |act| {
            let post = store::post(act, city, id).await?.ok_or_else(Error::missing)?;
            let to = from.plus(-1);
            if from < post.valid_from || post.valid_to.is_some_and(|end| to >= end) {
                let message = text!(
                    "日期须在任期之内，请修改。",
                    "The day must lie within the period of the post."
                );
                return Err(Refusal::field("from", message).into());
            }
            found::leave_post(act, id, to).await
        })
        .await?;
    Ok(Done::to(format!("/persons/{}", receipt.subject.id), receipt))
}
