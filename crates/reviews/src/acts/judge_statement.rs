//! 审阅表态发言: the bureau accepts a statement or returns it with a remark.

use assignments::tables::Verdict;
use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use super::statement::{self, At};
use crate::{grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("审阅意见", "Decision")).required(),
    FieldSpec::area("remark", text!("意见（退回须写明）", "Remark"), 500),
];

pub(crate) fn route() -> Route {
    let title = text!("审阅表态发言", "Accept or return the statement");
    Route::act("/reviews/{month}/statements/{unit}/verdict", grants::JUDGE_STATEMENT, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(judge)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, ..) = statement::about(call).await?;
    let verdicts = vec![
        Choice::new(Verdict::Agreed.word(), words::statement::ACCEPT.of(call.lang)),
        Choice::new(Verdict::Returned.word(), words::SEND_BACK.of(call.lang)),
    ];
    Ok(prepared.offer("verdict", verdicts).fill("verdict", Verdict::Agreed.word()))
}

async fn judge(call: Call, values: Values) -> Result<Done> {
    let verdict = Verdict::of(&values.text("verdict"))
        .ok_or_else(|| Refusal::field("verdict", words::CHOOSE_ONE))?;
    let said = (verdict, values.text("remark"));
    statement::on(&call, async |act, actor, at| run(act, actor, at, said).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    at: At,
    said: (Verdict, String),
) -> Result<()> {
    let (_, row) = statement::reach(act, actor, at).await?;
    let fact = row.judge(actor, said, act.today())?;
    act.record(super::statement_subject(row.id), &fact).await
}
