//! 配合完成: a co-unit says that its own part is done.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("done", text!("配合完成情况", "What was done"), 1_000).required()];

pub(crate) fn route() -> Route {
    let title = text!("完成配合任务", "Finish one's part");
    Route::act("/assignments/{id}/part", grants::FINISH_PART, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::about(call)))
        .decide(finish_part)
}

async fn finish_part(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let done = values.text("done");
    let receipt = call.act(async |act| run(act, &actor, id, done).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, done: String) -> Result<()> {
    let city = act.jurisdiction();
    let part = store::own_part(act, city, id, actor.unit).await?;
    super::decide(act, actor, id, |a, today| a.finish_part(&part, today, done)).await
}
