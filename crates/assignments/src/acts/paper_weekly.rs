//! 登记纸质签发: the unit enters that its head signed the weekly answer on paper.

use journal::Result;
use kernel::{Refusal, Role, text};
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use super::sign_weekly;
use crate::facts::Paper;
use crate::{grants, store};

/// Files of one paper at most.
const SCANS_MAX: usize = 5;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("signer", text!("签发人", "Who signed")).required(),
    FieldSpec::day("signed_on", text!("签发日期", "Signed on")).required(),
    FieldSpec::files(
        "scan",
        text!("签发件扫描（可不上传）", "Scan of the paper, if wanted"),
        SCANS_MAX,
    ),
];

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
    let (mut tx, id) = (call.read().await?, call.id("id")?);
    let answer = store::weekly::reach(&mut tx, call.actor()?, id).await?;
    let posts = people::store::post_titles(&mut tx, call.city()?, call.today()).await?;
    let heads = posts.into_iter().filter(|p| p.role == Role::Head && p.unit_id == answer.unit_id);
    let prepared = Prepared {
        about: Some(answer.monday.to_string()),
        back: sign_weekly::page(id),
        ..Prepared::default()
    };
    let choices = heads.map(|p| Choice::new(p.id, p.text())).collect();
    Ok(prepared.offer("signer", choices).fill("signed_on", call.today()))
}

async fn paper_weekly(call: Call, values: Values) -> Result<Done> {
    let (id, actor, city) = (call.id("id")?, *call.actor()?, call.city()?);
    let signer = values.id("signer").ok_or(Refusal::Missing)?;
    let on = values.day("signed_on").ok_or(Refusal::Missing)?;
    if on > call.today() {
        let text = text!("签发日期不能晚于今天。", "The day of signing cannot be after today.");
        return Err(Refusal::field("signed_on", text).into());
    }
    let post = people::store::post(&mut call.read().await?, city, signer).await?;
    if !post.is_some_and(|p| p.role == Role::Head && p.unit_id == actor.unit) {
        let text = text!("请选择本单位负责人。", "Choose the head of this unit.");
        return Err(Refusal::field("signer", text).into());
    }
    let receipt = call
        .act(async |act| {
            store::weekly::reach(act, &actor, id).await?;
            let scans = super::attached(act, actor.account, &values.ids("scan")).await?;
            sign_weekly::sign(act, &actor, id, Some(Paper { signer, on, scans })).await
        })
        .await?;
    Ok(Done::to(sign_weekly::page(id), receipt))
}
