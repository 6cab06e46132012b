//! 领导批注: a leader's remark on any item; the bureau follows it up. Originals of instructions
//! do not belong here.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::tables::NoteKind;
use crate::{grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("note", text!("要求", "What is asked")).required(),
    FieldSpec::area("words", text!("内容", "Words"), 500).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/notes", grants::NOTE, text!("批注", "Note"))
        .help(text!(
            "批注由督查局跟踪落实；请勿录入批示原件。",
            "The bureau follows it up; never enter originals of instructions."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(note)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let choices = [NoteKind::Remark, NoteKind::AskReport]
        .map(|kind| Choice::new(kind.word(), words::note(kind).of(call.lang)));
    Ok(super::about(call).await?.offer("note", choices.to_vec()).fill("note", "remark"))
}

async fn note(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let kind = NoteKind::of(&values.text("note")).filter(|k| *k != NoteKind::Presented);
    let kind = kind.ok_or_else(|| Refusal::field("note", words::CHOOSE_ONE))?;
    let note = (kind, values.text("words"));
    let receipt = call.act(async |act| run(act, &actor, id, note).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (note, words): (NoteKind, String),
) -> Result<()> {
    super::decide(act, actor, id, |_a, _today| {
        Ok(Fact::NoteLeft { id: Uuid::now_v7(), note, words })
    })
    .await
}
