//! Putting a unit into a peer group from a day on; the former membership ends the day before.

use journal::{Error, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{choices, grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("group", words::GROUP).required(),
    FieldSpec::day("from", words::FROM).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("调整考评组别", "Change the peer group");
    Route::act("/units/{id}/group", grants::JOIN_GROUP, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(join_group)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let unit = store::unit(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let groups = choices::groups(&mut tx, city).await?;
    let prepared = super::back(&format!("/units/{id}")).offer("group", groups);
    Ok(Prepared { about: Some(unit.short_name), ..prepared }.fill("from", call.today()))
}

async fn join_group(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let from = values.day("from").unwrap_or_else(|| call.today());
    let receipt = call
        .act(async |act| {
            store::unit(act, city, id).await?.ok_or_else(Error::missing)?;
            let groups = store::groups(act, city).await?;
            let group = values.id("group").filter(|g| groups.iter().any(|row| row.id == *g));
            let group = group.ok_or_else(|| choices::not_offered("group"))?;
            let former = store::memberships(act, city, id).await?.into_iter().next();
            if former.as_ref().is_some_and(|f| f.valid_from >= from) {
                let message = text!(
                    "该单位在这天之后已有组别，请改用更晚的日期。",
                    "It joined a group on or after that day; choose a later day."
                );
                return Err(Refusal::field("from", message).into());
            }
            let running = former.filter(|f| f.valid_to.is_none_or(|to| to >= from));
            let former_from = running.map(|f| f.valid_from);
            let former_to = former_from.map(|_| from.plus(-1));
            let fact = Fact::UnitGrouped { group, from, former_from, former_to };
            act.record(Subject::new(SubjectKind::Unit, id), &fact).await
        })
        .await?;
    Ok(Done::to(format!("/units/{id}"), receipt))
}
