//! Days as officials write them. What names no single day is asked about and never guessed:
//! 10月底前 may be the 29th, the 31st, or the Friday before.

use kernel::{Day, Message, msg, text};

use super::plain::plain;
use crate::sheet::read::Value;

/// What some text says of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DaySaid {
    /// This day.
    Day(Day),
    /// A month and a day; the year is the sheet's.
    WithoutYear(i8, i8),
    /// A time that is no day: 10月底前, 立即, 长期坚持.
    Vague,
    /// No time at all.
    Unreadable,
}

impl DaySaid {
    /// The day, or what to ask for.
    pub fn decided(self, said: &str, year: Option<i16>) -> Result<Day, Message> {
        match (self, year) {
            (Self::Day(day), _) => Ok(day),
            (Self::WithoutYear(month, day), Some(year)) => {
                Day::new(year, month, day).ok_or_else(|| unreadable(said))
            }
            (Self::WithoutYear(..), None) => Err(msg!(
                "“{said}”没有年份，请在上一步填写表内日期所属年份，或在此写全日期。",
                "“{said}” has no year: give the sheet's year in the step before, or write the whole day."
            )),
            (Self::Vague, _) => Err(msg!(
                "“{said}”不是确定的日期，请填写具体日期，例如 2021-10-29。",
                "“{said}” names no single day; write one, like 2021-10-29."
            )),
            (Self::Unreadable, _) => Err(unreadable(said)),
        }
    }
}

fn unreadable(said: &str) -> Message {
    if said.is_empty() {
        return text!("请填写日期。", "Write a day.").into();
    }
    msg!(
        "“{said}”不能识别为日期，请按 2021-10-08 的格式填写。",
        "“{said}” cannot be read as a day; write it like 2021-10-08."
    )
}

/// Words by which offices say when, without saying which day.
const VAGUE: [&str; 33] = [
    "底",
    "初",
    "上旬",
    "中旬",
    "下旬",
    "旬",
    "季度",
    "上半年",
    "下半年",
    "年内",
    "月内",
    "立即",
    "即时",
    "即日",
    "马上",
    "尽快",
    "限期",
    "长期",
    "坚持",
    "持续",
    "常态",
    "随时",
    "按时",
    "按节点",
    "按计划",
    "按要求",
    "待定",
    "另行",
    "适时",
    "全年",
    "每月",
    "每周",
    "汛期",
];

/// The day of a cell; a bare number is a day only when office programs would count it as one of
/// this century.
pub fn day_of(value: &Value) -> DaySaid {
    match value {
        Value::Day(day) => DaySaid::Day(*day),
        Value::Text(text) => day(text),
        Value::Number(number) => serial(number).unwrap_or_else(|| match compact(number) {
            Some(day) => DaySaid::Day(day),
            None => DaySaid::Unreadable,
        }),
        Value::Percent(_) | Value::Error(_) => DaySaid::Unreadable,
    }
}

/// 1 January 2000 to 31 December 2099 as serial numbers.
const SERIALS: std::ops::RangeInclusive<i64> = 36_526..=73_050;

fn serial(number: &str) -> Option<DaySaid> {
    let n: i64 = number.parse().ok()?;
    if !SERIALS.contains(&n) {
        return None;
    }
    Day::new(1899, 12, 30).map(|origin| DaySaid::Day(origin.plus(n)))
}

/// `20211008`.
fn compact(text: &str) -> Option<Day> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |from: usize, to: usize| text.get(from..to);
    let (year, month, day) = digits.then(|| Some((part(0, 4)?, part(4, 6)?, part(6, 8)?)))??;
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .filter(|day| (1949..2150).contains(&day.year()))
}

