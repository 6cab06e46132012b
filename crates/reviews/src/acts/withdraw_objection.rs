//! 撤回异议: the unit takes it back before it is decided.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Prepared, Route, Values};

use crate::{grants, store};

pub(crate) fn route() -> Route {
    let title = text!("撤回异议", "Take the objection back");
    Route::act("/objections/{id}/withdrawal", grants::WITHDRAW_OBJECTION, title)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(withdraw)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, id) = (call.read().await?, call.id("id")?);
    let objection = store::objection::reach(&mut tx, call.actor()?, id).await?;
    let review = store::review::review(&mut tx, call.city()?, objection.review_id).await?;
    let about = Some(objection.label(&review).of(call.lang).to_owned());
    let back = format!("/objections/{id}");
    Ok(Prepared { about, back, ..Prepared::default() })
}

async fn withdraw(call: Call, _values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, id).await).await?;
    Ok(Done::to(format!("/objections/{id}"), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let objection = store::objection::reach(act, actor, id).await?;
    let fact = objection.withdraw(actor, act.today())?;
    act.record(super::objection(id), &fact).await
}
