//! Letting somebody stand in for a post until a day; what is done shows both (代…).

use journal::{Error, Result};
use kernel::{Refusal, Role, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::found::{self, NewPost};
use crate::{choices, grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("person", text!("代理人", "Stand-in")).required(),
    FieldSpec::day("from", words::FROM).required(),
    FieldSpec::day("to", words::LAST_DAY).required(),
    FieldSpec::area("reason", words::REASON, 300).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/posts/{id}/stand-in", grants::STAND_IN, words::STAND_IN)
        .help(text!(
            "代理人到期自动失去权限；每次办理都显示“代某某”。",
            "The rights end by themselves after the last day; each act shows for whom it was done."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(stand_in)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let post = store::post_title(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let row = store::post(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let persons = choices::persons(&mut tx, city).await?;
    let prepared = super::back(&format!("/persons/{}", row.person_id))
        .offer("person", persons)
        .fill("from", call.today());
    Ok(Prepared { about: Some(post.text()), ..prepared })
}

async fn stand_in(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let from = values.day("from").unwrap_or_else(|| call.today());
    let person = values.id("person").ok_or_else(|| choices::not_offered("person"))?;
    let receipt = call
        .act(async |act| {
            let post = store::post(act, city, id).await?.ok_or_else(Error::missing)?;
            let known = store::person(act, city, person).await?;
            if known.is_none() || person == post.person_id {
                return Err(choices::not_offered("person").into());
            }
            if post.role.is_admin() || post.role == Role::Inspector || post.represents_id.is_some()
            {
                return Err(Refusal::rule(text!(
                    "管理员、检查和代理任职不能再设代理，请直接任命。",
                    "An administrator, inspector or stand-in has no stand-in; give the post itself."
                ))
                .into());
            }
            let taken = NewPost {
                person,
                unit: post.unit_id,
                role: post.role,
                title: &post.title,
                represents: Some(id),
                line: post.line_id,
                from,
                to: values.day("to"),
            };
            found::take_post(act, &taken).await?;
            found::end_sessions_of(act, person).await
        })
        .await?;
    Ok(Done::to(format!("/persons/{person}"), receipt))
}
