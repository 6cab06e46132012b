//! 登记回执纸质签发: the unit enters that its head signed the answer on paper.

use assignments::facts::Paper;
use assignments::paper_signature::{self as on_paper, SCAN_OF_UNIT, SIGNED_ON, SIGNER};
use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[SIGNER, SIGNED_ON, SCAN_OF_UNIT];

pub(crate) fn route() -> Route {
    let title = text!("登记回执纸质签发", "Enter that the answer was signed on paper");
    Route::act("/slips/{id}/answers/paper-signature", grants::PAPER_ANSWER, title)
        .help(text!(
            "负责人在纸上签发的，登记签发人和日期；页面注明“纸质签发”。是否按期反馈以登记当天为准。",
            "For what the head signed on paper; the page says that it was. Whether it is in time is told by the day of entering it."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(paper_answer)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, row) = super::about(call).await?;
    let heads = on_paper::heads(call, row.unit_id).await?;
    Ok(on_paper::offer(prepared, heads, call.today()))
}

async fn paper_answer(call: Call, values: Values) -> Result<Done> {
    let (_, row) = super::about(&call).await?;
    let (post, on) = on_paper::head(&call, &values, row.unit_id).await?;
    super::on_slip(&call, async |act, actor, id| {
        let paper = on_paper::paper(act, actor.account, &values, (&post, on)).await?;
        run(act, actor, id, (post.person_id, paper)).await
    })
    .await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, said: (Uuid, Paper)) -> Result<()> {
    let row = store::reach(act, actor, id).await?;
    let answer = super::answer_of(act, &row).await?;
    let fact = row.paper_answer(actor, &answer, said, act.today())?;
    act.record(super::slip(id), &fact).await
}
