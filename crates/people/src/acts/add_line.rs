//! Adding a line of work with its leader and its department.

use journal::{Act, Result};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::found::{self, NewLine};
use crate::{choices, grants, words};

pub(crate) const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::LINE, 30).required(),
    FieldSpec::choice("leader", words::LEADER),
    FieldSpec::choice("department", words::DEPARTMENT),
    FieldSpec::number("sort", words::SORT, 0, 9_999).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/lines/new", grants::ADD_LINE, words::ADD_LINE)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(add_line)
}

/// The form with leaders and departments to choose from.
pub(crate) async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, today) = (call.city()?, call.today());
    let mut tx = call.read().await?;
    let leaders = choices::posts(&mut tx, city, today).await?;
    let units = choices::units(&mut tx, city, today).await?;
    let prepared = super::back("/lines").offer("leader", leaders).offer("department", units);
    Ok(prepared.fill("sort", 100))
}

async fn add_line(call: Call, values: Values) -> Result<Done> {
    let (city, today) = (call.city()?, call.today());
    let receipt =
        call.act(async |act| set(act, (city, today), Uuid::now_v7(), &values).await).await?;
    Ok(Done::to("/lines".to_owned(), receipt))
}

/// Records what the form says of a line.
pub(crate) async fn set(
    act: &mut Act,
    (city, today): (Id<Jurisdiction>, Day),
    id: Uuid,
    values: &Values,
) -> Result<()> {
    let leader = choices::post(act, city, (values, "leader"), today).await?;
    let department = choices::unit(act, city, (values, "department"), today).await?;
    let name = values.text("name");
    let sort = values.number("sort").unwrap_or_default();
    let line = NewLine { name: &name, leader, department: department.map(|u| u.id), sort };
    found::set_line(act, id, &line).await
}
