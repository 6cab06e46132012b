//! 登记纸质签发: the unit enters that its head signed the weekly answer on paper.

use journal::Result;
use kernel::text;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use super::sign_weekly;
use crate::paper_signature::{self as on_paper, SCAN_OF_UNIT, SIGNED_ON, SIGNER};
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[SIGNER, SIGNED_ON, SCAN_OF_UNIT];

pub(crate) fn route() -> Route {
    let title = text!("登记周反馈纸质签发", "Enter that it was signed on paper");
    Route::act("/weekly/{id}/paper-signature", grants::PAPER_WEEKLY, title)
        .help(text!(
            "负责人在纸上签发的，登记签发人和日期；页面注明“纸质签发”。",
            "For what the head signed on paper; the page says that it was."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(paper_weekly)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let answer = store::weekly::reach(&mut call.read().await?, call.actor()?, id).await?;
    let prepared = Prepared {
        about: Some(answer.monday.to_string()),
        back: sign_weekly::page(id),
        ..Prepared::default()
    };
    let heads = on_paper::heads(call, answer.unit_id).await?;
    Ok(on_paper::offer(prepared, heads, call.today()))
}

async fn paper_weekly(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let (post, on) = on_paper::head(&call, &values, actor.unit).await?;
    let receipt = call
        .act(async |act| {
            store::weekly::reach(act, &actor, id).await?;
            let paper = on_paper::paper(act, actor.account, &values, (&post, on)).await?;
            sign_weekly::sign(act, &actor, id, Some(paper)).await
        })
        .await?;
    Ok(Done::to(sign_weekly::page(id), receipt))
}
