//! 撤销 by the bureau's chief.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::grants;
use crate::tables::AssignmentRow;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("reason", text!("撤销原因", "Why it is withdrawn"), 500).required()];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/withdrawal", grants::WITHDRAW, text!("撤销", "Withdraw"))
        .danger()
        .help(text!(
            "撤销后事项不再办理，编号保留并注明原因。",
            "It is no longer handled; its number is kept with the reason."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::about(call)))
        .decide(withdraw)
}

async fn withdraw(call: Call, _values: Values) -> Result<Done> {
    super::on_assignment(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    super::decide(act, actor, id, AssignmentRow::withdraw).await
}
