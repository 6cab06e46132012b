//! Lights, derived at reading; never stored, never typed.

use kernel::{Day, WorkCalendar};

use crate::tables::{AssignmentRow, State};

/// Working days left at which a light turns yellow, unless the city's setting says otherwise.
pub(crate) const YELLOW_DAYS: u32 = 3;

/// The light of an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// In time.
    Green,
    /// Few working days left and not submitted.
    Yellow,
    /// Overdue.
    Red,
    /// The clock stands.
    Stopped,
    /// Submitted in time, waits for the bureau.
    Waiting,
    /// Closed.
    Done,
    /// Withdrawn or merged.
    Void,
}

impl Light {
    /// All lights that a register can be filtered by.
    pub const ALL: [Self; 7] = [
        Self::Red,
        Self::Yellow,
        Self::Green,
        Self::Stopped,
        Self::Waiting,
        Self::Done,
        Self::Void,
    ];

    /// The word in addresses and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Stopped => "stopped",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Void => "void",
        }
    }

    /// The light of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.word() == word)
    }
}

/// The two days between which lights change: computed once per page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edges {
    /// Today in the city.
    pub today: Day,
    /// Due up to this day is yellow.
    pub yellow_until: Day,
    /// Up to this day the work calendar is confirmed; later days count Monday to Friday.
    pub confirmed_until: Day,
}

impl Edges {
    /// The edges of a day by the work calendar.
    pub fn of(today: Day, yellow_days: u32, calendar: &WorkCalendar) -> Self {
        Self {
            today,
            yellow_until: calendar.plus(today, yellow_days),
            confirmed_until: calendar.confirmed_until(today),
        }
    }

    /// The light of an assignment.
    pub fn light(&self, a: &AssignmentRow) -> Light {
        match a.state {
            State::Closed | State::Archived => Light::Done,
            State::Withdrawn | State::Merged => Light::Void,
            _ if a.stopped => Light::Stopped,
            // Waiting for the bureau is never the unit's delay.
            State::Submitted if a.submitted_on.is_some_and(|on| on <= a.due_on) => Light::Waiting,
            State::HandedBack => Light::Waiting,
            State::Submitted | State::Issued | State::Handling | State::Prepared
                if a.awaits_answer_since.is_some() =>
            {
                Light::Waiting
            }
            State::Submitted | State::Issued | State::Handling | State::Prepared => {
                self.by_day(a.due_on)
            }
        }
    }

    fn by_day(&self, due: Day) -> Light {
        if due < self.today {
            Light::Red
        } else if due <= self.yellow_until {
            Light::Yellow
        } else {
            Light::Green
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Edges, Light};
    use crate::sample::assignment;
    use crate::tables::{AssignmentRow, State};

    fn light(change: impl FnOnce(AssignmentRow) -> AssignmentRow) -> Light {
        let edges = Edges {
            today: "2021-11-01".parse().unwrap(),
            yellow_until: "2021-11-04".parse().unwrap(),
            confirmed_until: "2021-12-31".parse().unwrap(),
        };
        edges.light(&change(assignment()))
    }

    fn due(day: &str) -> kernel::Day {
        day.parse().unwrap()
    }

    #[test]
    fn a_light_follows_the_day() {
        assert_eq!(light(|a| AssignmentRow { due_on: due("2021-11-05"), ..a }), Light::Green);
        assert_eq!(light(|a| AssignmentRow { due_on: due("2021-11-04"), ..a }), Light::Yellow);
        assert_eq!(light(|a| AssignmentRow { due_on: due("2021-11-01"), ..a }), Light::Yellow);
        assert_eq!(light(|a| AssignmentRow { due_on: due("2021-10-31"), ..a }), Light::Red);
    }

    #[test]
    fn waiting_for_the_bureau_is_not_the_units_delay() {
        let submitted = |on: &str| {
            light(|a| AssignmentRow {
                state: State::Submitted,
                due_on: due("2021-10-29"),
                submitted_on: Some(due(on)),
                ..a
            })
        };
        assert_eq!(submitted("2021-10-29"), Light::Waiting);
        assert_eq!(submitted("2021-10-30"), Light::Red);
        let asked = Some(due("2021-10-28"));
        let late = |a| AssignmentRow { due_on: due("2021-10-29"), ..a };
        assert_eq!(light(late), Light::Red);
        let awaits = |a| AssignmentRow { awaits_answer_since: asked, ..late(a) };
        assert_eq!(light(awaits), Light::Waiting);
    }

    #[test]
    fn a_stopped_clock_has_its_own_light() {
        let stopped = |a| AssignmentRow { stopped: true, due_on: due("2021-10-01"), ..a };
        assert_eq!(light(stopped), Light::Stopped);
        assert_eq!(light(|a| AssignmentRow { state: State::Closed, ..a }), Light::Done);
    }
}
