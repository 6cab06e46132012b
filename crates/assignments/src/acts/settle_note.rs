//! 批注落实: the bureau has followed a leader's note up.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::tables::{NoteKind, NoteRow};
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("note", text!("批注", "Note")).required(),
    FieldSpec::area("reason", text!("落实情况", "How it was followed up"), 500).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("落实批注", "Follow the note up");
    Route::act("/assignments/{id}/notes/settlement", grants::SETTLE_NOTE, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(settle_note)
}

fn is_waiting(note: &NoteRow) -> bool {
    note.kind != NoteKind::Presented && note.settled_on.is_none()
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, a) = super::about_assignment(call).await?;
    let notes = store::card::notes(&mut call.read().await?, call.city()?, a.id).await?;
    let choices =
        notes.into_iter().filter(is_waiting).map(|n| Choice::new(n.id, n.words)).collect();
    Ok(prepared.offer("note", choices))
}

async fn settle_note(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let note = values.id("note").ok_or(Refusal::Missing)?;
    let receipt = call.act(async |act| run(act, &actor, id, note).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, note: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    let notes = store::card::notes(act, city, id).await?;
    let waiting = notes.iter().any(|n| n.id == note && is_waiting(n));
    super::decide(act, actor, id, |_a, today| {
        if waiting { Ok(Fact::NoteSettled { id: note, on: today }) } else { Err(Refusal::Missing) }
    })
    .await
}
