//! 节点完成: a milestone of a long assignment was reached.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[FieldSpec::choice("n", text!("节点", "Milestone")).required()];

pub(crate) fn route() -> Route {
    let title = text!("节点完成", "Milestone reached");
    Route::act("/assignments/{id}/milestones", grants::REACH_MILESTONE, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(reach_milestone)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, a) = super::about_assignment(call).await?;
    let mut tx = call.read().await?;
    let milestones = store::card::milestones(&mut tx, call.city()?, a.id).await?;
    let choices = milestones
        .into_iter()
        .filter(|m| m.reached_on.is_none())
        .map(|m| Choice::new(m.n, format!("{} · {}", m.due_on, m.title)))
        .collect();
    Ok(prepared.offer("n", choices))
}

async fn reach_milestone(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let n = values.number("n").ok_or(Refusal::Missing)?;
    let receipt = call.act(async |act| run(act, &actor, id, n).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, n: i64) -> Result<()> {
    let city = act.jurisdiction();
    let milestones = store::card::milestones(act, city, id).await?;
    let waiting = milestones.iter().any(|m| m.n == n && m.reached_on.is_none());
    super::decide(act, actor, id, |a, today| {
        if !a.is_of(actor) || !waiting || !a.state.is_open() {
            return Err(Refusal::Missing);
        }
        Ok(Fact::MilestoneReached { n, on: today })
    })
    .await
}
