//! 排名稳健性: how firm each place is, under weights that are a little different and under the chance
//! in small counts. It stands beside the ranking for who decides, never in it and never in the
//! circular.
//!
//! The seed is the beginning of the computing's root, so that everybody draws the same: whoever
//! has the frozen month can do it again.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Db, Error, Result};
use rules::noise::noise;
use rules::rule_set::RuleSet;
use rules::stability::{Draws, Stability, stability};
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};

use crate::computed::{self, Part};
use crate::doubts::rows::AnalysisRow;
use crate::store;
use crate::tables::{ComputationRow, ReviewRow};

/// The analysis and its version.
const ANALYSIS: &str = "robustness@4";
/// Draws of weights.
const WEIGHT_DRAWS: usize = 1_000;
/// Draws of counts at most; each scores the whole group again.
const NOISE_DRAWS: usize = 200;
/// Draws of counts at least, however large the group.
const NOISE_DRAWS_MIN: usize = 20;
/// Figures that are scored for one group in all: about two seconds.
const NOISE_CELLS: usize = 400_000;

/// How firm the places of a computing are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Robustness {
    /// The seed of all draws, hexadecimal.
    pub(crate) seed: String,
    /// How often weights were drawn.
    pub(crate) weight_draws: usize,
    pub(crate) groups: Vec<Group>,
}

/// A group of a rule set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) rule: String,
    pub(crate) code: String,
    pub(crate) zh: String,
    pub(crate) en: String,
    /// So many first and last places are looked at.
    pub(crate) places: usize,
    /// How often counts were drawn.
    pub(crate) noise_draws: usize,
    pub(crate) units: Vec<Unit>,
}

/// A ranked unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unit {
    pub(crate) unit_id: String,
    pub(crate) unit: String,
    pub(crate) rank: String,
    /// Under other weights.
    pub(crate) weights: Firm,
    /// Under the chance in counts.
    pub(crate) noise: Firm,
}

/// Where a unit's place lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Firm {
    /// The place that 5 % of the draws do not exceed.
    pub(crate) from: usize,
    /// The place that 95 % of the draws do not exceed.
    pub(crate) to: usize,
    /// Of a thousand draws, in how many it is among the first.
    pub(crate) first_permille: i64,
    /// And among the last.
    pub(crate) last_permille: i64,
    /// Neighbours that cannot be told from it.
    pub(crate) alike: Vec<String>,
}

/// How firm a computing is: as kept, or drawn now and kept.
pub(crate) async fn of(
    db: &Db,
    review: &ReviewRow,
    computation: &ComputationRow,
) -> Result<Robustness> {
    let about = computation.root.clone();
    let mut tx = db.read().await?;
    let kept = store::doubts::analysis(&mut tx, review, (ANALYSIS, &about)).await?;
    drop(tx);
    if let Some(robustness) = kept.and_then(|body| serde_json::from_str(&body).ok()) {
        return Ok(robustness);
    }
    let (parts, seed) = (computed::parts(db, computation).await?, seed(&computation.root)?);
    let drawing = tokio::task::spawn_blocking(move || draw(&parts, seed));
    let robustness = drawing.await.map_err(Error::fault)??;
    let row = AnalysisRow {
        jurisdiction_id: review.jurisdiction_id,
        review_id: review.id,
        analysis: ANALYSIS.to_owned(),
        about,
        body: serde_json::to_string(&robustness)?,
    };
    db.operate(review.jurisdiction_id, async |tx| store::doubts::keep(tx, &row).await).await?;
    Ok(robustness)
}

/// Works it out for the newest computing, so that nobody who looks has to wait.
pub(crate) async fn prepare(db: &Db, review: &ReviewRow) -> Result<()> {
    let mut tx = db.read().await?;
    let found = store::review::of_month(&mut tx, review.jurisdiction_id, review.month).await?;
    let newest = found.ok_or_else(Error::missing)?;
    let row = store::review::computation(&mut tx, &newest, newest.computation).await?;
    drop(tx);
    of(db, &newest, &row.ok_or_else(Error::missing)?).await.map(drop)
}

/// The first 64 bits of a root.
fn seed(root: &str) -> Result<u64> {
    let begin = root.get(..16).and_then(|begin| u64::from_str_radix(begin, 16).ok());
    begin.ok_or_else(|| Error::fault(format!("no root: {root}")))
}

