//! 建议答复: the bureau takes a proposal into the draft or declines it with an answer.

use journal::{Act, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::BatchFact;
use crate::tables::ProposalState;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("answer", text!("办理意见", "Decision")).required(),
    FieldSpec::area("words", text!("答复（不采纳须说明）", "Answer"), 500),
];

pub(crate) fn route() -> Route {
    let title = text!("答复建议", "Answer the proposal");
    Route::act("/proposals/{id}/answer", grants::ANSWER_PROPOSAL, title)
        .help(text!(
            "采纳后转到添加事项，标题和要求已代为填写。",
            "When it is taken, the form of an item opens, filled in from it."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(answer_proposal)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let p = store::batch::proposal(&mut call.read().await?, call.city()?, call.id("id")?).await?;
    let choices = vec![
        Choice::new(ProposalState::Taken.word(), words::TAKE.of(call.lang)),
        Choice::new(ProposalState::Declined.word(), words::DECLINE.of(call.lang)),
    ];
    let intro = maud::html! { p { (p.demand) } };
    let back = super::batch_page(p.batch_id);
    let prepared = Prepared { about: Some(p.title), intro, back, ..Prepared::default() };
    Ok(prepared.offer("answer", choices))
}

async fn answer_proposal(call: Call, values: Values) -> Result<Done> {
    let id = call.id("id")?;
    let p = store::batch::proposal(&mut call.read().await?, call.city()?, id).await?;
    let taken = values.text("answer") == ProposalState::Taken.word();
    let answer = if taken { None } else { Some(values.text("words")) };
    let receipt = call.act(async |act| run(act, id, answer).await).await?;
    let page = super::batch_page(p.batch_id);
    if !taken {
        return Ok(Done::to(page, receipt));
    }
    // What was proposed begins the item; the bureau completes it.
    let begun = [("title", p.title), ("demand", p.demand), ("lead", p.unit_id.to_string())];
    let query = web::encode_query(&begun.map(|(name, value)| (name.to_owned(), value)));
    Ok(Done::to(format!("{page}/lines/new?{query}"), receipt))
}

/// Takes it, or declines it with an answer.
pub(crate) async fn run(act: &mut Act, id: Uuid, declined: Option<String>) -> Result<()> {
    let city = act.jurisdiction();
    let p = store::batch::proposal(act, city, id).await?;
    if p.state != ProposalState::Open {
        return Err(Refusal::rule(text!("这条建议已经答复。", "It was answered already.")).into());
    }
    let fact = match declined {
        None => BatchFact::ProposalTaken {},
        Some(answer) if answer.is_empty() => {
            let text = text!("不采纳须说明理由。", "Say why it is declined.");
            return Err(Refusal::field("words", text).into());
        }
        Some(answer) => BatchFact::ProposalDeclined { answer },
    };
    act.record(Subject::new(SubjectKind::Proposal, id), &fact).await
}
