//! Numbers with their units as officials write them, exactly: digits and places, never floats.

use kernel::{Message, msg};

use super::plain::plain;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// 元.
    Yuan,
    /// 万元.
    Wan,
    /// 亿元.
    Yi,
    /// Per cent.
    Percent,
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Its digits.
    pub digits: i64,
    /// How many of them stand behind the point.
    pub places: u32,
    /// The unit beside it, if one was written.
    pub unit: Option<Unit>,
    /// Whether it was said to be about so much: 约, 近, 余.
    pub about: bool,
}

impl Amount {
    /// In fen; none when it is finer than a fen or too large.
    pub fn fen(&self, unit: Unit) -> Option<i64> {
        let factor: i128 = match self.unit.unwrap_or(unit) {
            Unit::Yuan => 100,
            Unit::Wan => 1_000_000,
            Unit::Yi => 10_000_000_000,
            Unit::Percent => return None,
        };
        let scale = 10_i128.checked_pow(self.places)?;
        let whole = i128::from(self.digits) * factor;
        (whole % scale == 0).then(|| i64::try_from(whole / scale).ok())?
    }

    /// As a whole number; none when something stands behind the point.
    pub fn whole(&self) -> Option<i64> {
        let scale = 10_i64.checked_pow(self.places)?;
        (self.digits % scale == 0).then(|| self.digits / scale)
    }
}

/// The number that some text says.
pub fn amount(text: &str) -> Option<Amount> {
    let text = plain(text);
    let (text, before) = stripped(&text, &["约", "近", "超", "逾", "+"]);
    let text = text.strip_prefix(['￥', '¥']).unwrap_or(text);
    let from_unit = text.find(|c: char| !(c.is_ascii_digit() || "-.,".contains(c)));
    let (number, rest) = text.split_at_checked(from_unit.unwrap_or(text.len()))?;
    let (rest, mid) = stripped(rest, &["余", "多"]);
    let (unit, rest) = unit_before(rest);
    let (rest, after) = stripped(rest, &["左右", "以上", "余", "多"]);
    if !rest.is_empty() {
        return None;
    }
    let (digits, places) = decimal(number)?;
    Some(Amount { digits, places, unit, about: before || mid || after })
}

fn stripped<'a>(text: &'a str, words: &[&str]) -> (&'a str, bool) {
    for word in words {
        if let Some(rest) = text.strip_prefix(word) {
            return (rest, *word != "+");
        }
    }
    (text, false)
}

const UNITS: [(&str, Unit); 8] = [
    ("亿元", Unit::Yi),
    ("亿", Unit::Yi),
    ("万元", Unit::Wan),
    ("万", Unit::Wan),
    ("元", Unit::Yuan),
    ("百分点", Unit::Percent),
    ("个百分点", Unit::Percent),
    ("%", Unit::Percent),
];

fn unit_before(text: &str) -> (Option<Unit>, &str) {
    let found = UNITS.iter().find_map(|(word, unit)| Some((*unit, text.strip_prefix(word)?)));
    found.map_or((None, text), |(unit, rest)| (Some(unit), rest))
}

/// The unit that a column's title names: 总投资（亿元）, 完成率%.
pub fn unit_of(title: &str) -> Option<Unit> {
    let title = plain(title);
    [("亿元", Unit::Yi), ("万元", Unit::Wan), ("%", Unit::Percent), ("(元)", Unit::Yuan)]
        .into_iter()
        .find_map(|(word, unit)| title.contains(word).then_some(unit))
}

/// Digits and places of `-1,234.50`; commas stand before three digits or nowhere.
fn decimal(text: &str) -> Option<(i64, u32)> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if text.contains('-') || part.contains(',') || (text.contains('.') && part.is_empty()) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let in_groups = whole.contains(',');
    if first.is_empty() || (in_groups && first.len() > 3) || groups.any(|g| g.len() != 3) {
        return None;
    }
    let part = part.trim_end_matches('0');
    let digits: String = whole.chars().filter(|c| *c != ',').chain(part.chars()).collect();
    let number: i64 = digits.parse().ok()?;
    Some((sign * number, u32::try_from(part.len()).ok()?))
}

/// What is doubtful about the unit of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It says 亿元, and its numbers are as large as 万元 would be.
    RatherWan,
    /// It says 万元, and its numbers are as small as 亿元 would be.
    RatherYi,
}

