//! 责任岗位: a unit says which of its posts sees to an assignment, and how to reach it. A post and
//! an office's telephone, so that it holds when people move; the journal keeps who it was before.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use super::write_line::RESPONSIBLE_MAX;
use crate::{grants, store, words};

pub(super) const FIELD: FieldSpec =
    FieldSpec::line("responsible", words::RESPONSIBLE, RESPONSIBLE_MAX).hint(text!(
        "写岗位和办公电话，如“城建科科长，内线 6018”，不写姓名和手机号。",
        "A post and an office telephone, such as “head of section, ext. 6018”; no name, no mobile number."
    ));

const FIELDS: &[FieldSpec] = &[FIELD.required()];

pub(crate) fn route() -> Route {
    let title = text!("明确责任岗位", "Name the responsible post");
    Route::act("/assignments/{id}/responsible", grants::NAME_RESPONSIBLE, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(name_responsible)
}

/// The form as the unit last said it.
pub(super) async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, a) = super::about_assignment(call).await?;
    let (mut tx, city, unit) = (call.read().await?, call.city()?, call.actor()?.unit);
    let own = store::own_part(&mut tx, city, a.id, unit).await?;
    Ok(prepared.fill("responsible", own.responsible))
}

async fn name_responsible(call: Call, values: Values) -> Result<Done> {
    let responsible = values.text("responsible");
    super::on_assignment(&call, async move |act, actor, id| run(act, actor, id, responsible).await)
        .await
}

/// Whoever takes part says it of itself, while the assignment is open.
pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, responsible: String) -> Result<()> {
    let city = act.jurisdiction();
    let own = store::own_part(act, city, id, actor.unit).await?;
    super::decide(act, actor, id, |a, _| a.name_responsible(&own, responsible)).await
}
