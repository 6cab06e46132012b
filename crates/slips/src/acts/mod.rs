//! What people do in this room, one file each. Every act has `run`, the step inside an open
//! transaction that HTTP and the demo city share.

pub(crate) mod answer;
pub(crate) mod draft;
pub(crate) mod issue;
pub(crate) mod judge;
pub(crate) mod paper_answer;
pub(crate) mod paper_sign;
pub(crate) mod send;
pub(crate) mod set_ladder;
pub(crate) mod sign;
pub(crate) mod sign_answer;
pub(crate) mod withdraw;
pub(crate) mod write;

use assignments::paper_signature::VERDICT;
use assignments::tables::{AssignmentRow, Verdict};
use journal::{Act, Error, Result};
use kernel::{Actor, Lang, Permission, Refusal, Subject, SubjectKind, Text, WorkCalendar, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Wording;
use crate::store;
use crate::tables::{AnswerRow, SlipRow};
use crate::words;

/// The slip of a fact.
pub(crate) const fn slip(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Slip, id)
}

/// The address of a slip's card.
pub(crate) fn card(id: Uuid) -> String {
    format!("/slips/{id}")
}

/// A form about the slip in the path, back to its card.
pub(crate) async fn about(call: &Call) -> Result<(Prepared, SlipRow)> {
    let mut tx = call.read().await?;
    let row = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let item = assignments::store::assignment(&mut tx, call.city()?, row.assignment_id).await?;
    let about = Some(format!("{} · {} {}", row.label(), item.label, item.title));
    Ok((Prepared { about, back: card(row.id), ..Prepared::default() }, row))
}

/// Does an act to the slip in the path and goes back to its card.
pub(crate) async fn on_slip(
    call: &Call,
    run: impl AsyncFnOnce(&mut Act, &Actor, Uuid) -> Result<()>,
) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, id).await).await?;
    Ok(Done::to(card(id), receipt))
}

/// The slip with its item.
pub(crate) async fn reach(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
) -> Result<(SlipRow, AssignmentRow)> {
    let slip = store::reach(act, actor, id).await?;
    let item = assignments::store::assignment(act, actor.jurisdiction, slip.assignment_id).await?;
    Ok((slip, item))
}

/// The answer that a slip's state speaks of.
pub(crate) async fn answer_of(act: &mut Act, slip: &SlipRow) -> Result<AnswerRow> {
    let answers = store::card::answers(act, slip.jurisdiction_id, slip.id).await?;
    answers.into_iter().next().ok_or_else(Error::missing)
}

/// The work calendar around today.
pub(crate) async fn calendar(act: &mut Act) -> Result<WorkCalendar> {
    let (city, today) = (act.jurisdiction(), act.today());
    people::store::calendar(act, city, today.plus(-800), today.plus(200)).await
}

/// What a form says of a slip's words.
pub(crate) fn wording(values: &Values) -> Wording {
    Wording {
        finding: values.text("finding"),
        demand: values.text("demand"),
        consequence: values.text("consequence"),
        copies: values.text("copies"),
    }
}

/// The words of a slip in its form.
pub(crate) fn worded(prepared: Prepared, wording: &Wording) -> Prepared {
    prepared
        .fill("finding", &wording.finding)
        .fill("demand", &wording.demand)
        .fill("consequence", &wording.consequence)
        .fill("copies", &wording.copies)
}

/// A signature in the program: a verdict, and a remark in a field of this name.
pub(crate) const fn signature_fields(remark: &'static str) -> [FieldSpec; 2] {
    [VERDICT, FieldSpec::area(remark, text!("意见（退回须写明）", "Remark"), 500)]
}

/// An act that signs a slip or its answer in the program; what is decided is left to its file.
pub(crate) fn signature(
    path: &'static str,
    permission: Permission,
    title: Text,
    fields: &'static [FieldSpec],
) -> web::Act {
    Route::act(path, permission, title)
        .fields(fields)
        .prepare(|call| Box::pin(async { Ok(agreed(about(call).await?.0, call.lang)) }))
}

/// A form whose verdict agrees unless it is changed.
pub(crate) fn agreed(prepared: Prepared, lang: Lang) -> Prepared {
    prepared.offer("verdict", verdicts(words::AGREE, lang)).fill("verdict", Verdict::Agreed.word())
}

/// Agree or send back.
pub(crate) fn verdicts(agree: Text, lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new(Verdict::Agreed.word(), agree.of(lang)),
        Choice::new(Verdict::Returned.word(), words::SEND_BACK.of(lang)),
    ]
}

/// The verdict that was chosen.
pub(crate) fn verdict(values: &Values) -> Result<Verdict> {
    Verdict::of(&values.text("verdict"))
        .ok_or_else(|| Refusal::field("verdict", words::CHOOSE_ONE).into())
}
