//! 结束指标: no values after a month; what it has stays.

use journal::{Act, Result};
use kernel::text;
use measures::ReviewMonth;
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use super::add;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("to", words::TO, 7).required().hint(text!(
        "最后一个填报的月讲评月份，如 2021-10。",
        "The last month with values, 2021-10."
    )),
    FieldSpec::area("reason", text!("理由", "Reason"), 300).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/indicators/{id}/end", grants::END, text!("结束指标", "End the indicator"))
        .help(text!(
            "结束后不再填报，新的考评办法不能再引用；以往的值和考评不变。",
            "It takes no more values and no new rule set may call it; what was entered and reviewed stays."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(end)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let row = super::known(&mut tx, city, call.id("id")?).await?;
    let about = Some(format!("{} {}", row.number, row.name));
    let prepared = Prepared { about, back: super::card(row.id), ..Prepared::default() };
    Ok(prepared.fill("to", ReviewMonth::of(call.today())))
}

async fn end(call: Call, values: Values) -> Result<Done> {
    let (id, to) = (call.id("id")?, add::read_month(&values, "to")?);
    let receipt = call.act(async |act| run(act, id, to).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

async fn run(act: &mut Act, id: Uuid, to: ReviewMonth) -> Result<()> {
    let city = act.jurisdiction();
    let row = super::known(act, city, id).await?;
    let newest = store::newest(act, city, id).await?;
    let fact = row.end(to, newest)?;
    act.record(super::indicator(id), &fact).await
}
