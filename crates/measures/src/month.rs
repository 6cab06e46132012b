//! A month of review 月讲评期, written `2021-10`: from the 26th of the month before to the 25th of
//! the month that names it. Pure.

use std::fmt;
use std::str::FromStr;

use journal::{Column, ColumnType, Error, RowRef, Value};
use kernel::{Day, Lang, Message, msg};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The last day of a month of review.
const LAST_DAY: i8 = 25;
/// The first day after it.
const FIRST_DAY: i8 = LAST_DAY + 1;
/// A day in the middle of it, in the calendar month that names it.
const MIDDLE_DAY: i8 = 10;
/// Years that can be written; the program knows no work calendar of others.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2999;

/// A month of review. October 2021 is 26 September to 25 October.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewMonth {
    year: i16,
    month: i8,
}

impl ReviewMonth {
    /// The month of review with this label, if there is one.
    pub fn new(year: i16, month: i8) -> Option<Self> {
        (YEARS.contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The month of review in which a day lies: from the 26th on it is the next one. Asked of the
    /// last day of a period, it is the period's label.
    pub fn of(day: Day) -> Self {
        let month = Self { year: day.year(), month: day.month() };
        if day.day() > LAST_DAY { month.next() } else { month }
    }

    /// The last month of review that has ended before a day; the 25th itself still runs.
    pub fn last_closed(today: Day) -> Self {
        Self::of(today).before()
    }

    /// Its first and its last day.
    pub fn days(self) -> (Day, Day) {
        let before = self.before();
        (before.day(FIRST_DAY), self.day(LAST_DAY))
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// The one before it.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.month == 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }

    /// January of its year.
    #[must_use]
    pub const fn january(self) -> Self {
        Self { month: 1, ..self }
    }

    /// The months that a period covers: those whose middle lies in it, so that each month is covered
    /// by one of the periods that follow each other.
    pub fn covered((from, to): (Day, Day)) -> Vec<Self> {
        let all = std::iter::successors(Some(Self::of(from)), |month| Some(month.next()));
        let within = all.take_while(|month| *month <= Self::of(to));
        let middle = |month: &Self| month.day(MIDDLE_DAY);
        within.filter(|month| from <= middle(month) && middle(month) <= to).collect()
    }

    /// The first and the last month whose reported events a period counts that is called by a
    /// month: as many as it covers, at least one.
    pub fn counted(period: (Day, Day), called: Self) -> (Self, Self) {
        let before = Self::covered(period).len().saturating_sub(1);
        ((0..before).fold(called, |month, _| month.before()), called)
    }

    /// The year of its label.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month of its label, 1–12.
    pub const fn month(self) -> i8 {
        self.month
    }

    /// As people call it.
    pub fn name(self, lang: Lang) -> String {
        let Message { zh, en } = self.named();
        if lang == Lang::En { en } else { zh }
    }

    /// As people call it, in both languages.
    pub fn named(self) -> Message {
        let (year, month) = (self.year, self.month);
        msg!("{year}年{month}月", "{self}")
    }

    /// A day of the calendar month that names it; every month has a 26th.
    fn day(self, day: i8) -> Day {
        Day::new(self.year, self.month, day).unwrap_or(Day::from(jiff::civil::Date::MAX))
    }
}

impl fmt::Display for ReviewMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// What is written is no month like `2021-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMonth;

impl fmt::Display for NoMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a month is written 2021-10")
    }
}

impl std::error::Error for NoMonth {}

impl FromStr for ReviewMonth {
    type Err = NoMonth;

    fn from_str(said: &str) -> Result<Self, NoMonth> {
        let (year, month) = said.split_once('-').ok_or(NoMonth)?;
        let is_written =
            |text: &str, len| text.len() == len && text.bytes().all(|digit| digit.is_ascii_digit());
        if !is_written(year, 4) || !is_written(month, 2) {
            return Err(NoMonth);
        }
        let (Ok(year), Ok(month)) = (year.parse(), month.parse()) else { return Err(NoMonth) };
        Self::new(year, month).ok_or(NoMonth)
    }
}

impl Serialize for ReviewMonth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReviewMonth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = String::deserialize(deserializer)?;
        said.parse().map_err(serde::de::Error::custom)
    }
}

impl Column for ReviewMonth {
    const TYPE: ColumnType = ColumnType::Text;

    fn read(row: &RowRef<'_>, i: usize) -> journal::Result<Self> {
        row.get::<String>(i)?.parse().map_err(Error::fault)
    }

