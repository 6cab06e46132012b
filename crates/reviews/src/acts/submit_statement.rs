//! 提交表态发言: the unit's head submits it to the bureau.

use journal::{Act, Result};
use kernel::{Actor, text};
use web::{Call, Done, Route, Values};

use super::statement::{self, At};
use crate::grants;

pub(crate) fn route() -> Route {
    let title = text!("提交表态发言", "Submit the statement");
    Route::act("/reviews/{month}/statements/{unit}/submission", grants::SUBMIT_STATEMENT, title)
        .help(text!(
            "由单位负责人提交；提交后督查局审阅，退回才能再改。",
            "The unit's head submits it; after that it can be changed only when the bureau returns it."
        ))
        .prepare(|call| Box::pin(async { Ok(statement::about(call).await?.0) }))
        .decide(submit)
}

async fn submit(call: Call, _values: Values) -> Result<Done> {
    statement::on(&call, async |act, actor, at| run(act, actor, at).await).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, at: At) -> Result<()> {
    let (_, row) = statement::reach(act, actor, at).await?;
    let fact = row.submit(actor, act.today())?;
    act.record(super::statement_subject(row.id), &fact).await
}
