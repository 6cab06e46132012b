//! Days, moments and months.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A calendar day in the jurisdiction's time zone; written `2021-11-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(Date);

impl Day {
    /// The day of this year, month and day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The underlying date.
    pub const fn date(self) -> Date {
        self.0
    }

    /// The four-digit year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The day `n` days later (earlier when negative); stays at the calendar's end.
    #[must_use]
    pub fn plus(self, n: i64) -> Self {
        Self(self.0.saturating_add(n.days()))
    }

    /// Calendar days from this day to `other`, negative when `other` is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        i64::from(self.0.until(other.0).map_or(0, |span| span.get_days()))
    }

    /// The moment this day ends (24:00) in a zone: the last instant that still counts as in time.
    pub fn end(self, zone: &TimeZone) -> Moment {
        let next = self.plus(1).0.to_zoned(zone.clone());
        Moment(next.map_or(Timestamp::MAX, |zoned| zoned.timestamp()))
    }

    /// The month this day lies in.
    pub fn period(self) -> Period {
        Period { year: self.year(), month: self.month() }
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = jiff::Error;

    fn from_str(s: &str) -> Result<Self, jiff::Error> {
        Date::strptime("%Y-%m-%d", s).map(Self)
    }
}

/// An instant in UTC with microseconds, the precision that both engines keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(Timestamp);

impl Moment {
    /// From a timestamp, cut to microseconds.
    pub fn new(at: Timestamp) -> Self {
        Self(Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(Timestamp::MAX))
    }

    /// From microseconds since 1970-01-01T00:00:00Z; out-of-range values stay at the end.
    pub fn from_micros(micros: i64) -> Self {
        Self(Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX))
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The underlying timestamp.
    pub const fn timestamp(self) -> Timestamp {
        self.0
    }

    /// This moment moved by microseconds.
    #[must_use]
    pub fn plus_micros(self, micros: i64) -> Self {
        Self::from_micros(self.micros().saturating_add(micros))
    }

    /// This moment moved by whole seconds.
    #[must_use]
    pub fn plus_secs(self, secs: i64) -> Self {
        self.plus_micros(secs.saturating_mul(1_000_000))
    }

    /// The day it is in a zone at this moment.
    pub fn day(self, zone: &TimeZone) -> Day {
        Day(zone.to_datetime(self.0).date())
    }

    /// Local wall time for people, `2021-11-01 08:00`.
    pub fn local(self, zone: &TimeZone) -> String {
        self.0.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.0)
    }
}

/// A month, the period of a review; written `2021-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The four-digit year.
    pub year: i16,
    /// The month, 1–12.
    pub month: i8,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment};
    use jiff::tz::TimeZone;

    #[test]
    fn a_day_ends_at_midnight_of_the_next_in_its_zone() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let end = "2021-11-01".parse::<Day>().unwrap().end(&zone);
        assert_eq!(end.to_string(), "2021-11-01T16:00:00.000000Z");
        assert_eq!(end.plus_micros(-1).day(&zone).to_string(), "2021-11-01");
        assert_eq!(end.day(&zone).to_string(), "2021-11-02");
    }

    #[test]
    fn a_moment_keeps_microseconds() {
        let at = Moment::new("2021-11-01T00:00:00.123456789Z".parse().unwrap());
        assert_eq!(Moment::from_micros(at.micros()), at);
        assert_eq!(at.to_string(), "2021-11-01T00:00:00.123456Z");
    }

    #[test]
    fn a_day_is_read_only_in_iso_form() {
        assert!("2021-11-1x".parse::<Day>().is_err());
        assert!("2021-02-30".parse::<Day>().is_err());
        assert_eq!("2021-11-01".parse::<Day>().unwrap().plus(30).to_string(), "2021-12-01");
    }
}
