//! 重新办理: what was closed is open again, with a new day.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::grants;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("reason", text!("重新办理原因", "Why it is reopened"), 500).required(),
    FieldSpec::day("due", text!("新的完成时限", "New due day")).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/reopening", grants::REOPEN, text!("重新办理", "Reopen"))
        .help(text!("原办结记录保留在时间线中。", "The former closure stays in the history."))
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::about(call)))
        .decide(reopen)
}

async fn reopen(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let due = values.day("due").ok_or(Refusal::Missing)?;
    let receipt = call.act(async |act| run(act, &actor, id, due).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, due: Day) -> Result<()> {
    let latest = super::latest(act, id).await?;
    super::decide(act, actor, id, |a, today| a.reopen((today, latest), due)).await
}
