//! 申请延期: before the due day, with reason, new day and progress.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::tables::ExtensionRow;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::day("new_due", text!("申请延期至", "New due day")).required(),
    FieldSpec::area("reason", text!("延期理由", "Why more time is needed"), 500).required(),
    FieldSpec::area("progress", text!("目前进展", "Progress so far"), 1_000).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("申请延期", "Ask for an extension");
    Route::act("/assignments/{id}/extensions", grants::ASK_EXTENSION, title)
        .help(text!(
            "须在完成时限之前提出；联络员提出的由单位负责人审签后报督查局审批。",
            "Before the due day; what a liaison asks is endorsed by the unit head, then decided by the bureau."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::about(call)))
        .decide(ask_extension)
}

async fn ask_extension(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let new_due = values.day("new_due").ok_or(Refusal::Missing)?;
    let asked = (new_due, values.text("progress"));
    let receipt = call.act(async |act| run(act, &actor, id, asked).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (new_due, progress): (Day, String),
) -> Result<()> {
    let city = act.jurisdiction();
    let former = store::card::extensions(act, city, id).await?;
    if former.iter().any(ExtensionRow::waits) {
        return Err(Refusal::rule(text!(
            "已有一项延期申请正在办理，请等待结果。",
            "A request for more time is under way already."
        ))
        .into());
    }
    let latest = super::latest(act, id).await?;
    super::decide(act, actor, id, |a, today| {
        a.ask_extension(actor, (today, latest), (new_due, progress))
    })
    .await
}
