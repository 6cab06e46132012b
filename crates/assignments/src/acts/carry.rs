//! 续办: lists open assignments again. The same assignments, their clocks and due days
//! unchanged, never copies.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::batch::LINES_MAX;
use crate::facts::BatchFact;
use crate::store::register::{self, Filter};
use crate::{grants, pages, store};

/// Open assignments offered at most, the earliest due first.
const OFFERED_MAX: i64 = 300;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::many("assignments", text!("续办事项", "Open assignments")).required()];

pub(crate) fn route() -> Route {
    Route::act("/batches/{id}/carried/new", grants::CARRY, text!("列入续办", "Carry over"))
        .help(text!(
            "同一事项再次列入清单，计时和时限不变。",
            "The same assignment is listed again; its clock and due day do not change."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(carry)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, id) = (call.read().await?, call.id("id")?);
    let edges = pages::edges(call, &mut tx).await?;
    let filter = Filter { open: Some(true), ..Filter::default() };
    let open = register::list(&mut tx, call.actor()?, &filter, &edges, OFFERED_MAX).await?;
    let listed = store::batch::lines(&mut tx, call.city()?, id).await?;
    let choices = open
        .into_iter()
        .filter(|o| !listed.iter().any(|l| l.carried_id == Some(o.row.id)))
        .map(|o| {
            let label = format!("{} {}（{}，{}）", o.row.label, o.row.title, o.unit, o.row.due_on);
            Choice::new(o.row.id, label)
        })
        .collect();
    let prepared = Prepared { back: super::batch_page(id), ..Prepared::default() };
    Ok(prepared.offer("assignments", choices))
}

async fn carry(call: Call, values: Values) -> Result<Done> {
    let (batch, actor) = (call.id("id")?, *call.actor()?);
    let ids = values.ids("assignments");
    let receipt = call.act(async |act| run(act, &actor, batch, ids).await).await?;
    Ok(Done::to(super::batch_page(batch), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, batch: Uuid, ids: Vec<Uuid>) -> Result<()> {
    let city = act.jurisdiction();
    store::batch::batch(act, city, batch).await?.demand_draft()?;
    let listed = store::batch::lines(act, city, batch).await?;
    let first = listed.last().map_or(0, |l| l.sort);
    let mut sort = first;
    if listed.len() + ids.len() > LINES_MAX {
        let text = text!("一个批次最多 200 项。", "A batch has at most 200 items.");
        return Err(Refusal::rule(text).into());
    }
    for id in ids {
        let a = store::reach(act, actor, id).await?;
        if !a.is_open || listed.iter().any(|l| l.carried_id == Some(id)) {
            continue;
        }
        sort += 1;
        let title = a.title;
        let fact = BatchFact::LineCarried { line: Uuid::now_v7(), sort, assignment: id, title };
        act.record(super::batch(batch), &fact).await?;
    }
    if sort == first {
        let text =
            text!("所选事项已办结或已列入。", "What was chosen is closed or listed already.");
        return Err(Refusal::rule(text).into());
    }
    Ok(())
}
