//! 督办阶梯: which slip follows which, when it is proposed, how long its unit has, who signs.
//! Data of the city: a slip keeps what the ladder said when it was drafted.

use assignments::tables::{AssignmentRow, State, Urgency};
use journal::{Act, Result};
use kernel::{Day, Refusal, Subject, SubjectKind, WorkCalendar, msg, text};
use serde::{Deserialize, Serialize};

use crate::facts::Fact;
use crate::tables::{Colour, Signer, SlipRow, SlipState};

/// Steps of a ladder at most.
pub(crate) const STEPS_MAX: usize = 4;

/// A step of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) colour: Colour,
    /// Working days after the due day, or after the former slip's own deadline.
    pub(crate) after_days: i64,
    /// Working days in which the unit answers.
    pub(crate) answer_days: i64,
    /// Who signs last.
    pub(crate) signer: Signer,
    /// 逾期后果.
    pub(crate) consequence: String,
}

/// The ladder as it holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Ladder {
    /// 0 is the proposed one.
    pub(crate) version: i64,
    pub(crate) set_on: Option<Day>,
    pub(crate) steps: Vec<Step>,
    pub(crate) urgent_from: i64,
    pub(crate) express_from: i64,
    pub(crate) raised_from: i64,
}

/// What the ladder asks of an item's last slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Former {
    pub(crate) n: i64,
    pub(crate) state: SlipState,
    pub(crate) answer_by: Option<Day>,
}

impl Former {
    /// Of a slip.
    pub(crate) const fn of(slip: &SlipRow) -> Self {
        Self { n: slip.n, state: slip.state, answer_by: slip.answer_by }
    }
}

/// Who drafts a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drafter {
    /// The program, when the ladder's days have passed.
    Program,
    /// An officer, as soon as the rules of the ladder allow it.
    Officer,
}

impl Ladder {
    /// What `setup` records, and what holds in a city that has set none.
    pub(crate) fn proposed() -> Self {
        let step = |colour, answer_days, signer, consequence: &str| Step {
            colour,
            after_days: 1,
            answer_days,
            signer,
            consequence: consequence.to_owned(),
        };
        Self {
            version: 0,
            set_on: None,
            steps: vec![
                step(
                    Colour::Blue,
                    3,
                    Signer::Chief,
                    "逾期未反馈或者整改不到位的，升级为黄色督办单。",
                ),
                step(
                    Colour::Yellow,
                    3,
                    Signer::Chief,
                    "逾期未反馈或者整改不到位的，升级为红色督办单，报市分管领导。",
                ),
                step(
                    Colour::Red,
                    2,
                    Signer::Leader,
                    "逾期未反馈或者整改不到位的，提请市委、市政府约谈，并在月讲评会上说明情况。",
                ),
            ],
            urgent_from: 1,
            express_from: 3,
            raised_from: 2,
        }
    }

    /// The step of a place, counted from 1.
    pub(crate) fn step(&self, n: i64) -> Option<&Step> {
        usize::try_from(n - 1).ok().and_then(|i| self.steps.get(i))
    }

    /// How many steps there are.
    pub(crate) fn last(&self) -> i64 {
        i64::try_from(self.steps.len()).unwrap_or(i64::MAX)
    }

    /// Where an item begins: urgent ones and leaders' matters may begin higher.
    pub(crate) fn start(&self, a: &AssignmentRow) -> i64 {
        let urgency = match a.urgency {
            Urgency::Express => self.express_from,
            Urgency::Urgent => self.urgent_from,
            Urgency::Plain => 1,
        };
        let raised = a.raised_by_post_id.map_or(1, |_| self.raised_from);
        urgency.max(raised).clamp(1, self.last())
    }

    /// The step that an item's next slip takes. `former` is its last slip for the same due day.
    pub(crate) fn next(
        &self,
        a: &AssignmentRow,
        former: Option<Former>,
        (today, calendar): (Day, &WorkCalendar),
        by: Drafter,
    ) -> std::result::Result<i64, Refusal> {
        demand_late(a, today)?;
        let (n, since) = match former {
            None => (self.start(a), a.due_on),
            Some(former) => {
                let n = Self::after(former, today, by)?;
                (n, former.answer_by.filter(|_| n > former.n).unwrap_or(a.due_on))
            }
        };
        let Some(step) = self.step(n) else {
            return Err(Refusal::rule(text!(
                "该事项已发过最后一级督办单，请提请领导处理。",
                "The last step of the ladder was taken; put it before a leader."
            )));
        };
        let ripe = calendar.between(since, today) >= step.after_days;
        // What came late from a ledger has a history of its own; an officer may begin with it.
        let came_late = former.is_none() && a.was_late_before();
        if by == Drafter::Program && (!ripe || came_late) {
            return Err(Refusal::Missing);
        }
        Ok(n)
    }

