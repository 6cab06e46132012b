//! 核查存疑: somebody of the bureau looks at a question about a month's records, says in words what
//! came of it, and asks the unit where that is needed. It is never a deduction: what has to be
//! corrected goes the way of objections.

use journal::{Act, Error, Result};
use kernel::{Actor, Refusal, text};
use measures::ReviewMonth;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::doubts::{self, Doubt};
use crate::facts::{Fact, Looked};
use crate::tables::{ReviewRow, ReviewState};
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("doubt", text!("存疑事项", "Question")).required(),
    FieldSpec::area("outcome", text!("核查情况", "What came of it"), 1_000)
        .required()
        .hint(text!("查了什么、怎样认定。", "What was looked into, and what it turned out to be.")),
    FieldSpec::check("asks_unit", text!("请该单位说明", "Ask the unit")).hint(text!(
        "勾选后，该单位在本单位得分表上看到这一事项和核查情况。",
        "The unit then sees the question and what you wrote on its own sheet."
    )),
];

pub(crate) fn route() -> Route {
    let title = text!("核查存疑事项", "Look at a question");
    Route::act("/reviews/{month}/doubts/outcomes", grants::LOOK_AT_DOUBT, title)
        .help(text!(
            "存疑只是提示，不扣分、不进通报；需要更正数据的，走异议处理。",
            "A question is a hint only: no deduction, not in the circular. A figure that has to be corrected goes the way of objections."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(look)
}

/// The questions of the review in the path.
async fn found(call: &Call, review: &ReviewRow) -> Result<Vec<Doubt>> {
    let found = doubts::kept::of(call.db(), review, &call.zone()).await?;
    Ok(found.map(|found| found.doubts).unwrap_or_default())
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review) = super::about(call).await?;
    let mut tx = call.read().await?;
    let units = people::store::units(&mut tx, call.city()?, review.last_on).await?;
    drop(tx);
    let choice = |doubt: Doubt| {
        let unit = units.iter().find(|unit| unit.id == doubt.unit);
        let unit = unit.map_or_else(String::new, |unit| unit.short_name.clone());
        let said = if call.lang == kernel::Lang::Zh { &doubt.zh } else { &doubt.en };
        let kind = doubts::words::kind(doubt.kind).of(call.lang);
        Choice::new(doubt.named(), format!("{unit} · {said}")).under(kind)
    };
    let choices = found(call, &review).await?.into_iter().map(choice).collect();
    let asked = call.query.get("doubt").unwrap_or_default();
    let back = format!("{}/doubts", super::card(review.month));
    Ok(Prepared { back, ..prepared }.offer("doubt", choices).fill("doubt", asked))
}

/// What somebody says of a question.
pub(crate) struct Said {
    pub(crate) doubt: Doubt,
    pub(crate) outcome: String,
    pub(crate) asks_unit: bool,
}

async fn look(call: Call, values: Values) -> Result<Done> {
    let review = super::reached(&call).await?;
    let named = values.text("doubt");
    let doubt = found(&call, &review).await?.into_iter().find(|doubt| doubt.named() == named);
    let said = Said {
        doubt: doubt.ok_or_else(|| Refusal::field("doubt", words::CHOOSE_ONE))?,
        outcome: values.text("outcome"),
        asks_unit: values.checked("asks_unit"),
    };
    let done =
        super::on_review(&call, async |act, actor, month| run(act, actor, month, said).await)
            .await?;
    Ok(Done { location: format!("{}/doubts", super::card(review.month)), ..done })
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    Said { doubt, outcome, asks_unit }: Said,
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    if review.computation == 0 {
        return Err(Error::missing());
    }
    if asks_unit && review.state == ReviewState::Open {
        let told = text!(
            "单位看到得分表（公示）以后，才能请单位说明。",
            "A unit can be asked once it sees its sheet: show the drafts first."
        );
        return Err(Refusal::field("asks_unit", told).into());
    }
    let looked = Looked {
        kind: doubt.kind,
        unit: doubt.unit,
        evidence: doubt.evidence,
        zh: doubt.zh,
        en: doubt.en,
        outcome,
        asks_unit,
        person: crate::review::person(actor),
        on: act.today(),
    };
    act.record(super::review(review.id), &Fact::LookedAt { looked }).await
}
