//! 核实回执: the bureau accepts the answer, which closes the slip, or returns it with another day.

use assignments::tables::Verdict;
use journal::{Act, Result};
use kernel::{Actor, Day, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, store, words};

/// Working days that are proposed for another answer.
const AGAIN_DAYS: u32 = 2;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("核实意见", "Verdict")).required(),
    FieldSpec::area("words", text!("意见（退回须写明缺什么）", "Remark"), 500),
    FieldSpec::day("answer_by", text!("退回后的反馈期限", "If returned, to be answered by")),
];

pub(crate) fn route() -> Route {
    let title = text!("核实回执", "Judge the answer");
    Route::act("/slips/{id}/answers/verdict", grants::JUDGE, title)
        .help(text!(
            "通过即销号；退回须给出新的反馈期限，等待核实的时间不计单位延误。",
            "Accepting closes the slip; returning names a new day. Waiting for the bureau is never the unit's delay."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(judge)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, _) = super::about(call).await?;
    let today = call.today();
    let calendar =
        people::store::calendar(&mut call.read().await?, call.city()?, today, today.plus(30))
            .await?;
    let verdicts = super::verdicts(words::ACCEPT, call.lang);
    Ok(prepared.offer("verdict", verdicts).fill("answer_by", calendar.plus(today, AGAIN_DAYS)))
}

async fn judge(call: Call, values: Values) -> Result<Done> {
    let said = (super::verdict(&values)?, values.text("words"));
    let by = values.day("answer_by");
    super::on_slip(&call, async |act, actor, id| run(act, actor, id, (said, by)).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (said, by): ((Verdict, String), Option<Day>),
) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    let answer = super::answer_of(act, &row).await?;
    let fact = row.judge(actor, &answer, said, (act.today(), by))?;
    act.record(super::slip(id), &fact).await
}
