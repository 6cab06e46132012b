//! The outbox 待发送: when something may leave, and when it is tried again. Pure.

use jiff::tz::TimeZone;
use kernel::{Moment, WorkCalendar};

/// Nothing leaves before this time of a working day, and nothing at or after the other.
const WINDOW: (&str, &str) = ("08:00", "20:00");
/// How often something is tried.
pub(crate) const TRIES_MAX: i64 = 8;
/// Seconds until the next try, after each that failed.
const BACK_OFF: [i64; 7] = [60, 120, 300, 900, 3_600, 10_800, 43_200];
/// Days for which it stays listed that something was sent.
pub(crate) const SENT_DAYS: i64 = 30;
/// Days for which it stays listed that something was given up.
pub(crate) const FAILED_DAYS: i64 = 90;

/// `08:30` of a moment in a zone.
fn time_of_day(now: Moment, zone: &TimeZone) -> String {
    now.local(zone).split(' ').next_back().unwrap_or_default().to_owned()
}

/// Whether something may leave now: on working days, in the hours of the office.
pub(crate) fn may_leave(now: Moment, zone: &TimeZone, calendar: &WorkCalendar) -> bool {
    let time = time_of_day(now, zone);
    let (from, to) = WINDOW;
    calendar.is_working(now.day(zone)) && time.as_str() >= from && time.as_str() < to
}

/// Whether the time of the daily digest has come, within the hours in which something may leave.
pub(crate) fn is_digest_time(now: Moment, zone: &TimeZone, digest_at: &str) -> bool {
    time_of_day(now, zone).as_str() >= digest_at
}

/// When something is tried again that failed for the `tries`-th time; never when it was enough.
pub(crate) fn next_try(now: Moment, tries: i64) -> Option<Moment> {
    if tries >= TRIES_MAX {
        return None;
    }
    let wait = usize::try_from(tries - 1).ok().and_then(|n| BACK_OFF.get(n).copied());
    wait.map(|secs| now.plus_secs(secs))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use kernel::{DayKind, Moment, WorkCalendar};

    use super::{TRIES_MAX, is_digest_time, may_leave, next_try};

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn at(text: &str) -> Moment {
        let local: jiff::civil::DateTime = text.parse().unwrap();
        Moment::new(local.to_zoned(zone()).unwrap().timestamp())
    }

    #[test]
    fn something_leaves_in_the_hours_of_working_days_only() {
        let national_day = (1..=7).map(|n| (kernel::Day::new(2021, 10, n).unwrap(), DayKind::Free));
        let saturday = [("2021-10-09".parse().unwrap(), DayKind::Working)];
        let calendar = WorkCalendar::new([2021], national_day.chain(saturday));
        for (when, may) in [
            ("2021-11-01T07:59:59", false),
            ("2021-11-01T08:00:00", true),
            ("2021-11-01T19:59:59", true),
            ("2021-11-01T20:00:00", false),
            ("2021-10-31T10:00:00", false),
            ("2021-10-05T10:00:00", false),
            ("2021-10-09T10:00:00", true),
        ] {
            assert_eq!(may_leave(at(when), &zone(), &calendar), may, "{when}");
        }
    }

    #[test]
    fn the_digest_waits_for_its_time() {
        assert!(!is_digest_time(at("2021-11-01T08:29:59"), &zone(), "08:30"));
        assert!(is_digest_time(at("2021-11-01T08:30:00"), &zone(), "08:30"));
        assert!(is_digest_time(at("2021-11-01T15:00:00"), &zone(), "08:30"));
    }

    #[test]
    fn each_wait_is_longer_and_eight_tries_are_enough() {
        let now = at("2021-11-01T08:00:00");
        let waits: Vec<_> = (1..TRIES_MAX).map(|n| next_try(now, n).unwrap()).collect();
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]) && waits[0] > now);
        assert_eq!(waits.len(), 7);
        assert_eq!(next_try(now, TRIES_MAX), None);
        assert_eq!(next_try(now, TRIES_MAX + 1), None);
    }
}
