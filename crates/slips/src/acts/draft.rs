//! 草拟督办单: an officer drafts the next slip of a late item, without waiting for the program.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Wording;
use crate::ladder::{Drafter, Former};
use crate::{grants, reconcile, slip, store, words};

/// The words of a slip; nothing classified. What is usual fits one sheet with its answer.
pub(super) const FIELDS: &[FieldSpec] = &[
    FieldSpec::area("finding", words::FINDING, 600)
        .required()
        .hint(text!("写核实过的事实。", "What was verified.")),
    FieldSpec::area("demand", words::DEMAND, 600).required(),
    FieldSpec::area("consequence", words::CONSEQUENCE, 200).required(),
    FieldSpec::line("copies", words::COPIES, 120),
];

pub(crate) fn route() -> Route {
    let title = text!("草拟督办单", "Draft a slip");
    Route::act("/assignments/{id}/slips/new", grants::DRAFT, title)
        .help(text!(
            "颜色按督办阶梯确定；上一张督办单的反馈期限过后才能升级。督办单的期限不改变事项的完成时限。",
            "The ladder says which colour; the next one comes only after the former slip's deadline. A slip never moves the item's due day."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(draft)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, city, today) = (call.read().await?, call.city()?, call.today());
    let a = assignments::store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let calendar = people::store::calendar(&mut tx, city, today.plus(-800), today).await?;
    let ladder = store::ladder::ladder(&mut tx, city).await?;
    let former = store::card::former(&mut tx, city, (a.id, a.unit_id, a.due_on)).await?;
    let former = former.as_ref().map(Former::of);
    let when = (today, &calendar);
    let n = ladder.next(&a, former, when, Drafter::Officer)?;
    let colour = ladder.step(n).map_or("", |s| words::colour(s.colour).of(call.lang));
    let about = Some(format!("{colour} · {} {}", a.label, a.title));
    let prepared =
        Prepared { about, back: format!("/assignments/{}", a.id), ..Prepared::default() };
    Ok(super::worded(prepared, &slip::wording(&a, (&ladder, n), when)))
}

async fn draft(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let wording = super::wording(&values);
    let receipt = call.act(async |act| run(act, &actor, id, wording).await).await?;
    Ok(Done::to(super::card(receipt.subject.id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, wording: Wording) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let a = assignments::store::reach(act, actor, id).await?;
    let calendar = super::calendar(act).await?;
    let ladder = store::ladder::ladder(act, city).await?;
    let former = store::card::former(act, city, (a.id, a.unit_id, a.due_on)).await?;
    let former = former.as_ref().map(Former::of);
    let when = (today, &calendar);
    let fact = slip::draft(&a, (&ladder, former), when, Drafter::Officer, Some(wording))?;
    reconcile::record_draft(act, &fact).await?;
    Ok(())
}
