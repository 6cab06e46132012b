//! Adding a person; name and telephone are sealed values that can be erased.

use journal::Result;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{found, grants, words};

pub(crate) const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::PERSON, 30).required(),
    FieldSpec::line("phone", words::PHONE, 30),
];

pub(crate) fn route() -> Route {
    Route::act("/persons/new", grants::ADD_PERSON, words::ADD_PERSON)
        .fields(FIELDS)
        .prepare(|_| Box::pin(async { Ok::<Prepared, _>(super::back("/persons")) }))
        .decide(add_person)
}

async fn add_person(call: Call, values: Values) -> Result<Done> {
    let (name, phone) = (values.text("name"), values.opt("phone"));
    let receipt = call
        .act(async |act| found::add_person(act, &name, phone.as_deref()).await.map(drop))
        .await?;
    Ok(Done::to(format!("/persons/{}", receipt.subject.id), receipt))
}
