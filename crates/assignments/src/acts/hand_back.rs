//! 退回: wrongly addressed, within one working day.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("reason", text!("退回理由及应办单位", "Why, and who should handle it"), 500)
        .required()];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/hand-back", grants::HAND_BACK, text!("退回", "Hand back"))
        .help(text!("发错单位的事项，在交办后一个工作日内退回；督查局在一个工作日内作出最终决定，争议时间不计入时限。", "For what is wrongly addressed, within one working day; the bureau decides within one working day, finally, and those days do not count."))
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::about(call)))
        .decide(hand_back)
}

async fn hand_back(call: Call, _values: Values) -> Result<Done> {
    super::on_assignment(&call, run).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    let calendar = super::calendar(act).await?;
    let earlier = store::card::hand_backs(act, city, id).await?;
    super::decide(act, actor, id, |a, today| a.hand_back(actor, &earlier, (today, &calendar))).await
}
