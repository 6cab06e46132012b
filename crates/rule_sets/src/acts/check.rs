//! 审核: the chief agrees or returns what was sent; who drafted or sent it does not agree to it.

use assignments::paper_signature::VERDICT;
use assignments::tables::Verdict;
use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::store::card;
use crate::version::Hand;
use crate::{grants, words};

const FIELDS: &[FieldSpec] =
    &[VERDICT, FieldSpec::area("note", text!("意见（退回须写明要改什么）", "Remark"), 500)];

pub(crate) fn route() -> Route {
    Route::act("/rule-sets/{id}/check", grants::CHECK, text!("审核考评办法", "Check the rule set"))
        .help(text!(
            "通过后登记印发文件，方才施行。",
            "Once agreed to it is adopted by its issued document."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(check)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, reached) = super::about(call).await?;
    let intro = super::trial(call, reached.open()?);
    let prepared = Prepared { intro, ..prepared };
    let choices = vec![
        Choice::new(Verdict::Agreed.word(), text!("同意", "Agree").of(call.lang)),
        Choice::new(Verdict::Returned.word(), text!("退回修改", "Send back").of(call.lang)),
    ];
    Ok(prepared.offer("verdict", choices).fill("verdict", Verdict::Agreed.word()))
}

async fn check(call: Call, values: Values) -> Result<Done> {
    let verdict = Verdict::of(&values.text("verdict"))
        .ok_or_else(|| Refusal::field("verdict", words::CHOOSE_ONE))?;
    let said = (verdict, values.text("note"));
    super::on_rule_set(&call, async |act, actor, id| run(act, actor, id, said).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    said: (Verdict, String),
) -> Result<()> {
    let reached = super::reach(act, actor, id).await?;
    let version = reached.open()?;
    let city = actor.jurisdiction;
    let steps = card::checks(act, city, version.id).await?;
    let sent = steps.iter().any(|step| step.step == 0 && step.person_id == actor.person);
    let wrote = sent || card::wrote(act, city, (version.id, actor.person)).await?;
    let hand = if wrote { Hand::Wrote } else { Hand::None };
    let fact = version.check(actor, hand, said)?;
    act.record(super::rule_set(id), &fact).await
}
