//! 暂缓: the clock stands, with a reason and a day on which it is looked at again.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::grants;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("reason", text!("暂缓原因", "Why the clock is stopped"), 500).required(),
    FieldSpec::day("review", text!("复查日期", "Review day")).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/stop", grants::STOP, text!("暂缓", "Stop the clock"))
        .help(text!(
            "条件不具备（如季节、上级审批）时使用；恢复后时限按暂缓的工作日顺延。",
            "When the conditions are absent; the due day moves by the working days it stood."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::about(call)))
        .decide(stop)
}

async fn stop(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let review = values.day("review").ok_or(Refusal::Missing)?;
    let receipt = call.act(async |act| run(act, &actor, id, review).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, review: Day) -> Result<()> {
    super::decide(act, actor, id, |a, today| a.stop(today, review)).await
}
