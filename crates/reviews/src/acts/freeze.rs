//! 封存: the newest computing is frozen with its root, which holds the root of the month before.
//! It is computed once more first: what would come out otherwise is not frozen.

use journal::{Act, Error, Result, Tx, history};
use kernel::{Actor, Refusal, text};
use measures::ReviewMonth;
use web::{Call, Done, FieldSpec, Prepared, Route, UnderWay, Values};

use super::Sources;
use super::compute::{self, Made};
use crate::tables::{ObjectionRow, ObjectionState, ReviewRow, Stage};
use crate::{grants, store};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("why", text!("再次封存的原因", "Why it is frozen again"), 500)];

pub(crate) fn route() -> Route {
    Route::act("/reviews/{month}/freeze", grants::FREEZE, text!("封存", "Freeze"))
        .help(text!(
            "封存办法、数据、依据和得分，算出校验值并与上月相连；封存后任何人不能改分。",
            "Rules, figures, evidence and scores are frozen under one hash that holds last month's; nobody changes a score after that."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(freeze)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review) = super::about(call).await?;
    let without = if review.freezes == 0 { vec!["why"] } else { Vec::new() };
    Ok(Prepared { without, ..prepared })
}

async fn freeze(call: Call, values: Values) -> Result<Done> {
    let review = super::reached(&call).await?;
    let (why, location) = (values.text("why"), super::card(review.month));
    UnderWay::run(call, (review.id, location), |call, work| async move {
        let made = compute::make(&Sources::of(&call).heard_by(&work), &review).await?;
        let frozen = (made, why);
        let run = async |act: &mut Act, actor: &Actor, month| run(act, actor, month, frozen).await;
        super::to_review(&call, run).await
    })
    .await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    (made, why): (Made, String),
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    compute::demand_unchanged(act, &review, &made).await?;
    let last = store::review::computation(act, &review, review.computation).await?;
    let last = last.ok_or_else(Error::missing)?;
    if last.root != made.root() {
        return Err(Refusal::rule(text!(
            "上次算分以后有异议处理或前月封存有变化，请先重新算分再封存。",
            "Objections were decided, or the month before was frozen again, since it was computed; compute once more first."
        ))
        .into());
    }
    let (city, today) = (act.jurisdiction(), act.today());
    let head = history::head(act, city).await?.to_string();
    let objections = store::objection::of_review(act, &review).await?;
    let others = store::review::all(act, city).await?;
    let is_granted = is_granted(act, &review, &objections).await?;
    let sealed = (last.root, made.previous, head);
    let known = (today, &*objections, &*others);
    let fact = review.freeze(actor, known, sealed, (why, is_granted))?;
    act.record(super::review(review.id), &fact).await
}

/// Whether a re-examination was upheld that what is out does not hold yet.
pub(crate) async fn is_granted(
    tx: &mut Tx,
    review: &ReviewRow,
    objections: &[ObjectionRow],
) -> Result<bool> {
    if !review.is_out() {
        return Ok(false);
    }
    let freezes = store::review::freezes(tx, review).await?;
    let out = freezes.iter().rfind(|f| f.computation == review.shown).map_or(0, |f| f.seq);
    let upheld =
        objections.iter().filter(|o| o.kind == Stage::Recheck && o.state == ObjectionState::Upheld);
    for objection in upheld {
        let of_it = history::Filter {
            subject: Some(objection.id),
            kind: Some("objection_decided".to_owned()),
            ..history::Filter::default()
        };
        let decided = history::newest(tx, review.jurisdiction_id, &of_it, 1).await?;
        if decided.first().is_some_and(|entry| entry.seq > out) {
            return Ok(true);
        }
    }
    Ok(false)
}
