//! 延期审签: the unit's head endorses what the liaison asked.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Route, Values};

use crate::{grants, store};

pub(crate) fn route() -> Route {
    let title = text!("审签延期申请", "Endorse the extension");
    Route::act("/assignments/{id}/extensions/endorsement", grants::ENDORSE_EXTENSION, title)
        .prepare(|call| Box::pin(super::about(call)))
        .decide(endorse_extension)
}

async fn endorse_extension(call: Call, _values: Values) -> Result<Done> {
    super::on_assignment(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    let asked = store::card::newest(&store::card::extensions(act, city, id).await?)?;
    super::decide(act, actor, id, |a, today| a.endorse_extension(&asked, actor, today)).await
}
