//! More time, and time that does not count: extensions (延期), the stopped clock (暂缓).

use kernel::{Actor, Day, Refusal, Role, WorkCalendar, msg, text};
use uuid::Uuid;

use crate::assignment::{Latest, not_now, wrong_state};
use crate::facts::Fact;
use crate::tables::{Asked, AssignmentRow, ExtensionRow, Finding, State, StopRow};

/// What the bureau answers to a request for more time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Whether it is granted.
    pub(crate) verdict: Finding,
    /// Until when, where that is another day than was asked for.
    pub(crate) due: Option<Day>,
    /// Why; not empty when it is refused.
    pub(crate) words: String,
}

impl ExtensionRow {
    /// Whether it waits for the unit's head or the bureau.
    pub(crate) fn waits(&self) -> bool {
        matches!(self.state, Asked::Asked | Asked::Endorsed)
    }
}

impl AssignmentRow {
    /// 申请延期: before the due day; a head's own request needs no endorsement.
    pub(crate) fn ask_extension(
        &self,
        actor: &Actor,
        (today, latest): (Day, Latest),
        (new_due, progress): (Day, String),
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[State::Issued, State::Handling])?;
        if today > self.due_on {
            let due = self.due_on;
            return Err(Refusal::Rule(msg!(
                "延期须在完成时限（{due}）之前申请，现已逾期。",
                "An extension is asked for before the due day ({due}); it has passed."
            )));
        }
        if new_due <= self.due_on {
            let due = self.due_on;
            return Err(Refusal::field(
                "new_due",
                msg!("新的时限须晚于现时限 {due}。", "The new day must be after {due}."),
            ));
        }
        latest.demand("new_due", new_due)?;
        Ok(Fact::ExtensionAsked {
            id: Uuid::now_v7(),
            person: actor.person,
            on: today,
            former_due: self.due_on,
            new_due,
            progress,
            endorsed: actor.role == Role::Head,
            awaits_answer: actor.role == Role::Head,
        })
    }

    /// The head endorses the liaison's request.
    pub(crate) fn endorse_extension(
        &self,
        asked: &ExtensionRow,
        actor: &Actor,
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        if actor.role != Role::Head {
            return Err(Refusal::Missing);
        }
        if asked.state != Asked::Asked {
            return Err(wrong_state());
        }
        self.demand_open()?;
        if today > self.due_on {
            let due = self.due_on;
            return Err(Refusal::Rule(msg!(
                "延期须在完成时限（{due}）之前由单位负责人审签提出，现已逾期。",
                "A head endorses a request before the due day ({due}); it has passed."
            )));
        }
        Ok(Fact::ExtensionEndorsed { id: asked.id, on: Some(today) })
    }

    /// The bureau decides; who asked is not who decides. Refused later than within the days of its
    /// profile, the days beyond them are given back to the unit.
    pub(crate) fn decide_extension(
        &self,
        asked: &ExtensionRow,
        actor: &Actor,
        answer: Answer,
        (today, calendar, latest): (Day, &WorkCalendar, Latest),
    ) -> Result<Fact, Refusal> {
        self.demand_open()?;
        if asked.state != Asked::Endorsed {
            return Err(not_now(text!(
                "这项延期申请已经有人办理，或尚待单位负责人审签；请看最新状态。",
                "This request was decided already or still awaits the unit's head."
            )));
        }
        if asked.asked_person == actor.person || actor.unit == self.unit_id {
            return Err(not_now(text!(
                "申请人及本单位不能审批自己的延期。",
                "Who asked, or the unit itself, cannot decide."
            )));
        }
        let Answer { verdict, due, words: answer } = answer;
        let granted = verdict == Finding::Confirmed;
        let due = match granted {
            true => due.unwrap_or(asked.new_due_on),
            false => latest.of(self.due_on, self.due_after_waiting(today, calendar)),
        };
        if granted && due <= self.due_on {
            let present = self.due_on;
            return Err(Refusal::field(
                "due",
                msg!(
                    "批准的时限须晚于现时限 {present}。",
                    "The day granted must be after {present}."
                ),
            ));
        }
        if granted {
            latest.demand("due", due)?;
        }
        if !granted && answer.is_empty() {
            return Err(Refusal::field(
                "answer",
                text!("不同意延期须说明理由。", "Say why it is refused."),
            ));
        }
        Ok(Fact::ExtensionDecided { id: asked.id, on: today, granted, due, answer })
    }

    /// The due day, moved by the working days that the bureau was late with its answer.
    fn due_after_waiting(&self, today: Day, calendar: &WorkCalendar) -> Day {
        let waited = self.awaits_answer_since.map_or(0, |since| calendar.between(since, today));
        let late = (waited - self.answer_days).max(0);
        calendar.plus(self.due_on, u32::try_from(late).unwrap_or_default())
    }

    /// 暂缓: the clock stands until it is resumed; looked at again on a day. A request that the
    /// bureau has before it is answered first: no day is to count twice.
    pub(crate) fn stop(&self, today: Day, review: Day) -> Result<Fact, Refusal> {
        self.demand_state(&[State::Issued, State::Handling])?;
        if self.awaits_answer_since.is_some() {
            return Err(not_now(text!(
                "有一项延期申请待督查局审批，请先审批，再决定是否暂缓。",
                "A request for more time awaits the bureau; decide it before the clock is stopped."
            )));
        }
        if review <= today {
            return Err(Refusal::field(
                "review",
                text!("复查日期须晚于今天。", "The review day must be after today."),
            ));
        }
        Ok(Fact::ClockStopped { id: Uuid::now_v7(), on: today, review })
    }

    /// 恢复: the due day moves by the working days that the clock stood.
    pub(crate) fn resume(
        &self,
        stop: &StopRow,
        (today, calendar, latest): (Day, &WorkCalendar, Latest),
    ) -> Result<Fact, Refusal> {
        if !self.stopped || stop.to_day.is_some() {
            return Err(wrong_state());
        }
        let stood = calendar.between(stop.from_day, today).max(0);
        let due = calendar.plus(self.due_on, u32::try_from(stood).unwrap_or_default());
        Ok(Fact::ClockResumed { id: stop.id, on: today, due: latest.of(self.due_on, due) })
    }
}
