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

    /// The same question of a review that calls its period by a month: a natural month touches two
    /// months of review and is one, so that nothing counts again in the period after it.
    #[must_use]
    pub fn called(mut self, month: ReviewMonth) -> Self {
        self.months = ReviewMonth::counted((self.from, self.to), month);
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
