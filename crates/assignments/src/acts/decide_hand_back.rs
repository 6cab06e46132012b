//! 退回裁定: the bureau readdresses it or leaves it where it is, finally.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("unit", text!("改派单位", "New unit"))
        .hint(text!("不同意退回的，不选改派单位。", "Choose none to leave it where it is.")),
    FieldSpec::area("answer", text!("裁定意见", "Answer"), 500).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("裁定退回", "Decide the hand-back");
    Route::act("/assignments/{id}/hand-back/decision", grants::DECIDE_HAND_BACK, title)
        .help(text!(
            "裁定为最终决定；争议占用的工作日不计入时限。",
            "The decision is final; the working days of the dispute do not count."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(decide_hand_back)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, a) = super::about_assignment(call).await?;
    let mut tx = call.read().await?;
    let asked = store::card::newest(&store::card::hand_backs(&mut tx, call.city()?, a.id).await?)?;
    let units = people::store::units(&mut tx, call.city()?, call.today()).await?;
    let choices = units
        .into_iter()
        .filter(|u| u.id != a.unit_id)
        .map(|u| Choice::new(u.id, u.short_name))
        .collect();
    let intro = ui::part::details(&[(words::REASON.of(call.lang), maud::html! { (asked.reason) })]);
    Ok(Prepared { intro, ..prepared }.offer("unit", choices))
}

async fn decide_hand_back(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let (to, answer) = (values.id("unit"), values.text("answer"));
    let receipt = call.act(async |act| run(act, &actor, id, (to, answer)).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (to, answer): (Option<Uuid>, String),
) -> Result<()> {
    let city = act.jurisdiction();
    let calendar = super::calendar(act).await?;
    if let Some(unit) = to {
        people::store::unit(act, city, unit).await?.ok_or_else(journal::Error::missing)?;
    }
    let asked = store::card::newest(&store::card::hand_backs(act, city, id).await?)?;
    let latest = super::latest(act, id).await?;
    super::decide(act, actor, id, |a, today| {
        a.decide_hand_back(&asked, (to, answer), (today, &calendar, latest))
    })
    .await
}
