//! Decimal numbers as rules and facts write them: exact, bounded, never through a binary float.
//!
//! In YAML and JSON a number is read from its raw text, so `0.1` is one tenth and nothing else.
//! The bounds (15 digits before the point, 12 after it) hold every figure of a city and keep the
//! exact arithmetic behind it within 128 bits.

use kernel::{Message, msg};
use rust_decimal::Decimal;

/// Digits before the point that a number may have.
const WHOLE_DIGITS_MAX: usize = 15;
/// Digits behind the point that a number may have.
const PLACES_MAX: usize = 12;

/// Reads a number from its text: digits with at most one point and one sign in front.
pub fn parse(text: &str) -> Result<Decimal, Message> {
    let Some((whole, places)) = parts(text) else {
        let shown: String = text.chars().take(30).collect();
        return Err(msg!(
            "“{shown}”不是十进制数，应写成 12 或 0.95 这样的形式，不带单位和百分号",
            "“{shown}” is not a decimal number; write it like 12 or 0.95, without unit or percent sign"
        ));
    };
    if whole.len() > WHOLE_DIGITS_MAX || places.len() > PLACES_MAX {
        return Err(msg!(
            "数的位数太多：整数部分最多{WHOLE_DIGITS_MAX}位，小数部分最多{PLACES_MAX}位",
            "the number has too many digits: at most {WHOLE_DIGITS_MAX} before the point and {PLACES_MAX} after it"
        ));
    }
    Decimal::from_str_exact(text).map_err(|_| msg!("数值溢出", "the number is too large"))
}

/// Reads a number that the program wrote; sums may be longer than what people may enter.
fn read_back(text: &str) -> Option<Decimal> {
    parts(text).and_then(|_| Decimal::from_str_exact(text).ok())
}

/// The digits before and behind the point, if the text is a number.
fn parts(text: &str) -> Option<(&str, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = [whole, places]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    is_number.then_some((whole, places))
}

/// Whether a number lies within the bounds that [`parse`] keeps.
pub fn is_bounded(number: Decimal) -> bool {
    number.scale() <= 12 && number.trunc().mantissa().unsigned_abs() < 10u128.pow(15)
}

/// The one way a number is written where bytes count: no zeros at the end, no negative zero.
pub fn canonical(number: Decimal) -> String {
    number.normalize().to_string()
}

/// A number with so many places as people read it, never a negative zero.
pub fn shown(number: Decimal, places: u32) -> String {
    let mut number = number;
    number.rescale(places);
    number.set_sign_positive(number.is_sign_positive() || number.is_zero());
    number.to_string()
}

/// Numbers as text in the canonical bytes of facts and sheets.
pub mod text {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the number as text.
    pub fn serialize<S: Serializer>(number: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::canonical(*number))
    }

    /// Reads the number from text.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(from)?;
        super::read_back(&text).ok_or_else(|| D::Error::custom("not a decimal number"))
    }
}

/// The same for a number that may be absent.
pub mod optional_text {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the number as text, or null.
    pub fn serialize<S: Serializer>(number: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => to.serialize_some(&super::canonical(*number)),
            None => to.serialize_none(),
        }
    }

    /// Reads the number from text, or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        let read = |text: String| {
            super::read_back(&text).ok_or_else(|| D::Error::custom("not a decimal number"))
        };
        text.map(read).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical, parse};

    #[test]
    fn numbers_are_read_exactly_or_refused_with_what_is_right() {
        for (text, is) in [("0.95", "0.95"), ("-0", "0"), ("12.50", "12.5"), ("007", "7")] {
            assert_eq!(canonical(parse(text).unwrap()), is);
        }
        for text in ["0.5分", "1e3", ".5", "5.", "", "-", "+1", "0x10", "１", "1,000", "NaN"] {
            assert!(parse(text).unwrap_err().zh.contains("不是十进制数"), "{text}");
        }
        assert!(parse("1234567890123456").unwrap_err().zh.contains("位数太多"));
        assert!(parse("0.1234567890123").unwrap_err().en.contains("too many digits"));
    }
}
