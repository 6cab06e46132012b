//! 处理异议: upheld, the figure of this review is what the decision says, with its reason on the
//! sheet; or refused with the reason. Records stay as they are.

use journal::{Act, Db, Error, Result};
use kernel::{Actor, FieldError, Refusal, text};
use measures::ReviewMonth;
use rules::decimal;
use rules::facts::{Change, Fact, Reason, State, Value};
use rules::rule_set::MINIMUM;
use rust_decimal::Decimal;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::tables::{ObjectionRow, ObjectionState, ReviewRow};
use crate::{computed, grants, store, words};

const UPHOLD: &str = "uphold";
/// Upheld in that the figure is not the unit's to be judged by.
const DROP: &str = "drop";
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
            "采纳后只更正本期讲评用的数据，不改动业务记录；认定不适用的，凡用到这个数据的项目都按办法的“缺项”处理。处理完请重新算分。",
            "Upholding corrects the figure of this review only; records stay. What does not apply is left out of every item that reads it, as the rules say of absent items. Compute again afterwards."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(decide)
}

/// The figure that is contested: what the last upheld objection made of it, else as it was computed.
async fn figure(call: &Call, review: &ReviewRow, objection: &ObjectionRow) -> Result<Fact> {
    let mut tx = call.read().await?;
    let all = store::objection::of_review(&mut tx, review).await?;
    let row = store::review::computation(&mut tx, review, review.computation).await?;
    drop(tx);
    let is_same = |o: &&ObjectionRow| {
        let upheld = o.state == ObjectionState::Upheld;
        let is_former = o.id != objection.id;
        upheld && is_former && (o.unit_id, &o.measure) == (objection.unit_id, &objection.measure)
    };
    if let Some(upheld) = all.iter().filter(is_same).max_by_key(|o| o.number)
        && let Change::Cell { fact, .. } = serde_json::from_str(&upheld.change)?
    {
        return Ok(fact);
    }
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
            Choice::new(DROP, words::DROP.of(lang)),
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
        UPHOLD => Some(changed(&values, &fact)?),
        DROP if objection.item == MINIMUM => {
            let told = text!(
                "任务件数不能不适用：件数不对的，请采纳并填写更正后的件数。",
                "The number of tasks cannot be left out; uphold it and say what it becomes."
            );
            return Err(Refusal::field("verdict", told).into());
        }
        DROP => Some(dropped(&values, &fact)?),
        REFUSE => None,
        _ => return Err(Refusal::field("verdict", words::CHOOSE_ONE).into()),
    };
    let change = change.map(|fact| Change::Cell { call: objection.measure.clone(), fact });
    let (id, actor) = (objection.id, *call.actor()?);
    let what = Answer {
        change,
        words: values.text("words"),
        places: places(call.db(), &review, &objection).await?,
    };
    let receipt = call.act(async |act| run(act, &actor, id, what).await).await?;
    Ok(Done::to(format!("/objections/{id}"), receipt))
}

/// What is decided, and on which records the figure rests.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) change: Option<Change>,
    pub(crate) words: String,
    pub(crate) places: Vec<i64>,
}

/// The places of the journal behind the contested figure.
pub(crate) async fn places(
    db: &Db,
    review: &ReviewRow,
    objection: &ObjectionRow,
) -> Result<Vec<i64>> {
    let mut tx = db.read().await?;
    let row = store::review::computation(&mut tx, review, review.computation).await?;
    drop(tx);
    let unit = objection.unit_id.to_string();
    let row = row.ok_or_else(Error::missing)?;
    computed::places(db, &row, (&unit, &objection.measure)).await
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
fn changed(values: &Values, fact: &Fact) -> std::result::Result<Fact, Refusal> {
    let is_rate = match shape(fact) {
        Some(Value::Ratio { .. }) => true,
        Some(Value::Number(_)) => false,
        None => values.text("number").is_empty(),
    };
    let value = typed(values, is_rate.then_some(["numerator", "denominator"]))?;
    if let Value::Ratio { numerator, .. } = value
        && numerator < Decimal::ZERO
    {
        let told = text!("分子不能是负数。", "The numerator cannot be below 0.");
        return Err(Refusal::field("numerator", told));
    }
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
    Ok(Fact { state: State::Known(value), n: fact.n })
}

/// The figure does not apply; its item is scored as the rules say of what is not applicable.
fn dropped(values: &Values, fact: &Fact) -> std::result::Result<Fact, Refusal> {
    if matches!(fact.state, State::NotApplicable(_)) {
        let same = text!("这个数据本来就不适用。", "It is not applicable already.");
        return Err(Refusal::field("verdict", same));
    }
    let words = values.text("words");
    let why =
        Reason { zh: format!("异议采纳：{words}"), en: format!("objection upheld: {words}") };
    Ok(Fact { state: State::NotApplicable(why), n: 0 })
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    Answer { change, words, places }: Answer,
) -> Result<()> {
    let objection = store::objection::reach(act, actor, id).await?;
    let review = store::review::review(act, actor.jurisdiction, objection.review_id).await?;
    let computations = store::review::computations(act, &review).await?;
    let freezes = store::review::freezes(act, &review).await?;
    let others = store::objection::of_review(act, &review).await?;
    let mut recorded = recorders(act, &review, &objection).await?;
    let known = (actor.jurisdiction, review.cut_seq);
    recorded.extend(store::objection::hands_of(act, known, &places).await?);
    let signs = store::review::signs(act, &review).await?;
    let hands = store::review::hands(act, &review).await?;
    let took_part =
        objection.took_part((&computations, &freezes, &signs), &others, (&recorded, &hands));
    let fact = objection.decide(actor, &took_part, (change, words), act.today())?;
    act.record(super::objection(id), &fact).await
}

/// Who entered or checked the contested value; nobody where it is counted from other records.
async fn recorders(
    act: &mut Act,
    review: &ReviewRow,
    objection: &ObjectionRow,
) -> Result<Vec<Uuid>> {
    let settled = store::review::measures(act, review).await?;
    let called = settled.iter().find(|m| m.call == objection.measure);
    let Some(called) = called else { return Ok(Vec::new()) };
    let Some(number) = called.indicator() else { return Ok(Vec::new()) };
    let (first, last) = ReviewMonth::counted((review.first_on, review.last_on), review.month);
    let months = match called.param("when") {
        Some("earlier") => (last.january(), first.before()),
        Some(_) | None => (first, last),
    };
    let of = (number, objection.unit_id);
    indicators::store::recorders(act, review.jurisdiction_id, of, months).await
}
