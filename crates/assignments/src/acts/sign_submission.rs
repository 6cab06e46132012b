//! 审签: who has to sign what was prepared does, or sends it back; the last signature submits it.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::tables::Finding;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("审签意见", "Verdict")).required(),
    FieldSpec::area("reason", text!("意见", "Remark"), 500),
];

pub(crate) fn route() -> Route {
    let title = text!("审签报结", "Sign the submission");
    Route::act("/assignments/{id}/signature", grants::SIGN_SUBMISSION, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(sign_submission)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let choices = vec![
        Choice::new(Finding::Confirmed.word(), words::AGREE.of(call.lang)),
        Choice::new(Finding::Rework.word(), words::SEND_BACK.of(call.lang)),
    ];
    let prepared = super::about(call).await?.offer("verdict", choices);
    Ok(prepared.fill("verdict", Finding::Confirmed.word()))
}

async fn sign_submission(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let verdict = super::verify::finding(&values, "verdict")?;
    let receipt = call.act(async |act| run(act, &actor, id, verdict).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, verdict: Finding) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let signing = store::signing_posts(act, city, actor.unit, today).await?;
    super::decide(act, actor, id, |a, today| a.sign_submission(actor, today, (verdict, &signing)))
        .await
}
