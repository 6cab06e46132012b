//! The smallest change that would have gained a unit a place in a frozen month: some of its own
//! records with the other outcome, and the group scored again. For the unit itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use journal::{Error, Result};
use kernel::{Subject, SubjectKind};
use measures::{Asked, Best, Record};
use rules::decimal;
use rules::what_if::{CountChange, Flip, smallest_gain};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::acts::Sources;
use crate::computed::{self, Part};
use crate::doubts::rows::AnalysisRow;
use crate::library::Library;
use crate::scoring;
use crate::store;
use crate::tables::{ComputationRow, ReviewRow, ReviewState};

/// The analysis and its version.
const ANALYSIS: &str = "gain@3";
/// Records that are tried at most.
const FLIPS: usize = 50;
/// Records that are tried at least, however large the group.
const FLIPS_MIN: usize = 4;
/// Figures that are scored in all: some seconds.
const CELLS: usize = 1_000_000;
/// Records of a figure that are read.
const RECORDS_MAX: i64 = 2_000;

/// What trying came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tried {
    /// How many records were tried.
    pub(crate) tried: usize,
    /// How many there are that could be tried.
    pub(crate) of: usize,
    /// What would have gained a place.
    pub(crate) gain: Option<Gain>,
}

/// What would have gained a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Gain {
    pub(crate) records: Vec<Subject>,
    /// The total that the unit would have had.
    pub(crate) total: String,
    /// The place that it had, and the one that it would have had.
    pub(crate) rank_before: String,
    pub(crate) rank: String,
}

/// The smallest change for a unit, as kept or tried now and kept; nothing before the freeze, and
/// nothing for who is first or has no place.
pub(crate) async fn of(
    sources: &Sources<'_>,
    review: &ReviewRow,
    (computation, unit): (&ComputationRow, Uuid),
) -> Result<Option<Tried>> {
    if !is_frozen(sources, review, computation).await? {
        return Ok(None);
    }
    let about = format!("{}:{unit}", computation.root);
    let mut tx = sources.db.read().await?;
    let kept = store::doubts::analysis(&mut tx, review, (ANALYSIS, &about)).await?;
    drop(tx);
    if let Some(tried) = kept.and_then(|body| serde_json::from_str(&body).ok()) {
        return Ok(Some(tried));
    }
    let parts = computed::parts(sources.db, computation).await?;
    let id = unit.to_string();
    let Some(part) = computed::of_unit(&parts, &id) else { return Ok(None) };
    let rank = part.score(&id).and_then(rules::engine::sheet::UnitScore::rank);
    if rank.is_none_or(|rank| rank <= Decimal::ONE) {
        return Ok(None);
    }
    let flips = flips(sources, review, (part, unit)).await?;
    let parts = Arc::clone(&parts);
    let trying = tokio::task::spawn_blocking(move || {
        let part = computed::of_unit(&parts, &id).ok_or_else(Error::missing)?;
        attempt(part, &id, &flips)
    });
    let tried = trying.await.map_err(Error::fault)??;
    let row = AnalysisRow {
        jurisdiction_id: review.jurisdiction_id,
        review_id: review.id,
        analysis: ANALYSIS.to_owned(),
        about,
        body: serde_json::to_string(&tried)?,
    };
    let keep = async |tx: &mut journal::Tx| store::doubts::keep(tx, &row).await;
    sources.db.operate(review.jurisdiction_id, keep).await?;
    Ok(Some(tried))
}

/// Whether what is shown is what was frozen.
async fn is_frozen(
    sources: &Sources<'_>,
    review: &ReviewRow,
    computation: &ComputationRow,
) -> Result<bool> {
    if matches!(review.state, ReviewState::Open | ReviewState::Draft) {
        return Ok(false);
    }
    let freezes = store::review::freezes(&mut sources.db.read().await?, review).await?;
    Ok(freezes.iter().any(|f| f.computation == computation.n))
}

/// The unit's records that turned out badly, each turned to the better in every figure it stands
/// behind; those that stand behind most figures in front.
async fn flips(
    sources: &Sources<'_>,
    review: &ReviewRow,
    (part, unit): (&Part, Uuid),
) -> Result<Vec<(Subject, Flip)>> {
    let mut tx = sources.db.read().await?;
    let settled = store::review::measures(&mut tx, review).await?;
    let library = Library::settled(sources.supplies, &settled);
    let question = scoring::question(&mut tx, review, &sources.zone).await?;
    let mut found: BTreeMap<Subject, Vec<CountChange>> = BTreeMap::new();
    for input in part.rule.calls() {
        let call = input.call();
        let Some(asked) = library.asked(&call).filter(|asked| is_of_records(asked)) else {
            continue;
        };
        let everything = |_: &mut Vec<journal::Value>| String::new();
        let cell = (asked, unit);
        let first = (None, RECORDS_MAX);
        let records = measures::store::records(&mut tx, &question, cell, first, everything).await?;
        for record in &records {
            if let Some(by) = better(asked, record) {
                let change = CountChange {
                    call: call.clone(),
                    numerator: Decimal::new(by, asked.measure.decimals),
                    denominator: Decimal::ZERO,
                };
                let subject = Subject::new(asked.measure.population.subject, record.id);
                found.entry(subject).or_default().push(change);
            }
        }
    }
    let flip = |(subject, changes): (Subject, Vec<CountChange>)| {
        (subject, Flip { record: subject.id.to_string(), changes })
    };
    let mut flips: Vec<(Subject, Flip)> = found.into_iter().map(flip).collect();
    flips.sort_by_key(|(subject, flip)| (std::cmp::Reverse(flip.changes.len()), *subject));
    Ok(flips)
}

/// An entered value is no record that could have turned out otherwise.
fn is_of_records(asked: &Asked<'_>) -> bool {
    matches!(asked.measure.population.subject, SubjectKind::Assignment | SubjectKind::Slip)
}

/// What a record adds to the numerator when it turns out well; nothing when it did.
fn better(asked: &Asked<'_>, record: &Record) -> Option<i64> {
    let by = match (asked.measure.best, record.denominator) {
        (Best::High, Some(all)) => all - record.numerator,
        (Best::Low, _) => -record.numerator,
        (Best::High, None) | (Best::Neither, _) => 0,
    };
    (by != 0).then_some(by)
}

fn attempt(part: &Part, unit: &str, flips: &[(Subject, Flip)]) -> Result<Tried> {
    let group = part.unit(unit).map(|own| own.group.as_str()).unwrap_or_default();
    let units = part.facts.units.iter().filter(|other| other.group == group).count();
    let figures = units * part.rule.items().count().max(1) * 3;
    let limit = CELLS.checked_div(figures).unwrap_or(FLIPS).clamp(FLIPS_MIN, FLIPS);
    let tried: Vec<Flip> = flips.iter().take(limit).map(|(_, flip)| flip.clone()).collect();
    let gain = smallest_gain(&part.rule, &part.facts, &part.adjustments, unit, &tried)
        .map_err(|told| Error::fault(format!("stored facts do not fit: {told:?}")))?;
    let before = part.score(unit).and_then(rules::engine::sheet::UnitScore::rank);
    let subject = |record: &String| flips.iter().find(|(_, f)| f.record == *record).map(|f| f.0);
    let gain = gain.map(|gain| Gain {
        records: gain.records.iter().filter_map(subject).collect(),
        total: decimal::shown(gain.total, part.rule.precision.places),
        rank_before: before.unwrap_or_default().normalize().to_string(),
        rank: gain.rank.normalize().to_string(),
    });
    Ok(Tried { tried: tried.len(), of: flips.len(), gain })
}
