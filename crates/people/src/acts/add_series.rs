//! Adding a series of sittings.

use journal::Result;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::tables::SeriesKind;
use crate::{choices, found, grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::SERIES_NAME, 30).required(),
    FieldSpec::choice("kind", words::SERIES_KIND).required(),
    FieldSpec::choice("leader", words::LEADER),
    FieldSpec::number("sort", words::SORT, 0, 9_999).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/series/new", grants::ADD_SERIES, words::ADD_SERIES)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(add_series)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let posts = choices::posts(&mut call.read().await?, call.city()?, call.today()).await?;
    let kind =
        |kind: &SeriesKind| Choice::new(kind.word(), words::series_kind(*kind).of(call.lang));
    Ok(super::back("/series")
        .offer("kind", SeriesKind::ALL.iter().map(kind).collect())
        .offer("leader", posts)
        .fill("sort", 100))
}

async fn add_series(call: Call, values: Values) -> Result<Done> {
    let (city, today) = (call.city()?, call.today());
    let kind = SeriesKind::of(&values.text("kind"));
    let kind = kind.ok_or_else(|| choices::not_offered("kind"))?;
    let (name, sort) = (values.text("name"), values.number("sort").unwrap_or_default());
    let receipt = call
        .act(async |act| {
            let leader = choices::post(act, city, (&values, "leader"), today).await?;
            found::add_series(act, kind, &name, leader, sort).await.map(drop)
        })
        .await?;
    Ok(Done::to(format!("/series/{}", receipt.subject.id), receipt))
}
