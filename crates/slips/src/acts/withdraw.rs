//! 撤销督办单: with its reason; what was issued keeps its number.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("reason", text!("撤销理由", "Reason"), 500).required()];

pub(crate) fn route() -> Route {
    Route::act("/slips/{id}/withdrawal", grants::WITHDRAW, text!("撤销督办单", "Withdraw the slip"))
        .help(text!(
            "已印发的只能由督查局负责人撤销，编号保留；程序不会就同一级再次提出。",
            "Once issued only the chief withdraws it and its number stays; the program does not propose this step again."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(async { Ok(super::about(call).await?.0) }))
        .decide(withdraw)
}

async fn withdraw(call: Call, _values: Values) -> Result<Done> {
    super::on_slip(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    let fact = row.withdraw(actor, act.today())?;
    act.record(super::slip(id), &fact).await
}
