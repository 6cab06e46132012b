//! Numbers as people type them and as they are kept: whole ten-thousandths. Pure.

use kernel::{Message, text};

/// Decimals that are kept.
pub(crate) const DECIMALS: u32 = 4;
/// Ten-thousandths in one.
const SCALE: i64 = 10_000;
/// The largest whole number that is taken, up or down: a trillion.
const WHOLE_MAX: i64 = 1_000_000_000_000;

/// Reads a number: also with thousands apart, with digits of a Chinese keyboard, with a percent sign.
pub(crate) fn read(typed: &str) -> Result<i64, Message> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let plain = plain.strip_suffix('%').unwrap_or(&plain);
    let (is_less, digits) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(plain)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if !is_grouped(whole) || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(no_number());
    }
    if digits.ends_with('.') {
        return Err(no_number());
    }
    // Noughts at the end say nothing, so they may be more.
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 4 {
        let told =
            text!("最多 4 位小数，请四舍五入后填写。", "At most 4 decimals; round it first.");
        return Err(told.into());
    }
    let whole: i64 = whole.replace(',', "").parse().map_err(|_too_long| too_large())?;
    if whole > WHOLE_MAX {
        return Err(too_large());
    }
    let decimals: i64 = format!("{decimals:0<4}").parse().map_err(|_not_digits| no_number())?;
    let size = whole * SCALE + decimals;
    Ok(if is_less { -size } else { size })
}

/// As it is typed again into a form.
pub(crate) fn typed(units: i64) -> String {
    ui::num::shortest(i128::from(units), DECIMALS).replace(',', "")
}

/// As it is shown.
pub(crate) fn shown(units: i64) -> String {
    ui::num::shortest(i128::from(units), DECIMALS)
}

/// Digits and signs of full width are the same digits and signs.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '＋' | '，' | '－' | '．' | '％' => {
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
        }
        '−' | '—' | '–' => '-',
        other => other,
    }
}

/// Digits, with commas before each three of them or nowhere.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_digits = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    !first.is_empty()
        && is_digits(first)
        && (rest.is_empty() || first.len() <= 3)
        && rest.iter().all(|part| part.len() == 3 && is_digits(part))
}

fn no_number() -> Message {
    text!("请填数字，如 12、-3.5。", "Write a number like 12 or -3.5.").into()
}

fn too_large() -> Message {
    text!("数太大，请换用更大的计量单位。", "The number is too large; count in a larger unit.")
        .into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{read, shown, typed};

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, units) in [
            ("12", 120_000),
            ("-3.5", -35_000),
            ("+0.0001", 1),
            (" 1,234.50 ", 12_345_000),
            ("１２．５％", 125_000),
            ("1，234", 12_340_000),
            ("−2", -20_000),
            ("98.7%", 987_000),
            ("0.10000000", 1_000),
            ("1000000000000", 10_000_000_000_000_000),
        ] {
            assert_eq!(read(typed), Ok(units), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused_and_says_how_to_mend_it() {
        for wrong in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1.2.3",
            "一",
            "1e5",
            "12a",
            "1,23",
            "0.00001",
            "1234,567",
            "1000000000001",
            "99999999999999999999",
            "5-",
            "NaN",
            "1/2",
            "%",
        ] {
            let told = read(wrong).unwrap_err();
            assert!(!told.zh.is_empty() && !told.en.is_empty(), "{wrong}");
        }
    }

    #[test]
    fn a_number_is_shown_without_noughts_that_say_nothing() {
        assert_eq!(shown(12_345_000), "1,234.5");
        assert_eq!(typed(12_345_000), "1234.5");
        assert_eq!(typed(-35_000), "-3.5");
    }

    proptest! {
        #[test]
        fn what_is_typed_again_is_the_same_number(units in -10_000_000_000_000_000_i64..=10_000_000_000_000_000) {
            prop_assert_eq!(read(&typed(units)), Ok(units));
            prop_assert_eq!(read(&shown(units)), Ok(units));
        }

        #[test]
        fn nothing_that_is_typed_breaks_it(any in "\\PC{0,40}") {
            drop(read(&any));
        }
    }
}
