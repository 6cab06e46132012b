//! 签收: the unit takes the assignment on, and may say at once which of its posts sees to it.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use super::name_responsible;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[name_responsible::FIELD];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/acceptance", grants::ACCEPT, text!("签收", "Accept"))
        .help(text!("签收后开始办理；发错单位的，请在一个工作日内退回，不要签收。", "Handling begins with acceptance; what is wrongly addressed is handed back within one working day instead."))
        .fields(FIELDS)
        .prepare(|call| Box::pin(name_responsible::prepare(call)))
        .decide(accept)
}

async fn accept(call: Call, values: Values) -> Result<Done> {
    // A form that does not speak of it, or leaves it empty, changes nothing.
    let responsible = values.opt("responsible");
    super::on_assignment(&call, async move |act, actor, id| run(act, actor, id, responsible).await)
        .await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    responsible: Option<String>,
) -> Result<()> {
    super::decide(act, actor, id, |a, today| a.accept(actor, today)).await?;
    let city = act.jurisdiction();
    let known = store::own_part(act, city, id, actor.unit).await?.responsible;
    match responsible.filter(|said| *said != known) {
        Some(responsible) => name_responsible::run(act, actor, id, responsible).await,
        None => Ok(()),
    }
}
