//! Adding a peer group: like units are compared with like.

use journal::Result;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{found, grants, words};

pub(crate) const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::GROUP, 30).required(),
    FieldSpec::number("sort", words::SORT, 0, 9_999).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/groups/new", grants::ADD_GROUP, words::ADD_GROUP)
        .fields(FIELDS)
        .prepare(|_| {
            Box::pin(async { Ok::<Prepared, _>(super::back("/groups").fill("sort", 100)) })
        })
        .decide(add_group)
}

async fn add_group(call: Call, values: Values) -> Result<Done> {
    let (name, sort) = (values.text("name"), values.number("sort").unwrap_or_default());
    let receipt = call.act(async |act| found::add_group(act, &name, sort).await.map(drop)).await?;
    Ok(Done::to("/groups".to_owned(), receipt))
}
