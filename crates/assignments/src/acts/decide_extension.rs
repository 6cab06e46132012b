//! 延期审批: by the bureau, by another person than who asked, with a definite day.

use journal::{Act, Result};
use kernel::{Actor, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::more_time::Answer;
use crate::tables::Finding;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("审批意见", "Decision")).required(),
    FieldSpec::day("due", text!("批准延期至", "New due day")),
    FieldSpec::area("answer", text!("答复（不同意须说明理由）", "Answer"), 500),
];

pub(crate) fn route() -> Route {
    let title = text!("审批延期", "Decide the extension");
    Route::act("/assignments/{id}/extensions/decision", grants::DECIDE_EXTENSION, title)
        .help(text!(
            "不同意的，督查局超过答复期限的工作日顺延给责任单位。",
            "When it is refused, the working days beyond the bureau's own term are given back to the unit."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(decide_extension)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, a) = super::about_assignment(call).await?;
    let mut tx = call.read().await?;
    let asked = store::card::newest(&store::card::extensions(&mut tx, call.city()?, a.id).await?)?;
    let choices = vec![
        Choice::new(Finding::Confirmed.word(), words::AGREE.of(call.lang)),
        Choice::new(Finding::Rework.word(), words::REFUSE.of(call.lang)),
    ];
    let intro = ui::part::details(&[
        (words::ASKED_UNTIL.of(call.lang), maud::html! { (asked.new_due_on) }),
        (words::REASON.of(call.lang), maud::html! { (asked.reason) }),
        (words::PROGRESS.of(call.lang), maud::html! { (asked.progress) }),
    ]);
    Ok(Prepared { intro, ..prepared }.offer("verdict", choices).fill("due", asked.new_due_on))
}

async fn decide_extension(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let answer = Answer {
        verdict: super::verify::finding(&values, "verdict")?,
        due: values.day("due"),
        words: values.text("answer"),
    };
    let receipt = call.act(async |act| run(act, &actor, id, answer).await).await?;
    Ok(Done::to(super::card(id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, answer: Answer) -> Result<()> {
    let city = act.jurisdiction();
    let asked = store::card::newest(&store::card::extensions(act, city, id).await?)?;
    let latest = super::latest(act, id).await?;
    let calendar = super::calendar(act).await?;
    super::decide(act, actor, id, |a, today| {
        a.decide_extension(&asked, actor, answer, (today, &calendar, latest))
    })
    .await
}
