//! 恢复: the clock runs again.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("reason", text!("恢复原因", "Why it goes on"), 500).required()];

pub(crate) fn route() -> Route {
    Route::act(
        "/assignments/{id}/resumption",
        grants::RESUME,
        text!("恢复计时", "Resume the clock"),
    )
    .help(text!(
        "时限按暂缓的工作日数顺延。",
        "The due day moves by the working days that the clock stood."
    ))
    .fields(FIELDS)
    .prepare(|call| Box::pin(super::about(call)))
    .decide(resume)
}

async fn resume(call: Call, _values: Values) -> Result<Done> {
    super::on_assignment(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    let calendar = super::calendar(act).await?;
    let stop = store::card::newest(&store::card::stops(act, city, id).await?)?;
    let latest = super::latest(act, id).await?;
    super::decide(act, actor, id, |a, today| a.resume(&stop, (today, &calendar, latest))).await
}
