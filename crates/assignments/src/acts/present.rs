//! 呈报: the bureau put the result before who raised it; only then may that leader close it.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::facts::Fact;
use crate::grants;
use crate::tables::State;
use crate::verification::Awaited;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("words", text!("呈报内容", "What was presented"), 2_000).required()];

pub(crate) fn route() -> Route {
    Route::act(
        "/assignments/{id}/presentation",
        grants::PRESENT,
        text!("呈报", "Present the result"),
    )
    .help(text!(
        "由交办领导确认办结的事项，先呈报办理结果；须督查局核实的，核实后呈报。",
        "For what a leader closes: the result is put before the leader, after verification where the bureau verifies too."
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
                "由交办领导确认办结、已报结且尚未呈报的事项才需呈报；须督查局核实的，请先核实。",
                "Only what is submitted, closed by a leader and not yet put before one is presented; what the bureau verifies is verified first."
            )));
        }
        Ok(Fact::Presented { id: Uuid::now_v7(), words })
    })
    .await
}