    /// The step after a former slip: the next colour only when its own deadline passed without
    /// an answer; the same again, by hand, when it was withdrawn or answered.
    fn after(former: Former, today: Day, by: Drafter) -> std::result::Result<i64, Refusal> {
        match former.state {
            SlipState::Draft | SlipState::InReview | SlipState::Approved => {
                Err(Refusal::rule(text!(
                    "该事项已有一张督办单在审签，请先办完那一张。",
                    "A slip of this item is being signed; finish that one first."
                )))
            }
            SlipState::Issued | SlipState::Prepared => match former.answer_by {
                Some(by) if by < today => Ok(former.n + 1),
                Some(by) => Err(Refusal::Rule(msg!(
                    "上一张督办单的反馈期限是 {by}，过期仍未反馈才能升级。",
                    "The former slip may be answered until {by}; only then comes the next colour."
                ))),
                None => Err(Refusal::Missing),
            },
            SlipState::Answered => Err(Refusal::rule(text!(
                "上一张督办单的回执正等待核实，请先核实回执。",
                "The answer to the former slip waits to be judged; judge it first."
            ))),
            SlipState::Closed | SlipState::Superseded | SlipState::Withdrawn => match by {
                Drafter::Officer => Ok(former.n),
                Drafter::Program => Err(Refusal::Missing),
            },
        }
    }

    /// Whether the ladder can be climbed: each colour once, and every start is one of its steps.
    pub(crate) fn check(&self) -> std::result::Result<(), Refusal> {
        if self.steps.is_empty() {
            return Err(Refusal::field(
                "steps",
                text!("请至少填写一级。", "Write at least one step."),
            ));
        }
        let mut colours: Vec<_> = self.steps.iter().map(|s| s.colour).collect();
        colours.sort_unstable();
        colours.dedup();
        if colours.len() < self.steps.len() {
            return Err(Refusal::field(
                "steps",
                text!(
                    "每种颜色只能用一次，请改用其他颜色。",
                    "Each colour is used once; choose another."
                ),
            ));
        }
        let starts = [
            ("urgent_from", self.urgent_from),
            ("express_from", self.express_from),
            ("raised_from", self.raised_from),
        ];
        let last = self.last();
        for (field, n) in starts {
            if !(1..=last).contains(&n) {
                let message = msg!(
                    "阶梯只有 {last} 级，请填 1 到 {last}。",
                    "The ladder has {last} steps; write 1 to {last}."
                );
                return Err(Refusal::field(field, message));
            }
        }
        Ok(())
    }

    /// The fact that sets it.
    pub(crate) fn set(&self, version: i64, on: Day) -> Fact {
        Fact::LadderSet {
            version,
            on,
            steps: self.steps.clone(),
            urgent_from: self.urgent_from,
            express_from: self.express_from,
            raised_from: self.raised_from,
        }
    }
}

/// Whether an item is late by its unit's own doing: what stands, or waits for the bureau, is not.
pub(crate) fn is_late(a: &AssignmentRow, today: Day) -> bool {
    let with_unit = matches!(a.state, State::Issued | State::Handling | State::Prepared);
    a.is_open && !a.stopped && with_unit && a.awaits_answer_since.is_none() && a.due_on < today
}

/// Only what is late is supervised.
pub(crate) fn demand_late(a: &AssignmentRow, today: Day) -> std::result::Result<(), Refusal> {
    if is_late(a, today) {
        return Ok(());
    }
    Err(Refusal::rule(text!(
        "该事项现在没有逾期（或已暂缓、已报结、已办结），不能发督办单。",
        "The item is not overdue now, or stopped, submitted or ended; no slip is issued."
    )))
}

/// Records the ladder that a new city begins with.
pub async fn propose(act: &mut Act) -> Result<()> {
    let city = Subject::new(SubjectKind::Jurisdiction, act.jurisdiction().uuid());
    let on = act.today();
    act.record(city, &Ladder::proposed().set(1, on)).await
}

#[cfg(test)]
mod tests {
    use super::{Drafter, Former, Ladder, is_late};
    use crate::slip_tests::{assignment, calendar, day, slip};
    use crate::tables::{Colour, SlipRow, SlipState};
    use assignments::tables::{AssignmentRow, State, Urgency};
    use kernel::Refusal;

    /// The step that the program takes on a day; none when it waits.
    fn by_program(a: &AssignmentRow, former: Option<&SlipRow>, on: &str) -> Option<i64> {
        Ladder::proposed()
            .next(a, former.map(Former::of), (day(on), &calendar()), Drafter::Program)
            .ok()
    }

    fn by_officer(a: &AssignmentRow, former: Option<&SlipRow>, on: &str) -> Result<i64, Refusal> {
        Ladder::proposed().next(a, former.map(Former::of), (day(on), &calendar()), Drafter::Officer)
    }

