//! 反馈: what was done, the quantity, the next step, what blocks and what help is needed.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::grants;
use crate::submission::Said;

/// Files of one report at most.
pub(super) const FILES_MAX: usize = 10;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("done", text!("进展情况", "What was done"), 2_000).required(),
    FieldSpec::number("quantity", text!("累计完成量", "Quantity so far"), 0, 1_000_000_000_000),
    FieldSpec::area("next_step", text!("下步措施", "Next step"), 1_000),
    FieldSpec::area("blocker", text!("存在问题及需协调事项", "Blocker and help needed"), 1_000),
    FieldSpec::files("files", text!("佐证材料", "Files"), FILES_MAX),
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
    if a.evidence.is_empty() {
        prepared.without.push("files");
    } else {
        let wanted = text!("要求提供：", "Demanded: ").of(call.lang);
        prepared.intro = maud::html! { p { strong { (wanted) } (a.evidence) } };
    }
    Ok(prepared)
}

/// What the form says.
fn said(values: &Values) -> Said {
    Said {
        done: values.text("done"),
        quantity: values.number("quantity"),
        next_step: values.text("next_step"),
        blocker: values.text("blocker"),
        files: Vec::new(),
    }
}

/// What the form says, with the files that were staged for it.
pub(super) async fn with_files(act: &mut Act, call: &Call, values: &Values) -> Result<Said> {
    let files = super::attached(act, call.actor()?.account, &values.ids("files")).await?;
    Ok(Said { files, ..said(values) })
}

async fn report(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call
        .act(async |act| {
            let said = with_files(act, &call, &values).await?;
            run(act, &actor, id, said).await
        })
        .await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, said: Said) -> Result<()> {
    super::decide(act, actor, id, |a, today| a.report(actor, today, said)).await
}
