//! 提出异议: a unit contests a figure of its own sheet with its reason and files; within 30 days
//! after publication the same asks for a 复核.

use std::collections::BTreeSet;

use assignments::facts::Attached;
use journal::{Act, Error, Result};
use kernel::{Actor, Refusal, text};
use measures::ReviewMonth;
use rules::rule_set::RuleSet;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::objection::Cell;
use crate::tables::ReviewRow;
use crate::{grants, scoring, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("cell", text!("对哪个数据", "Which figure")).required(),
    FieldSpec::area("said", text!("理由和应为的数据", "Reason, and what it should be"), 1_000)
        .required()
        .hint(text!(
            "写明哪几件事项、哪个数据不对，应当是多少，依据是什么。",
            "Say which items or which figure is wrong, what it should be, and what shows it."
        )),
    FieldSpec::files("files", text!("证明材料", "What supports it"), 10),
];

pub(crate) fn route() -> Route {
    let title = text!("提出异议", "Contest a figure");
    Route::act("/reviews/{month}/objections", grants::OBJECT, title)
        .help(text!(
            "公示期内提的是异议，3个工作日内答复；通报后30日内提的是复核，30日内由没有参与过的人答复。",
            "While drafts are shown it is an objection, answered within 3 working days; within 30 days after publication it is a re-examination by people who took no part."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(object)
}

/// The rule set by which a unit is scored in a review.
pub(crate) async fn rule_of(
    tx: &mut journal::Tx,
    review: &ReviewRow,
    unit: Uuid,
) -> Result<RuleSet> {
    let scores = store::review::scores(tx, review, review.shown).await?;
    let score = scores.iter().find(|s| s.unit_id == unit).ok_or_else(Error::missing)?;
    let texts = store::review::texts(tx, review).await?;
    let text = texts.iter().find(|t| t.version == score.version_id).ok_or_else(Error::missing)?;
    scoring::read(&text.document)
}

/// Every figure by which units are scored, ranked or rewarded, as `item|call`.
fn cells(rule: &RuleSet) -> Vec<(String, String)> {
    let items = rule.items().chain(&rule.bonuses).chain(&rule.amounts);
    let items = items.map(|item| (&item.code, &item.name, item.inputs.0.as_slice()));
    let vetoes = rule.vetoes.iter().map(|one| (&one.code, &one.name, one.inputs.0.as_slice()));
    let others =
        rule.consequences.iter().map(|one| (&one.code, &one.name, one.inputs.0.as_slice()));
    let demotions =
        rule.demotions.iter().map(|one| (&one.code, &one.name, one.inputs.0.as_slice()));
    let parts = items.chain(vetoes).chain(others).chain(demotions);
    let of_parts = parts.flat_map(|(code, name, inputs)| {
        inputs.iter().map(move |input| cell(&code.0, &name.0, &input.call()))
    });
    let of_minimum = rule.minimum.iter().map(|minimum| {
        let code = rules::rule_set::MINIMUM;
        cell(code, code, &minimum.input.call())
    });
    let mut seen = BTreeSet::new();
    of_parts.chain(of_minimum).filter(|(value, _)| seen.insert(value.clone())).collect()
}

/// A figure of a part of the rules, and how it is called.
fn cell(code: &str, name: &str, call: &str) -> (String, String) {
    (format!("{code}|{call}"), format!("{name} · {call}"))
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review) = super::about(call).await?;
    let rule = rule_of(&mut call.read().await?, &review, call.actor()?.unit).await?;
    let choices = cells(&rule).into_iter().map(|(value, name)| Choice::new(value, name));
    let back = format!("{}/units/{}", super::card(review.month), call.actor()?.unit);
    let prepared = Prepared { back, ..prepared };
    let asked = call.query.get("cell").unwrap_or_default();
    Ok(prepared.offer("cell", choices.collect()).fill("cell", asked))
}

async fn object(call: Call, values: Values) -> Result<Done> {
    let (month, actor) = (super::month(&call)?, *call.actor()?);
    let (cell, said, files) = (values.text("cell"), values.text("said"), values.ids("files"));
    let what = (cell, said, files);
    let receipt = call.act(async |act| run(act, &actor, month, what).await).await?;
    Ok(Done::to(format!("{}/units/{}", super::card(month), actor.unit), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    (cell, said, ids): (String, String, Vec<Uuid>),
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let rule = rule_of(act, &review, actor.unit).await?;
    let known = cells(&rule).into_iter().any(|(value, _)| value == cell);
    let Some((item, measure)) = cell.split_once('|').filter(|_| known) else {
        let told = text!("请从给出的数据中选择。", "Choose one of the figures.");
        return Err(Refusal::field("cell", told).into());
    };
    let cell = Cell { item: item.to_owned(), measure: measure.to_owned() };
    let all = store::objection::of_review(act, &review).await?;
    let own: Vec<_> = all.into_iter().filter(|o| o.unit_id == actor.unit).collect();
    let (calendar, today) = (super::calendar(act).await?, act.today());
    let files = files::take(act, actor.account, &ids).await?;
    let files = files.into_iter().map(Attached::of).collect();
    let fact = review.contest(actor, &own, (cell, said, files), (today, &calendar))?;
    act.record(super::objection(Uuid::now_v7()), &fact).await
}
