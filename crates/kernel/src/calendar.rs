//! Working days by the State Council's yearly notice.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Weekday;

use crate::Day;

/// What the calendar says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A working day, also a weekend day that the notice turned into one.
    Working,
    /// A weekend day or holiday.
    Free,
}

/// Working days of a city. Years enter by facts; a year without a notice counts Monday to Friday
/// and is marked as unconfirmed wherever it is used.
#[derive(Clone, Debug, Default)]
pub struct WorkCalendar {
    confirmed: BTreeSet<i16>,
    exceptions: BTreeMap<Day, DayKind>,
}

impl WorkCalendar {
    /// A calendar of confirmed years and of the days that differ from Monday to Friday.
    pub fn new(
        confirmed: impl IntoIterator<Item = i16>,
        exceptions: impl IntoIterator<Item = (Day, DayKind)>,
    ) -> Self {
        Self {
            confirmed: confirmed.into_iter().collect(),
            exceptions: exceptions.into_iter().collect(),
        }
    }

    /// Whether the year's notice has been entered.
    pub fn is_confirmed(&self, year: i16) -> bool {
        self.confirmed.contains(&year)
    }

    /// The last day up to which every year from a day's own on is confirmed: later days are counted
    /// from Monday to Friday only. It lies before the day when its own year is not confirmed.
    pub fn confirmed_until(&self, day: Day) -> Day {
        let mut year = day.year();
        while self.is_confirmed(year) {
            year += 1;
        }
        Day::new(year, 1, 1).map_or(day, |first| first.plus(-1))
    }

    /// Whether people work on this day.
    pub fn is_working(&self, day: Day) -> bool {
        match self.exceptions.get(&day) {
            Some(kind) => *kind == DayKind::Working,
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The `n`-th working day after `day`; `n = 0` gives the day itself or the next working day.
    #[must_use]
    pub fn plus(&self, day: Day, n: u32) -> Day {
        let mut at = day;
        while !self.is_working(at) {
            at = at.plus(1);
        }
        // When the start is free, the first working day after it is already the first one.
        let mut left = if at == day { n } else { n.saturating_sub(1) };
        while left > 0 {
            at = at.plus(1);
            if self.is_working(at) {
                left -= 1;
            }
        }
        at
    }

    /// Working days after `from` up to and including `to`; negative when `to` is earlier.
    /// Bounded to about ten years in each direction.
    pub fn between(&self, from: Day, to: Day) -> i64 {
        const DAYS_MAX: i64 = 3_700;
        let span = from.days_until(to).clamp(-DAYS_MAX, DAYS_MAX);
        if span >= 0 {
            return self.count(from, span);
        }
        -self.count(to, -span)
    }

    fn count(&self, from: Day, days: i64) -> i64 {
        (1..=days).map(|n| i64::from(self.is_working(from.plus(n)))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{DayKind, WorkCalendar};
    use crate::Day;

    fn day(s: &str) -> Day {
        s.parse().unwrap()
    }

    fn national_day_2021() -> WorkCalendar {
        let free = (1..=7).map(|n| (Day::new(2021, 10, n).unwrap(), DayKind::Free));
        let work = ["2021-09-26", "2021-10-09"].map(|s| (day(s), DayKind::Working));
        WorkCalendar::new([2021], free.chain(work))
    }

    #[test]
    fn days_are_confirmed_up_to_the_first_year_without_a_notice() {
        let cal = WorkCalendar::new([2020, 2021, 2023], []);
        assert_eq!(cal.confirmed_until(day("2020-05-01")), day("2021-12-31"));
        assert_eq!(cal.confirmed_until(day("2022-05-01")), day("2021-12-31"));
        assert_eq!(cal.confirmed_until(day("2023-05-01")), day("2023-12-31"));
    }

    #[test]
    fn a_working_saturday_counts_and_a_holiday_does_not() {
        let cal = national_day_2021();
        assert!(cal.is_working(day("2021-10-09")));
        assert!(!cal.is_working(day("2021-10-04")));
        assert_eq!(cal.plus(day("2021-09-30"), 1), day("2021-10-08"));
        assert_eq!(cal.plus(day("2021-09-30"), 2), day("2021-10-09"));
        assert_eq!(cal.plus(day("2021-10-03"), 1), day("2021-10-08"));
        assert_eq!(cal.plus(day("2021-10-03"), 0), day("2021-10-08"));
    }

    #[test]
    fn counting_between_undoes_adding() {
        let cal = national_day_2021();
        for n in 0..40 {
            let start = day("2021-09-13");
            assert_eq!(cal.between(start, cal.plus(start, n)), i64::from(n));
        }
        assert_eq!(cal.between(day("2021-10-08"), day("2021-09-30")), -1);
    }

    #[test]
    fn an_unconfirmed_year_says_so() {
        let cal = national_day_2021();
        assert!(cal.is_confirmed(2021));
        assert!(!cal.is_confirmed(2022));
    }
}
