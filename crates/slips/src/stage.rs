//! 催办 stages: which reminder a due day has on a day, in working days. Pure.

use kernel::{Day, WorkCalendar};

/// The stages in the order in which they come: working days before the due day, the day itself,
/// and after it.
pub(crate) const STAGES: [i64; 5] = [5, 3, 1, 0, AFTER];
/// The stage after the due day.
pub(crate) const AFTER: i64 = -1;

/// The last due day that is at most so many working days away.
pub(crate) fn reach(today: Day, days: i64, calendar: &WorkCalendar) -> Day {
    let days = u32::try_from(days).unwrap_or_default();
    calendar.plus(today, days + 1).plus(-1)
}

/// The stage of a due day; none while it is far.
pub(crate) fn of(due: Day, today: Day, calendar: &WorkCalendar) -> Option<i64> {
    if due < today {
        return Some(AFTER);
    }
    let left = calendar.between(today, due);
    STAGES.iter().rev().copied().find(|stage| *stage >= 0 && left <= *stage)
}

/// Whether the stage began after the item was issued or taken over: what is given two days is not
/// reminded of its third at once.
pub(crate) fn began_after(issued: Day, due: Day, stage: i64, calendar: &WorkCalendar) -> bool {
    stage == AFTER || calendar.between(issued, due) > stage
}

#[cfg(test)]
mod tests {
    use super::{began_after, of, reach};
    use crate::slip_tests::{calendar, day};

    #[test]
    fn stages_are_counted_in_working_days() {
        let stage = |today: &str| of(day("2021-10-11"), day(today), &calendar());
        // 26 September and 9 October are worked, 1 to 7 October are free.
        let expected = [
            ("2021-09-27", None),
            ("2021-09-28", Some(5)),
            ("2021-09-29", Some(5)),
            ("2021-09-30", Some(3)),
            ("2021-10-04", Some(3)),
            ("2021-10-08", Some(3)),
            ("2021-10-09", Some(1)),
            ("2021-10-10", Some(1)),
            ("2021-10-11", Some(0)),
            ("2021-10-12", Some(-1)),
        ];
        for (today, expected) in expected {
            assert_eq!(stage(today), expected, "{today}");
        }
    }

    #[test]
    fn a_due_day_on_which_nobody_works_is_reminded_of_on_the_last_day_before() {
        assert_eq!(of(day("2021-10-03"), day("2021-09-30"), &calendar()), Some(0));
        assert_eq!(of(day("2021-10-03"), day("2021-10-08"), &calendar()), Some(-1));
    }

    #[test]
    fn the_reach_of_a_stage_is_its_last_due_day() {
        let cal = calendar();
        for today in ["2021-09-24", "2021-09-30", "2021-10-03", "2021-10-08", "2021-11-01"] {
            for stage in [0, 1, 3, 5] {
                let last = reach(day(today), stage, &cal);
                assert!(cal.between(day(today), last) <= stage, "{today} {stage}");
                assert!(cal.between(day(today), last.plus(1)) > stage, "{today} {stage}");
            }
        }
    }

    #[test]
    fn what_is_issued_late_is_not_reminded_of_what_was_before() {
        let began = |stage| began_after(day("2021-11-01"), day("2021-11-03"), stage, &calendar());
        assert!(!began(5) && !began(3));
        assert!(began(1) && began(0) && began(-1));
    }
}
