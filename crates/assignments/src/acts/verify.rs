//! 核实: by documents, on site, by call-back or sample; by another unit than the one that
//! answers. It closes, or it returns for rework with a reason.

use journal::{Act, Result};
use kernel::{Actor, Refusal, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::tables::{Finding, Method};
use crate::verification::Found;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("method", text!("核实方式", "How it was verified")).required(),
    FieldSpec::choice("result", text!("核实结论", "Result")).required(),
    FieldSpec::area("finding", text!("核实情况（退办须写明理由和要求）", "Finding"), 1_000),
];

pub(crate) fn route() -> Route {
    Route::act("/assignments/{id}/verifications", grants::VERIFY, text!("核实", "Verify"))
        .help(text!(
            "等待核实的时间不计入单位时限；退办后按重新报结的日期计算是否按期。",
            "Waiting for verification is never the unit's delay; after rework the new submission's day counts."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(verify)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let methods = Method::ALL
        .iter()
        .map(|m| Choice::new(m.word(), words::method(*m).of(call.lang)))
        .collect();
    let results = vec![
        Choice::new(Finding::Confirmed.word(), words::CONFIRMED.of(call.lang)),
        Choice::new(Finding::Rework.word(), words::REWORK.of(call.lang)),
    ];
    Ok(super::about(call).await?.offer("method", methods).offer("result", results))
}

/// A choice between agreeing and sending back.
pub(super) fn finding(values: &Values, field: &str) -> Result<Finding> {
    Finding::of(&values.text(field)).ok_or_else(|| Refusal::field(field, words::CHOOSE_ONE).into())
}

async fn verify(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let method = Method::of(&values.text("method"))
        .ok_or_else(|| Refusal::field("method", words::CHOOSE_ONE))?;
    let result = finding(&values, "result")?;
    let found = Found {
        method,
        result,
        finding: values.text("finding"),
        work_line: None,
        parent_unit: None,
    };
    let receipt = call.act(async |act| run(act, &actor, id, found).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, found: Found) -> Result<()> {
    let city = act.jurisdiction();
    let post = people::store::post(act, city, actor.post).await?;
    let a = store::reach(act, actor, id).await?;
    let parent_unit = match a.parent_id {
        Some(parent) => Some(store::assignment(act, city, parent).await?.unit_id),
        None => None,
    };
    let found = Found { work_line: post.and_then(|p| p.line_id), parent_unit, ..found };
    super::decide(act, actor, id, |a, today| a.verify(actor, today, found)).await
}
