//! What may be done with an assignment, and what follows. Pure: no SQL, no HTTP, no clock.

use kernel::{Actor, Day, Refusal, Role, WorkCalendar, msg, text};
use uuid::Uuid;

use crate::facts::{Attached, Fact};
use crate::tables::{
    Asked, AssignmentRow, AssignmentUnitRow, ExtensionRow, Finding, HandBackRow, Method, State,
    StopRow, UnitRole, Verifier,
};

/// What a report says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) done: String,
    pub(crate) quantity: Option<i64>,
    pub(crate) next_step: String,
    pub(crate) blocker: String,
    pub(crate) files: Vec<Attached>,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) method: Method,
    pub(crate) result: Finding,
    pub(crate) finding: String,
    /// The line of work of the verifying post, for departments.
    pub(crate) work_line: Option<Uuid>,
    /// The unit that broke the assignment down, when it is a part.
    pub(crate) parent_unit: Option<Uuid>,
}

/// The latest due day that an assignment may have: a part of another one is never due later than
/// the whole, others as late as is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Latest(pub(crate) Option<Day>);

impl Latest {
    /// A day that was counted on, as far as it may go; what is due already stays.
    fn of(self, due: Day, counted: Day) -> Day {
        self.0.map_or(counted, |latest| counted.min(latest.max(due)))
    }