fn draw(parts: &[Part], seed: u64) -> Result<Robustness> {
    let mut groups = Vec::new();
    for part in parts {
        let mut ranked: BTreeMap<&str, usize> = BTreeMap::new();
        for unit in part.sheet.units.iter().filter(|unit| unit.rank().is_some()) {
            *ranked.entry(unit.group.as_str()).or_default() += 1;
        }
        let draws = |draw_count, units| Draws { seed, draw_count, place_count: places(units) };
        // The same seed draws the same weights, however many places are looked at.
        let sizes: BTreeMap<usize, usize> = ranked.values().map(|n| (places(*n), *n)).collect();
        let by_places: BTreeMap<usize, Vec<Stability>> = sizes
            .into_iter()
            .map(|(places, units)| (places, stability(&part.sheet, draws(WEIGHT_DRAWS, units))))
            .collect();
        for group in &part.rule.groups {
            let Some(units) = ranked.get(group.code.0.as_str()).copied() else { continue };
            let weights = by_places.get(&places(units)).map(Vec::as_slice).unwrap_or_default();
            let noise_draws = noise_draws(&part.rule, units);
            let of = (group.code.0.as_str(), draws(noise_draws, units));
            let chance = noise(&part.rule, &part.facts, &part.adjustments, of.0, of.1)
                .map_err(|told| Error::fault(format!("stored facts do not fit: {told:?}")))?;
            let of_group = weights.iter().filter(|one| one.group == group.code.0);
            groups.push(Group {
                rule: part.rule.code.0.clone(),
                code: group.code.0.clone(),
                zh: group.name.0.clone(),
                en: group.english.as_ref().unwrap_or(&group.name).0.clone(),
                places: places(units),
                noise_draws,
                units: of_group.map(|one| unit(part, one, &chance)).collect(),
            });
        }
    }
    Ok(Robustness { seed: format!("{seed:016x}"), weight_draws: WEIGHT_DRAWS, groups })
}

/// How many first and last places are looked at in a group.
const fn places(units: usize) -> usize {
    match units {
        0..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

fn noise_draws(rule: &RuleSet, units: usize) -> usize {
    let figures = units * (rule.items().count() + rule.bonuses.len()).max(1);
    NOISE_CELLS.checked_div(figures).unwrap_or(NOISE_DRAWS).clamp(NOISE_DRAWS_MIN, NOISE_DRAWS)
}

fn unit(part: &Part, weights: &Stability, chance: &[Stability]) -> Unit {
    let of_chance = chance.iter().find(|one| one.unit == weights.unit);
    Unit {
        unit_id: weights.unit.clone(),
        unit: part.name(&weights.unit).to_owned(),
        rank: weights.rank.normalize().to_string(),
        weights: firm(weights),
        noise: of_chance.map(firm).unwrap_or_default(),
    }
}

fn firm(one: &Stability) -> Firm {
    let permille = |share: f64| (share * 1_000.0).round().to_i64().unwrap_or_default();
    Firm {
        from: one.rank_from,
        to: one.rank_to,
        first_permille: permille(one.among_first),
        last_permille: permille(one.among_last),
        alike: one.alike.clone(),
    }
}

impl Unit {
    /// The neighbours that it cannot be told from, in either way of drawing.
    pub(crate) fn alike(&self) -> BTreeSet<&str> {
        self.weights.alike.iter().chain(&self.noise.alike).map(String::as_str).collect()
    }
}

impl Robustness {
    /// A unit with its group.
    pub(crate) fn unit(&self, unit: &str) -> Option<(&Group, &Unit)> {
        self.groups.iter().find_map(|group| {
            let found = group.units.iter().find(|one| one.unit_id == unit)?;
            Some((group, found))
        })
    }

    /// The names of those that a unit cannot be told from, without those whom the same consequence
    /// takes as well: between them it makes no difference.
    pub(crate) fn spared_alike(&self, unit: &str, taken: &[&str]) -> Vec<String> {
        let Some((group, own)) = self.unit(unit) else { return Vec::new() };
        let alike = own.alike();
        let spared = group.units.iter().filter(|other| {
            let id = other.unit_id.as_str();
            alike.contains(id) && !taken.contains(&id)
        });
        spared.map(|other| other.unit.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{places, seed};

    #[test]
    fn the_seed_is_the_beginning_of_the_root() {
        let root = "00000000000000ff".repeat(4);
        assert_eq!(seed(&root).unwrap(), 255);
        assert!(seed("abc").is_err() && seed(&"x".repeat(64)).is_err());
    }

    #[test]
    fn a_small_group_has_one_first_place() {
        assert_eq!([places(1), places(5), places(6), places(9), places(10)], [1, 1, 2, 2, 3]);
    }
}
