//! 签收: the unit takes the assignment on.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Route, Values};

use crate::grants;

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/acceptance", grants::ACCEPT, text!("签收", "Accept"))
        .help(text!("签收后开始办理；发错单位的，请在一个工作日内退回，不要签收。", "Handling begins with acceptance; what is wrongly addressed is handed back within one working day instead."))
        .prepare(|call| Box::pin(super::about(call)))
        .decide(accept)
}

async fn accept(call: Call, _values: Values) -> Result<Done> {
    super::on_assignment(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    super::decide(act, actor, id, |a, today| a.accept(actor, today)).await
}
