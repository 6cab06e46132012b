//! 并入: handled together with another open assignment of the same unit.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::store::register::{self, Filter};
use crate::{grants, pages, store};

/// Assignments offered at most.
const OFFERED_MAX: i64 = 200;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("into", text!("并入事项", "Into which assignment")).required(),
    FieldSpec::area("reason", text!("并入原因", "Why they are merged"), 500).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/merger", grants::MERGE, text!("并入", "Merge"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(merge)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, a) = super::about_assignment(call).await?;
    let mut tx = call.read().await?;
    let edges = pages::edges(call, &mut tx).await?;
    let filter = Filter { unit: Some(a.unit_id), open: Some(true), ..Filter::default() };
    let list = register::list(&mut tx, call.actor()?, &filter, &edges, OFFERED_MAX).await?;
    let choices = list
        .into_iter()
        .filter(|l| l.row.id != a.id && l.row.unit_id == a.unit_id)
        .map(|l| Choice::new(l.row.id, format!("{} {}", l.row.label, l.row.title)))
        .collect();
    Ok(prepared.offer("into", choices))
}

async fn merge(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let into = values.id("into").ok_or(Refusal::Missing)?;
    let receipt = call.act(async |act| run(act, &actor, id, into).await).await?;
    Ok(Done::to(super::card(into), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, into: Uuid) -> Result<()> {
    let other = store::reach(act, actor, into).await?;
    super::decide(act, actor, id, |a, today| a.merge(&other, today)).await
}
