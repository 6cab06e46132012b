//! 修改督办单: the words of a draft, also of one that the program proposed.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Prepared, Route, Values};

use crate::facts::Wording;
use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/slips/{id}/text", grants::WRITE, text!("修改督办单", "Change the words"))
        .fields(super::draft::FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(write)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, row) = super::about(call).await?;
    row.write(Wording::default())?;
    let wording = Wording {
        finding: row.finding,
        demand: row.demand,
        consequence: row.consequence,
        copies: row.copies,
    };
    Ok(super::worded(prepared, &wording))
}

async fn write(call: Call, values: Values) -> Result<Done> {
    let wording = super::wording(&values);
    super::on_slip(&call, async |act, actor, id| run(act, actor, id, wording).await).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, wording: Wording) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    act.record(super::slip(id), &row.write(wording)?).await
}
