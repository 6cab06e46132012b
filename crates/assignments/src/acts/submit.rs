//! 报结: the unit says that it is done. What a liaison writes waits for the signatures of the unit's
//! chain, the head's when it set none; the last one submits it, and that day counts.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::submission::Said;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("done", text!("完成情况", "What was achieved"), 2_000).required(),
    FieldSpec::number("quantity", text!("累计完成量", "Quantity reached"), 0, 1_000_000_000_000),
    FieldSpec::files("files", text!("佐证材料", "Files"), super::report::FILES_MAX),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/submission", grants::SUBMIT, text!("报结", "Submit as done"))
        .help(text!(
            "对照完成标准说明结果。联络员填写后按本单位流程审签，以负责人签发时间为准。",
            "Measure it against the standard. It goes through your unit's signatures; the last one's moment counts."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::report::prepare(call)))
        .decide(submit)
}

async fn submit(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call
        .act(async |act| {
            let said = super::report::with_files(act, &call, &values).await?;
            run(act, &actor, id, said).await
        })
        .await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, said: Said) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let signing = store::signing_posts(act, city, actor.unit, today).await?;
    super::decide(act, actor, id, |a, today| a.submit(actor, today, (said, &signing))).await
}
