//! What a unit says of its assignment: reports, and the submission with its signatures (报结审签).

use kernel::{Actor, Day, Refusal, Role, text};
use uuid::Uuid;

use crate::assignment::wrong_state;
use crate::facts::{Attached, Fact};
use crate::tables::{AssignmentRow, AssignmentUnitRow, Finding, State, UnitRole};

/// What a report says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) done: String,
    pub(crate) quantity: Option<i64>,
    pub(crate) next_step: String,
    pub(crate) blocker: String,
    pub(crate) files: Vec<Attached>,
}

/// 报结审签流程: through whose hands a submission of a unit goes. A head always ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SigningPosts {
    /// The posts that are held, in their order.
    pub(crate) posts: Vec<Uuid>,
    /// Any head of the unit signs after them: no chain was set, or the head who ended it has left.
    pub(crate) any_head: bool,
}

/// What a submission needs after somebody's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Nothing more.
    Done,
    /// Another signature: of a post, or of any head of the unit.
    Signer(Option<Uuid>),
}

impl SigningPosts {
    /// Who stands in the chain has signed with it; who does not hands it to its first post.
    fn after(&self, actor: &Actor) -> Next {
        let is_end = self.any_head && actor.role == Role::Head;
        let next = match self.posts.iter().rposition(|post| holds(actor, *post)) {
            Some(own) => own + 1,
            None if is_end => return Next::Done,
            None => 0,
        };
        match self.posts.get(next) {
            Some(post) => Next::Signer(Some(*post)),
            None if self.any_head && !is_end => Next::Signer(None),
            None => Next::Done,
        }
    }
}

/// Whether the actor holds a post, or stands in for it.
fn holds(actor: &Actor, post: Uuid) -> bool {
    actor.post == post || actor.on_behalf.is_some_and(|other| other.post == post)
}

impl AssignmentRow {
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

    /// 报结: it is submitted when nobody has to sign after the actor, prepared otherwise.
    pub(crate) fn submit(
        &self,
        actor: &Actor,
        today: Day,
        (said, signing): (Said, &SigningPosts),
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[State::Handling])?;
        let quantity = self.quantity(said.quantity)?;
        let files = self.files(said.files)?;
        let (unit, on, done) = (actor.unit, today, said.done);
        let id = Uuid::now_v7();
        match signing.after(actor) {
            Next::Done => {
                let report = Some(id);
                let person = actor.person;
                Ok(Fact::Submitted { report, unit, on, done, quantity, person, files })
            }
            Next::Signer(signer) => {
                Ok(Fact::Prepared { id, unit, on, done, quantity, files, signer })
            }
        }
    }

    /// The post that has to sign what was prepared; none when any head of the unit does. A post
    /// that was taken out of the chain meanwhile leaves it to the first one, and one that ended a
    /// chain whose head has left to any head.
    pub(crate) fn signer(&self, signing: &SigningPosts) -> Option<Uuid> {
        let waits_for = self.signer_post_id?;
        if signing.posts.contains(&waits_for) {
            return Some(waits_for);
        }
        signing.posts.first().copied().filter(|_| !signing.any_head)
    }

    /// Whether the actor has to sign what was prepared.
    pub(crate) fn is_signed_by(&self, actor: &Actor, signing: &SigningPosts) -> bool {
        match self.signer(signing) {
            Some(post) => holds(actor, post),
            None => actor.role == Role::Head,
        }
    }

    /// Who has to sign what was prepared does, or sends it back; the last signature submits it.
    pub(crate) fn sign_submission(
        &self,
        actor: &Actor,
        today: Day,
        (agreed, signing): (Finding, &SigningPosts),
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        if self.state == State::Prepared && !self.is_signed_by(actor, signing) {
            return Err(Refusal::Missing);
        }
        self.demand_state(&[State::Prepared])?;
        match (agreed, signing.after(actor)) {
            (Finding::Rework, _) => Ok(Fact::PreparedReturned {}),
            (Finding::Confirmed, Next::Signer(signer)) => Ok(Fact::Countersigned { signer }),
            (Finding::Confirmed, Next::Done) => Ok(Fact::Submitted {
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

    /// A unit that takes part says which of its posts sees to it.
    pub(crate) fn name_responsible(
        &self,
        own: &AssignmentUnitRow,
        responsible: String,
    ) -> Result<Fact, Refusal> {
        if !self.state.is_open() {
            return Err(wrong_state());
        }
        if own.responsible == responsible {
            let same = text!("与现在登记的相同，没有变化。", "This is what is recorded already.");
            return Err(Refusal::field("responsible", same));
        }
        Ok(Fact::ResponsibleNamed { unit: own.unit_id, responsible })
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
}
