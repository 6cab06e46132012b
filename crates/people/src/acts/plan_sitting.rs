//! Planning a sitting; a joint one carries several series.

use journal::Result;
use kernel::{Refusal, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{choices, grants, sitting, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::day("day", words::DAY).required(),
    FieldSpec::many("series", words::SERIES).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/sittings/new", grants::PLAN_SITTING, words::PLAN_SITTING)
        .help(text!(
            "两个例会合并召开时，同时选中两个；召开后各自编号。",
            "Choose two series for a joint sitting; once held it gets a number in each."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(plan_sitting)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let series = choices::series(&mut call.read().await?, call.city()?).await?;
    let mut prepared = super::back("/series").offer("series", series);
    if let Some(one) = call.query.get("series") {
        prepared = prepared.fill("series", one);
    }
    Ok(prepared)
}

async fn plan_sitting(call: Call, values: Values) -> Result<Done> {
    let (city, today) = (call.city()?, call.today());
    let day = values.day("day").unwrap_or(today);
    let wanted = values.ids("series");
    let receipt = call
        .act(async |act| {
            let known = store::series(act, city).await?;
            if wanted.is_empty() || wanted.iter().any(|id| known.iter().all(|s| s.id != *id)) {
                return Err(choices::not_offered("series").into());
            }
            for id in &wanted {
                let others = store::sittings(act, city, *id).await?;
                if others
                    .iter()
                    .any(|s| s.day == day && s.state != crate::tables::SittingState::Skipped)
                {
                    let message = text!(
                        "该例会这一天已有会议，请改日期。",
                        "The series has a sitting on that day; choose another."
                    );
                    return Err(Refusal::field("day", message).into());
                }
            }
            sitting::plan(act, day, wanted.clone()).await.map(drop)
        })
        .await?;
    Ok(Done::to(format!("/sittings/{}", receipt.subject.id), receipt))
}
