//! 算分: the figures of all units as known at the cut-off, scored by the rules, kept as a file with
//! the evidence behind each figure. Repeated after objections; what was shown before stays.

use journal::{Act, Error, Result, hex};
use kernel::{Actor, Refusal, text};
use measures::ReviewMonth;
use rules::frozen::{Root, bundle};
use web::{Call, Done, Route, UnderWay, Values};

use super::Sources;
use crate::facts::{Computation, Fact, Score};
use crate::library::Library;
use crate::scoring::Ground;
use crate::tables::{ObjectionRow, ReviewRow};
use crate::{grants, robustness, store};

pub(crate) fn route() -> Route {
    Route::act("/reviews/{month}/computations", grants::COMPUTE, text!("算分", "Compute the scores"))
        .help(text!(
            "按截止时的记录和已采纳的异议重新取数、算分。以前的结果保留，可以对照。",
            "Figures and scores are made anew from what was recorded at the cut-off and from upheld objections. Earlier results are kept for comparison."
        ))
        .prepare(|call| Box::pin(async { Ok(super::about(call).await?.0) }))
        .decide(compute)
}

async fn compute(call: Call, _values: Values) -> Result<Done> {
    let review = super::reached(&call).await?;
    review.demand_computable()?;
    let location = super::card(review.month);
    UnderWay::run(call, (review.id, location), |call, work| async move {
        let sources = Sources::of(&call).heard_by(&work);
        let made = make(&sources, &review).await?;
        let run = async |act: &mut Act, actor: &Actor, month| run(act, actor, month, made).await;
        let receipt = super::to_review(&call, run).await?;
        // Who looks first would wait for it otherwise, and will if it cannot be done now.
        sources.went_on(900, text!("算名次区间", "Working out how firm places are"));
        if let Err(e) = robustness::prepare(call.db(), &review).await {
            tracing::warn!(error = %e, "how firm places are was not worked out");
        }
        Ok(receipt)
    })
    .await
}

/// A computing before it is recorded, and what it rests on.
pub(crate) struct Made {
    pub(crate) previous: Option<String>,
    root: String,
    scores: Vec<Score>,
    objections: Vec<ObjectionRow>,
    hash: String,
    size: i64,
}

impl Made {
    /// The root of everything.
    pub(crate) fn root(&self) -> &str {
        &self.root
    }
}

/// Computes and stores the file; records nothing.
pub(crate) async fn make(sources: &Sources<'_>, review: &ReviewRow) -> Result<Made> {
    review.demand_computable()?;
    let reading = text!("取数", "Reading figures");
    sources.went_on(10, reading);
    let city = review.jurisdiction_id;
    let mut tx = sources.db.read().await?;
    let texts = store::review::texts(&mut tx, review).await?;
    let objections = store::objection::of_review(&mut tx, review).await?;
    let previous = store::review::previous_root(&mut tx, city, review.month).await?;
    let settled = store::review::measures(&mut tx, review).await?;
    let library = Library::settled(sources.supplies, &settled);
    let root = previous.as_deref().map(root_of).transpose()?;
    let told = |done: usize, all: usize| {
        let share = (done * 600).checked_div(all).unwrap_or_default();
        sources.went_on(u64::try_from(share).unwrap_or_default().max(10), reading);
    };
    let (of, what) = ((review, &sources.zone), (&*texts, &library, &*objections));
    let ground = Ground::read(&mut tx, of, what, root, told).await?;
    drop(tx);
    sources.went_on(650, text!("算分", "Scoring"));
    let scoring = tokio::task::spawn_blocking(move || {
        let computed = ground.score()?;
        let root = computed.frozen.root().to_string();
        let bytes = bundle::write(&computed.frozen).map_err(Refusal::Rule)?;
        Ok::<_, Error>((computed.scores, root, bytes))
    });
    let (scores, root, bytes) = scoring.await.map_err(Error::fault)??;
    sources.went_on(850, text!("保存", "Keeping it"));
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let hash = hex(&files::write(sources.db, city, bytes).await?);
    Ok(Made { previous, root, scores, objections, hash, size })
}

/// A root as it stands in a table.
pub(crate) fn root_of(hex: &str) -> Result<Root> {
    let bytes = <[u8; 32]>::try_from(journal::unhex(hex)?);
    bytes.map(Root).map_err(|_| Error::fault(format!("no root: {hex}")))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    made: Made,
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    review.demand_computable()?;
    demand_unchanged(act, &review, &made).await?;
    let computation = Computation {
        n: review.computation + 1,
        person: crate::review::person(actor),
        root: made.root,
        hash: made.hash,
        size: made.size,
        scores: made.scores,
    };
    act.record(super::review(review.id), &Fact::Computed { computation }).await
}

/// Nothing that counts was decided while it was computed.
pub(crate) async fn demand_unchanged(act: &mut Act, review: &ReviewRow, made: &Made) -> Result<()> {
    let objections = store::objection::of_review(act, review).await?;
    let previous = store::review::previous_root(act, review.jurisdiction_id, review.month).await?;
    if objections == made.objections && previous == made.previous {
        return Ok(());
    }
    Err(Refusal::rule(text!(
        "算分时有异议刚刚提出或处理，请再算一次。",
        "An objection was filed or decided meanwhile; compute once more."
    ))
    .into())
}