impl Doubt {
    /// What to look at.
    pub fn message(self, title: &str) -> Message {
        match self {
            Self::RatherWan => msg!(
                "“{title}”一列标为亿元，但多数数值超过 1000，疑似实为万元，请核对单位。",
                "Column “{title}” says 亿元 (100 million), but most numbers are above 1,000: perhaps 万元 (10,000) is meant."
            ),
            Self::RatherYi => msg!(
                "“{title}”一列标为万元，但多数数值不足 100 且带小数，疑似实为亿元，请核对单位。",
                "Column “{title}” says 万元 (10,000), but most numbers are below 100 with places: perhaps 亿元 (100 million) is meant."
            ),
        }
    }
}

/// Whether most numbers of a column contradict its unit: a city has few projects of 100 billion
/// yuan, and none of 11.2 times 10,000.
pub fn doubt(unit: Unit, amounts: &[Amount]) -> Option<Doubt> {
    let own: Vec<_> = amounts.iter().filter(|a| a.unit.is_none() && a.digits != 0).collect();
    if own.len() < 3 {
        return None;
    }
    let most = |n: usize| n * 2 > own.len();
    let size = |a: &Amount| a.digits.unsigned_abs() / 10_u64.saturating_pow(a.places).max(1);
    match unit {
        Unit::Yi => {
            most(own.iter().filter(|a| size(a) >= 1_000).count()).then_some(Doubt::RatherWan)
        }
        Unit::Wan => {
            let small = own.iter().filter(|a| size(a) < 100 && a.places > 0).count();
            most(small).then_some(Doubt::RatherYi)
        }
        Unit::Yuan | Unit::Percent => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, Doubt, Unit, amount, doubt, unit_of};

    fn plain(digits: i64, places: u32) -> Amount {
        Amount { digits, places, unit: None, about: false }
    }

    #[test]
    fn numbers_are_exact() {
        for (text, digits, places) in [
            ("769.9", 7_699, 1),
            ("1,234.50", 12_345, 1),
            ("１２３", 123, 0),
            ("-0.05", -5, 2),
            ("0", 0, 0),
            ("12,345,678", 12_345_678, 0),
            (" 1 000 ", 1_000, 0),
        ] {
            assert_eq!(amount(text), Some(plain(digits, places)), "{text}");
        }
        for text in ["", "无", "1,23", "1.", "1.2.3", "12个", "1-2", "--1", ",123", "1/2"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn units_beside_the_number_win_over_the_columns() {
        let yi = amount("11亿元").unwrap();
        assert_eq!((yi.unit, yi.fen(Unit::Wan)), (Some(Unit::Yi), Some(110_000_000_000)));
        let wan = amount("5,000万").unwrap();
        assert_eq!(wan.fen(Unit::Yi), Some(5_000_000_000));
        assert_eq!(amount("769.9").unwrap().fen(Unit::Yi), Some(7_699_000_000_000));
        assert_eq!(amount("0.001").unwrap().fen(Unit::Yuan), None, "finer than a fen");
        assert_eq!(amount("85.8%").unwrap().unit, Some(Unit::Percent));
        assert_eq!(amount("2.0个百分点").unwrap().unit, Some(Unit::Percent));
        assert_eq!(amount("99999999999").unwrap().fen(Unit::Yi), None, "too large");
    }

    #[test]
    fn about_so_much_is_kept_as_such() {
        for text in ["约11亿元", "近3000万", "5000余万元", "1000万元左右", "超20亿元"]
        {
            assert!(amount(text).unwrap().about, "{text}");
        }
        assert!(!amount("11亿元").unwrap().about);
    }

    #[test]
    fn a_title_names_its_unit() {
        assert_eq!(unit_of("总投资（亿元）"), Some(Unit::Yi));
        assert_eq!(unit_of("完成投资 万元"), Some(Unit::Wan));
        assert_eq!(unit_of("完成率％"), Some(Unit::Percent));
        assert_eq!(unit_of("事项"), None);
    }

    #[test]
    fn a_column_of_wan_that_says_yi_is_doubted() {
        let said = |texts: &[&str]| texts.iter().filter_map(|t| amount(t)).collect::<Vec<_>>();
        let wan = said(&["110000", "52000", "8600", "30"]);
        assert_eq!(doubt(Unit::Yi, &wan), Some(Doubt::RatherWan));
        assert_eq!(doubt(Unit::Wan, &wan), None);
        let yi = said(&["11.2", "5.25", "0.86", "120"]);
        assert_eq!(doubt(Unit::Wan, &yi), Some(Doubt::RatherYi));
        assert_eq!(doubt(Unit::Yi, &yi), None);
        assert_eq!(doubt(Unit::Yi, &said(&["110000", "52000"])), None, "too few to tell");
        assert_eq!(doubt(Unit::Yi, &said(&["1亿元", "2000万元", "3亿元", "0"])), None);
        assert!(Doubt::RatherWan.message("总投资").zh.contains("核对单位"));
    }
}
