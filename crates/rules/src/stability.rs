//! How firm a ranking is: the same points under weights that are a little different.
//!
//! Each draw multiplies every item's weight by 1 + U(−0.25, 0.25) and ranks anew (the way of
//! Saisana, Saltelli and Tarantola 2005, and of the OECD/JRC handbook, step 7). It is analytics for
//! who decides, never part of a score; therefore, and only here, numbers may be floats. The seed is
//! stored beside the result, so that it can be drawn again.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::sheet::{PartKind, Sheet, Standing, UnitScore};
use crate::fraction::Fraction;
use crate::split_mix::SplitMix;

/// Draws that are done at most; more say nothing more.
pub(crate) const DRAWS_MAX: usize = 10_000;
/// How far a weight may move to either side.
const SPREAD: f64 = 0.25;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// The seed.
    pub seed: u64,
    /// How many draws.
    pub draw_count: usize,
    /// How many first and last places are looked at.
    pub place_count: usize,
}

/// How firm the place of one unit is.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// The unit.
    pub unit: String,
    /// Its group.
    pub group: String,
    /// Its published rank.
    pub rank: Decimal,
    /// The rank that 5 % of the draws do not exceed.
    pub rank_from: usize,
    /// The rank that 95 % of the draws do not exceed.
    pub rank_to: usize,
    /// The share of draws in which it is among the first.
    pub among_first: f64,
    /// The share of draws in which it is among the last.
    pub among_last: f64,
    /// Units of the group that cannot be told from it: their intervals hold each other's rank.
    pub alike: Vec<String>,
}

/// The units of all groups that are ranked, by group and rank.
pub fn stability(sheet: &Sheet, draws: Draws) -> Vec<Stability> {
    let mut groups: BTreeMap<&str, Vec<&UnitScore>> = BTreeMap::new();
    for unit in &sheet.units {
        if matches!(unit.standing, Standing::Ranked { .. }) {
            groups.entry(unit.group.as_str()).or_default().push(unit);
        }
    }
    let columns = columns(sheet);
    let mut random = SplitMix::new(draws.seed);
    let weights: Vec<Vec<f64>> = (0..draws.draw_count.min(DRAWS_MAX))
        .map(|_| columns.keys().map(|_| 1.0 + SPREAD * (2.0 * random.unit() - 1.0)).collect())
        .collect();
    groups.values().flat_map(|units| of_group(units, &columns, &weights, draws)).collect()
}

/// The items by code, each with its column.
fn columns(sheet: &Sheet) -> BTreeMap<&str, usize> {
    let parts = sheet.units.iter().flat_map(|unit| &unit.parts);
    let items = parts.filter(|part| part.kind == PartKind::Item).map(|part| part.code.as_str());
    let codes: std::collections::BTreeSet<&str> = items.collect();
    codes.into_iter().enumerate().map(|(column, code)| (code, column)).collect()
}

fn of_group(
    units: &[&UnitScore],
    columns: &BTreeMap<&str, usize>,
    weights: &[Vec<f64>],
    draws: Draws,
) -> Vec<Stability> {
    let rows: Vec<Row> = units.iter().map(|unit| Row::new(unit, columns)).collect();
    // One row for each unit: how often it had each rank.
    let mut counts = vec![vec![0usize; units.len()]; units.len()];
    let mut totals: Vec<(f64, usize)> = Vec::with_capacity(units.len());
    for drawn in weights {
        totals.clear();
        totals.extend(rows.iter().enumerate().map(|(place, row)| (row.total(drawn), place)));
        totals.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut rank = 0;
        let mut before = f64::NAN;
        for (index, (total, place)) in totals.iter().enumerate() {
            // Equal totals share the better rank; a distance below any published place is none.
            if index == 0 || before - total > 1e-9 {
                rank = index;
            }
            before = *total;
            if let Some(slot) = counts.get_mut(*place).and_then(|row| row.get_mut(rank)) {
                *slot += 1;
            }
        }
    }
    summary(units, &counts, draws)
}

/// What the draws come to, by rank: for each unit how often it had each rank.
pub(crate) fn summary(units: &[&UnitScore], counts: &[Vec<usize>], draws: Draws) -> Vec<Stability> {
    let mut found: Vec<Stability> =
        units.iter().zip(counts).map(|(unit, counts)| one(unit, counts, draws)).collect();
    let alike: Vec<Vec<String>> = found.iter().map(|unit| alike(unit, &found)).collect();
    for (unit, alike) in found.iter_mut().zip(alike) {
        unit.alike = alike;
    }
    found.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.unit.cmp(&b.unit)));
    found
}

/// The points of a unit as floats: what weights touch, and what they do not.
struct Row {
    items: Vec<f64>,
    rest: f64,
}

impl Row {
    fn new(unit: &UnitScore, columns: &BTreeMap<&str, usize>) -> Self {
        let mut row = Self { items: vec![0.0; columns.len()], rest: 0.0 };
        for part in &unit.parts {
            let points = Fraction::from(part.points().unwrap_or_default()).approximate();
            let column = columns.get(part.code.as_str()).filter(|_| part.kind == PartKind::Item);
            match column.and_then(|column| row.items.get_mut(*column)) {
                Some(slot) => *slot = points,
                None => row.rest += points,
            }
        }
        row
    }

    fn total(&self, weights: &[f64]) -> f64 {
        self.items.iter().zip(weights).map(|(points, weight)| points * weight).sum::<f64>()
            + self.rest
    }
}

#[expect(clippy::cast_precision_loss, reason = "analytics: shares of draws, never a score")]
fn one(unit: &UnitScore, counts: &[usize], draws: Draws) -> Stability {
    let all: usize = counts.iter().sum();
    let share = |count: usize| if all == 0 { 0.0 } else { count as f64 / all as f64 };
    // The first rank at which so many of a hundred draws are reached.
    let quantile = |percent: usize| {
        let mut seen = 0;
        let reached = counts.iter().position(|count| {
            seen += count;
            seen * 100 >= all * percent
        });
        reached.map_or(counts.len(), |place| place + 1)
    };
    let first = counts.iter().take(draws.place_count).sum();
    let last = counts.iter().rev().take(draws.place_count).sum();
    Stability {
        unit: unit.unit.clone(),
        group: unit.group.clone(),
        rank: unit.rank().unwrap_or_default(),
        rank_from: quantile(5),
        rank_to: quantile(95),
        among_first: share(first),
        among_last: share(last),
        alike: Vec::new(),
    }
}

fn alike(unit: &Stability, all: &[Stability]) -> Vec<String> {
    let holds = |a: &Stability, b: &Stability| {
        let (from, to) = (Decimal::from(a.rank_from), Decimal::from(a.rank_to));
        from <= b.rank && b.rank <= to
    };
    let others = all.iter().filter(|other| other.unit != unit.unit);
    others
        .filter(|other| holds(unit, other) && holds(other, unit))
        .map(|other| other.unit.clone())
        .collect()
}
