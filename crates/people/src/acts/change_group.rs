//! Giving a peer group another name or place; who stands in it stays.

use journal::{Error, Result};
use kernel::{Subject, SubjectKind};
use web::{Call, Done, Prepared, Route, Values};

use crate::acts::add_group;
use crate::facts::Fact;
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::act("/groups/{id}/change", grants::CHANGE_GROUP, words::CHANGE_GROUP)
        .fields(add_group::FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(change_group)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let group = store::group(&mut call.read().await?, call.city()?, id).await?;
    let group = group.ok_or_else(Error::missing)?;
    let prepared = super::back(&format!("/groups/{id}"));
    Ok(Prepared { about: Some(group.name.clone()), ..prepared }
        .fill("name", group.name)
        .fill("sort", group.sort))
}

async fn change_group(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let receipt = call
        .act(async |act| {
            store::group(act, city, id).await?.ok_or_else(Error::missing)?;
            let sort = values.number("sort").unwrap_or_default();
            let fact = Fact::GroupChanged { name: values.text("name"), sort };
            act.record(Subject::new(SubjectKind::PeerGroup, id), &fact).await
        })
        .await?;
    Ok(Done::to(format!("/groups/{id}"), receipt))
}
