//! Giving a unit another name or place; its history keeps the former one.

use journal::{Error, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("short_name", words::SHORT_NAME, 20).required(),
    FieldSpec::line("name", words::FULL_NAME, 60).required(),
    FieldSpec::number("sort", words::SORT, 0, 9_999).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("修改单位名称", "Rename the unit");
    Route::act("/units/{id}/name", grants::RENAME_UNIT, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(rename_unit)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let unit = store::unit(&mut call.read().await?, call.city()?, id).await?;
    let unit = unit.ok_or_else(Error::missing)?;
    let prepared = super::back(&format!("/units/{id}"));
    Ok(Prepared { about: Some(unit.short_name.clone()), ..prepared }
        .fill("short_name", unit.short_name)
        .fill("name", unit.name)
        .fill("sort", unit.sort))
}

async fn rename_unit(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let (name, short_name) = (values.text("name"), values.text("short_name"));
    let receipt = call
        .act(async |act| {
            store::unit(act, city, id).await?.ok_or_else(Error::missing)?;
            let today = act.today();
            if store::short_name_taken(act, city, (&short_name, id), today).await? {
                return Err(Refusal::field("short_name", words::NAME_TAKEN).into());
            }
            let sort = values.number("sort").unwrap_or_default();
            let fact =
                Fact::UnitChanged { name: name.clone(), short_name: short_name.clone(), sort };
            act.record(Subject::new(SubjectKind::Unit, id), &fact).await
        })
        .await?;
    Ok(Done::to(format!("/units/{id}"), receipt))
}