    fn value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Day, Lang};

    use super::ReviewMonth;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn month(text: &str) -> ReviewMonth {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_runs_from_the_26th_before_to_its_25th() {
        for (label, from, to) in [
            ("2021-10", "2021-09-26", "2021-10-25"),
            ("2022-01", "2021-12-26", "2022-01-25"),
            ("2022-03", "2022-02-26", "2022-03-25"),
            ("2000-01", "1999-12-26", "2000-01-25"),
        ] {
            assert_eq!(month(label).days(), (day(from), day(to)), "{label}");
            assert_eq!(month(label).to_string(), label);
        }
    }

    #[test]
    fn every_day_lies_in_exactly_one_month() {
        let mut at = day("2019-12-20");
        while at < day("2024-03-10") {
            let (from, to) = ReviewMonth::of(at).days();
            assert!(from <= at && at <= to, "{at} is not in {from} to {to}");
            assert_eq!(ReviewMonth::of(to.plus(1)), ReviewMonth::of(at).next());
            assert_eq!(ReviewMonth::of(at).next().before(), ReviewMonth::of(at));
            at = at.plus(1);
        }
    }

    #[test]
    fn the_month_is_closed_when_its_25th_has_passed() {
        assert_eq!(ReviewMonth::last_closed(day("2021-10-25")), month("2021-09"));
        assert_eq!(ReviewMonth::last_closed(day("2021-10-26")), month("2021-10"));
        assert_eq!(ReviewMonth::last_closed(day("2021-01-10")), month("2020-12"));
    }

    #[test]
    fn a_period_counts_the_months_that_it_covers() {
        for (from, to, called, first) in [
            ("2021-09-26", "2021-10-25", "2021-10", "2021-10"),
            ("2021-10-01", "2021-10-31", "2021-10", "2021-10"),
            ("2021-10-01", "2021-10-31", "2021-11", "2021-11"),
            ("2021-02-01", "2021-02-28", "2021-02", "2021-02"),
            ("2021-10-01", "2021-10-07", "2021-10", "2021-10"),
            ("2021-09-11", "2021-10-25", "2021-10", "2021-10"),
            ("2021-08-26", "2021-10-25", "2021-10", "2021-09"),
            ("2021-10-26", "2021-12-25", "2021-12", "2021-11"),
            ("2021-11-26", "2022-01-25", "2022-01", "2021-12"),
        ] {
            let counted = ReviewMonth::counted((day(from), day(to)), month(called));
            assert_eq!(counted, (month(first), month(called)), "{from} to {to}");
        }
        // Whatever days follow each other, no month is covered twice and none is left out.
        for days in [15, 28, 31, 45, 61] {
            let (mut from, mut all) = (day("2021-01-01"), Vec::new());
            while from < day("2022-12-01") {
                all.extend(ReviewMonth::covered((from, from.plus(days - 1))));
                from = from.plus(days);
            }
            assert!(all.windows(2).all(|two| two[0].next() == two[1]), "{days}: {all:?}");
        }
    }

    #[test]
    fn only_a_written_month_is_read() {
        let wrong = ["", "2021", "2021-1", "2021-13", "2021-00", "21-10", "2021-1０", "+021-10"];
        for wrong in wrong.into_iter().chain(["1999-12", "3000-01", "2021-10-25"]) {
            assert!(wrong.parse::<ReviewMonth>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn months_are_in_order_and_have_names() {
        assert!(month("2021-09") < month("2021-10") && month("2021-12") < month("2022-01"));
        assert_eq!(month("2021-09").name(Lang::Zh), "2021年9月");
        assert_eq!(month("2021-09").name(Lang::En), "2021-09");
    }

    #[test]
    fn it_stands_in_json_as_it_is_written() {
        let said = serde_json::to_string(&month("2021-10")).unwrap();
        assert_eq!(said, "\"2021-10\"");
        assert_eq!(serde_json::from_str::<ReviewMonth>(&said).unwrap(), month("2021-10"));
        assert!(serde_json::from_str::<ReviewMonth>("\"2021\"").is_err());
    }

    fn closed(today: &str) -> (String, String) {
        let (from, to) = ReviewMonth::last_closed(today.parse().unwrap()).days();
        (from.to_string(), to.to_string())
    }

    #[test]
    fn a_period_is_named_by_the_month_that_it_ends_in() {
        let days = |period: &str| {
            let (from, to) = period.parse::<ReviewMonth>().unwrap().days();
            (from.to_string(), to.to_string())
        };
        assert_eq!(days("2021-12"), ("2021-11-26".to_owned(), "2021-12-25".to_owned()));
        assert_eq!(days("2022-01"), ("2021-12-26".to_owned(), "2022-01-25".to_owned()));
        assert_eq!(days("2022-03"), ("2022-02-26".to_owned(), "2022-03-25".to_owned()));
        for (day, period) in [
            ("2021-11-25", "2021-11"),
            ("2021-11-26", "2021-12"),
            ("2021-12-31", "2022-01"),
            ("2022-01-31", "2022-02"),
        ] {
            assert_eq!(ReviewMonth::of(day.parse().unwrap()).to_string(), period, "{day}");
        }
        assert!(ReviewMonth::new(2021, 13).is_none());
    }

    #[test]
    fn a_period_is_closed_when_its_25th_has_passed() {
        let is = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(closed("2021-11-01"), is("2021-09-26", "2021-10-25"));
        assert_eq!(closed("2021-10-26"), is("2021-09-26", "2021-10-25"));
        assert_eq!(closed("2021-10-25"), is("2021-08-26", "2021-09-25"));
        assert_eq!(closed("2022-01-10"), is("2021-11-26", "2021-12-25"));
        assert_eq!(closed("2022-03-31"), is("2022-02-26", "2022-03-25"));
        assert_eq!(closed("2022-03-25"), is("2022-01-26", "2022-02-25"));
    }
}
