//! 印发督办单: the number of the year and the deadline of the answer are given now.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, Route, Values};

use crate::facts::Fact;
use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/slips/{id}/issue", grants::ISSUE, text!("印发督办单", "Issue the slip"))
        .help(text!(
            "印发后编号和反馈期限不再改变，被督办单位立即收到；上一级未反馈的督办单由本单替代。事项的完成时限不变。",
            "Number and deadline are fixed and the unit has it at once; a lower slip that was not answered is superseded. The item's due day stays as it is."
        ))
        .prepare(|call| Box::pin(async { Ok(super::about(call).await?.0) }))
        .decide(issue)
}

async fn issue(call: Call, _values: Values) -> Result<Done> {
    super::on_slip(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let (row, item) = super::reach(act, actor, id).await?;
    let former = store::card::before(act, &row).await?;
    let (city, today) = (act.jurisdiction(), act.today());
    let number = store::next_number(act, city, i64::from(today.year())).await?;
    let time = store::times(act, city, (row.assignment_id, row.unit_id)).await? + 1;
    let calendar = super::calendar(act).await?;
    let fact = row.issue(&item, (number, time), (today, &calendar))?;
    let superseded = row.supersedes(former.as_ref(), today)?;
    act.record(super::slip(id), &fact).await?;
    if let Some(former) = superseded {
        let fact = Fact::Superseded { by: id, on: today };
        act.record(super::slip(former), &fact).await?;
    }
    Ok(())
}
