//! 送审: an officer sends a draft into the chain, the first of its signatures.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Route, Values};

use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/slips/{id}/review", grants::SEND, text!("送审", "Send for signature"))
        .help(text!(
            "送审即由本人核定内容；之后由督查局负责人审签，按阶梯要求的再由分管市领导签发。",
            "Sending is the first signature; the chief signs next, and the leader where the ladder says so."
        ))
        .prepare(|call| Box::pin(async { Ok(super::about(call).await?.0) }))
        .decide(send)
}

async fn send(call: Call, _values: Values) -> Result<Done> {
    super::on_slip(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let (row, item) = super::reach(act, actor, id).await?;
    let former = store::card::before(act, &row).await?;
    row.supersedes(former.as_ref(), act.today())?;
    let fact = row.send(actor, &item, act.today())?;
    act.record(super::slip(id), &fact).await
}
