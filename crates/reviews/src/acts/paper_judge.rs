//! 登记纸质审批: an officer enters who approved or returned a review on paper, and on which day.

use assignments::paper_signature::{self as on_paper, NOTE, SCAN, SIGNED_ON, SIGNER, VERDICT};
use assignments::sign_off::Signing;
use journal::Result;
use kernel::{Role, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::grants;

const FIELDS: &[FieldSpec] = &[SIGNER, SIGNED_ON, VERDICT, NOTE, SCAN];

pub(crate) fn route() -> Route {
    let title = text!("登记纸质审批", "Enter an approval on paper");
    Route::act("/reviews/{month}/paper-approval", grants::PAPER_JUDGE, title)
        .help(text!(
            "领导在纸上审批的，由督查局登记审批人和日期，页面注明“纸质签发”。",
            "For what was approved on paper; the page says that it was."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(judge)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, _) = super::about(call).await?;
    let posts =
        people::store::post_titles(&mut call.read().await?, call.city()?, call.today()).await?;
    let leaders = posts.into_iter().filter(|p| p.role == Role::Leader).collect();
    Ok(super::judge::offer(on_paper::offer(prepared, leaders, call.today()), call.lang))
}

async fn judge(call: Call, values: Values) -> Result<Done> {
    let (post, on) = on_paper::signer(&call, &values).await?;
    let (verdict, note) = (super::judge::verdict(&values)?, values.text("note"));
    super::on_review(&call, async |act, actor, month| {
        let paper = on_paper::paper(act, actor.account, &values, (&post, on)).await?;
        let paper_signer = Some((post.role, post.person_id));
        let signing = Signing { verdict, paper: Some(paper), paper_signer, note };
        super::judge::run(act, actor, month, signing).await
    })
    .await
}
