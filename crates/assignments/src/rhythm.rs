//! 反馈频次: when reports close, and whether one is owed. Derived at reading, like lights.

use kernel::{Day, Moment, WorkCalendar};
use serde::Serialize;

use jiff::tz::TimeZone;

use crate::tables::{AssignmentRow, Rhythm};

/// Holidays that a closing day may have to step over at most.
const STEPS_MAX: i64 = 15;
/// Days in which two months close, holidays stepped over.
const PERIODS_DAYS: i64 = 80;

/// When the reports of an assignment close: a weekday (1 is Monday) or a day of the month, and the
/// hour. A closing day on which nobody works comes on the working day before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// How often.
    pub rhythm: Rhythm,
    /// 1–7 each week, 1–28 each month.
    pub day: i64,
    /// 1–24; 24 is the day's end.
    pub hour: i64,
}

/// What an assignment owes by its rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub(crate) enum Owed {
    /// This period's report is in; the next closes then.
    Reported {
        /// The day of the next closing.
        closes_on: Day,
    },
    /// This period's report is awaited.
    Awaited {
        /// The day of the next closing.
        closes_on: Day,
    },
    /// The last closing passed without a report, and none came since.
    Missed {
        /// The day that was missed.
        closed_on: Day,
    },
}

impl Closing {
    /// The closing of an assignment; none when it reports once, at its due day.
    pub(crate) fn of(a: &AssignmentRow) -> Option<Self> {
        let closing = Self { rhythm: a.rhythm, day: a.report_day, hour: a.report_hour };
        (a.rhythm != Rhythm::Once).then_some(closing)
    }

    /// Whether a day is a closing day before holidays are stepped over.
    fn falls_on(&self, day: Day) -> bool {
        match self.rhythm {
            Rhythm::Once => false,
            Rhythm::Weekly => i64::from(day.weekday().to_monday_one_offset()) == self.day,
            Rhythm::Monthly => i64::from(day.day()) == self.day,
        }
    }

    /// The closing days in a span of days, both ends included.
    pub(crate) fn days(&self, from: Day, to: Day, calendar: &WorkCalendar) -> Vec<Day> {
        let span = from.days_until(to).clamp(0, 400) + STEPS_MAX;
        let mut days: Vec<_> = (0..=span)
            .map(|n| from.plus(n))
            .filter(|day| self.falls_on(*day))
            .map(|day| worked(day, calendar))
            .filter(|day| (from..=to).contains(day))
            .collect();
        days.dedup();
        days
    }

    /// The last two closing days that are over, the latest first.
    pub fn over(
        &self,
        (now, zone): (Moment, &TimeZone),
        calendar: &WorkCalendar,
    ) -> (Option<Day>, Option<Day>) {
        let today = now.day(zone);
        let days = self.days(today.plus(-PERIODS_DAYS), today, calendar);
        let mut over = days.into_iter().rev().filter(|day| self.moment(*day, zone) <= now);
        (over.next(), over.next())
    }

    /// The closing day that passed without a report, when one is missing now.
    pub fn missed(
        &self,
        said: (Day, Option<Day>),
        now: (Moment, &TimeZone),
        calendar: &WorkCalendar,
    ) -> Option<Day> {
        match self.owed(said, now, calendar) {
            Some(Owed::Missed { closed_on }) => Some(closed_on),
            Some(Owed::Reported { .. } | Owed::Awaited { .. }) | None => None,
        }
    }

    /// The moment a closing day closes.
    pub(crate) fn moment(&self, day: Day, zone: &TimeZone) -> Moment {
        closing_moment(day, self.hour, zone)
    }

