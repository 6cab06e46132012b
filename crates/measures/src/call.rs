//! What is asked: a city, a period, and up to which place of the journal.

use jiff::tz::TimeZone;
use kernel::{Day, Id, Jurisdiction, Moment, Period, WorkCalendar};

use crate::month::ReviewMonth;

/// A question to measures.
#[derive(Clone, Debug)]
pub struct Call {
    /// The city.
    pub city: Id<Jurisdiction>,
    /// The first day of the period.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// The last place of the journal that counts.
    pub cut_seq: i64,
    /// The day on whose morning it is looked: what was due before it and is not done is late.
    pub edge: Day,
    /// The first instant of the period.
    pub start: Moment,
    /// The first instant after it.
    pub end: Moment,
    /// The work calendar of the period and the weeks after it.
    pub calendar: WorkCalendar,
}

impl Call {
    /// A period as known at a place of the journal, looked at on a day: the morning after the
    /// period, or that day while the period still runs.
    pub fn new(
        city: Id<Jurisdiction>,
        (from, to): (Day, Day),
        (cut_seq, seen_on): (i64, Day),
        (zone, calendar): (&TimeZone, WorkCalendar),
    ) -> Self {
        let edge = to.plus(1).min(seen_on);
        let (start, end) = (from.plus(-1).end(zone), to.end(zone));
        Self { city, from, to, cut_seq, edge, start, end, calendar }
    }

    /// The month of review that the period is called by.
    pub fn month(&self) -> ReviewMonth {
        ReviewMonth::of(self.to)
    }
}

/// The last period from the 26th to the 25th that has ended before a day.
pub fn last_closed(today: Day) -> (Day, Day) {
    ReviewMonth::last_closed(today).days()
}

/// The days of a period: `2021-12` runs from 26 November to 25 December. Nothing for a month that
/// no calendar has.
pub fn days_of(period: Period) -> Option<(Day, Day)> {
    ReviewMonth::new(period.year, period.month).map(ReviewMonth::days)
}

/// The period that a day lies in: 26 November belongs to December.
pub fn period_of(day: Day) -> Period {
    let month = ReviewMonth::of(day);
    Period { year: month.year(), month: month.month() }
}

#[cfg(test)]
mod tests {
    use super::{days_of, last_closed, period_of};

    fn closed(today: &str) -> (String, String) {
        let (from, to) = last_closed(today.parse().unwrap());
        (from.to_string(), to.to_string())
    }

    #[test]
    fn a_period_is_named_by_the_month_that_it_ends_in() {
        let days = |period: &str| {
            let (from, to) = days_of(period.parse().unwrap()).unwrap();
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
            assert_eq!(period_of(day.parse().unwrap()).to_string(), period, "{day}");
        }
        assert!(days_of(kernel::Period { year: 2021, month: 13 }).is_none());
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
