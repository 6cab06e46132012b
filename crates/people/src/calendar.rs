//! The State Council's notices for 2020 to 2026, as proposals: a year counts only after its
//! notice was entered as a fact.

use jiff::civil::Weekday;
use kernel::{Day, FieldError, msg};

use crate::facts::NoticedDay;
use crate::tables::CalendarDayRow;

/// A holiday: name, first and last day, each as month and day of the notice's year.
type Holiday = (&'static str, (i8, i8), (i8, i8));

struct Notice {
    year: i16,
    source: &'static str,
    holidays: &'static [Holiday],
    working: &'static [(i8, i8)],
}

/// Source: the General Office of the State Council's yearly notices on holidays; for 2020 with
/// the extension of Spring Festival of 26 January 2020.
const NOTICES: [Notice; 7] = [
    Notice {
        year: 2020,
        source: "国办发明电〔2019〕16号、国办发明电〔2020〕1号",
        holidays: &[
            ("元旦", (1, 1), (1, 1)),
            ("春节", (1, 24), (2, 2)),
            ("清明节", (4, 4), (4, 6)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (6, 25), (6, 27)),
            ("国庆节、中秋节", (10, 1), (10, 8)),
        ],
        working: &[(1, 19), (4, 26), (5, 9), (6, 28), (9, 27), (10, 10)],
    },
    Notice {
        year: 2021,
        source: "国办发明电〔2020〕27号",
        holidays: &[
            ("元旦", (1, 1), (1, 3)),
            ("春节", (2, 11), (2, 17)),
            ("清明节", (4, 3), (4, 5)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (6, 12), (6, 14)),
            ("中秋节", (9, 19), (9, 21)),
            ("国庆节", (10, 1), (10, 7)),
        ],
        working: &[(2, 7), (2, 20), (4, 25), (5, 8), (9, 18), (9, 26), (10, 9)],
    },
    Notice {
        year: 2022,
        source: "国办发明电〔2021〕11号",
        holidays: &[
            ("元旦", (1, 1), (1, 3)),
            ("春节", (1, 31), (2, 6)),
            ("清明节", (4, 3), (4, 5)),
            ("劳动节", (4, 30), (5, 4)),
            ("端午节", (6, 3), (6, 5)),
            ("中秋节", (9, 10), (9, 12)),
            ("国庆节", (10, 1), (10, 7)),
        ],
        working: &[(1, 29), (1, 30), (4, 2), (4, 24), (5, 7), (10, 8), (10, 9)],
    },
    Notice {
        year: 2023,
        source: "国办发明电〔2022〕16号",
        holidays: &[
            ("元旦", (1, 1), (1, 2)),
            ("春节", (1, 21), (1, 27)),
            ("清明节", (4, 5), (4, 5)),
            ("劳动节", (4, 29), (5, 3)),
            ("端午节", (6, 22), (6, 24)),
            ("中秋节、国庆节", (9, 29), (10, 6)),
        ],
        working: &[(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)],
    },
    Notice {
        year: 2024,
        source: "国办发明电〔2023〕7号",
        holidays: &[
            ("元旦", (1, 1), (1, 1)),
            ("春节", (2, 10), (2, 17)),
            ("清明节", (4, 4), (4, 6)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (6, 10), (6, 10)),
            ("中秋节", (9, 15), (9, 17)),
            ("国庆节", (10, 1), (10, 7)),
        ],
        working: &[(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    },
    Notice {
        year: 2025,
        source: "国办发明电〔2024〕12号",
        holidays: &[
            ("元旦", (1, 1), (1, 1)),
            ("春节", (1, 28), (2, 4)),
            ("清明节", (4, 4), (4, 6)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (5, 31), (6, 2)),
            ("国庆节、中秋节", (10, 1), (10, 8)),
        ],
        working: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Notice {
        year: 2026,
        source: "国办发明电〔2025〕7号",
        holidays: &[
            ("元旦", (1, 1), (1, 3)),
            ("春节", (2, 15), (2, 23)),
            ("清明节", (4, 4), (4, 6)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (6, 19), (6, 21)),
            ("中秋节", (9, 25), (9, 27)),
            ("国庆节", (10, 1), (10, 7)),
        ],
        working: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];

/// The proposed notice of a year: its source and the days that differ from Monday to Friday.
pub(crate) fn notice(year: i16) -> Option<(&'static str, Vec<NoticedDay>)> {
    let notice = NOTICES.iter().find(|n| n.year == year)?;
    let mut days = Vec::new();
    for (name, (month, day), last) in notice.holidays {
        let mut at = Day::new(year, *month, *day)?;
        let last = Day::new(year, last.0, last.1)?;
        while at <= last {
            days.push(NoticedDay { day: at, working: false, name: (*name).to_owned() });
            at = at.plus(1);
        }
    }
    for (month, day) in notice.working {
        let day = Day::new(year, *month, *day)?;
        days.push(NoticedDay { day, working: true, name: "调休上班".to_owned() });
    }
    // The eve of 2023 lies in the year before, in its own notice's year for the calendar.
    if year == 2023 {
        let day = Day::new(2022, 12, 31)?;
        days.push(NoticedDay { day, working: false, name: "元旦".to_owned() });
    }
    Some((notice.source, days))
}

/// The first and the last day of a year.
pub(crate) fn bounds(year: i16) -> (Day, Day) {
    let day = |month, day| Day::new(year, month, day);
    let first = day(1, 1).unwrap_or(Day::from(jiff::civil::Date::ZERO));
    (first, day(12, 31).unwrap_or(first))
}

/// The proposed notice of a year as the form writes it: source, holidays, weekend days worked.
pub(crate) fn proposal(year: i16) -> Option<(&'static str, String, String)> {
    let notice = NOTICES.iter().find(|n| n.year == year)?;
    let day = |(month, day): (i8, i8)| Day::new(year, month, day).map(|d| d.to_string());
    let span =
        |(name, first, last): &Holiday| Some(format!("{} 至 {} {name}", day(*first)?, day(*last)?));
    let holidays: Option<Vec<_>> = notice.holidays.iter().map(span).collect();
    let working: Option<Vec<_>> = notice.working.iter().map(|d| day(*d)).collect();
    Some((notice.source, holidays?.join("\n"), working?.join("\n")))
}

/// Longest holiday that a line may say; a longer one is a slip of the pen.
const HOLIDAY_DAYS_MAX: i64 = 20;

/// Reads a notice as it was typed: lines `2027-01-01 至 2027-01-03 元旦` and days `2027-02-07`.
pub(crate) fn read_notice(
    year: i16,
    holidays: &str,
    working: &str,
) -> Result<Vec<NoticedDay>, Vec<FieldError>> {
    let mut days = Vec::new();
    let mut errors = Vec::new();
    for line in lines(holidays) {
        match holiday(year, line) {
            Some(found) => days.extend(found),
            None => errors.push(unread("holidays", line)),
        }
    }
    for line in lines(working) {
        let day = line.parse::<Day>().ok().filter(|d| d.year() == year && is_weekend(*d));
        match day {
            Some(day) => {
                days.push(NoticedDay { day, working: true, name: "调休上班".to_owned() });
            }
            None => errors.push(unread("working", line)),
        }
    }
    if errors.is_empty() { Ok(days) } else { Err(errors) }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn holiday(year: i16, line: &str) -> Option<Vec<NoticedDay>> {
    let mut words = line.split_whitespace();
    let first: Day = words.next()?.parse().ok()?;
    let mut rest: Vec<_> = words.collect();
    let mut last = first;
    if let Some("至" | "to" | "-" | "~") = rest.first().copied() {
        last = rest.get(1)?.parse().ok()?;
        rest.drain(..2);
    }
    let name = rest.join(" ");
    // 31 December of the year before may belong to New Year's holiday.
    let fits = |d: Day| d.year() == year || (d.year() == year - 1 && d.month() == 12);
    let length = first.days_until(last);
    if name.is_empty() || !fits(first) || !fits(last) || !(0..HOLIDAY_DAYS_MAX).contains(&length) {
        return None;
    }
    let day = |n| NoticedDay { day: first.plus(n), working: false, name: name.clone() };
    Some((0..=length).map(day).collect())
}

fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn unread(field: &str, line: &str) -> FieldError {
    let message = msg!(
        "“{line}”看不懂：请按提示的格式，每行一项，日期在该年内（调休须是周末）。",
        "“{line}” cannot be read: one item per line as in the hint, days of that year (worked ones at a weekend)."
    );
    FieldError { field: field.to_owned(), message }
}

/// A notice that corrects an earlier one: days it no longer names go back to Monday to Friday.
pub(crate) fn corrected(mut days: Vec<NoticedDay>, before: &[CalendarDayRow]) -> Vec<NoticedDay> {
    for row in before {
        if days.iter().all(|d| d.day != row.day) {
            let working = !is_weekend(row.day);
            days.push(NoticedDay { day: row.day, working, name: "更正".to_owned() });
        }
    }
    days
}

/// The years for which the program can propose a notice.
pub fn proposed_years() -> impl Iterator<Item = i16> {
    NOTICES.iter().map(|n| n.year)
}

#[cfg(test)]
mod tests {
    use super::{notice, proposal, proposed_years, read_notice};
    use jiff::civil::Weekday;

    #[test]
    fn a_typed_notice_says_the_same_as_the_proposed_one() {
        for year in proposed_years().filter(|y| *y != 2023) {
            let (_, holidays, working) = proposal(year).unwrap();
            assert_eq!(read_notice(year, &holidays, &working).unwrap(), notice(year).unwrap().1);
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let fields = |holidays, working| -> Vec<String> {
            let errors = read_notice(2027, holidays, working).unwrap_err();
            errors.into_iter().map(|e| e.field).collect()
        };
        assert_eq!(fields("2027-01-01 至 2027-03-03 元旦", ""), ["holidays"]);
        assert_eq!(fields("2027-01-01", "2027-02-08"), ["holidays", "working"]);
        assert_eq!(fields("2026-01-01 元旦\n明天", ""), ["holidays", "holidays"]);
        assert_eq!(read_notice(2027, "2027-01-01 元旦\n", "2027-02-07").unwrap().len(), 2);
    }

    #[test]
    fn every_shifted_working_day_is_a_weekend_day() {
        for year in proposed_years() {
            let (_, days) = notice(year).unwrap();
            for day in days.iter().filter(|d| d.working) {
                let weekday = day.day.weekday();
                assert!(matches!(weekday, Weekday::Saturday | Weekday::Sunday), "{}", day.day);
            }
        }
    }

    #[test]
    fn a_year_has_as_many_working_days_as_the_notices_leave() {
        // Agrees with an independent table of the same notices.
        let count = |year: i16| {
            let (_, days) = notice(year).unwrap();
            let first = kernel::Day::new(year, 1, 1).unwrap();
            let exceptions = days.into_iter().map(|d| {
                let kind = if d.working { kernel::DayKind::Working } else { kernel::DayKind::Free };
                (d.day, kind)
            });
            let calendar = kernel::WorkCalendar::new([year], exceptions);
            (0..366)
                .map(|n| first.plus(n))
                .filter(|d| d.year() == year && calendar.is_working(*d))
                .count()
        };
        assert_eq!(
            proposed_years().map(count).collect::<Vec<_>>(),
            [249, 250, 249, 249, 251, 248, 248]
        );
    }
}
