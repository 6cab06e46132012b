//! 填报事件: one event of a unit, with its day and the document that tells of it.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use super::enter::Entry;
use super::{FILES, ON, REFERENCE, TITLE};
use crate::facts::{Entered, Fact, Said};
use crate::observation;
use crate::{grants, words};

pub(super) const HAPPENED_ON: FieldSpec =
    FieldSpec::day("happened_on", words::HAPPENED_ON).required();
pub(super) const HAPPENING: FieldSpec =
    FieldSpec::area("happening", words::HAPPENING, 500).required();

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("unit", words::UNIT).required(),
    HAPPENED_ON,
    HAPPENING,
    TITLE,
    REFERENCE,
    ON,
    FILES,
];

pub(crate) fn route() -> Route {
    Route::act("/indicators/{id}/{month}/events", grants::ENTER_EVENT, words::ENTER_EVENT)
        .submit(text!("提交核对", "Send to be checked"))
        .help(text!(
            "一次填一件。另一岗位核对后计入这个月讲评月份，单位即可查看。",
            "One at a time. Once another post has checked it, it counts in this month of review and its unit sees it."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(enter_event)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, actor, month) = (call.read().await?, *call.actor()?, super::month(call)?);
    let row = super::entered_as(&mut tx, &actor, (call.id("id")?, true)).await?;
    observation::may_enter(&row, month, call.today())?;
    let units = super::concerned(&mut tx, &row, month).await?;
    let choice =
        |one: super::Concerned| Choice::new(one.unit.id, one.unit.short_name).under(one.group);
    let prepared = Prepared {
        about: Some(format!("{} · {}", row.called(call.lang), month.named().of(call.lang))),
        back: super::sheet_card(row.id, month),
        ..Prepared::default()
    };
    Ok(prepared.offer("unit", units.into_iter().map(choice).collect()))
}

async fn enter_event(call: Call, values: Values) -> Result<Done> {
    let (id, actor, month) = (call.id("id")?, *call.actor()?, super::month(&call)?);
    let not_offered = || Refusal::field("unit", words::CHOOSE_ONE);
    let unit = values.id("unit").ok_or_else(not_offered)?;
    let event = (values.day("happened_on").ok_or(Refusal::Missing)?, values.text("happening"));
    let cited = super::cited(&values, call.today())?;
    let entry = Entry { month, reported: String::new(), cited, reason: String::new() };
    let receipt = call.act(async |act| run(act, &actor, (id, unit), (entry, event)).await).await?;
    Ok(Done::to(super::sheet_card(id, month), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    (id, unit): (Uuid, Uuid),
    (entry, (happened_on, happening)): (Entry, (Day, String)),
) -> Result<()> {
    let (month, on) = (entry.month, act.today());
    let row = super::entered_as(act, actor, (id, true)).await?;
    observation::may_enter(&row, month, on)?;
    observation::happened(happened_on, month, on)?;
    let units = super::concerned(act, &row, month).await?;
    if units.iter().all(|one| one.unit.id != unit) {
        return Err(Refusal::field("unit", words::CHOOSE_ONE).into());
    }
    let said = Said { happened_on: Some(happened_on), happening, ..Said::default() };
    let event = Uuid::now_v7();
    let values = vec![Entered { id: event, first: event, n: 1, instead: None, unit, said }];
    record(act, actor, (id, values), entry).await
}

/// Records an event or its correction.
pub(super) async fn record(
    act: &mut Act,
    actor: &Actor,
    (indicator, values): (Uuid, Vec<Entered>),
    Entry { month, cited, reason, .. }: Entry,
) -> Result<()> {
    let sheet = super::sheet_id(act, actor.jurisdiction, (indicator, month)).await?;
    let source = super::source(act, actor.account, cited).await?;
    let (hand, on, reported) = (observation::hand(actor), act.today(), String::new());
    let fact = Fact::Entered { indicator, month, reported, source, values, reason, hand, on };
    act.record(super::sheet(sheet), &fact).await
}
