//! Ending a unit after a day; it must be empty by then.

use journal::{Error, Result};
use kernel::{Refusal, Subject, SubjectKind, msg, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::day("to", words::LAST_DAY).required(),
    FieldSpec::area("reason", words::REASON, 300).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/units/{id}/end", grants::END_UNIT, text!("撤销单位", "End the unit"))
        .help(text!(
            "撤销后不能再交办给该单位，历史记录保留。请先为其人员办理离任。",
            "Nothing can be assigned to it afterwards; its history stays. End its posts first."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(end_unit)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let unit = store::unit(&mut call.read().await?, call.city()?, id).await?;
    let unit = unit.ok_or_else(Error::missing)?;
    let prepared = super::back(&format!("/units/{id}"));
    Ok(Prepared { about: Some(unit.short_name), ..prepared }.fill("to", call.today()))
}

async fn end_unit(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let to = values.day("to").unwrap_or_else(|| call.today());
    let receipt = call
        .act(async |act| {
            let unit = store::unit(act, city, id).await?;
            let unit = unit.filter(|u| u.valid_to.is_none()).ok_or_else(Error::missing)?;
            if to < unit.valid_from {
                let message = text!("最后一天早于设立日期，请改晚一些。", "It did not exist then; choose a later day.");
                return Err(Refusal::field("to", message).into());
            }
            let posts = store::posts_after(act, city, id, to).await?;
            let below = store::units_below(act, city, id, to).await?;
            if posts > 0 || below > 0 {
                return Err(Refusal::Rule(msg!(
                    "该单位在此之后还有 {posts} 个任职、{below} 个下级单位，请先办理离任或撤销。",
                    "After that day {posts} posts and {below} units below it remain; end them first."
                ))
                .into());
            }
            act.record(Subject::new(SubjectKind::Unit, id), &Fact::UnitEnded { to }).await
        })
        .await?;
    Ok(Done::to(format!("/units/{id}"), receipt))
}
