//! The period that is asked about, as an address says it. Pure.

use kernel::{Day, FieldError, Message, Refusal, msg, text};
use measures::ReviewMonth;

/// Days of a period at most.
const DAYS_MAX: i64 = 366;

/// Reads the first and the last day; the last closed period when neither is given.
pub(crate) fn read(
    from: Option<&str>,
    to: Option<&str>,
    today: Day,
) -> Result<(Day, Day), Refusal> {
    let given = |day: Option<&str>| day.map(str::trim).filter(|d| !d.is_empty()).map(str::to_owned);
    let (from, to) = (given(from), given(to));
    if from.is_none() && to.is_none() {
        return Ok(ReviewMonth::last_closed(today).days());
    }
    let mut wrong = Vec::new();
    let mut day = |name: &str, said: Option<String>| {
        let told = match said.map(|said| said.parse::<Day>()) {
            Some(Ok(day)) if day.year() >= 2000 => return Some(day),
            Some(_) => text!("请按2021-10-25的形式填写日期。", "Write the day as 2021-10-25."),
            None => text!("起止日期须同时填写。", "Give both days."),
        };
        wrong.push(FieldError { field: name.to_owned(), message: told.into() });
        None
    };
    let (first, last) = (day("from", from), day("to", to));
    let (Some(first), Some(last)) = (first, last) else { return Err(Refusal::Fields(wrong)) };
    check(first, last, today)
        .map_err(|(field, message)| Refusal::field(field, message))
        .map(|()| (first, last))
}

fn check(from: Day, to: Day, today: Day) -> Result<(), (&'static str, Message)> {
    if from > to {
        let told = text!("止日不能早于起日。", "The last day cannot be before the first.");
        return Err(("to", told.into()));
    }
    if from > today {
        let told = text!("期间还没有开始。", "The period has not begun yet.");
        return Err(("from", told.into()));
    }
    if from.days_until(to) >= DAYS_MAX {
        let told = msg!(
            "期间最长{DAYS_MAX}天，请缩短。",
            "A period has {DAYS_MAX} days at most; shorten it."
        );
        return Err(("to", told));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::{Day, Refusal};

    use super::read;

    fn today() -> Day {
        "2021-11-01".parse().unwrap()
    }

    #[test]
    fn without_days_it_is_the_last_closed_period() {
        let (from, to) = read(None, Some(""), today()).unwrap();
        assert_eq!((from.to_string(), to.to_string()), ("2021-09-26".into(), "2021-10-25".into()));
    }

    #[test]
    fn a_bad_period_is_refused_at_its_field() {
        for (from, to, field) in [
            (Some("2021-10-01"), None, "to"),
            (None, Some("2021-10-01"), "from"),
            (Some("10/1"), Some("2021-10-25"), "from"),
            (Some("1999-10-01"), Some("1999-10-25"), "from"),
            (Some("2021-10-25"), Some("2021-10-01"), "to"),
            (Some("2021-11-02"), Some("2021-11-25"), "from"),
            (Some("2020-01-01"), Some("2021-01-01"), "to"),
        ] {
            let Err(Refusal::Fields(wrong)) = read(from, to, today()) else {
                panic!("{from:?} {to:?} is taken")
            };
            assert_eq!(wrong[0].field, field, "{from:?} {to:?}");
        }
        assert!(read(Some("2020-01-01"), Some("2020-12-31"), today()).is_ok());
    }
}