    #[test]
    fn holidays_are_no_days_of_delay() {
        // Due on Thursday, 30 September 2021; the next working day is 8 October.
        let a = AssignmentRow { due_on: day("2021-09-30"), ..assignment() };
        assert_eq!(by_program(&a, None, "2021-09-30"), None);
        assert_eq!(by_program(&a, None, "2021-10-07"), None);
        assert_eq!(by_program(&a, None, "2021-10-08"), Some(1));
        assert_eq!(by_officer(&a, None, "2021-10-01"), Ok(1));
    }

    #[test]
    fn the_next_colour_comes_only_after_the_former_slips_own_deadline() {
        let a = assignment();
        let issued = slip(SlipState::Issued);
        assert_eq!(issued.answer_by, Some(day("2021-11-08")));
        assert_eq!(by_program(&a, Some(&issued), "2021-11-08"), None);
        assert!(by_officer(&a, Some(&issued), "2021-11-08").is_err());
        assert_eq!(by_program(&a, Some(&issued), "2021-11-09"), Some(2));
        let red = SlipRow { n: 3, colour: Colour::Red, ..issued };
        assert!(by_officer(&a, Some(&red), "2021-11-09").is_err(), "there is none after red");
        for state in
            [SlipState::Draft, SlipState::InReview, SlipState::Approved, SlipState::Answered]
        {
            assert!(by_officer(&a, Some(&slip(state)), "2021-12-01").is_err(), "{state:?}");
        }
        for state in [SlipState::Closed, SlipState::Withdrawn] {
            assert_eq!(by_officer(&a, Some(&slip(state)), "2021-12-01"), Ok(1), "{state:?}");
            assert_eq!(by_program(&a, Some(&slip(state)), "2021-12-01"), None, "{state:?}");
        }
    }

    #[test]
    fn urgent_items_and_leaders_matters_begin_higher() {
        let ladder = Ladder::proposed();
        let start = |urgency, raised: Option<u128>| {
            let raised_by_post_id = raised.map(uuid::Uuid::from_u128);
            ladder.start(&AssignmentRow { urgency, raised_by_post_id, ..assignment() })
        };
        assert_eq!(start(Urgency::Plain, None), 1);
        assert_eq!(start(Urgency::Urgent, None), 1);
        assert_eq!(start(Urgency::Express, None), 3);
        assert_eq!(start(Urgency::Plain, Some(1)), 2);
        let short = Ladder { steps: ladder.steps[..1].to_vec(), ..ladder.clone() };
        assert_eq!(short.start(&AssignmentRow { urgency: Urgency::Express, ..assignment() }), 1);
    }

    #[test]
    fn what_stands_or_waits_for_the_bureau_is_not_late() {
        let late = |change: fn(AssignmentRow) -> AssignmentRow| {
            is_late(&change(assignment()), day("2021-11-02"))
        };
        assert!(late(|a| a));
        assert!(!late(|a| AssignmentRow { due_on: day("2021-11-02"), ..a }));
        assert!(!late(|a| AssignmentRow { stopped: true, ..a }));
        for state in [State::HandedBack, State::Submitted] {
            assert!(!is_late(&AssignmentRow { state, ..assignment() }, day("2021-11-02")));
        }
        assert!(!late(|a| AssignmentRow { state: State::Closed, is_open: false, ..a }));
    }

    #[test]
    fn what_came_late_from_a_ledger_is_left_to_an_officer() {
        let from =
            |on| AssignmentRow { taken_over: true, taken_over_on: Some(day(on)), ..assignment() };
        // Due on Friday, 29 October: on that day it was not late yet.
        assert_eq!(by_program(&from("2021-10-29"), None, "2021-11-01"), Some(1));
        let late = from("2021-10-30");
        assert_eq!(by_program(&late, None, "2021-11-01"), None);
        assert_eq!(by_program(&late, None, "2021-12-01"), None);
        assert_eq!(by_officer(&late, None, "2021-11-01"), Ok(1));
        // What an officer began goes on as any other, and so does another due day.
        let blue = slip(SlipState::Issued);
        assert_eq!(by_program(&late, Some(&blue), "2021-11-09"), Some(2));
        let extended = AssignmentRow { due_on: day("2021-11-05"), ..late };
        assert_eq!(by_program(&extended, None, "2021-11-08"), Some(1));
    }

    #[test]
    fn a_ladder_that_cannot_be_climbed_is_refused() {
        let ladder = Ladder::proposed();
        assert!(ladder.check().is_ok());
        assert!(Ladder { raised_from: 4, ..ladder.clone() }.check().is_err());
        let mut twice = ladder.clone();
        twice.steps[1].colour = Colour::Blue;
        assert!(twice.check().is_err());
        assert!(Ladder { steps: Vec::new(), ..ladder }.check().is_err());
    }
}
