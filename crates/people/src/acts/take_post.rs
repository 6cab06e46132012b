//! Giving a person a post. A person may hold several; administrators hold no other.

use journal::{Error, Result};
use kernel::{Refusal, Role, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::found::{self, NewPost};
use crate::{choices, grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("unit", words::UNIT).required(),
    FieldSpec::choice("role", words::ROLE).required(),
    FieldSpec::line("title", words::TITLE, 30).required(),
    FieldSpec::choice("line", words::LINE),
    FieldSpec::choice("represents", words::REPRESENTS).hint(words::REPRESENTS_HINT),
    FieldSpec::day("from", words::FROM).required(),
    FieldSpec::day("to", words::LAST_DAY),
];

pub(crate) fn route() -> Route {
    Route::act("/persons/{id}/posts", grants::TAKE_POST, words::TAKE_POST)
        .help(text!(
            "权限随任职而定，从开始日期起生效。该人员需要重新登录。",
            "Rights come with the post from its first day. The person signs in again."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(take_post)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, id, today) = (call.city()?, call.id("id")?, call.today());
    let mut tx = call.read().await?;
    let person = store::person(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let units = choices::units(&mut tx, city, today).await?;
    let lines = choices::lines(&mut tx, city).await?;
    let leaders = choices::posts(&mut tx, city, today).await?;
    let prepared = super::back(&format!("/persons/{id}"))
        .offer("unit", units)
        .offer("role", choices::roles(call.lang))
        .offer("line", lines)
        .offer("represents", leaders)
        .fill("from", today);
    Ok(Prepared { about: person.name, ..prepared })
}

async fn take_post(call: Call, values: Values) -> Result<Done> {
    let (city, person) = (call.city()?, call.id("id")?);
    let from = values.day("from").unwrap_or_else(|| call.today());
    let role = Role::of(&values.text("role")).ok_or_else(|| choices::not_offered("role"))?;
    let title = values.text("title");
    let receipt = call
        .act(async |act| {
            store::person(act, city, person).await?.ok_or_else(Error::missing)?;
            let unit = choices::unit(act, city, (&values, "unit"), from).await?;
            let represents = choices::post(act, city, (&values, "represents"), from).await?;
            check_represents(role, represents)?;
            let post = NewPost {
                person,
                unit: unit.ok_or_else(|| choices::not_offered("unit"))?.id,
                role,
                title: &title,
                represents,
                line: choices::line(act, city, (&values, "line")).await?,
                from,
                to: values.day("to"),
            };
            found::take_post(act, &post).await?;
            found::end_sessions_of(act, person).await
        })
        .await?;
    Ok(Done::to(format!("/persons/{person}"), receipt))
}

fn check_represents(role: Role, represents: Option<Uuid>) -> std::result::Result<(), Refusal> {
    match (role, represents) {
        (Role::Secretary, None) => Err(Refusal::field(
            "represents",
            text!("秘书须选择为哪位领导办理。", "Choose the leader for whom the secretary acts."),
        )),
        (other, Some(_)) if other != Role::Secretary => Err(Refusal::field(
            "represents",
            text!(
                "只有秘书在此选择；代理请用“设代理”。",
                "Only for secretaries; for others use “stand-in”."
            ),
        )),
        _ => Ok(()),
    }
}
