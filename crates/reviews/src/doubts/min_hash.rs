//! Which texts are nearly the same, without comparing each with each: `MinHash` over pairs of
//! characters, 64 hashes in 16 bands of 4 (Broder 1997). What a band brings together is compared
//! in full, so that nothing is called alike by chance. Pure.

use std::collections::{BTreeMap, BTreeSet};

/// Hashes of a text.
const HASHES: usize = 64;
/// Hashes of a band: two texts that share half of their pairs meet in one of 16 with 64 %, those
/// that share four fifths in all but one case of five thousand.
const BAND: usize = 4;
/// Pairs that two texts share at least, of all pairs of both, in percent.
const SHARED_PERCENT: usize = 80;
/// Different pairs of a text at least: shorter ones are alike by chance.
const PAIRS_MIN: usize = 30;

/// The pairs of neighbouring characters of a text.
type Pairs = BTreeSet<u64>;

fn pairs(text: &str) -> Pairs {
    let letters: Vec<char> = text.chars().collect();
    let of = |pair: &[char]| match pair {
        [a, b] => Some((u64::from(u32::from(*a)) << 32) | u64::from(u32::from(*b))),
        _ => None,
    };
    letters.windows(2).filter_map(of).collect()
}

/// A number that looks like chance and is the same for ever (the finaliser of `SplitMix64`).
const fn mixed(number: u64) -> u64 {
    let z = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The least of each hash over the pairs of a text.
fn signature(pairs: &Pairs) -> [u64; HASHES] {
    let mut least = [u64::MAX; HASHES];
    for pair in pairs {
        let base = mixed(pair.wrapping_add(0x9E37_79B9_7F4A_7C15));
        for (slot, salt) in least.iter_mut().zip(1u64..) {
            let hash = mixed(base ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            *slot = (*slot).min(hash);
        }
    }
    least
}

/// The share of pairs that two texts have in common, in percent, rounded down.
fn shared(one: &Pairs, other: &Pairs) -> usize {
    let common = one.intersection(other).count();
    (common * 100).checked_div(one.len() + other.len() - common).unwrap_or(0)
}

/// The groups of texts that are nearly the same, each by the places of its texts, in their order.
pub(super) fn alike(texts: &[String]) -> Vec<Vec<usize>> {
    let all: Vec<Pairs> = texts.iter().map(|text| pairs(text)).collect();
    let mut bands: BTreeMap<(usize, [u64; BAND]), Vec<usize>> = BTreeMap::new();
    for (place, of) in all.iter().enumerate().filter(|(_, of)| of.len() >= PAIRS_MIN) {
        for (n, band) in signature(of).as_chunks::<BAND>().0.iter().enumerate() {
            bands.entry((n, *band)).or_default().push(place);
        }
    }
    let mut groups = Groups((0..texts.len()).collect());
    for together in bands.into_values() {
        // Each is compared with the first and with the one before it: enough to find a group of
        // copies, and a band that holds thousands stays cheap.
        let first = together.first().copied();
        for pair in together.windows(2) {
            let [before, place] = pair else { continue };
            for other in first.into_iter().chain([*before]) {
                groups.join_if_alike(&all, (other, *place));
            }
        }
    }
    groups.listed()
}

/// Who belongs together: each place with another one of its group, the first with itself.
struct Groups(Vec<usize>);

impl Groups {
    fn first(&self, mut place: usize) -> usize {
        while let Some(up) = self.0.get(place).copied().filter(|up| *up != place) {
            place = up;
        }
        place
    }

    fn join_if_alike(&mut self, all: &[Pairs], (one, other): (usize, usize)) {
        let (a, b) = (self.first(one), self.first(other));
        let both = all.get(one).zip(all.get(other));
        if a == b || both.is_none_or(|(x, y)| shared(x, y) < SHARED_PERCENT) {
            return;
        }
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    fn listed(&self) -> Vec<Vec<usize>> {
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in 0..self.0.len() {
            found.entry(self.first(place)).or_default().push(place);
        }
        found.into_values().filter(|group| group.len() > 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    /// A text of characters by chance, the same for the same seed.
    fn text(seed: u64, length: usize) -> Vec<char> {
        let mut random = rules::split_mix::SplitMix::new(seed);
        (0..length).map(|_| char::from_u32(0x4e00 + random.below(3_000)).unwrap()).collect()
    }

    #[test]
    fn planted_copies_are_found_and_nothing_else() {
        // 400 texts and 40 copies of some of them with every twentieth character changed.
        let mut texts: Vec<String> = (0..400).map(|n| text(n, 200).iter().collect()).collect();
        for n in 0..40 {
            let mut copy = text(n, 200);
            for place in (0..copy.len()).step_by(20) {
                copy[place] = '改';
            }
            texts.push(copy.into_iter().collect());
        }
        let groups = alike(&texts);
        assert_eq!(groups.len(), 40);
        for (n, group) in groups.iter().enumerate() {
            assert_eq!(group, &vec![n, 400 + n]);
        }
    }

    #[test]
    fn half_a_text_in_common_is_not_the_same_text() {
        let (one, other) = (text(1, 200), text(2, 200));
        let mixed: String = one.iter().take(100).chain(other.iter().skip(100)).collect();
        assert!(alike(&[one.iter().collect(), mixed]).is_empty());
    }

    #[test]
    fn short_texts_and_empty_ones_are_left_alone() {
        let short: String = text(3, 20).iter().collect();
        assert!(alike(&[short.clone(), short, String::new(), String::new()]).is_empty());
    }

    #[test]
    fn a_text_that_a_hundred_copied_is_one_group() {
        let text: String = text(5, 80).iter().collect();
        assert_eq!(alike(&vec![text; 100]), vec![(0..100).collect::<Vec<_>>()]);
    }
}
