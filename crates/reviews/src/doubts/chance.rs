//! Whether a unit's share differs from that of its peers by more than chance: the hypergeometric
//! tail, with the false discoveries of a month kept at one in twenty (Benjamini and Hochberg 1995).
//!
//! Analytics beside the score, never part of it; only the four basic operations are used, so that
//! every machine comes to the same. Pure.

use std::collections::BTreeMap;

use uuid::Uuid;

/// Of a hundred units that are asked about, how many may be innocent.
const FALSE_PERCENT: f64 = 5.0;
/// How many points of percent the share lies above that of its peers at least.
const APART_PERCENT: i64 = 25;

/// How many of a unit's records are of the kind that is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) hits: i64,
    pub(super) all: i64,
}

/// A unit whose share stands out, with that of the other units of its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unusual {
    pub(super) unit: Uuid,
    pub(super) own: Share,
    pub(super) others: Share,
}

/// The units whose share is higher than chance explains, among those with at least so many records.
/// Each is held against the others of its group.
pub(super) fn unusual(
    shares: &BTreeMap<Uuid, Share>,
    groups: &BTreeMap<Uuid, Uuid>,
    least: i64,
) -> Vec<Unusual> {
    let mut of_group: BTreeMap<Uuid, Share> = BTreeMap::new();
    for (unit, share) in shares {
        let Some(group) = groups.get(unit) else { continue };
        let sum = of_group.entry(*group).or_default();
        *sum = Share { hits: sum.hits + share.hits, all: sum.all + share.all };
    }
    let mut tested: Vec<(f64, Unusual)> = Vec::new();
    for (unit, own) in shares.iter().filter(|(_, own)| own.all >= least) {
        let Some(sum) = groups.get(unit).and_then(|group| of_group.get(group)) else { continue };
        let others = Share { hits: sum.hits - own.hits, all: sum.all - own.all };
        if others.all < least {
            continue;
        }
        tested.push((tail(*own, *sum), Unusual { unit: *unit, own: *own, others }));
    }
    tested.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.unit.cmp(&b.1.unit)));
    let count = number(i64::try_from(tested.len()).unwrap_or(i64::MAX));
    let allowed = |place: i64| number(place) / count * FALSE_PERCENT / 100.0;
    let held = (1..).zip(&tested).filter(|(place, (p, _))| *p <= allowed(*place)).count();
    tested.truncate(held);
    let apart = |u: &Unusual| {
        let (own, others) = (u.own, u.others);
        own.hits * 100 * others.all - others.hits * 100 * own.all
            >= APART_PERCENT * own.all * others.all
    };
    tested.into_iter().map(|(_, unusual)| unusual).filter(apart).collect()
}

/// The chance that so many or more hits fall to a unit when those of its group are dealt out blindly.
fn tail(own: Share, sum: Share) -> f64 {
    let (drawn, marked, all) = (own.all, sum.hits, sum.all);
    let (low, high) = ((drawn + marked - all).max(0), drawn.min(marked));
    // From the likeliest number outwards each weight follows from the one before.
    let mode = ((drawn + 1) * (marked + 1) / (all + 2)).clamp(low, high);
    let (mut whole, mut far) = (0.0, 0.0);
    let mut add = |hits: i64, weight: f64| {
        whole += weight;
        if hits >= own.hits {
            far += weight;
        }
    };
    add(mode, 1.0);
    let mut weight = 1.0;
    for k in mode..high {
        weight *= number(marked - k) * number(drawn - k)
            / (number(k + 1) * number(all - marked - drawn + k + 1));
        add(k + 1, weight);
    }
    weight = 1.0;
    for k in (low + 1..=mode).rev() {
        weight *= number(k) * number(all - marked - drawn + k)
            / (number(marked - k + 1) * number(drawn - k + 1));
        add(k - 1, weight);
    }
    far / whole
}

#[expect(clippy::cast_precision_loss, reason = "analytics: counts of records, never a score")]
const fn number(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use uuid::Uuid;

    use super::{Share, tail, unusual};

    #[test]
    fn the_tail_is_that_of_the_tables() {
        // 5 of 5 of 10 with 5 marked: 1 of C(10, 5) = 252; 4 or more: 26 of 252.
        let of = |hits| tail(Share { hits, all: 5 }, Share { hits: 5, all: 10 });
        assert!((of(5) - 1.0 / 252.0).abs() < 1e-12);
        assert!((of(4) - 26.0 / 252.0).abs() < 1e-12);
        assert!((of(0) - 1.0).abs() < 1e-12);
        let big = tail(Share { hits: 900, all: 1_000 }, Share { hits: 10_000, all: 20_000 });
        assert!((0.0..1e-9).contains(&big), "{big}");
    }

    fn shares(of: &[(i64, i64)]) -> BTreeMap<Uuid, Share> {
        let share = |(n, (hits, all)): (u128, &(i64, i64))| {
            (Uuid::from_u128(n), Share { hits: *hits, all: *all })
        };
        (1..).zip(of).map(share).collect()
    }

    #[test]
    fn who_stands_out_is_asked_and_like_peers_are_not() {
        let group = |n| (Uuid::from_u128(n), Uuid::from_u128(99));
        let groups: BTreeMap<_, _> = (1..=5).map(group).collect();
        let found = unusual(&shares(&[(10, 10), (2, 10), (3, 12), (1, 9), (3, 3)]), &groups, 6);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].unit, found[0].others.all), (Uuid::from_u128(1), 34));
        assert!(unusual(&shares(&[(4, 10), (3, 10), (4, 10)]), &groups, 6).is_empty());
        // Where everybody does so, nobody stands out; and a unit without peers has none.
        assert!(unusual(&shares(&[(10, 10), (10, 10), (9, 10)]), &groups, 6).is_empty());
        assert!(unusual(&shares(&[(10, 10)]), &groups, 6).is_empty());
    }
}
