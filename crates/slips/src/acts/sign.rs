//! 审签: a step of a slip's chain, signed in the program.

use assignments::sign_off::Signing;
use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] = &super::signature_fields("note");

pub(crate) fn route() -> Route {
    let title = text!("审签督办单", "Sign the slip");
    super::signature("/slips/{id}/signature", grants::SIGN, title, FIELDS).decide(sign)
}

async fn sign(call: Call, values: Values) -> Result<Done> {
    let signing = Signing::here(super::verdict(&values)?, values.text("note"));
    super::on_slip(&call, async |act, actor, id| run(act, actor, id, signing).await).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, signing: Signing) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    let former = store::card::signs(act, actor.jurisdiction, id).await?;
    let signed = former.iter().map(|s| (s.step, s.post_id, s.paper_signer_post_id.is_some()));
    let holders = assignments::store::signers_since_sent(act, actor.jurisdiction, signed).await?;
    let fact = row.sign(actor, &former, signing.clone())?;
    signing.demand_others(actor, &holders)?;
    act.record(super::slip(id), &fact).await
}
