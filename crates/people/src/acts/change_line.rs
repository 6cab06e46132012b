//! Giving a line of work another name, leader or department.

use journal::{Error, Result};
use web::{Call, Done, Prepared, Route, Values};

use crate::acts::add_line;
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::act("/lines/{id}/change", grants::CHANGE_LINE, words::CHANGE_LINE)
        .fields(add_line::FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(change_line)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let line = store::line(&mut call.read().await?, call.city()?, call.id("id")?).await?;
    let line = line.ok_or_else(Error::missing)?;
    let back = format!("/lines/{}", line.id);
    let mut prepared = add_line::prepare(call).await?.fill("sort", line.sort);
    if let Some(leader) = line.leader_post_id {
        prepared = prepared.fill("leader", leader);
    }
    if let Some(department) = line.department_id {
        prepared = prepared.fill("department", department);
    }
    Ok(Prepared { about: Some(line.name.clone()), back, ..prepared }.fill("name", line.name))
}

async fn change_line(call: Call, values: Values) -> Result<Done> {
    let (city, id, today) = (call.city()?, call.id("id")?, call.today());
    let receipt = call
        .act(async |act| {
            store::line(act, city, id).await?.ok_or_else(Error::missing)?;
            add_line::set(act, (city, today), id, &values).await
        })
        .await?;
    Ok(Done::to(format!("/lines/{id}"), receipt))
}
