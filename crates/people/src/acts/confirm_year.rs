//! Entering the State Council's notice of a year, or correcting one.

use journal::Result;
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::calendar::{corrected, proposal, read_notice};
use crate::facts::Fact;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("year", words::YEAR, 2_000, 2_100).required(),
    FieldSpec::line("notice", words::NOTICE, 100).required(),
    FieldSpec::area("holidays", words::HOLIDAYS, 2_000).required().hint(words::HOLIDAYS_HINT),
    FieldSpec::area("working", words::WORKING_DAYS, 500).hint(words::WORKING_HINT),
];

pub(crate) fn route() -> Route {
    Route::act("/calendar/notices", grants::CONFIRM_YEAR, words::CONFIRM_YEAR)
        .help(text!(
            "按国务院办公厅通知逐项录入。期限、提醒都按工作日历计算，请核对后提交。",
            "Enter the notice item by item. Deadlines and reminders follow the calendar; check before sending."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(std::future::ready(prepare(call))))
        .decide(confirm_year)
}

fn prepare(call: &Call) -> Result<Prepared> {
    let year = call.query.get("year").and_then(|y| y.parse::<i16>().ok());
    let year = year.unwrap_or_else(|| call.today().year() + 1);
    let prepared = super::back("/calendar").fill("year", year);
    Ok(match proposal(year) {
        Some((source, holidays, working)) => {
            prepared.fill("notice", source).fill("holidays", holidays).fill("working", working)
        }
        None => prepared,
    })
}

async fn confirm_year(call: Call, values: Values) -> Result<Done> {
    let city = call.city()?;
    let year = values.number("year").and_then(|y| i16::try_from(y).ok()).unwrap_or_default();
    let (holidays, working) = (values.text("holidays"), values.text("working"));
    let days = read_notice(year, &holidays, &working).map_err(Refusal::Fields)?;
    let notice = values.text("notice");
    let receipt = call
        .act(async |act| {
            let (from, to) = crate::calendar::bounds(year);
            let before = store::calendar_days(act, city, from, to).await?;
            let days = corrected(days, &before);
            let year = i64::from(year);
            let fact = Fact::YearConfirmed { year, notice: notice.clone(), days };
            act.record(Subject::new(SubjectKind::Jurisdiction, city.uuid()), &fact).await
        })
        .await?;
    Ok(Done::to(format!("/calendar?year={year}"), receipt))
}
