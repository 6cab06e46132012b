//! 送审: the drafter sends the draft into the sign-off chain.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Prepared, Route, Values};

use crate::batch::Chain;
use crate::tables::BatchKind;
use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/batches/{id}/review", grants::SEND_BATCH, text!("送审", "Send for sign-off"))
        .help(text!(
            "送审后不能修改，退回后可再修改。",
            "It cannot be changed while in review; it can after being returned."
        ))
        .prepare(|call| Box::pin(about(call)))
        .decide(send_batch)
}

/// A form about the batch in the path.
pub(super) async fn about(call: &Call) -> Result<Prepared> {
    let batch = store::batch::batch(&mut call.read().await?, call.city()?, call.id("id")?).await?;
    let back = super::batch_page(batch.id);
    Ok(Prepared { about: Some(batch.title), back, ..Prepared::default() })
}

async fn send_batch(call: Call, _values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, id).await).await?;
    Ok(Done::to(super::batch_page(id), receipt))
}

/// The chain in force for a kind of batch.
pub(crate) async fn chain(
    tx: &mut journal::Tx,
    city: kernel::Id<kernel::Jurisdiction>,
    kind: BatchKind,
) -> Result<Chain> {
    let [proposed, ..] = Chain::OFFERED;
    let setting = people::store::setting(tx, city, Chain::setting(kind), proposed).await?;
    Ok(Chain::of(&setting))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    let batch = store::batch::batch(act, city, id).await?;
    let chain = chain(act, city, batch.kind).await?;
    let lines = store::batch::lines(act, city, id).await?;
    let fact = batch.send(actor, &chain, &lines)?;
    act.record(super::batch(id), &fact).await
}
