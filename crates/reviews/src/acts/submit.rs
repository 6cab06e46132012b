//! 呈批: the frozen review goes to the leader.

use journal::{Act, Result};
use kernel::{Actor, text};
use measures::ReviewMonth;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("note", text!("呈批说明", "Note to the leader"), 500)];

pub(crate) fn route() -> Route {
    Route::act("/reviews/{month}/submission", grants::SUBMIT, text!("呈批", "Submit to the leader"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(async { Ok(super::about(call).await?.0) }))
        .decide(submit)
}

async fn submit(call: Call, values: Values) -> Result<Done> {
    let note = values.text("note");
    super::on_review(&call, async |act, actor, month| run(act, actor, month, note).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    note: String,
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let fact = review.submit(actor, note)?;
    act.record(super::review(review.id), &fact).await
}
