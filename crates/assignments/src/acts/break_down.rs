//! 分解: the unit hands parts to units below it, never later than its own day. The parent's day
//! does not move.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, msg, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::{Brief, Clocks, Fact, Part};
use crate::tables::{AssignmentRow, Rhythm, State, UnitRole};
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::many("units", text!("分解到", "To which units")).required(),
    FieldSpec::area("demand", text!("工作要求", "Demand"), 2_000).required(),
    FieldSpec::day("due", text!("完成时限", "Due day")).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/breakdown", grants::BREAK_DOWN, text!("分解", "Break down"))
        .help(text!("分解时限不得晚于本单位时限。", "Never later than the unit's own day."))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(break_down)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, a) = super::about_assignment(call).await?;
    let mut tx = call.read().await?;
    let units = people::store::units(&mut tx, call.city()?, call.today()).await?;
    let choices = units
        .into_iter()
        .filter(|u| u.parent_id == Some(a.unit_id))
        .map(|u| Choice::new(u.id, u.short_name))
        .collect();
    Ok(prepared.offer("units", choices).fill("demand", &a.demand).fill("due", a.due_on))
}

async fn break_down(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let due = values.day("due").ok_or(Refusal::Missing)?;
    let parts = (values.ids("units"), values.text("demand"), due);
    let receipt = call.act(async |act| run(act, &actor, id, parts).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (units, demand, due): (Vec<Uuid>, String, Day),
) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let a = store::reach(act, actor, id).await?;
    check(&a, actor, today, due)?;
    let former = store::card::children(act, city, id).await?;
    for unit in units {
        let row = people::store::unit(act, city, unit).await?;
        let row = row.filter(|u| u.parent_id == Some(a.unit_id)).ok_or(Refusal::Missing)?;
        let name = row.short_name;
        if former.iter().any(|c| c.unit_id == unit && c.is_open) {
            return Err(Refusal::field(
                "units",
                msg!("{name}已有分解事项正在办理。", "{name} handles a part of it already."),
            )
            .into());
        }
        let child = Uuid::now_v7();
        let fact = part(&a, (&name, unit), (&demand, today, due));
        act.record(super::assignment(child), &fact).await?;
    }
    Ok(())
}

fn check(
    a: &AssignmentRow,
    actor: &Actor,
    today: Day,
    due: Day,
) -> std::result::Result<(), Refusal> {
    if !a.is_of(actor) {
        return Err(Refusal::Missing);
    }
    if a.state != State::Handling || a.stopped {
        return Err(Refusal::rule(text!(
            "签收后、报结前才能分解。",
            "It is broken down after acceptance and before submission."
        )));
    }
    if due > a.due_on || due < today {
        let own = a.due_on;
        return Err(Refusal::field(
            "due",
            msg!("分解时限须在今天至 {own} 之间。", "The day must lie between today and {own}."),
        ));
    }
    Ok(())
}

fn part(
    a: &AssignmentRow,
    (name, unit): (&str, Uuid),
    (demand, on, due): (&str, Day, Day),
) -> Fact {
    Fact::Issued {
        batch: a.batch_id,
        line: a.line_id,
        parent: Some(a.id),
        label: format!("{}/{name}", a.label),
        unit,
        brief: brief(a, demand),
        goal: None,
        parts: vec![Part::of(unit, UnitRole::Lead)],
        milestones: Vec::new(),
        source: super::assignment(a.id),
        on,
        due,
        clocks: Clocks {
            hand_back_days: a.hand_back_days,
            answer_days: a.answer_days,
            verify_days: a.verify_days,
        },
    }
}

/// What a part is asked: as the whole, with its own demand, verified by the unit above.
fn brief(a: &AssignmentRow, demand: &str) -> Brief {
    Brief {
        title: a.title.clone(),
        demand: demand.to_owned(),
        standard: a.standard.clone(),
        work_line: a.work_line_id,
        basis: a.basis.clone(),
        urgency: a.urgency,
        importance: a.importance,
        leader: a.leader_post_id,
        raised_by: None,
        rhythm: Rhythm::Once,
        verifier: crate::tables::Verifier::Bureau,
        quantity_unit: String::new(),
        evidence: a.evidence.clone(),
        contact: a.contact.clone(),
        restricted: a.restricted,
        profile: a.profile.clone(),
        report_day: a.report_day,
        report_hour: a.report_hour,
    }
}
