//! 纸质签发: an officer enters who signed a step on paper, and on which day; the page says so.

use journal::Result;
use kernel::{Role, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::paper_signature::{self as on_paper, NOTE, SCAN, SIGNED_ON, SIGNER, VERDICT};
use crate::sign_off::Signing;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[SIGNER, SIGNED_ON, VERDICT, NOTE, SCAN];

pub(crate) fn route() -> Route {
    let title = text!("登记纸质签发", "Enter a signature on paper");
    Route::act("/batches/{id}/paper-signature", grants::PAPER_SIGN, title)
        .help(text!(
            "领导在纸上签发的，由督查局登记签发人和日期，页面注明“纸质签发”。",
            "For what was signed on paper; the page says that it was."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(paper_sign)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let prepared = super::send_batch::about(call).await?;
    let mut tx = call.read().await?;
    let posts = people::store::post_titles(&mut tx, call.city()?, call.today()).await?;
    let signers = posts.into_iter().filter(|p| matches!(p.role, Role::Leader | Role::Chief));
    Ok(on_paper::offer(prepared, signers.collect(), call.today())
        .offer("verdict", super::sign_batch::verdicts(call.lang))
        .fill("verdict", crate::tables::Verdict::Agreed.word()))
}

async fn paper_sign(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let (post, on) = on_paper::signer(&call, &values).await?;
    let (verdict, note) = (super::sign_batch::verdict(&values)?, values.text("note"));
    let receipt = call
        .act(async |act| {
            store::batch::batch(act, actor.jurisdiction, id).await?;
            let paper = on_paper::paper(act, actor.account, &values, (&post, on)).await?;
            let paper_signer = Some((post.role, post.person_id));
            let signing = Signing { verdict, paper: Some(paper), paper_signer, note };
            super::sign_batch::run(act, &actor, id, signing).await
        })
        .await?;
    Ok(Done::to(super::batch_page(id), receipt))
}