/// The day of some text.
pub fn day(text: &str) -> DaySaid {
    let text = digits(&plain(text));
    let Some(text) = without_ends(&text) else { return DaySaid::Unreadable };
    if let Some(day) = compact(text) {
        return DaySaid::Day(day);
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let between: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let found = match between.as_str() {
        "年月日" | "年月号" | "年月" | ".." | "--" | "//" | "..." => whole(&numbers),
        "月日" | "月号" | "月" | "." | "-" | "/" => short(&numbers),
        _ => None,
    };
    // 2021年10月 and 10月 alone are months.
    let is_month = between == "年月" && numbers.last().is_some_and(|n| n.is_empty())
        || between == "月" && numbers.last().is_some_and(|n| n.is_empty())
        || between == "年";
    match found {
        Some(said) if !is_month => said,
        _ if is_month || VAGUE.iter().any(|word| text.contains(word)) => DaySaid::Vague,
        // Two days, or a day among other words: somebody must choose.
        _ if between.contains('月') => DaySaid::Vague,
        _ => DaySaid::Unreadable,
    }
}

fn whole(numbers: &[&str]) -> Option<DaySaid> {
    let [year, month, day, rest @ ..] = numbers else { return None };
    if rest.iter().any(|n| !n.is_empty()) || year.len() != 4 {
        return None;
    }
    let day = Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(DaySaid::Day(day))
}

fn short(numbers: &[&str]) -> Option<DaySaid> {
    let [month, day, rest @ ..] = numbers else { return None };
    if rest.iter().any(|n| !n.is_empty()) {
        return None;
    }
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // 2020 is a leap year: which days there are at all.
    Day::new(2020, month, day).map(|_| DaySaid::WithoutYear(month, day))
}

/// Without what says no more than "by then": 前, 之前, a weekday in brackets, an hour.
fn without_ends(text: &str) -> Option<&str> {
    let mut text = text;
    if let Some((before, after)) = text.split_once('(') {
        let aside = after.trim_end_matches(')');
        let is_weekday = aside.starts_with("周") || aside.starts_with("星期");
        if is_weekday {
            text = before;
        }
    }
    for hour in ["00:00:00", "0:00:00", "0:00"] {
        text = text.strip_suffix(hour).unwrap_or(text);
    }
    for end in ["以前完成", "之前完成", "前完成", "以前", "之前", "前", "完成", "止", "。", "."]
    {
        if let Some(rest) = text.strip_suffix(end) {
            text = rest;
            break;
        }
    }
    (!text.is_empty()).then_some(text)
}

/// 二〇二一年十月八日 in digits.
fn digits(text: &str) -> String {
    const ONES: &str = "〇一二三四五六七八九";
    let is_numeral = |c: char| c == '十' || c == '零' || ONES.contains(c);
    if !text.contains(is_numeral) || text.contains(|c: char| c.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().chain(['\n']) {
        if is_numeral(c) {
            run.push(c);
            continue;
        }
        out.push_str(&numeral(&run));
        run.clear();
        if c != '\n' {
            out.push(c);
        }
    }
    out
}

fn numeral(run: &[char]) -> String {
    let value = |c: &char| match c {
        '零' => Some(0),
        c => "〇一二三四五六七八九".chars().position(|one| one == *c),
    };
    match run.iter().position(|c| *c == '十') {
        None => run.iter().filter_map(value).map(|n| n.to_string()).collect(),
        Some(at) => {
            let tens = at.checked_sub(1).and_then(|at| run.get(at)).and_then(value).unwrap_or(1);
            let ones = run.get(at + 1).and_then(value).unwrap_or(0);
            (tens * 10 + ones).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DaySaid, day, day_of};
    use crate::sheet::read::Value;

    fn on(text: &str) -> DaySaid {
        DaySaid::Day(text.parse().unwrap())
    }

    #[test]
    fn whole_days_in_every_writing() {
        for text in [
            "2021年10月8日",
            "2021年10月08日",
            "2021 年 10 月 8 日前",
            "2021.10.8",
            "2021-10-8",
            "2021/10/08",
            "２０２１．１０．０８",
            "20211008",
            "2021年10月8号",
            "二〇二一年十月八日",
            "2021年10月8日（周五）",
            "2021-10-08 00:00:00",
            "2021年10月8日之前完成",
            "2021.10.8.",
        ] {
            assert_eq!(day(text), on("2021-10-08"), "{text}");
        }
        assert_eq!(day("二〇二一年十二月三十一日"), on("2021-12-31"));
        assert_eq!(day("二〇二一年十月二十日"), on("2021-10-20"));
    }

    #[test]
    fn a_day_without_its_year_asks_for_the_sheets() {
        for text in ["10月8日", "10.8", "10月8日前", "10/8", "十月八日"] {
            assert_eq!(day(text), DaySaid::WithoutYear(10, 8), "{text}");
        }
        let said = day("10月8日");
        assert_eq!(said.clone().decided("10月8日", Some(2021)).unwrap().to_string(), "2021-10-08");
        assert!(said.decided("10月8日", None).unwrap_err().zh.contains("年份"));
        assert!(day("2月29日").decided("2月29日", Some(2021)).is_err());
    }

    #[test]
    fn a_vague_time_is_asked_about_and_never_guessed() {
        for text in [
            "10月底前",
            "立即",
            "长期坚持",
            "2021年10月",
            "10月",
            "年底前",
            "四季度",
            "10月中旬",
            "2021年底",
            "尽快",
            "10月8日至10月15日",
            "持续推进",
            "2021年",
            "11月份",
            "每月5日前",
            "10月8日、11月8日",
        ] {
            assert_eq!(day(text), DaySaid::Vague, "{text}");
            assert!(day(text).decided(text, Some(2021)).unwrap_err().zh.contains("具体日期"));
        }
    }

    #[test]
    fn what_is_no_time_is_said_so() {
        for text in ["", "无", "13月8日", "2021-13-01", "2021-02-30", "市发展改革委", "8", "10.8.7"]
        {
            let said = day(text);
            assert!(!matches!(said, DaySaid::Day(_)), "{text}");
            assert!(said.decided(text, None).is_err());
        }
    }

    #[test]
    fn numbers_are_days_only_as_serials_of_this_century() {
        let number = |n: &str| day_of(&Value::Number(n.into()));
        assert_eq!(number("44477"), on("2021-10-08"));
        assert_eq!(number("20211008"), on("2021-10-08"));
        // A number 10.8 may have been the eighth or, with its zero lost, the eightieth of nothing.
        for n in ["10.8", "14", "0", "3000000"] {
            assert_eq!(number(n), DaySaid::Unreadable, "{n}");
        }
    }
}
