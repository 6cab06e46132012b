//! 废止: a rule set no longer holds from a period that has not begun; past periods keep it.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::draft::next_period;
use crate::{grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("from", text!("自哪个考评期起废止", "Ended from period"), 7).required().hint(
        text!(
            "如 2021-12，即 11 月 26 日至 12 月 25 日；须是尚未开始的考评期。",
            "Like 2021-12, which runs from 26 November to 25 December; it must not have begun."
        ),
    ),
    FieldSpec::area("reason", words::REASON, 500).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/rule-sets/{id}/ending", grants::END, text!("废止考评办法", "End the rule set"))
        .help(text!(
            "以前各期仍按当时施行的版本。",
            "Former periods keep the version that was in force."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(end)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, reached) = super::about(call).await?;
    reached.set.holds()?;
    Ok(prepared.fill("from", next_period(call.today())))
}

async fn end(call: Call, values: Values) -> Result<Done> {
    let from = values.text("from");
    super::on_rule_set(&call, async |act, actor, id| run(act, actor, id, &from).await).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, from: &str) -> Result<()> {
    let reached = super::reach(act, actor, id).await?;
    let fact = reached.set.end(&reached.versions, from, act.today())?;
    act.record(super::rule_set(id), &fact).await
}
