//! 撤销填报值: with its reason; what was entered stays to be read.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::store::sheet;
use crate::{grants, words};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("reason", text!("撤销理由", "Reason"), 300).required()];

pub(crate) fn route() -> Route {
    Route::act("/observations/{id}/withdrawal", grants::WITHDRAW, words::WITHDRAW)
        .help(text!(
            "撤销后不再计入；已冻结的月讲评不变。已核对的值由督查局撤销，并告知单位。",
            "It counts no longer; reviews that are frozen stay. What was checked is withdrawn by the bureau, and its unit is told."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(withdraw)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, actor) = (call.read().await?, *call.actor()?);
    let one = sheet::reach(&mut tx, &actor, call.id("id")?).await?;
    let row = super::known(&mut tx, actor.jurisdiction, one.row.indicator_id).await?;
    let unit = people::store::unit(&mut tx, actor.jurisdiction, one.row.unit_id).await?;
    let unit = unit.map_or(String::new(), |unit| unit.short_name);
    one.row.withdraw(&row, &actor, (String::new(), call.today()))?;
    let month = one.row.month.named();
    let about = Some(format!("{} · {unit} · {}", row.called(call.lang), month.of(call.lang)));
    Ok(Prepared { about, back: super::observation_card(one.row.id), ..Prepared::default() })
}

async fn withdraw(call: Call, values: Values) -> Result<Done> {
    let (id, actor, reason) = (call.id("id")?, *call.actor()?, values.text("reason"));
    let receipt = call.act(async |act| run(act, &actor, id, reason).await).await?;
    Ok(Done::to(super::observation_card(id), receipt))
}

async fn run(act: &mut Act, actor: &Actor, id: Uuid, reason: String) -> Result<()> {
    let one = sheet::reach(act, actor, id).await?.row;
    let (city, of) = (actor.jurisdiction, (one.indicator_id, one.month));
    let indicator = super::known(act, city, one.indicator_id).await?;
    let fact = one.withdraw(&indicator, actor, (reason, act.today()))?;
    let subject = super::sheet(super::sheet_id(act, city, of).await?);
    act.record(subject, &fact).await
}
