//! 处理异议: upheld, the figure of this review is what the decision says, with its reason on the
//! sheet; or refused with the reason. Records stay as they are.

use journal::{Act, Error, Result};
use kernel::{Actor, FieldError, Refusal, text};
use rules::decimal;
use rules::facts::{Change, Fact, State, Value};
use rust_decimal::Decimal;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::tables::{ObjectionRow, ReviewRow};
use crate::{computed, grants, store, words};

const UPHOLD: &str = "uphold";
const REFUSE: &str = "refuse";

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("verdict", text!("处理意见", "Decision")).required(),
    FieldSpec::line("numerator", text!("更正后的分子", "Numerator after it"), 20),
    FieldSpec::line("denominator", text!("更正后的分母", "Denominator after it"), 20),
    FieldSpec::line("number", text!("更正后的数值", "Figure after it"), 20),
    FieldSpec::area("words", text!("理由", "Reason"), 1_000).required().hint(text!(
        "单位看得到；采纳的，会写进得分表的调整事项。",
        "The unit reads it; when upheld it stands on the sheet among the adjustments."
    )),
];

pub(crate) fn route() -> Route {
    let title = text!("处理异议", "Decide the objection");
    Route::act("/objections/{id}/decision", grants::DECIDE_OBJECTION, title)
        .help(text!(
            "采纳后只更正本期讲评用的数据，不改动业务记录；处理完请重新算分。",
            "Upholding corrects the figure of this review only; records stay. Compute again afterwards."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(decide)
}

/// The figure that is contested, as computed last.
async fn figure(call: &Call, review: &ReviewRow, objection: &ObjectionRow) -> Result<Fact> {
    let mut tx = call.read().await?;
    let row = store::review::computation(&mut tx, review, review.computation).await?;
    drop(tx);
    let parts = computed::parts(call.db(), &row.ok_or_else(Error::missing)?).await?;
    let unit = objection.unit_id.to_string();
    let of = computed::of_unit(&parts, &unit).and_then(|part| part.unit(&unit));
    let fact = of.and_then(|u| u.facts.get(&objection.measure));
    fact.cloned().ok_or_else(Error::missing)
}

/// Whether a figure is a rate; what is missing can become either.
const fn shape(fact: &Fact) -> Option<Value> {
    match &fact.state {
        State::Known(value) | State::Disputed(value, _) => Some(*value),
        State::NotApplicable(_) | State::Missing(_) => None,
    }
}

async fn reached(call: &Call) -> Result<(ObjectionRow, ReviewRow)> {
    let mut tx = call.read().await?;
    let objection = store::objection::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let review = store::review::review(&mut tx, call.city()?, objection.review_id).await?;
    Ok((objection, review))
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (objection, review) = reached(call).await?;
    let lang = call.lang;
    let fact = figure(call, &review, &objection).await?;
    let prepared = Prepared {
        about: Some(format!("{} · {}", objection.label(&review).of(lang), objection.measure)),
        back: format!("/objections/{}", objection.id),
        ..Prepared::default()
    }
    .offer(
        "verdict",
        vec![
            Choice::new(UPHOLD, words::UPHOLD.of(lang)),
            Choice::new(REFUSE, words::REFUSE.of(lang)),
        ],
    );
    let written = |number: Decimal| decimal::canonical(number);
    Ok(match shape(&fact) {
        Some(Value::Ratio { numerator, denominator }) => {
            let filled = prepared
                .fill("numerator", written(numerator))
                .fill("denominator", written(denominator));
            Prepared { without: vec!["number"], ..filled }
        }
        Some(Value::Number(number)) => {
            let filled = prepared.fill("number", written(number));
            Prepared { without: vec!["numerator", "denominator"], ..filled }
        }
        None => prepared,
    })
}

async fn decide(call: Call, values: Values) -> Result<Done> {
    let (objection, review) = reached(&call).await?;
    let fact = figure(&call, &review, &objection).await?;
    let change = match values.text("verdict").as_str() {
        UPHOLD => Some(changed(&values, &objection.measure, &fact)?),
        REFUSE => None,
        _ => return Err(Refusal::field("verdict", words::CHOOSE_ONE).into()),
    };
    let (id, actor, words) = (objection.id, *call.actor()?, values.text("words"));
    let what = (change, words);
    let receipt = call.act(async |act| run(act, &actor, id, what).await).await?;
    Ok(Done::to(format!("/objections/{id}"), receipt))
}

/// What was typed: a rate when its two fields are given, else a number.
fn typed(values: &Values, rate: Option<[&str; 2]>) -> std::result::Result<Value, Refusal> {
    let mut wrong = Vec::new();
    let mut read = |name: &str| {
        let said = values.text(name);
        let read = if said.is_empty() { Err(words::FILL_IN.into()) } else { decimal::parse(&said) };
        read.map_err(|message| wrong.push(FieldError { field: name.to_owned(), message })).ok()
    };
    let value = match rate {
        Some([numerator, denominator]) => {
            let (numerator, denominator) = (read(numerator), read(denominator));
            numerator.zip(denominator).map(|(n, d)| Value::Ratio { numerator: n, denominator: d })
        }
        None => read("number").map(Value::Number),
    };
    value.ok_or(Refusal::Fields(wrong))
}

/// The figure that holds instead; a number where one was, a rate where one was.
fn changed(values: &Values, measure: &str, fact: &Fact) -> std::result::Result<Change, Refusal> {
    let is_rate = match shape(fact) {
        Some(Value::Ratio { .. }) => true,
        Some(Value::Number(_)) => false,
        None => values.text("number").is_empty(),
    };
    let value = typed(values, is_rate.then_some(["numerator", "denominator"]))?;
    if let Value::Ratio { denominator, .. } = value
        && denominator <= Decimal::ZERO
    {
        return Err(Refusal::field(
            "denominator",
            text!("分母须大于0。", "The denominator must be above 0."),
        ));
    }
    if shape(fact) == Some(value) {
        let field = if is_rate { "numerator" } else { "number" };
        return Err(Refusal::field(
            field,
            text!(
                "与原来的数据相同；采纳异议须填写更正后的数据。",
                "It is the figure that was contested; say what it becomes."
            ),
        ));
    }
    Ok(Change::Cell {
        call: measure.to_owned(),
        fact: Fact { state: State::Known(value), n: fact.n },
    })
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (change, words): (Option<Change>, String),
) -> Result<()> {
    let objection = store::objection::reach(act, actor, id).await?;
    let review = store::review::review(act, actor.jurisdiction, objection.review_id).await?;
    let computations = store::review::computations(act, &review).await?;
    let freezes = store::review::freezes(act, &review).await?;
    let others = store::objection::of_review(act, &review).await?;
    let recorded = recorders(act, &review, &objection).await?;
    let took_part = objection.took_part(&computations, &freezes, (&others, &recorded));
    let fact = objection.decide(actor, &took_part, (change, words), act.today())?;
    act.record(super::objection(id), &fact).await
}

/// Who entered or checked the contested value; nobody where it is counted from records.
async fn recorders(
    act: &mut Act,
    review: &ReviewRow,
    objection: &ObjectionRow,
) -> Result<Vec<Uuid>> {
    let settled = store::review::measures(act, review).await?;
    let called = settled.iter().find(|m| m.call == objection.measure);
    let number = called.and_then(|m| m.params.strip_prefix("indicator=")?.parse().ok());
    let Some(number) = number else { return Ok(Vec::new()) };
    let of = (number, objection.unit_id);
    indicators::store::recorders(act, review.jurisdiction_id, of, review.month).await
}
