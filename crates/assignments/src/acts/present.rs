//! 呈报: the bureau put the result before who raised it; only then may that leader close it.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::assignment::Awaited;
use crate::facts::Fact;
use crate::grants;
use crate::tables::State;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("words", text!("呈报内容", "What was presented"), 2_000).required()];

pub(crate) fn route() -> Route {
    Route::act(
        "/assignments/{id}/presentation",
        grants::PRESENT,
        text!("呈报", "Present the result"),
    )
    .help(text!(
        "由交办领导确认办结的事项，核实后先呈报结果。",
        "For what a leader closes: after verification the result is put before the leader."
    ))
    .fields(FIELDS)
    .prepare(|call| Box::pin(super::about(call)))
    .decide(present)
}

async fn present(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let words = values.text("words");
    let receipt = call.act(async |act| run(act, &actor, id, words).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, words: String) -> Result<()> {
    super::decide(act, actor, id, |a, _today| {
        if a.state != State::Submitted || a.awaits() != Awaited::Raiser || a.presented {
            return Err(Refusal::rule(text!(
                "督查局核实通过、且由领导确认办结的事项才需呈报。",
                "Only what the bureau has verified and a leader closes is presented."
            )));
        }
        Ok(Fact::Presented { id: Uuid::now_v7(), words })
    })
    .await
}
