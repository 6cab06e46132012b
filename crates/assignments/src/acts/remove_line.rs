//! 删除事项: takes a line out of a draft.

use journal::{Act, Result};
use kernel::{Refusal, text};
use uuid::Uuid;
use web::{Call, Done, Prepared, Route, Values};

use crate::facts::BatchFact;
use crate::{grants, store};

pub(crate) fn route() -> Route {
    let title = text!("删除事项", "Remove the item");
    Route::act("/batches/{id}/lines/{line}/removal", grants::REMOVE_LINE, title)
        .danger()
        .help(text!(
            "只从草稿中删除，不影响已交办的事项。",
            "Only from the draft; nothing issued changes."
        ))
        .prepare(|call| Box::pin(prepare(call)))
        .decide(remove_line)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let line = store::batch::line(&mut call.read().await?, call.city()?, call.id("line")?).await?;
    let back = super::batch_page(call.id("id")?);
    Ok(Prepared { about: Some(line.title), back, ..Prepared::default() })
}

async fn remove_line(call: Call, _values: Values) -> Result<Done> {
    let (batch, line) = (call.id("id")?, call.id("line")?);
    let receipt = call.act(async |act| run(act, batch, line).await).await?;
    Ok(Done::to(super::batch_page(batch), receipt))
}

pub(crate) async fn run(act: &mut Act, batch: Uuid, line: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    store::batch::batch(act, city, batch).await?.demand_draft()?;
    let row = store::batch::line(act, city, line).await?;
    if row.batch_id != batch {
        return Err(Refusal::Missing.into());
    }
    let units = store::batch::units(act, city, line).await?;
    let milestones = store::batch::milestones(act, city, line).await?;
    let fact = BatchFact::LineRemoved {
        line,
        units: units.into_iter().map(|u| u.unit_id).collect(),
        milestones: i64::try_from(milestones.len()).unwrap_or(i64::MAX),
    };
    act.record(super::batch(batch), &fact).await
}
