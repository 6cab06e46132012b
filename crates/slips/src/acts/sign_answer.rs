//! 审签回执: the head signs what the liaison wrote, or sends it back.

use assignments::tables::Verdict;
use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] = &super::signature_fields("words");

pub(crate) fn route() -> Route {
    let title = text!("审签回执", "Sign the answer");
    super::signature("/slips/{id}/answers/signature", grants::SIGN_ANSWER, title, FIELDS)
        .decide(sign_answer)
}

async fn sign_answer(call: Call, values: Values) -> Result<Done> {
    let said = (super::verdict(&values)?, values.text("words"));
    super::on_slip(&call, async |act, actor, id| run(act, actor, id, said).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    said: (Verdict, String),
) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    let answer = super::answer_of(act, &row).await?;
    let fact = row.sign_answer(actor, &answer, said, act.today())?;
    act.record(super::slip(id), &fact).await
}
