//! 纸质签发: an officer enters who signed a step on paper, and on which day; the page says so.

use journal::Result;
use kernel::{Refusal, Role, text};
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::batch::Signing;
use crate::facts::Paper;
use crate::{grants, store};

/// Files of one paper at most.
const SCANS_MAX: usize = 5;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("signer", text!("签发人", "Who signed")).required(),
    FieldSpec::day("signed_on", text!("签发日期", "Signed on")).required(),
    FieldSpec::choice("verdict", text!("审签意见", "Verdict")).required(),
    FieldSpec::area("note", text!("意见（退回须写明）", "Remark"), 500),
    FieldSpec::files("scan", text!("签发件扫描", "Scan of the paper"), SCANS_MAX).hint(text!(
        "领导签批稿的扫描件或照片；涉密件不得上传。",
        "The signed paper, scanned; nothing classified."
    )),
];

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
    let signers = posts
        .into_iter()
        .filter(|p| matches!(p.role, Role::Leader | Role::Chief))
        .map(|p| Choice::new(p.id, p.text()))
        .collect();
    Ok(prepared
        .offer("signer", signers)
        .offer("verdict", super::sign_batch::verdicts(call.lang))
        .fill("verdict", crate::tables::Verdict::Agreed.word())
        .fill("signed_on", call.today()))
}

async fn paper_sign(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let signer = values.id("signer").ok_or(Refusal::Missing)?;
    let on = values.day("signed_on").ok_or(Refusal::Missing)?;
    if on > call.today() {
        let text = text!("签发日期不能晚于今天。", "The day of signing cannot be after today.");
        return Err(Refusal::field("signed_on", text).into());
    }
    let (verdict, note) = (super::sign_batch::verdict(&values)?, values.text("note"));
    let post = people::store::post(&mut call.read().await?, call.city()?, signer).await?;
    let post = post.ok_or(Refusal::Missing)?;
    let receipt = call
        .act(async |act| {
            store::batch::batch(act, actor.jurisdiction, id).await?;
            let scans = super::attached(act, actor.account, &values.ids("scan")).await?;
            let signing = Signing {
                verdict,
                paper: Some(Paper { signer, on, scans }),
                paper_signer: Some((post.role, post.person_id)),
                note: note.clone(),
            };
            super::sign_batch::run(act, &actor, id, signing).await
        })
        .await?;
    Ok(Done::to(super::batch_page(id), receipt))
}
