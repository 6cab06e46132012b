//! What happens to assignments and slips, kept as plain values, and the figures that follow from
//! them: written apart from the program's queries.

use std::collections::BTreeMap;

use kernel::Day;

/// How far an item has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Issued,
    HandedBack,
    Handling,
    Submitted,
    Closed,
    Withdrawn,
}

/// A co-unit's part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) unit: usize,
    pub(crate) due: Option<Day>,
    pub(crate) done: Option<Day>,
}

#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) unit: usize,
    pub(crate) co: Option<Part>,
    pub(crate) weight: i64,
    pub(crate) issued: Day,
    pub(crate) due: Day,
    pub(crate) state: State,
    pub(crate) stopped: bool,
    /// The request for more time that waits for an answer.
    pub(crate) asked: Option<u128>,
    pub(crate) accepted: Option<Day>,
    pub(crate) submitted: Option<Day>,
    pub(crate) goal: Option<i64>,
    pub(crate) reached: i64,
    pub(crate) extended: bool,
    pub(crate) was_handed_back: bool,
    pub(crate) closed_on: Option<Day>,
    pub(crate) stop: u128,
}

/// What turned an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Rework,
    Closing,
    /// So many days after its closure.
    Reopening(i64),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Slip {
    pub(crate) unit: usize,
    pub(crate) colour: &'static str,
    pub(crate) issued: Day,
    pub(crate) withdrawn: bool,
}

/// The city at the end of a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) items: Vec<Item>,
    pub(crate) turns: Vec<(Day, usize, Turn)>,
    pub(crate) slips: Vec<Slip>,
}

/// Numerator and denominator of a unit.
pub(crate) type Sums = BTreeMap<usize, (i64, i64)>;

/// One unit's share in an item.
struct Share {
    unit: usize,
    due: Day,
    done: Option<Day>,
    co: bool,
    /// Whether the bureau owes the lead an answer on which this share's day depends.
    awaits: bool,
}

impl Item {
    fn in_hand(&self) -> bool {
        let with_unit = matches!(self.state, State::Issued | State::Handling);
        with_unit && !self.stopped
    }

    fn shares(&self) -> Vec<Share> {
        let handed_in = matches!(self.state, State::Submitted | State::Closed);
        let whole = self.submitted.filter(|_| handed_in);
        let awaits = self.asked.is_some();
        let lead = Share { unit: self.unit, due: self.due, done: whole, co: false, awaits };
        let mut shares = vec![lead];
        let is_void = matches!(self.state, State::HandedBack | State::Withdrawn);
        if let Some(part) = self.co.filter(|_| !is_void) {
            let (due, done) = (part.due.unwrap_or(self.due), part.done.or(whole));
            let awaits = awaits && part.due.is_none();
            shares.push(Share { unit: part.unit, due, done, co: true, awaits });
        }
        shares
    }
}

impl Model {
    /// A measure by its word, over a period as seen on the morning of `edge`.
    pub(crate) fn sums(&self, code: &str, (from, to, edge): (Day, Day, Day)) -> Sums {
        let mut sums = Sums::new();
        let mut add = |unit: usize, numerator: i64, denominator: i64| {
            let sum = sums.entry(unit).or_default();
            *sum = (sum.0 + numerator, sum.1 + denominator);
        };
        for item in &self.items {
            for share in item.shares() {
                let fair = item.issued <= share.due;
                let open = share.done.is_none() && item.in_hand() && !share.awaits;
                let within = from <= share.due && share.due <= to;
                let is_due = fair && within && (share.done.is_some() || open && share.due < edge);
                let carried = fair && open && share.due < from;
                let late = fair && open && share.due < edge && share.due <= to;
                let kept = i64::from(share.done.is_some_and(|done| done <= share.due));
                match code {
                    "due_count" if is_due || carried => add(share.unit, 1, 0),
                    "on_time_rate" if is_due || carried => {
                        add(share.unit, kept * item.weight, item.weight);
                    }
                    "late_count" if late => add(share.unit, 1, 0),
                    "late_days" if late => add(share.unit, share.due.days_until(edge), 0),
                    "extension_rate" if (is_due || carried) && !share.co => {
                        add(share.unit, i64::from(item.extended), 1);
                    }
                    "attainment" if is_due && !share.co => {
                        if let Some(goal) = item.goal.filter(|goal| *goal > 0) {
                            let reached = item.reached.clamp(0, goal);
                            add(share.unit, reached * 10_000 / goal, 10_000);
                        }
                    }
                    _ => {}
                }
            }
            let is_within = from <= item.issued && item.issued <= to;
            if code == "issued_count" && is_within && !item.was_handed_back {
                add(item.unit, 1, 0);
            }
            if code == "late_acceptance_rate" && !item.was_handed_back {
                let by = next_working_day(item.issued);
                let waits = item.state == State::Issued && by < edge;
                if from <= item.issued && item.issued <= to && (item.accepted.is_some() || waits) {
                    let late = item.accepted.is_none_or(|on| on > by);
                    add(item.unit, i64::from(late), 1);
                }
            }
        }
        for (on, unit, turn) in &self.turns {
            if *on < from || *on > to {
                continue;
            }
            match (code, turn) {
                ("rework_rate", Turn::Rework) => add(*unit, 1, 1),
                ("rework_rate", Turn::Closing) => add(*unit, 0, 1),
                ("reopened_count", Turn::Reopening(days)) if *days < 30 => add(*unit, 1, 0),
                _ => {}
            }
        }
        for slip in self.slips.iter().filter(|slip| !slip.withdrawn) {
            if code == "slip_count" && from <= slip.issued && slip.issued <= to {
                add(slip.unit, 1, 0);
            }
        }
        sums
    }
}

/// September and October 2021 as they were worked: Mid-Autumn, National Day, and the Saturdays and
/// the Sunday that made up for them.
pub(crate) fn next_working_day(day: Day) -> Day {
    let free = [
        "2021-09-20",
        "2021-09-21",
        "2021-10-01",
        "2021-10-04",
        "2021-10-05",
        "2021-10-06",
        "2021-10-07",
    ];
    let worked = ["2021-09-18", "2021-09-26", "2021-10-09"];
    let mut next = day.plus(1);
    loop {
        let text = next.to_string();
        let weekend = next.weekday().to_monday_zero_offset() >= 5;
        if worked.contains(&text.as_str()) || (!weekend && !free.contains(&text.as_str())) {
            return next;
        }
        next = next.plus(1);
    }
}
