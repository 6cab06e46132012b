//! Adding a person; name, telephone and mail address are sealed values that can be erased.

use journal::Result;
use kernel::{Subject, SubjectKind};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{found, grants, mail, words};

pub(crate) const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::PERSON, 30).required(),
    FieldSpec::line("phone", words::PHONE, 30),
    mail::FIELD,
];

pub(crate) fn route() -> Route {
    Route::act("/persons/new", grants::ADD_PERSON, words::ADD_PERSON)
        .fields(FIELDS)
        .prepare(|_| Box::pin(async { Ok::<Prepared, _>(super::back("/persons")) }))
        .decide(add_person)
}

async fn add_person(call: Call, values: Values) -> Result<Done> {
    let (name, phone) = (values.text("name"), values.opt("phone"));
    let address = mail::said(&values)?;
    let receipt = call
        .act(async |act| {
            let id = found::add_person(act, &name, phone.as_deref()).await?;
            mail::seal(act, Subject::new(SubjectKind::Person, id), address.as_deref()).await
        })
        .await?;
    Ok(Done::to(format!("/persons/{}", receipt.subject.id), receipt))
}
