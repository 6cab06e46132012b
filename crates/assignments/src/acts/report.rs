//! 反馈: what was done, the quantity, the next step, what blocks and what help is needed.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::assignment::Said;
use crate::grants;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("done", text!("进展情况", "What was done"), 2_000).required(),
    FieldSpec::number("quantity", text!("累计完成量", "Quantity so far"), 0, 1_000_000_000_000),
    FieldSpec::area("next_step", text!("下步措施", "Next step"), 1_000),
    FieldSpec::area("blocker", text!("存在问题及需协调事项", "Blocker and help needed"), 1_000),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/reports", grants::REPORT, text!("反馈进展", "Report"))
        .help(text!(
            "只写结果和问题；没有点名要的材料不需要上传。",
            "Results and problems only; no files unless the demand names them."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(report)
}

/// The form of a report: without a quantity when the assignment has none.
pub(super) async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut prepared, a) = super::about_assignment(call).await?;
    if a.quantity_unit.is_empty() {
        prepared.without.push("quantity");
    }
    Ok(prepared)
}

/// What the form says.
pub(super) fn said(values: &Values) -> Said {
    Said {
        done: values.text("done"),
        quantity: values.number("quantity"),
        next_step: values.text("next_step"),
        blocker: values.text("blocker"),
    }
}

async fn report(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, id, said(&values)).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, said: Said) -> Result<()> {
    super::decide(act, actor, id, |a, today| a.report(actor, today, said)).await
}
