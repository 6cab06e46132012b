//! 更正事件: the same event once more, put right; the former vintage stays and counts until the
//! correction is checked.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use super::enter::Entry;
use super::enter_event::{HAPPENED_ON, HAPPENING, record};
use super::{FILES, ON, REFERENCE, TITLE};
use crate::facts::Said;
use crate::store::sheet;
use crate::tables::State;
use crate::{grants, observation, words};

const FIELDS: &[FieldSpec] = &[
    HAPPENED_ON,
    HAPPENING,
    TITLE,
    REFERENCE,
    ON,
    FILES,
    FieldSpec::line("reason", words::REASON, 200)
        .hint(text!("更正已核对的值时必填。", "Needed to correct what was checked.")),
];

pub(crate) fn route() -> Route {
    let title = text!("更正事件", "Correct the event");
    Route::act("/observations/{id}/correction", grants::CORRECT_EVENT, title)
        .submit(text!("提交核对", "Send to be checked"))
        .help(text!(
            "更正是新的一版，另一岗位核对后才替代原来的一版。单位填错的请撤销后重填。",
            "The correction is another vintage and stands in place of the former one once another post has checked it. If it is of another unit, withdraw it and enter it anew."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(correct)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, actor) = (call.read().await?, *call.actor()?);
    let one = sheet::reach(&mut tx, &actor, call.id("id")?).await?;
    let row = super::entered_as(&mut tx, &actor, (one.row.indicator_id, true)).await?;
    let unit = people::store::unit(&mut tx, actor.jurisdiction, one.row.unit_id).await?;
    let unit = unit.map_or(String::new(), |unit| unit.short_name);
    let month = one.row.month.named();
    let prepared = Prepared {
        about: Some(format!("{} · {unit} · {}", row.called(call.lang), month.of(call.lang))),
        back: super::observation_card(one.row.id),
        ..Prepared::default()
    };
    let prepared = match one.row.happened_on {
        Some(on) => prepared.fill("happened_on", on),
        None => prepared,
    };
    Ok(prepared
        .fill("happening", &one.row.happening)
        .fill("source_title", &one.source.title)
        .fill("source_reference", &one.source.reference)
        .fill("source_on", one.source.issued_on))
}

async fn correct(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let event = (values.day("happened_on").ok_or(Refusal::Missing)?, values.text("happening"));
    let said = (super::cited(&values, call.today())?, values.text("reason"));
    let receipt = call.act(async |act| run(act, &actor, id, (event, said)).await).await?;
    let mut tx = call.read().await?;
    let one = sheet::reach(&mut tx, &actor, id).await?.row;
    Ok(Done::to(super::sheet_card(one.indicator_id, one.month), receipt))
}

async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    ((happened_on, happening), (cited, reason)): ((Day, String), (super::Cited, String)),
) -> Result<()> {
    let one = sheet::reach(act, actor, id).await?.row;
    let (indicator, month) = (one.indicator_id, one.month);
    super::entered_as(act, actor, (indicator, true)).await?;
    observation::happened(happened_on, month, act.today())?;
    let all = sheet::vintages(act, actor, one.first_id).await?;
    let vintages: Vec<_> = all.iter().map(|one| &one.row).collect();
    let is_newest = vintages.iter().all(|other| other.n <= one.n);
    if !is_newest || one.state == State::Withdrawn {
        let told = text!(
            "请更正最新的一版；已撤销的请重新填报。",
            "Correct the newest vintage; what was withdrawn is entered anew."
        );
        return Err(Refusal::rule(told).into());
    }
    let said = Said { happened_on: Some(happened_on), happening, ..Said::default() };
    let Some(next) = observation::next(Uuid::now_v7(), one.unit_id, &vintages, said) else {
        return Err(Refusal::rule(text!("没有改动。", "Nothing was changed.")).into());
    };
    if observation::counting(&vintages).is_some() {
        super::enter::demand_reason(&reason)?;
    }
    let entry = Entry { month, reported: String::new(), cited, reason };
    record(act, actor, (indicator, vec![next]), entry).await
}
