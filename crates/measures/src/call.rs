//! What is asked: a city, a period, and up to which place of the journal.

use jiff::tz::TimeZone;
use kernel::{Day, Id, Jurisdiction, Moment, WorkCalendar};

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
    /// The months of review whose reported figures count; the last one is what the period is
    /// called by.
    months: (ReviewMonth, ReviewMonth),
}

/// Days of 100 average months; a period has as many months as its days make.
const DAYS_OF_100: i64 = 3_044;

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
        let months = (ReviewMonth::of(from), ReviewMonth::of(to));
        Self { city, from, to, cut_seq, edge, start, end, calendar, months }
    }

    /// The same question of a review that calls its period by a month. It counts as many months as
    /// its days make, whatever their labels: a natural month touches two months of review and is
    /// one, so that nothing counts again in the period after it.
    #[must_use]
    pub fn called(mut self, month: ReviewMonth) -> Self {
        let days = self.from.days_until(self.to) + 1;
        let months = (days * 100 + DAYS_OF_100 / 2) / DAYS_OF_100;
        self.months = (month.first_of(months), month);
        self
    }

    /// The month of review that the period is called by.
    pub const fn month(&self) -> ReviewMonth {
        self.months.1
    }

    /// The first and the last month of review whose reported events count.
    pub const fn months(&self) -> (ReviewMonth, ReviewMonth) {
        self.months
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use kernel::{Day, Id, WorkCalendar};

    use super::Call;

    #[test]
    fn a_period_that_is_called_by_a_month_counts_as_many_months_as_its_days_make() {
        let city = Id::new();
        for (from, to, called, first) in [
            ("2021-09-26", "2021-10-25", "2021-10", "2021-10"),
            ("2021-10-01", "2021-10-31", "2021-10", "2021-10"),
            ("2021-10-01", "2021-10-31", "2021-11", "2021-11"),
            ("2021-02-01", "2021-02-28", "2021-02", "2021-02"),
            ("2021-10-01", "2021-10-07", "2021-10", "2021-10"),
            ("2021-08-26", "2021-10-25", "2021-10", "2021-09"),
            ("2021-11-26", "2022-01-25", "2022-01", "2021-12"),
        ] {
            let day = |text: &str| text.parse::<Day>().unwrap();
            let seen = (9, day(to).plus(1));
            let zone = TimeZone::fixed(jiff::tz::offset(8));
            let call =
                Call::new(city, (day(from), day(to)), seen, (&zone, WorkCalendar::default()));
            let called = call.called(called.parse().unwrap());
            assert_eq!(called.months().0.to_string(), first, "{from} to {to}");
            assert_eq!(called.months().1, called.month());
        }
    }
}
