//! 审核、审定: a step of the chain, signed in the program.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::sign_off::Signing;
use crate::tables::Verdict;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("审签意见", "Verdict")).required(),
    FieldSpec::area("note", text!("意见（退回须写明）", "Remark"), 500),
];

pub(crate) fn route() -> Route {
    Route::act("/batches/{id}/signature", grants::SIGN_BATCH, text!("审签", "Sign"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(sign_batch)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let prepared = super::send_batch::about(call).await?;
    Ok(prepared.offer("verdict", verdicts(call.lang)).fill("verdict", Verdict::Agreed.word()))
}

/// Agree or return.
pub(super) fn verdicts(lang: kernel::Lang) -> Vec<Choice> {
    vec![
        Choice::new(Verdict::Agreed.word(), words::AGREE.of(lang)),
        Choice::new(Verdict::Returned.word(), words::SEND_BACK.of(lang)),
    ]
}

/// The verdict that was chosen.
pub(super) fn verdict(values: &Values) -> Result<Verdict> {
    Verdict::of(&values.text("verdict"))
        .ok_or_else(|| Refusal::field("verdict", words::CHOOSE_ONE).into())
}

async fn sign_batch(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let signing = Signing::here(verdict(&values)?, values.text("note"));
    let receipt = call.act(async |act| run(act, &actor, id, signing).await).await?;
    Ok(Done::to(super::batch_page(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, signing: Signing) -> Result<()> {
    let city = act.jurisdiction();
    let batch = store::batch::batch(act, city, id).await?;
    let chain = super::send_batch::chain(act, city, batch.kind).await?;
    let former = store::batch::sign_offs(act, city, id).await?;
    let signed = former.iter().map(|s| (s.step, s.post_id, s.paper_signer_post_id.is_some()));
    let holders = store::signers_since_sent(act, city, signed).await?;
    let fact = batch.sign(actor, &chain, &former, signing.clone())?;
    signing.demand_others(actor, &holders)?;
    act.record(super::batch(id), &fact).await
}
