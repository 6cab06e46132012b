//! How firm a ranking is: the same points under weights that are a little different.
//!
//! Each draw multiplies every item's weight by 1 + U(−0.25, 0.25) and ranks anew (the way of
//! Saisana, Saltelli and Tarantola 2005, and of the OECD/JRC handbook, step 7). It is analytics for
//! who decides, never part of a score; therefore, and only here, numbers may be floats. The seed is
//! stored beside the result, so that it can be drawn again.

pub(crate) mod tally;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::sheet::{PartKind, Sheet, Standing, UnitScore};
use crate::fraction::Fraction;
use crate::split_mix::SplitMix;
use tally::Tallies;

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
    /// The units just before and just behind it that cannot be told from it: in at least 5 % of the
    /// draws the order of the two is another, or they are equal.
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
    groups.into_values().flat_map(|units| of_group(units, &columns, &weights, draws)).collect()
}

/// The items by code, each with its column.
fn columns(sheet: &Sheet) -> BTreeMap<&str, usize> {
    let parts = sheet.units.iter().flat_map(|unit| &unit.parts);
    let items = parts.filter(|part| part.kind == PartKind::Item).map(|part| part.code.as_str());
    let codes: std::collections::BTreeSet<&str> = items.collect();
    codes.into_iter().enumerate().map(|(column, code)| (code, column)).collect()
}

fn of_group(
    units: Vec<&UnitScore>,
    columns: &BTreeMap<&str, usize>,
    weights: &[Vec<f64>],
    draws: Draws,
) -> Vec<Stability> {
    let mut tallies = Tallies::new(units, draws);
    let rows: Vec<Row> = tallies.units().iter().map(|unit| Row::new(unit, columns)).collect();
    let mut totals: Vec<(f64, usize)> = Vec::with_capacity(rows.len());
    let mut ranks: Vec<Option<usize>> = vec![None; rows.len()];
    for drawn in weights {
        totals.clear();
        totals.extend(rows.iter().enumerate().map(|(place, row)| (row.total(drawn), place)));
        totals.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut rank = 0;
        let mut before = f64::NAN;
        for (index, (total, place)) in totals.iter().enumerate() {
            // Equal totals share the better rank; a distance below any published place is none.
            if index == 0 || before - total > 1e-9 {
                rank = index + 1;
            }
            before = *total;
            if let Some(slot) = ranks.get_mut(*place) {
                *slot = Some(rank);
            }
        }
        tallies.count(&ranks);
    }
    tallies.summary()
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
