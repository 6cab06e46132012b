//! What may be done with an assignment, and what follows. Pure: no SQL, no HTTP, no clock.

use kernel::{Actor, Day, Refusal, WorkCalendar, msg, text};
use uuid::Uuid;

use crate::facts::Fact;
use crate::tables::{Asked, AssignmentRow, HandBackRow, State};

/// The latest due day that an assignment may have: a part of another one is never due later than
/// the whole, others as late as is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Latest(pub(crate) Option<Day>);

impl Latest {
    /// A day that was counted on, as far as it may go; what is due already stays.
    pub(crate) fn of(self, due: Day, counted: Day) -> Day {
        self.0.map_or(counted, |latest| counted.min(latest.max(due)))
    }

    /// A day that somebody chose.
    pub(crate) fn demand(self, field: &'static str, chosen: Day) -> Result<(), Refusal> {
        match self.0 {
            Some(latest) if chosen > latest => Err(Refusal::field(
                field,
                msg!(
                    "这是分解事项，时限不得晚于上级事项的时限 {latest}。",
                    "This is a part of another assignment and cannot be due after it: {latest}."
                ),
            )),
            Some(_) | None => Ok(()),
        }
    }
}

pub(crate) fn not_now(what: kernel::Text) -> Refusal {
    Refusal::rule(what)
}

pub(crate) fn wrong_state() -> Refusal {
    not_now(text!(
        "事项状态已经变化，现在不能这样办理；请按页面最新状态操作。",
        "The assignment has moved on; act on its present state."
    ))
}

impl AssignmentRow {
    /// Whether the actor acts for the unit that answers for it.
    pub(crate) fn is_of(&self, actor: &Actor) -> bool {
        actor.role.is_unit() && actor.unit == self.unit_id
    }

    pub(crate) fn demand_unit(&self, actor: &Actor) -> Result<(), Refusal> {
        if self.is_of(actor) { Ok(()) } else { Err(Refusal::Missing) }
    }

    pub(crate) fn demand_state(&self, allowed: &[State]) -> Result<(), Refusal> {
        if !allowed.contains(&self.state) {
            return Err(wrong_state());
        }
        self.demand_running()
    }

    /// It is open and its clock runs.
    pub(crate) fn demand_open(&self) -> Result<(), Refusal> {
        if !self.state.is_open() {
            return Err(wrong_state());
        }
        self.demand_running()
    }

    fn demand_running(&self) -> Result<(), Refusal> {
        if self.stopped {
            return Err(not_now(text!(
                "事项已暂缓，恢复计时后才能办理。",
                "The clock is stopped; it must be resumed first."
            )));
        }
        Ok(())
    }

    /// 签收.
    pub(crate) fn accept(&self, actor: &Actor, today: Day) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[State::Issued])?;
        Ok(Fact::Accepted { on: today })
    }

    /// 退回: within the working days of its profile after issue, before it was accepted.
    pub(crate) fn hand_back(
        &self,
        actor: &Actor,
        earlier: &[HandBackRow],
        (today, calendar): (Day, &WorkCalendar),
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[State::Issued])?;
        if earlier.iter().any(|h| matches!(h.state, Asked::Granted | Asked::Refused)) {
            return Err(not_now(text!(
                "督查局已对这件事项的退回作出最终裁定，请签收办理。",
                "The bureau has decided on a hand-back of this finally; accept it."
            )));
        }
        let days = self.hand_back_days;
        let last = calendar.plus(self.issued_on, u32::try_from(days).unwrap_or_default());
        if today > last {
            return Err(Refusal::Rule(msg!(
                "退回须在交办后 {days} 个工作日内提出（截至 {last}），现已超过；请签收后与督查局联系。",
                "Handing back was possible until {last}; accept it and speak with the bureau."
            )));
        }
        Ok(Fact::HandBackAsked { id: Uuid::now_v7(), on: today })
    }

    /// The bureau's final answer to a hand-back. The dispute's days do not count for whoever
    /// gets it.
    pub(crate) fn decide_hand_back(
        &self,
        asked: &HandBackRow,
        (to, answer): (Option<Uuid>, String),
        (today, calendar, latest): (Day, &WorkCalendar, Latest),
    ) -> Result<Fact, Refusal> {
        if asked.state != Asked::Endorsed || self.state != State::HandedBack {
            return Err(wrong_state());
        }
        if to == Some(self.unit_id) {
            return Err(Refusal::field(
                "unit",
                text!(
                    "改派单位不能是原单位；如不同意退回，请不选改派单位。",
                    "Choose another unit, or none to refuse."
                ),
            ));
        }
        let lost = calendar.between(asked.asked_on, today).max(0);
        let due = calendar.plus(self.due_on, u32::try_from(lost).unwrap_or_default());
        let due = latest.of(self.due_on, due);
        Ok(Fact::HandBackDecided { id: asked.id, on: today, to, due, answer })
    }

    /// 撤销.
    pub(crate) fn withdraw(&self, today: Day) -> Result<Fact, Refusal> {
        if !self.state.is_open() {
            return Err(wrong_state());
        }
        Ok(Fact::Withdrawn { on: today })
    }

    /// 并入 another open assignment of the same unit.
    pub(crate) fn merge(&self, into: &Self, today: Day) -> Result<Fact, Refusal> {
        if !self.state.is_open() {
            return Err(wrong_state());
        }
        if into.id == self.id || into.unit_id != self.unit_id || !into.state.is_open() {
            return Err(Refusal::field(
                "into",
                text!(
                    "只能并入同一单位另一件未办结的事项。",
                    "Choose another open assignment of the same unit."
                ),
            ));
        }
        Ok(Fact::Merged { on: today, into: into.id })
    }

    /// 重新办理 of a closed assignment, with a new day.
    pub(crate) fn reopen(&self, (today, latest): (Day, Latest), due: Day) -> Result<Fact, Refusal> {
        if self.state != State::Closed {
            return Err(wrong_state());
        }
        if due < today {
            return Err(Refusal::field(
                "due",
                text!("新的时限不能早于今天。", "The new day must not be before today."),
            ));
        }
        latest.demand("due", due)?;
        Ok(Fact::Reopened { on: today, due })
    }

    /// 归档 of what is closed.
    pub(crate) fn archive(&self) -> Result<Fact, Refusal> {
        if self.state != State::Closed {
            return Err(wrong_state());
        }
        Ok(Fact::Archived {})
    }
}
