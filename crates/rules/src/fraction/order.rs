//! The order of fractions: by their cross products, or step by step where those have no room.

use std::cmp::Ordering;

use super::Fraction;

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let crossed = self.num.checked_mul(other.den).zip(other.num.checked_mul(self.den));
        crossed.map_or_else(|| slow_order(*self, *other), |(left, right)| left.cmp(&right))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

/// Compares whole parts, then turns the rests over; ends as Euclid's algorithm does.
pub(super) fn slow_order(mut a: Fraction, mut b: Fraction) -> Ordering {
    let mut is_turned = false;
    loop {
        let (left, right) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
        let (rest_a, rest_b) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
        let is_whole = rest_a == 0 || rest_b == 0;
        let rests = if is_whole { rest_a.cmp(&rest_b) } else { Ordering::Equal };
        let order = left.cmp(&right).then(rests);
        if order != Ordering::Equal || is_whole {
            return if is_turned { order.reverse() } else { order };
        }
        a = Fraction { num: a.den, den: rest_a };
        b = Fraction { num: b.den, den: rest_b };
        is_turned = !is_turned;
    }
}
