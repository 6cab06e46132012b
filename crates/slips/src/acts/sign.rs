//! 审签: a step of a slip's chain. Nobody signs two steps.

use assignments::tables::Verdict;
use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("审签意见", "Verdict")).required(),
    FieldSpec::area("note", text!("意见（退回须写明）", "Remark"), 500),
];

pub(crate) fn route() -> Route {
    Route::act("/slips/{id}/signature", grants::SIGN, text!("审签督办单", "Sign the slip"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(sign)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, _) = super::about(call).await?;
    let verdicts = super::verdicts(words::AGREE, call.lang);
    Ok(prepared.offer("verdict", verdicts).fill("verdict", Verdict::Agreed.word()))
}

async fn sign(call: Call, values: Values) -> Result<Done> {
    let said = (super::verdict(&values)?, values.text("note"));
    super::on_slip(&call, async |act, actor, id| run(act, actor, id, said).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    said: (Verdict, String),
) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    let former = store::card::signs(act, actor.jurisdiction, id).await?;
    let fact = row.sign(actor, &former, said)?;
    act.record(super::slip(id), &fact).await
}
