//! 送审: an officer sends the draft to the chief, once nothing in it is wrong or forbidden.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::draft::Draft;
use crate::grants;
use crate::known::{self, Names};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("note", text!("起草说明（可不填）", "Remark, if any"), 500)];

pub(crate) fn route() -> Route {
    Route::act("/rule-sets/{id}/submission", grants::SEND, text!("送审", "Send for check"))
        .help(text!(
            "由督查局负责人审核；起草和送审的人不审核。送审后不能修改，负责人可以退回。",
            "The chief checks it; who drafted or sent it does not. It cannot be changed until it is returned."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(async {
            let (prepared, reached) = super::about(call).await?;
            reached.open()?.may_be_written()?;
            Ok(prepared)
        }))
        .decide(send)
}

async fn send(call: Call, values: Values) -> Result<Done> {
    let names = known::names(&mut call.read().await?, &call).await?;
    let note = values.text("note");
    super::on_rule_set(&call, async |act, actor, id| run(act, actor, (id, &names), note).await)
        .await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    (id, names): (Uuid, &Names),
    note: String,
) -> Result<()> {
    let reached = super::reach(act, actor, id).await?;
    let version = reached.open()?;
    let draft = Draft::stored(&version.document)?;
    let fact = version.send(actor, (&draft, names), note)?;
    act.record(super::rule_set(id), &fact).await
}