    /// A day that somebody chose.
    fn demand(self, field: &'static str, chosen: Day) -> Result<(), Refusal> {
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

fn not_now(what: kernel::Text) -> Refusal {
    Refusal::rule(what)
}

fn wrong_state() -> Refusal {
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

    fn demand_unit(&self, actor: &Actor) -> Result<(), Refusal> {
        if self.is_of(actor) { Ok(()) } else { Err(Refusal::Missing) }
    }

    fn demand_state(&self, allowed: &[State]) -> Result<(), Refusal> {
        if !allowed.contains(&self.state) {
            return Err(wrong_state());
        }
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

    /// 反馈.
    pub(crate) fn report(&self, actor: &Actor, today: Day, said: Said) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[State::Handling, State::Prepared])?;
        Ok(Fact::Reported {
            id: Uuid::now_v7(),
            unit: actor.unit,
            on: today,
            done: said.done,
            quantity: self.quantity(said.quantity)?,
            next_step: said.next_step,
            blocker: said.blocker,
            files: self.files(said.files)?,
        })
    }

    fn quantity(&self, quantity: Option<i64>) -> Result<Option<i64>, Refusal> {
        if quantity.is_some() && self.quantity_unit.is_empty() {
            return Err(Refusal::field(
                "quantity",
                text!("本事项没有量化目标，请不要填写完成量。", "This assignment has no quantity."),
            ));
        }
        Ok(quantity)
    }

    /// Files only where the demand names them: nothing is collected for its own sake.
    fn files(&self, files: Vec<Attached>) -> Result<Vec<Attached>, Refusal> {
        if !files.is_empty() && self.evidence.is_empty() {
            return Err(Refusal::field(
                "files",
                text!("本事项没有要求提供材料，不需要上传。", "This assignment asks for no files."),
            ));
        }
        Ok(files)
    }

    /// 报结: a head submits; a liaison prepares and the head signs.
    pub(crate) fn submit(&self, actor: &Actor, today: Day, said: Said) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[State::Handling])?;
        let quantity = self.quantity(said.quantity)?;
        let files = self.files(said.files)?;
        let (unit, on, done) = (actor.unit, today, said.done);
        let id = Uuid::now_v7();
        if actor.role == Role::Head {
            let report = Some(id);
            let person = actor.person;
            return Ok(Fact::Submitted { report, unit, on, done, quantity, person, files });
        }
        Ok(Fact::Prepared { id, unit, on, done, quantity, files })
    }

    /// The head signs what the liaison prepared, or sends it back.
    pub(crate) fn sign_submission(
        &self,
        actor: &Actor,
        today: Day,
        agreed: Finding,
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        if actor.role != Role::Head {
            return Err(Refusal::Missing);
        }
        self.demand_state(&[State::Prepared])?;
        match agreed {
            Finding::Rework => Ok(Fact::PreparedReturned {}),
            Finding::Confirmed => Ok(Fact::Submitted {
                report: None,
                unit: actor.unit,
                on: today,
                done: String::new(),
                quantity: None,
                person: actor.person,
                files: Vec::new(),
            }),
        }
    }

    /// A co-unit says that its own part is done.
    pub(crate) fn finish_part(
        &self,
        part: &AssignmentUnitRow,
        today: Day,
        done: String,
    ) -> Result<Fact, Refusal> {
        if !self.state.is_open() || part.role != UnitRole::Co || part.done_on.is_some() {
            return Err(wrong_state());
        }
        Ok(Fact::PartDone { unit: part.unit_id, on: today, report: Uuid::now_v7(), done })
    }

    /// Who has to verify next.
    pub(crate) const fn awaits(&self) -> Awaited {
        if self.parent_id.is_some() {
            return Awaited::Parent;
        }
        match (self.verifier, self.pre_verified) {
            (Verifier::Bureau, _) | (Verifier::Department, true) => Awaited::BureauCloses,
            (Verifier::Department, false) => Awaited::Department,
            (Verifier::Raiser | Verifier::Both, false) => Awaited::BureauFirst,
            (Verifier::Raiser | Verifier::Both, true) => Awaited::Raiser,
        }
    }

    /// 核实 by somebody of another unit who did not submit it; the last verification closes.
    pub(crate) fn verify(&self, actor: &Actor, today: Day, found: Found) -> Result<Fact, Refusal> {
        let awaited = self.awaits();
        let is_theirs = match awaited {
            Awaited::Department => {
                actor.role == Role::Department && found.work_line == self.work_line_id
            }
            Awaited::BureauCloses | Awaited::BureauFirst => actor.role.is_bureau(),
            Awaited::Raiser => self.is_raiser(actor),
            Awaited::Parent => actor.role == Role::Head && Some(actor.unit) == found.parent_unit,
        };
        if !is_theirs {
            return Err(Refusal::Missing);
        }
        if actor.unit == self.unit_id || Some(actor.person) == self.submitted_by {
            return Err(not_now(text!(
                "本单位或报结人不能核实自己的事项。",
                "A unit, or who submitted it, cannot verify its own assignment."
            )));
        }
        self.demand_state(&[State::Submitted])?;
        if awaited == Awaited::Raiser && !self.presented {
            return Err(not_now(text!(
                "请先由督查局呈报办理结果，再由交办领导确认办结。",
                "The bureau must first put the result before the leader."
            )));
        }
        if found.result == Finding::Rework && found.finding.is_empty() {
            return Err(Refusal::field(
                "finding",
                text!("退办须写明理由和要求。", "Say why it is returned and what is asked."),
            ));
        }
        let closes = found.result == Finding::Confirmed
            && matches!(awaited, Awaited::BureauCloses | Awaited::Raiser | Awaited::Parent);
        let on_time = closes.then(|| self.submitted_on.is_some_and(|on| on <= self.due_on));
        Ok(Fact::Verified {
            id: Uuid::now_v7(),
            method: found.method,
            result: found.result,
            finding: found.finding,
            first: matches!(awaited, Awaited::Department | Awaited::BureauFirst),
            closes,
            on: today,
            on_time,
        })
    }

    /// Whether the actor, or who the actor represents, raised it.
    pub(crate) fn is_raiser(&self, actor: &Actor) -> bool {
        let by = [Some(actor.post), actor.on_behalf.map(|o| o.post)];
        self.raised_by_post_id.is_some() && by.contains(&self.raised_by_post_id)
    }

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
        })
    }

    /// The head endorses the liaison's request.
    pub(crate) fn endorse_extension(
        &self,
        asked: &ExtensionRow,
        actor: &Actor,
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        if actor.role != Role::Head {
            return Err(Refusal::Missing);
        }
        if asked.state != Asked::Asked {
            return Err(wrong_state());
        }
        Ok(Fact::ExtensionEndorsed { id: asked.id })
    }

    /// The bureau decides; who asked is not who decides.
    pub(crate) fn decide_extension(
        &self,
        asked: &ExtensionRow,
        actor: &Actor,
        (granted, due): (Finding, Option<Day>),
        (today, latest, answer): (Day, Latest, String),
    ) -> Result<Fact, Refusal> {
        if !self.state.is_open() {
            return Err(wrong_state());
        }
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
        let granted = granted == Finding::Confirmed;
        let due = if granted { due.unwrap_or(asked.new_due_on) } else { self.due_on };
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

    /// 暂缓: the clock stands until it is resumed; looked at again on a day.
    pub(crate) fn stop(&self, today: Day, review: Day) -> Result<Fact, Refusal> {
        self.demand_state(&[State::Issued, State::Handling])?;
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

/// Who has to verify next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Awaited {
    /// The line department, then the bureau.
    Department,
    /// The bureau, whose agreement closes.
    BureauCloses,
    /// The bureau, before who raised it.
    BureauFirst,
    /// Who raised it, after the result was put before them.
    Raiser,
    /// The head of the unit that broke it down.
    Parent,
}
