//! 整改措施列入交办: each measure of an accepted statement becomes a line in the draft of a batch,
//! which the bureau completes, has signed and issues as any other.

use assignments::begun::{self, Begun};
use journal::{Act, CityFact, Result};
use kernel::{Actor, Refusal, Subject, SubjectKind, text};
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use super::statement::{self, At};
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::choice("batch", text!("列入批次", "Batch")).required().hint(text!(
        "只能列入拟稿中的批次；没有的请先新建批次（补充交办或临时交办）。",
        "Only a batch that is being drafted; open one first if there is none."
    ))];

pub(crate) fn route() -> Route {
    let title = text!("整改措施列入交办", "Take the measures into a batch");
    Route::act("/reviews/{month}/statements/{unit}/assignments", grants::TAKE_OVER, title)
        .help(text!(
            "逐条生成事项草稿，责任单位为发言单位；条线、责任领导等由督查局补充，审签印发后开始办理。",
            "Each measure becomes a draft item of the unit; the bureau completes it, and it is handled once the batch is issued."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(take_over)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, ..) = statement::about(call).await?;
    let drafts = begun::drafts(&mut call.read().await?, call.city()?).await?;
    let choices: Vec<_> = drafts.into_iter().map(|b| Choice::new(b.id, b.title)).collect();
    let first = choices.first().map(|c| c.value.clone()).unwrap_or_default();
    Ok(prepared.offer("batch", choices).fill("batch", first))
}

async fn take_over(call: Call, values: Values) -> Result<Done> {
    let batch = values.id("batch").ok_or_else(|| Refusal::field("batch", words::CHOOSE_ONE))?;
    statement::on(&call, async |act, actor, at| run(act, actor, at, batch).await).await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, at: At, batch: Uuid) -> Result<()> {
    let (review, row) = statement::reach(act, actor, at).await?;
    row.demand_takeable()?;
    let (city, today) = (actor.jurisdiction, act.today());
    let basis = words::statement::basis(review.month);
    let mut lines = Vec::new();
    for m in store::statement::measures(act, city, row.id).await? {
        let post = people::store::post_title(act, city, m.responsible_post_id).await?;
        let post = post.map_or_else(String::new, |p| p.title);
        let begun = Begun {
            title: m.measure.clone(),
            demand: words::statement::demand(&m.measure, &post),
            standard: row.goal.chars().take(1_000).collect(),
            basis: basis.clone(),
            unit: at.unit,
            // A day that has passed meanwhile is set anew by the bureau.
            due: Some(m.due_on).filter(|due| *due >= today),
        };
        lines.push(begun::begin(act, batch, begun).await?);
    }
    let subject = super::statement_subject(row.id);
    let fact = row.take_over((batch, lines), today)?;
    act.record(subject, &fact).await?;
    let to = Subject::new(SubjectKind::Batch, batch);
    act.record(subject, &CityFact::Linked { from: subject, to, kind: "measures".to_owned() }).await
}
