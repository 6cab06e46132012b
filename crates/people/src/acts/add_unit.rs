//! Adding a unit to the tree.

use journal::Result;
use kernel::Refusal;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::found::{self, NewUnit};
use crate::tables::UnitKind;
use crate::{choices, grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("short_name", words::SHORT_NAME, 20).required(),
    FieldSpec::line("name", words::FULL_NAME, 60).required(),
    FieldSpec::choice("parent", words::PARENT).required(),
    FieldSpec::choice("kind", words::KIND).required(),
    FieldSpec::number("sort", words::SORT, 0, 9_999).required(),
    FieldSpec::day("from", words::FROM).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/units/new", grants::ADD_UNIT, words::ADD_UNIT)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(add_unit)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, today) = (call.city()?, call.today());
    let units = choices::units(&mut call.read().await?, city, today).await?;
    Ok(super::back("/units")
        .offer("parent", units)
        .offer("kind", choices::kinds(call.lang))
        .fill("sort", 100)
        .fill("from", today))
}

async fn add_unit(call: Call, values: Values) -> Result<Done> {
    let city = call.city()?;
    let kind = UnitKind::of(&values.text("kind")).filter(|kind| *kind != UnitKind::City);
    let Some(kind) = kind else { return Err(choices::not_offered("kind").into()) };
    let from = values.day("from").unwrap_or_else(|| call.today());
    let (name, short_name) = (values.text("name"), values.text("short_name"));
    let receipt = call
        .act(async |act| {
            let parent = choices::unit(act, city, (&values, "parent"), from).await?;
            let whose = (short_name.as_str(), uuid::Uuid::nil());
            if store::short_name_taken(act, city, whose, from).await? {
                return Err(Refusal::field("short_name", words::NAME_TAKEN).into());
            }
            let sort = values.number("sort").unwrap_or_default();
            let parent = parent.map(|p| p.id);
            let (name, short_name) = (name.as_str(), short_name.as_str());
            let unit = NewUnit { parent, kind, name, short_name, sort, from };
            found::add_unit(act, &unit).await?;
            Ok(())
        })
        .await?;
    Ok(Done::to(format!("/units/{}", receipt.subject.id), receipt))
}
