//! 归档 of a closed assignment.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Route, Values};

use crate::grants;

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/archiving", grants::ARCHIVE, text!("归档", "Archive"))
        .help(text!(
            "办结事项归入卷宗，不再出现在待办中。",
            "Puts a closed assignment into the files."
        ))
        .prepare(|call| Box::pin(super::about(call)))
        .decide(archive)
}

async fn archive(call: Call, _values: Values) -> Result<Done> {
    super::on_assignment(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    super::decide(act, actor, id, |a, _today| a.archive()).await
}
