//! 公示: each unit sees its own draft and may contest it until a day.

use journal::{Act, Result};
use kernel::{Actor, text};
use measures::ReviewMonth;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::review::{WINDOW, WINDOW_MAX, WINDOW_MIN};
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[FieldSpec::number(
    "window",
    text!("异议期（工作日）", "Working days for objections"),
    WINDOW_MIN,
    WINDOW_MAX,
)
.required()
.hint(text!(
    "从次日起算。异议期内单位可以对自己的数据提出异议。",
    "Counted from tomorrow. Until then each unit may contest its own figures."
))];

pub(crate) fn route() -> Route {
    Route::act("/reviews/{month}/draft", grants::DRAFT, text!("公示", "Show units their drafts"))
        .help(text!(
            "公示后每个单位能看到自己的得分和依据，看不到其他单位的。",
            "Each unit then sees its own score with its evidence, and nobody else's."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(draft)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    Ok(super::about(call).await?.0.fill("window", WINDOW))
}

async fn draft(call: Call, values: Values) -> Result<Done> {
    let window = values.number("window").unwrap_or(WINDOW);
    super::on_review(&call, async |act, actor, month| run(act, actor, month, window).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    window: i64,
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let (calendar, today) = (super::calendar(act).await?, act.today());
    let others = store::review::all(act, actor.jurisdiction).await?;
    let fact = review.draft(window, (today, &calendar), &others)?;
    act.record(super::review(review.id), &fact).await
}