    /// What is owed now by an assignment issued and last reported on these days.
    pub(crate) fn owed(
        &self,
        (issued, reported): (Day, Option<Day>),
        now: (Moment, &TimeZone),
        calendar: &WorkCalendar,
    ) -> Option<Owed> {
        let today = now.0.day(now.1);
        let is_over = |day: &&Day| self.moment(**day, now.1) <= now.0;
        let days = self.days(issued, today.plus(62), calendar);
        let closes_on = *days.iter().find(|day| !is_over(day))?;
        // What is issued on the closing day itself has its first period until the next one.
        let over: Vec<_> = days.iter().filter(is_over).filter(|day| **day > issued).collect();
        let Some(last) = over.last() else {
            return Some(match reported {
                Some(_) => Owed::Reported { closes_on },
                None => Owed::Awaited { closes_on },
            });
        };
        let before = over.iter().rev().nth(1).map_or(issued.plus(-1), |day| **day);
        Some(match reported {
            Some(on) if on > **last => Owed::Reported { closes_on },
            Some(on) if on > before => Owed::Awaited { closes_on },
            Some(_) | None => Owed::Missed { closed_on: **last },
        })
    }
}

/// The day itself, or the last working day before it.
fn worked(day: Day, calendar: &WorkCalendar) -> Day {
    let earlier = (0..=STEPS_MAX).map(|n| day.plus(-n));
    earlier.into_iter().find(|d| calendar.is_working(*d)).unwrap_or(day)
}

/// The moment at which something closes on a day, at a full hour of it (1–24).
pub(crate) fn closing_moment(day: Day, hour: i64, zone: &TimeZone) -> Moment {
    day.end(zone).plus_secs(-(24 - hour.clamp(0, 24)) * 3_600)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use kernel::{Day, DayKind, WorkCalendar};

    use super::{Closing, Owed};
    use crate::tables::Rhythm;

    const FRIDAY: Closing = Closing { rhythm: Rhythm::Weekly, day: 5, hour: 17 };

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn days(closing: Closing, from: &str, to: &str) -> Vec<String> {
        let free = (1..=7).map(|n| (Day::new(2021, 10, n).unwrap(), DayKind::Free));
        let calendar = WorkCalendar::new([2021], free);
        closing.days(day(from), day(to), &calendar).iter().map(Day::to_string).collect()
    }

    #[test]
    fn a_closing_day_on_a_holiday_comes_on_the_working_day_before() {
        assert_eq!(days(FRIDAY, "2021-10-18", "2021-10-31"), ["2021-10-22", "2021-10-29"]);
        // 1 October is a Friday and free.
        assert_eq!(days(FRIDAY, "2021-09-27", "2021-10-03"), ["2021-09-30"]);
        assert_eq!(days(FRIDAY, "2021-10-01", "2021-10-03"), [""; 0]);
        let monthly = Closing { rhythm: Rhythm::Monthly, day: 3, hour: 24 };
        assert_eq!(
            days(monthly, "2021-09-01", "2021-11-30").join(" "),
            "2021-09-03 2021-09-30 2021-11-03"
        );
        let once = Closing { rhythm: Rhythm::Once, ..FRIDAY };
        assert!(days(once, "2021-10-18", "2021-10-31").is_empty());
    }

    /// What is owed by something issued on Monday 18 October, at a moment in UTC+8.
    fn owed(reported: Option<&str>, at: &str) -> Owed {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let now: jiff::Timestamp = format!("{at}:00+08:00").parse().unwrap();
        let now = (kernel::Moment::new(now), &zone);
        let said = (day("2021-10-18"), reported.map(day));
        FRIDAY.owed(said, now, &WorkCalendar::default()).unwrap()
    }

    #[test]
    fn a_report_is_awaited_until_the_closing_hour_and_missed_after_it() {
        let closes_on = day("2021-10-22");
        assert_eq!(owed(None, "2021-10-22T16:59"), Owed::Awaited { closes_on });
        assert_eq!(owed(Some("2021-10-20"), "2021-10-22T16:59"), Owed::Reported { closes_on });
        assert_eq!(owed(None, "2021-10-22T17:00"), Owed::Missed { closed_on: closes_on });
        let next = day("2021-10-29");
        assert_eq!(owed(Some("2021-10-20"), "2021-10-22T17:00"), Owed::Awaited { closes_on: next });
        assert_eq!(
            owed(Some("2021-10-25"), "2021-10-26T09:00"),
            Owed::Reported { closes_on: next }
        );
        let missed = owed(Some("2021-10-22"), "2021-10-30T09:00");
        assert_eq!(missed, Owed::Missed { closed_on: next });
    }
}
