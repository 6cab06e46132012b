//! 审批: the leader approves a frozen review or returns it with the reason. Nobody changes a score.

use assignments::paper_signature::{NOTE, VERDICT};
use assignments::sign_off::Signing;
use assignments::tables::Verdict;
use journal::{Act, Result};
use kernel::{Actor, Lang, Refusal, text};
use measures::ReviewMonth;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[VERDICT, NOTE];

pub(crate) fn route() -> Route {
    Route::act("/reviews/{month}/approval", grants::JUDGE, text!("审批", "Approve or return"))
        .help(text!(
            "批准后决定结果运用并通报；退回的写明意见，督查局处理后重新封存呈批。",
            "Once approved, consequences are decided and it is published; returned, the bureau mends it, freezes it again and submits it anew."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(async { Ok(offer(super::about(call).await?.0, call.lang)) }))
        .decide(judge)
}

/// Approve or return; approved unless it is changed.
pub(super) fn offer(prepared: Prepared, lang: Lang) -> Prepared {
    let verdicts = vec![
        Choice::new(Verdict::Agreed.word(), words::APPROVE.of(lang)),
        Choice::new(Verdict::Returned.word(), words::SEND_BACK.of(lang)),
    ];
    prepared.offer("verdict", verdicts).fill("verdict", Verdict::Agreed.word())
}

/// The verdict that was chosen.
pub(super) fn verdict(values: &Values) -> Result<Verdict> {
    Verdict::of(&values.text("verdict"))
        .ok_or_else(|| Refusal::field("verdict", words::CHOOSE_ONE).into())
}

async fn judge(call: Call, values: Values) -> Result<Done> {
    let signing = Signing::here(verdict(&values)?, values.text("note"));
    super::on_review(&call, async |act, actor, month| run(act, actor, month, signing).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    signing: Signing,
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let former = store::review::signs(act, &review).await?;
    let signed = former.iter().map(|s| (s.step, s.post_id, s.paper_signer_post_id.is_some()));
    let holders = assignments::store::signers_since_sent(act, actor.jurisdiction, signed).await?;
    let fact = review.judge(actor, &former, signing.clone(), act.today())?;
    signing.demand_others(actor, &holders)?;
    act.record(super::review(review.id), &fact).await
}
