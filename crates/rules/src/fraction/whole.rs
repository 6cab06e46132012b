//! The whole-number arithmetic below fractions: digits, common divisor, root.

/// A proper fraction at a power of ten, digit by digit as on paper, cut.
pub(super) fn long_division(rest: i128, den: i128, power: i128) -> i128 {
    // Above 10^37 a tenfold rest has no room; three bits less are far behind the last place.
    let shift = if den > i128::MAX / 10 { 4 } else { 0 };
    let (mut rest, den) = (rest >> shift, den >> shift);
    let (mut digits, mut left) = (0, power);
    while left > 1 {
        rest *= 10;
        digits = digits * 10 + rest / den;
        rest %= den;
        left /= 10;
    }
    digits
}

pub(super) fn common_divisor(a: u128, b: u128) -> u128 {
    if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
        return u128::from(common_divisor_short(a, b));
    }
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn common_divisor_short(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The whole part of the square root of a whole number that is not negative (Newton's steps).
pub(super) fn whole_root(number: i128) -> i128 {
    if number < 2 {
        return number.max(0);
    }
    // A start that is not below the root, so that the steps only fall.
    let bits = 128 - number.leading_zeros();
    let mut root = 1i128 << bits.div_ceil(2).min(126);
    loop {
        let next = i128::midpoint(root, number / root);
        if next >= root {
            return root;
        }
        root = next;
    }
}
