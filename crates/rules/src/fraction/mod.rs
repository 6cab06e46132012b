//! Exact numbers between the records and the one rounding at the end.
//!
//! A rate stays the fraction of its counts: 5/6 of 25 points is 20.8333…, and only the last step
//! rounds. Every operation is checked. Where a result no longer fits into 128 bits, both sides are
//! rounded to 12 places and tried again, which is the same on every machine; where that fails too
//! the item cannot be scored, and says so.

mod whole;

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::rounding::Rounding;
use crate::unscorable::Unscorable;
use whole::{common_divisor, long_division, slow_order, whole_root};

/// Places that are kept when an exact result is too long.
const COARSE: i128 = 1_000_000_000_000;
/// Above this the common divisor is taken out, below it is not worth its time.
const LARGE: u128 = 1 << 60;

/// A number as numerator and denominator; the denominator is positive.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    num: i128,
    den: i128,
}

type Result<T> = std::result::Result<T, Unscorable>;

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// The whole.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { num: number as i128, den: 1 }
    }

    /// One number by another; the divisor must not be zero.
    pub fn new(num: i128, den: i128) -> Result<Self> {
        match den.cmp(&0) {
            Ordering::Equal => Err(Unscorable::DivisionByZero),
            Ordering::Greater => Ok(Self { num, den }.lean()),
            Ordering::Less => {
                let (num, den) =
                    num.checked_neg().zip(den.checked_neg()).ok_or(Unscorable::Overflow)?;
                Ok(Self { num, den }.lean())
            }
        }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self> {
        widened(self, other, |a, b| {
            if a.den == b.den {
                return Some(Self { num: a.num.checked_add(b.num)?, den: a.den });
            }
            let left = a.num.checked_mul(b.den)?;
            let right = b.num.checked_mul(a.den)?;
            Some(Self { num: left.checked_add(right)?, den: a.den.checked_mul(b.den)? })
        })
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self> {
        self.plus(other.negated()?)
    }

    /// The product.
    pub fn times(self, other: Self) -> Result<Self> {
        self.product(other)
            .or_else(|| self.kept()?.product(other.kept()?))
            .map(Self::lean)
            .ok_or(Unscorable::Overflow)
    }

    /// The quotient; the divisor must not be zero.
    pub fn over(self, other: Self) -> Result<Self> {
        let turned = Self::new(other.den, other.num)?;
        if let Some(exact) = self.product(turned) {
            return Ok(exact.lean());
        }
        // Both have the same denominator now, so it falls away.
        let (kept, by) = self.kept().zip(other.kept()).ok_or(Unscorable::Overflow)?;
        Self::new(kept.num, by.num)
    }

    /// The exact product if it has room, with common divisors taken out crosswise where needed.
    fn product(self, other: Self) -> Option<Self> {
        let exact = |a: Self, b: Self| {
            Some(Self { num: a.num.checked_mul(b.num)?, den: a.den.checked_mul(b.den)? })
        };
        exact(self, other).or_else(|| {
            let (a, b) = (self.reduced(), other.reduced());
            let (left, right) = (
                Self { num: a.num, den: b.den }.reduced(),
                Self { num: b.num, den: a.den }.reduced(),
            );
            exact(left, right)
        })
    }

    /// The number at 12 places, unless it is too small for them and would become nothing.
    fn kept(self) -> Option<Self> {
        self.coarse().filter(|coarse| coarse.num != 0 || self.num == 0)
    }

    /// The number with the other sign.
    pub fn negated(self) -> Result<Self> {
        let num = self.num.checked_neg().ok_or(Unscorable::Overflow)?;
        Ok(Self { num, den: self.den })
    }

    /// The distance from zero.
    pub fn distance(self) -> Result<Self> {
        if self.is_negative() { self.negated() } else { Ok(self) }
    }

    /// The number, but not below the first bound and not above the second.
    #[must_use]
    pub fn within(self, least: Option<Self>, most: Option<Self>) -> Self {
        let raised = least.map_or(self, |least| self.max(least));
        most.map_or(raised, |most| raised.min(most))
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.num < 0
    }

    /// Whether it is zero.
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Whether it is above zero.
    pub const fn is_positive(self) -> bool {
        self.num > 0
    }

    /// The whole part, cut towards zero: how many full steps lie in a distance.
    #[must_use]
    pub const fn full_steps(self) -> Self {
        Self { num: self.num / self.den, den: 1 }
    }

    /// The largest whole number that is not above it.
    pub fn floor(self) -> Result<Self> {
        let cut = self.full_steps();
        let has_rest = self.num % self.den != 0;
        if self.is_negative() && has_rest { cut.minus(Self::ONE) } else { Ok(cut) }
    }

    /// The whole number, if it is one.
    pub fn as_count(self) -> Option<usize> {
        let is_whole = self.num % self.den == 0;
        usize::try_from(self.num / self.den).ok().filter(|_| is_whole)
    }

    /// The square root at 12 places, by whole numbers only; not of a negative number.
    pub fn root(self) -> Result<Self> {
        if self.is_negative() {
            return Err(Unscorable::NegativeRoot);
        }
        let fits = |scale: i128| {
            let den = scale.checked_mul(scale)?;
            Some((self.at_scale(den)?, scale))
        };
        // A number above 10^14 has no room for 12 places squared; 6 are then as exact in proportion.
        let scales = [COARSE, 1_000_000, 1];
        let found = scales.into_iter().find_map(fits).ok_or(Unscorable::Overflow)?;
        let (squared, scale) = found;
        Ok(Self { num: whole_root(squared), den: scale })
    }

    /// The number with so many places, by the declared mode.
    pub fn round(self, places: u32, mode: Rounding) -> Result<Decimal> {
        let scale = 10i128.checked_pow(places).ok_or(Unscorable::Overflow)?;
        let rounded = [Some(self), Some(self.reduced()), self.coarse()]
            .into_iter()
            .flatten()
            .find_map(|number| number.rounded(scale, mode))
            .ok_or(Unscorable::Overflow)?;
        Decimal::try_from_i128_with_scale(rounded, places).map_err(|_| Unscorable::Overflow)
    }

    /// The number at up to 6 places, for reading only.
    pub fn shown(self) -> String {
        self.round(6, Rounding::HalfUp)
            .map_or_else(|_| "…".to_owned(), |number| number.normalize().to_string())
    }

    /// The number nearest to it that a float can hold; for analytics only, never for a score.
    #[expect(clippy::cast_precision_loss, reason = "analytics beside the score, never in it")]
    pub fn approximate(self) -> f64 {
        let reduced = self.reduced();
        reduced.num as f64 / reduced.den as f64
    }

    fn rounded(self, scale: i128, mode: Rounding) -> Option<i128> {
        let (whole, rest) = (self.num / self.den, self.num % self.den);
        let scaled = rest.checked_mul(scale)?;
        let cut = whole.checked_mul(scale)?.checked_add(scaled / self.den)?;
        let rest = (scaled % self.den).unsigned_abs();
        let half = rest.checked_mul(2)?.cmp(&self.den.unsigned_abs());
        let away = match mode {
            Rounding::Cut => false,
            Rounding::HalfUp => half != Ordering::Less,
            Rounding::HalfEven => {
                half == Ordering::Greater || (half == Ordering::Equal && cut % 2 != 0)
            }
        };
        if away { cut.checked_add(self.num.signum()) } else { Some(cut) }
    }

    /// The numerator when the denominator is `den`, cut.
    fn at_scale(self, den: i128) -> Option<i128> {
        let reduced = self.reduced();
        let (whole, rest) = (reduced.num / reduced.den, reduced.num % reduced.den);
        let scaled = match rest.checked_mul(den) {
            Some(scaled) => scaled / reduced.den,
            None => long_division(rest, reduced.den, den),
        };
        whole.checked_mul(den)?.checked_add(scaled)
    }

    fn lean(self) -> Self {
        let is_large = self.num.unsigned_abs() > LARGE || self.den.unsigned_abs() > LARGE;
        if is_large { self.reduced() } else { self }
    }

    fn reduced(self) -> Self {
        let divisor = common_divisor(self.num.unsigned_abs(), self.den.unsigned_abs());
        match i128::try_from(divisor) {
            Ok(divisor) if divisor > 1 => Self { num: self.num / divisor, den: self.den / divisor },
            Ok(_) | Err(_) => self,
        }
    }

    fn coarse(self) -> Option<Self> {
        Some(Self { num: self.at_scale(COARSE)?, den: COARSE })
    }
}

impl From<Decimal> for Fraction {
    fn from(number: Decimal) -> Self {
        // A decimal has at most 28 places, and 10^28 fits.
        Self { num: number.mantissa(), den: 10i128.pow(number.scale()) }.lean()
    }
}

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

/// The exact result; else that of the reduced numbers; else that of 12 places.
fn widened(
    a: Fraction,
    b: Fraction,
    exact: impl Fn(Fraction, Fraction) -> Option<Fraction>,
) -> Result<Fraction> {
    exact(a, b)
        .or_else(|| exact(a.reduced(), b.reduced()))
        .or_else(|| exact(a.coarse()?, b.coarse()?))
        .map(Fraction::lean)
        .ok_or(Unscorable::Overflow)
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::prelude::*;

    use super::Fraction;
    use crate::rounding::Rounding;
    use crate::unscorable::Unscorable;

    fn fraction(num: i128, den: i128) -> Fraction {
        Fraction::new(num, den).unwrap()
    }

    #[test]
    fn halves_are_rounded_as_the_rule_says() {
        let table = [
            (fraction(53, 3), 2, "17.67", "17.67", "17.66"),
            (fraction(17665, 1000), 2, "17.67", "17.66", "17.66"),
            (fraction(-17665, 1000), 2, "-17.67", "-17.66", "-17.66"),
            (fraction(1, 2), 0, "1", "0", "0"),
            (fraction(3, 2), 0, "2", "2", "1"),
        ];
        for (number, places, up, even, cut) in table {
            let round = |mode| number.round(places, mode).unwrap().to_string();
            assert_eq!(round(Rounding::HalfUp), up);
            assert_eq!(round(Rounding::HalfEven), even);
            assert_eq!(round(Rounding::Cut), cut);
        }
    }

    #[test]
    fn roots_are_whole_number_arithmetic() {
        assert_eq!(fraction(2, 1).root().unwrap().shown(), "1.414214");
        assert_eq!(fraction(9, 16).root().unwrap(), fraction(3, 4));
        let large =
            Fraction::whole(1_000_000_000_000_000).times(Fraction::whole(1_000_000)).unwrap();
        assert_eq!(large.root().unwrap().shown(), "31622776601.683793");
        assert!(matches!(fraction(-1, 4).root(), Err(Unscorable::NegativeRoot)));
    }

    #[test]
    fn what_is_too_large_says_so() {
        let large = Fraction::whole(i64::MAX);
        let square = large.times(large).unwrap();
        assert!(matches!(square.times(square), Err(Unscorable::Overflow)));
        assert!(matches!(Fraction::ONE.over(Fraction::ZERO), Err(Unscorable::DivisionByZero)));
    }

    #[test]
    fn a_sum_of_many_rates_does_not_fail() {
        let primes =
            (2i128..2000).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0));
        let sum = primes.map(|p| fraction(1, p)).try_fold(Fraction::ZERO, Fraction::plus).unwrap();
        assert_eq!(sum.round(4, Rounding::HalfUp).unwrap().to_string(), "2.2924");
    }

    #[test]
    fn a_quotient_of_equals_is_one_however_long_they_are() {
        let long = fraction((1 << 70) + 1, (1 << 71) + 3);
        assert_eq!(long.over(long).unwrap(), Fraction::ONE);
        let small = fraction((1 << 66) + 1, (1 << 120) + 7);
        let large = fraction((1 << 120) + 7, (1 << 66) + 1);
        assert_eq!(small.times(large).unwrap(), Fraction::ONE);
        assert_eq!(small.over(small).unwrap(), Fraction::ONE);
    }

    #[test]
    fn what_is_too_small_to_keep_never_becomes_nothing() {
        let small = fraction((1 << 66) + 1, (1 << 120) + 7);
        let large = fraction((1 << 120) + 9, (1 << 66) + 3);
        assert!(matches!(small.times(large), Err(Unscorable::Overflow)));
        assert!(matches!(large.over(fraction(1, (1 << 66) + 9)), Err(Unscorable::Overflow)));
        assert_eq!(small.times(Fraction::ZERO).unwrap(), Fraction::ZERO);
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_cross_products(
            a in -1_000_000i64..1_000_000, b in 1i64..1_000_000,
            c in -1_000_000i64..1_000_000, d in 1i64..1_000_000,
        ) {
            let (left, right) = (fraction(a.into(), b.into()), fraction(c.into(), d.into()));
            let expected = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
            prop_assert_eq!(left.cmp(&right), expected);
            prop_assert_eq!(super::slow_order(left, right), expected);
            let back = left.plus(right).unwrap().minus(right).unwrap();
            prop_assert_eq!(back.cmp(&left), Ordering::Equal);
        }
    }
}
