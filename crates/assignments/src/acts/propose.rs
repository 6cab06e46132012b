//! 征集建议: a unit or line department proposes something for a batch, until the closing hour. A
//! proposal is not an assignment.

use journal::{Act, Result};
use kernel::{Actor, Refusal, Subject, SubjectKind, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::facts::BatchFact;
use crate::tables::BatchState;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("title", text!("建议事项", "What is proposed"), 100).required(),
    FieldSpec::area("demand", text!("建议要求及理由", "What should be asked, and why"), 1_000)
        .required(),
];

pub(crate) fn route() -> Route {
    Route::act("/batches/{id}/proposals/new", grants::PROPOSE, text!("提出建议", "Propose"))
        .help(text!(
            "建议由督查局研究决定是否列入，不是交办事项。",
            "The bureau decides whether it is taken; a proposal is not an assignment."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(super::send_batch::about(call)))
        .decide(propose)
}

async fn propose(call: Call, values: Values) -> Result<Done> {
    let (batch, actor) = (call.id("id")?, *call.actor()?);
    let words = (values.text("title"), values.text("demand"));
    let receipt = call.act(async |act| run(act, &actor, batch, words).await).await?;
    Ok(Done::to(super::batch_page(batch), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    batch: Uuid,
    (title, demand): (String, String),
) -> Result<()> {
    let (city, now) = (act.jurisdiction(), act.now());
    let row = store::batch::batch(act, city, batch).await?;
    let open = row.proposals_until.is_some_and(|until| now < until);
    if row.state != BatchState::Draft || !open {
        return Err(Refusal::rule(text!(
            "本批次不在征集建议的时间内。",
            "This batch takes no proposals now."
        ))
        .into());
    }
    let subject = Subject::new(SubjectKind::Proposal, Uuid::now_v7());
    let fact = BatchFact::ProposalMade { batch, unit: actor.unit, title, demand };
    act.record(subject, &fact).await
}
