//! 核实: who verifies next, and what follows from what was found.

use kernel::{Actor, Day, Refusal, Role, text};
use uuid::Uuid;

use crate::assignment::not_now;
use crate::facts::Fact;
use crate::tables::{AssignmentRow, Finding, Method, State, Verifier};

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

impl AssignmentRow {
    /// Who has to verify next.
    pub(crate) const fn awaits(&self) -> Awaited {
        if self.parent_id.is_some() {
            return Awaited::Parent;
        }
        match (self.verifier, self.pre_verified) {
            (Verifier::Bureau, _) | (Verifier::Department, true) => Awaited::BureauCloses,
            (Verifier::Department, false) => Awaited::Department,
            (Verifier::Both, false) => Awaited::BureauFirst,
            (Verifier::Raiser, _) | (Verifier::Both, true) => Awaited::Raiser,
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
}
