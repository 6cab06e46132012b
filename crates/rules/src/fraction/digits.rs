//! Fractions as digits: whole parts, the one rounding, the square root, and what people read.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::whole::{long_division, whole_root};
use super::{COARSE, Fraction, Result};
use crate::rounding::Rounding;
use crate::unscorable::Unscorable;

impl Fraction {
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
    pub(super) fn at_scale(self, den: i128) -> Option<i128> {
        let reduced = self.reduced();
        let (whole, rest) = (reduced.num / reduced.den, reduced.num % reduced.den);
        let scaled = match rest.checked_mul(den) {
            Some(scaled) => scaled / reduced.den,
            None => long_division(rest, reduced.den, den),
        };
        whole.checked_mul(den)?.checked_add(scaled)
    }
}

impl From<Decimal> for Fraction {
    fn from(number: Decimal) -> Self {
        // A decimal has at most 28 places, and 10^28 fits.
        Self { num: number.mantissa(), den: 10i128.pow(number.scale()) }.lean()
    }
}
