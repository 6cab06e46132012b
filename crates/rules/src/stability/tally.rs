//! What many draws come to for each unit, without keeping how often it had each rank.
//!
//! For the interval only the smallest and the largest twentieth of a unit's ranks are kept, so 3,000
//! units and 1,000 draws take 0.3 million numbers instead of nine million counts. Neighbours are
//! compared in each draw: a pair of adjacent ranks is one counter.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{DRAWS_MAX, Draws, Stability};
use crate::engine::sheet::UnitScore;

/// Of a hundred draws, how many lie below the interval, and above it.
const OUTSIDE_PERCENT: usize = 5;

/// The ranked units of a group with what was drawn for them.
pub(crate) struct Tallies<'u> {
    units: Vec<&'u UnitScore>,
    tallies: Vec<Tally>,
    places: usize,
}

/// What was drawn for one unit.
struct Tally {
    /// The smallest ranks; the largest of them on top.
    low: BinaryHeap<usize>,
    /// The largest ranks; the smallest of them on top.
    high: BinaryHeap<Reverse<usize>>,
    /// How many of each are kept.
    keep: usize,
    /// Draws in which it has a rank.
    count: usize,
    first: usize,
    last: usize,
    /// Draws in which it and the next unit are both ranked.
    pair_count: usize,
    /// Those of them in which it is not before the next unit.
    turned: usize,
}

impl<'u> Tallies<'u> {
    /// Begins with the units by their published rank.
    pub(crate) fn new(mut units: Vec<&'u UnitScore>, draws: Draws) -> Self {
        units.sort_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.unit.cmp(&b.unit)));
        let keep = draws.draw_count.min(DRAWS_MAX) * OUTSIDE_PERCENT / 100 + 1;
        let tallies = units.iter().map(|_| Tally::new(keep)).collect();
        Self { units, tallies, places: draws.place_count }
    }

    /// The units in the order in which ranks are handed over.
    pub(crate) fn units(&self) -> &[&'u UnitScore] {
        &self.units
    }

    /// Takes the ranks of one draw, from 1; none for a unit that has none in it.
    pub(crate) fn count(&mut self, ranks: &[Option<usize>]) {
        let of = self.units.len();
        let next = ranks.iter().skip(1).copied().chain([None]);
        for ((tally, rank), next) in self.tallies.iter_mut().zip(ranks).zip(next) {
            let Some(rank) = *rank else { continue };
            tally.put(rank);
            tally.first += usize::from(rank <= self.places);
            tally.last += usize::from(rank + self.places > of);
            if let Some(next) = next {
                tally.pair_count += 1;
                tally.turned += usize::from(rank >= next);
            }
        }
    }

    /// What it comes to, by published rank.
    pub(crate) fn summary(self) -> Vec<Stability> {
        let of = self.units.len();
        let alike_next: Vec<bool> = self.tallies.iter().map(Tally::is_like_next).collect();
        let names: Vec<&str> = self.units.iter().map(|unit| unit.unit.as_str()).collect();
        let all = self.units.iter().zip(self.tallies).enumerate();
        all.map(|(place, (unit, tally))| {
            let before =
                place.checked_sub(1).filter(|before| alike_next.get(*before) == Some(&true));
            let behind = Some(place + 1).filter(|_| alike_next.get(place) == Some(&true));
            let alike = [before, behind].into_iter().flatten();
            let alike = alike.filter_map(|place| names.get(place)).map(|name| (*name).to_owned());
            let (first, last) = (share(tally.first, tally.count), share(tally.last, tally.count));
            let (rank_from, rank_to) = tally.interval(of);
            Stability {
                unit: unit.unit.clone(),
                group: unit.group.clone(),
                rank: unit.rank().unwrap_or_default(),
                rank_from,
                rank_to,
                among_first: first,
                among_last: last,
                alike: alike.collect(),
            }
        })
        .collect()
    }
}

impl Tally {
    fn new(keep: usize) -> Self {
        Self {
            low: BinaryHeap::new(),
            high: BinaryHeap::new(),
            keep,
            count: 0,
            first: 0,
            last: 0,
            pair_count: 0,
            turned: 0,
        }
    }

    fn put(&mut self, rank: usize) {
        self.count += 1;
        if self.low.len() < self.keep {
            self.low.push(rank);
        } else if let Some(mut largest) = self.low.peek_mut()
            && rank < *largest
        {
            *largest = rank;
        }
        if self.high.len() < self.keep {
            self.high.push(Reverse(rank));
        } else if let Some(mut smallest) = self.high.peek_mut()
            && rank > smallest.0
        {
            *smallest = Reverse(rank);
        }
    }

    /// The ranks that 5 % and 95 % of the draws do not exceed; everything while nothing was drawn.
    fn interval(self, of: usize) -> (usize, usize) {
        // So many ranks lie at or below the one, and at or above the other.
        let below = (self.count * OUTSIDE_PERCENT).div_ceil(100).max(1);
        let above = self.count - (self.count * (100 - OUTSIDE_PERCENT)).div_ceil(100) + 1;
        let low = self.low.into_sorted_vec();
        let high = self.high.into_sorted_vec();
        let from = low.get(below - 1).copied().unwrap_or(1);
        let to = high.get(above - 1).map_or(of, |rank| rank.0);
        (from, to)
    }

    fn is_like_next(&self) -> bool {
        self.turned * 100 >= self.pair_count * OUTSIDE_PERCENT && self.turned > 0
    }
}

#[expect(clippy::cast_precision_loss, reason = "analytics: shares of draws, never a score")]
fn share(count: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { count as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Tally;

    /// The first rank at which so many of a hundred draws are reached, by counting all of them.
    fn quantile(ranks: &[usize], percent: usize) -> usize {
        let reached = |rank: &usize| {
            ranks.iter().filter(|one| *one <= rank).count() * 100 >= ranks.len() * percent
        };
        (1..=30).find(reached).unwrap()
    }

    proptest! {
        #[test]
        fn the_interval_is_that_of_all_ranks(ranks in prop::collection::vec(1usize..30, 1..300)) {
            let mut tally = Tally::new(ranks.len() * 5 / 100 + 1);
            ranks.iter().for_each(|rank| tally.put(*rank));
            prop_assert_eq!(tally.interval(30), (quantile(&ranks, 5), quantile(&ranks, 95)));
        }
    }

    #[test]
    fn without_a_draw_nothing_is_known() {
        assert_eq!(Tally::new(1).interval(7), (1, 7));
    }
}
