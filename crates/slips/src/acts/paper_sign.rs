//! 纸质签发: an officer enters who signed a step of a slip's chain on paper, and on which day; the
//! page says so.

use assignments::paper_signature::{self as on_paper, NOTE, SCAN, SIGNED_ON, SIGNER, VERDICT};
use assignments::sign_off::Signing;
use journal::Result;
use kernel::{Refusal, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[SIGNER, SIGNED_ON, VERDICT, NOTE, SCAN];

pub(crate) fn route() -> Route {
    let title = text!("登记纸质签发", "Enter a signature on paper");
    Route::act("/slips/{id}/paper-signature", grants::PAPER_SIGN, title)
        .help(text!(
            "领导在纸上签发的，由督查局登记签发人和日期，页面注明“纸质签发”。",
            "For what was signed on paper; the page says that it was."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(paper_sign)
}

/// Only who could sign this step in the program is offered.
async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, row) = super::about(call).await?;
    let wanted = row.awaits().ok_or_else(crate::slip::wrong_state)?;
    let (mut tx, city) = (call.read().await?, call.city()?);
    let mut signers = Vec::new();
    for post in people::store::post_titles(&mut tx, city, call.today()).await? {
        if post.role == wanted && store::reaches(&mut tx, city, (post.id, wanted), row.id).await? {
            signers.push(post);
        }
    }
    Ok(super::agreed(on_paper::offer(prepared, signers, call.today()), call.lang))
}

async fn paper_sign(call: Call, values: Values) -> Result<Done> {
    let (post, on) = on_paper::signer(&call, &values).await?;
    let (verdict, note) = (super::verdict(&values)?, values.text("note"));
    super::on_slip(&call, async |act, actor, id| {
        store::reach(act, actor, id).await?;
        if !store::reaches(act, actor.jurisdiction, (post.id, post.role), id).await? {
            let told = text!("该督办单不由此人签发。", "This slip is not theirs to sign.");
            return Err(Refusal::field("signer", told).into());
        }
        let paper = on_paper::paper(act, actor.account, &values, (&post, on)).await?;
        let paper_signer = Some((post.role, post.person_id));
        let signing = Signing { verdict, paper: Some(paper), paper_signer, note };
        super::sign::run(act, actor, id, signing).await
    })
    .await
}
