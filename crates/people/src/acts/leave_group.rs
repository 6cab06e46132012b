//! Taking a unit out of its peer group after a day.

use journal::{Error, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::day("to", words::LAST_DAY).required(),
    FieldSpec::area("reason", words::REASON, 300).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("退出考评组别", "Leave the peer group");
    Route::act("/units/{id}/group/end", grants::LEAVE_GROUP, title)
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(leave_group)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, id) = (call.city()?, call.id("id")?);
    let unit = store::unit(&mut call.read().await?, city, id).await?.ok_or_else(Error::missing)?;
    let prepared = super::back(&format!("/units/{id}")).fill("to", call.today());
    Ok(Prepared { about: Some(unit.short_name), ..prepared })
}

async fn leave_group(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let to = values.day("to").unwrap_or_else(|| call.today());
    let receipt = call
        .act(async |act| {
            let running = store::memberships(act, city, id).await?;
            let running = running.into_iter().find(|m| m.valid_to.is_none());
            let running = running.ok_or_else(|| {
                Refusal::rule(text!(
                    "该单位目前不在任何组别中。",
                    "The unit stands in no group now."
                ))
            })?;
            if to < running.valid_from {
                let message = text!(
                    "最后一天早于加入日期，请改晚一些。",
                    "It had not joined then; choose a later day."
                );
                return Err(Refusal::field("to", message).into());
            }
            let fact = Fact::UnitUngrouped { from: running.valid_from, to };
            act.record(Subject::new(SubjectKind::Unit, id), &fact).await
        })
        .await?;
    Ok(Done::to(format!("/units/{id}"), receipt))
}
