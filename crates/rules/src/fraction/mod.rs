//! Exact numbers between the records and the one rounding at the end.
//!
//! A rate stays the fraction of its counts: 5/6 of 25 points is 20.8333…, and only the last step
//! rounds. Every operation is checked. Where a result no longer fits into 128 bits, both sides are
//! rounded to 12 places and tried again, which is the same on every machine; where that fails too
//! the item cannot be scored, and says so.

mod digits;
mod order;
mod whole;

use std::cmp::Ordering;

use crate::unscorable::Unscorable;
use whole::common_divisor;

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
mod tests;
