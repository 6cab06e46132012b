//! 作废稿件: a draft is given up with its reason; its number is not used again.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::area("reason", words::REASON, 500).required()];

pub(crate) fn route() -> Route {
    Route::act(
        "/rule-sets/{id}/withdrawal",
        grants::DISCARD,
        text!("作废稿件", "Give up the draft"),
    )
    .help(text!(
        "作废后可以从已印发的版本另起草稿；版本号不再使用。",
        "Another draft can then be begun from an adopted version; the number is not used again."
    ))
    .danger()
    .fields(FIELDS)
    .prepare(|call| {
        Box::pin(async {
            let (prepared, reached) = super::about(call).await?;
            reached.open()?.may_be_written()?;
            Ok(prepared)
        })
    })
    .decide(discard)
}

async fn discard(call: Call, _values: Values) -> Result<Done> {
    super::on_rule_set(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let reached = super::reach(act, actor, id).await?;
    let fact = reached.open()?.discard()?;
    act.record(super::rule_set(id), &fact).await
}
