//! Numbers as officials write them. Integers only; what does not fit is rounded half away from
//! zero (四舍五入).

use kernel::Lang;

const FEN_PER_WAN: i128 = 1_000_000;
const FEN_PER_YI: i128 = 10_000_000_000;

/// An amount in 亿元 with two decimals; in English the same digits as billions of yuan.
pub fn yi(fen: i64, lang: Lang) -> String {
    let fen = i128::from(fen);
    match lang {
        Lang::Zh => format!("{}亿元", decimal(rounded(fen * 100, FEN_PER_YI), 2)),
        Lang::En => format!("CNY {} bn", decimal(rounded(fen * 100, FEN_PER_YI), 3)),
    }
}

/// An amount in 万元 with two decimals; in English the same digits as thousands of yuan.
pub fn wan(fen: i64, lang: Lang) -> String {
    let hundredths = rounded(i128::from(fen) * 100, FEN_PER_WAN);
    match lang {
        Lang::Zh => format!("{}万元", decimal(hundredths, 2)),
        Lang::En => format!("CNY {} k", decimal(hundredths, 1)),
    }
}

/// An amount in 亿元 from one 亿 up, else in 万元; in English in billions from one billion up,
/// else in millions.
pub fn amount(fen: i64, lang: Lang) -> String {
    let size = i128::from(fen).abs();
    match lang {
        Lang::Zh if size < FEN_PER_YI => wan(fen, lang),
        Lang::En if size < FEN_PER_YI * 10 => {
            let hundredths = rounded(i128::from(fen), FEN_PER_WAN);
            format!("CNY {} m", decimal(hundredths, 2))
        }
        Lang::Zh | Lang::En => yi(fen, lang),
    }
}

/// A share with one decimal, `62.5%`; a dash when there is no whole.
pub fn percent(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    format!("{}%", decimal(rounded(i128::from(part) * 1_000, i128::from(whole)), 1))
}

/// A rate given in basis points (hundredths of a percent) with one decimal, `8.4%`.
pub fn rate(basis_points: i64) -> String {
    format!("{}%", decimal(rounded(i128::from(basis_points), 10), 1))
}

/// A difference of two rates in basis points, with its sign: `+2.6个百分点`.
pub fn points(basis_points: i64, lang: Lang) -> String {
    let tenths = rounded(i128::from(basis_points), 10);
    let sign = if tenths > 0 { "+" } else { "" };
    match lang {
        Lang::Zh => format!("{sign}{}个百分点", decimal(tenths, 1)),
        Lang::En => format!("{sign}{} pp", decimal(tenths, 1)),
    }
}

/// A whole number with its thousands apart, `12,345`.
pub fn count(n: i64) -> String {
    decimal(i128::from(n), 0)
}

/// A count that is exact to 1,000 and then only said to be more: `1,000+`.
pub fn count_up_to_thousand(n: u64) -> String {
    if n > 1_000 { "1,000+".to_owned() } else { count(i64::try_from(n).unwrap_or(i64::MAX)) }
}

/// A number kept in units of its last decimal: `decimal(12_345, 2)` is `123.45`.
pub fn decimal(units: i128, decimals: u32) -> String {
    let scale = 10_u128.pow(decimals.min(18));
    let size = units.unsigned_abs();
    let whole = (size / scale).to_string();
    let mut shown = String::from(if units < 0 { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if decimals > 0 {
        let width = decimals.min(18) as usize;
        shown.push_str(&format!(".{:0width$}", size % scale));
    }
    shown
}

/// The same without noughts that say nothing: 12.5, not 12.5000.
pub fn shortest(units: i128, decimals: u32) -> String {
    let shown = decimal(units, decimals);
    if decimals == 0 {
        return shown;
    }
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn rounded(numerator: i128, denominator: i128) -> i128 {
    let size = (numerator.unsigned_abs() * 2 + denominator.unsigned_abs())
        / (denominator.unsigned_abs() * 2);
    let size = i128::try_from(size).unwrap_or(i128::MAX);
    if (numerator < 0) == (denominator < 0) { size } else { -size }
}

#[cfg(test)]
mod tests {
    use kernel::Lang::{En, Zh};

    use super::{amount, count, count_up_to_thousand, percent, points, rate, shortest, wan, yi};

    #[test]
    fn amounts_are_written_in_yi_and_wan() {
        assert_eq!(yi(123_456_000_000, Zh), "12.35亿元");
        assert_eq!(yi(123_456_000_000, En), "CNY 1.235 bn");
        assert_eq!(wan(123_455_000, Zh), "123.46万元");
        assert_eq!(wan(123_455_000, En), "CNY 1,234.6 k");
        assert_eq!(amount(9_999_999_999, Zh), "10,000.00万元");
        assert_eq!(amount(10_000_000_000, Zh), "1.00亿元");
        assert_eq!(amount(10_000_000_000, En), "CNY 100.00 m");
        assert_eq!(amount(123_456_000_000, En), "CNY 1.235 bn");
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(wan(5_000, Zh), "0.01万元");
        assert_eq!(wan(4_999, Zh), "0.00万元");
        assert_eq!(wan(-5_000, Zh), "-0.01万元");
        assert_eq!(wan(-4_999, Zh), "0.00万元");
        assert_eq!(percent(1, 8), "12.5%");
        assert_eq!(percent(5, 10_000), "0.1%");
        assert_eq!(percent(-1, 3), "-33.3%");
    }

    #[test]
    fn a_share_of_nothing_is_a_dash() {
        assert_eq!(percent(3, 0), "—");
    }

    #[test]
    fn the_shortest_writing_keeps_every_digit_that_says_something() {
        let is =
            [(125_000, "12.5"), (-5, "-0.0005"), (0, "0"), (100_000, "10"), (12_340_000, "1,234")];
        for (units, shown) in is {
            assert_eq!(shortest(units, 4), shown);
        }
        assert_eq!(shortest(100, 0), "100");
    }

    #[test]
    fn the_extremes_do_not_overflow() {
        assert_eq!(yi(i64::MAX, Zh), "922,337,203.69亿元");
        assert_eq!(yi(i64::MIN, Zh), "-922,337,203.69亿元");
        assert_eq!(percent(i64::MIN, i64::MIN), "100.0%");
    }

    #[test]
    fn rates_and_differences_carry_their_unit() {
        assert_eq!(rate(845), "8.5%");
        assert_eq!(points(264, Zh), "+2.6个百分点");
        assert_eq!(points(-30, En), "-0.3 pp");
        assert_eq!(points(0, Zh), "0.0个百分点");
    }

    #[test]
    fn counts_have_their_thousands_apart() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(count(-999), "-999");
        assert_eq!(count(100_000), "100,000");
        assert_eq!(count_up_to_thousand(1_000), "1,000");
        assert_eq!(count_up_to_thousand(1_001), "1,000+");
    }
}
