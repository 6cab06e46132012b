//! Deeds: what a post does at a moment, each one act with its name and reason.

use journal::{Act, Boxed, Result};
use kernel::{Actor, Day, Moment, Permission};
use uuid::Uuid;

use super::line::Line;
use crate::more_time::Answer;
use crate::submission::Said;
use crate::tables::{Finding, Method, NoteKind};
use crate::verification::Found;
use crate::{acts, grants, store};

/// One step inside an open act.
pub(super) type Run =
    Box<dyn for<'a> FnOnce(&'a mut Act, &'a Actor) -> Boxed<'a, Result<()>> + Send>;

/// What is done.
pub(super) struct Deed {
    pub(super) name: &'static str,
    pub(super) reason: Option<String>,
    pub(super) run: Run,
}

impl Deed {
    /// With a reason in the person's words.
    pub(super) fn because(self, reason: &str) -> Self {
        Self { reason: Some(reason.to_owned()), ..self }
    }
}

/// What follows when a deed was done and can be planned only then.
pub(super) enum After {
    /// A batch was issued: its assignments live from now on.
    Issued(u8),
    /// An assignment was broken down: its parts live from now on.
    BrokenDown(&'static Line, &'static str),
}

/// A deed at its moment.
pub(super) struct Event {
    pub(super) at: Moment,
    pub(super) actor: Actor,
    pub(super) deed: Deed,
    pub(super) after: Option<After>,
}

pub(super) fn deed(
    permission: Permission,
    run: impl for<'a> FnOnce(&'a mut Act, &'a Actor) -> Boxed<'a, Result<()>> + Send + 'static,
) -> Deed {
    Deed { name: permission.0, reason: None, run: Box::new(run) }
}

pub(super) fn accept(id: Uuid, responsible: String) -> Deed {
    deed(grants::ACCEPT, move |act, actor| {
        Box::pin(acts::accept::run(act, actor, id, Some(responsible)))
    })
}

pub(super) fn hand_back(id: Uuid) -> Deed {
    deed(grants::HAND_BACK, move |act, actor| Box::pin(acts::hand_back::run(act, actor, id)))
}

pub(super) fn decide_hand_back(id: Uuid, to: Option<Uuid>, answer: &'static str) -> Deed {
    deed(grants::DECIDE_HAND_BACK, move |act, actor| {
        Box::pin(acts::decide_hand_back::run(act, actor, id, (to, answer.to_owned())))
    })
}

pub(super) fn break_down(id: Uuid, units: Vec<Uuid>, demand: String, due: Day) -> Deed {
    deed(grants::BREAK_DOWN, move |act, actor| {
        Box::pin(acts::break_down::run(act, actor, id, (units, demand, due)))
    })
}

pub(super) fn report(id: Uuid, said: Said) -> Deed {
    deed(grants::REPORT, move |act, actor| Box::pin(acts::report::run(act, actor, id, said)))
}

pub(super) fn answer_weekly(id: Uuid) -> Deed {
    deed(grants::ANSWER_WEEKLY, move |act, actor| {
        Box::pin(acts::answer_weekly::as_planned(act, actor, id))
    })
}

pub(super) fn sign_weekly(id: Uuid) -> Deed {
    deed(grants::SIGN_WEEKLY, move |act, actor| {
        Box::pin(acts::sign_weekly::sign(act, actor, id, None))
    })
}

pub(super) fn submit(id: Uuid, said: Said) -> Deed {
    deed(grants::SUBMIT, move |act, actor| Box::pin(acts::submit::run(act, actor, id, said)))
}

pub(super) fn sign_submission(id: Uuid, verdict: Finding) -> Deed {
    deed(grants::SIGN_SUBMISSION, move |act, actor| {
        Box::pin(acts::sign_submission::run(act, actor, id, verdict))
    })
}

pub(super) fn set_signing_posts(unit: Uuid, posts: Vec<Uuid>) -> Deed {
    deed(grants::SET_SIGNING_POSTS, move |act, actor| {
        Box::pin(async move {
            let said: Vec<_> = (0..).zip(posts.into_iter().map(Some)).collect();
            acts::set_signing_posts::run(act, actor, unit, &said).await
        })
    })
}

pub(super) fn finish_part(id: Uuid, done: String) -> Deed {
    deed(grants::FINISH_PART, move |act, actor| {
        Box::pin(acts::finish_part::run(act, actor, id, done))
    })
}

pub(super) fn reach_milestone(id: Uuid, n: i64) -> Deed {
    deed(grants::REACH_MILESTONE, move |act, actor| {
        Box::pin(acts::reach_milestone::run(act, actor, id, n))
    })
}

pub(super) fn verify(id: Uuid, (method, result): (Method, Finding), finding: &str) -> Deed {
    let finding = finding.to_owned();
    let found = Found { method, result, finding, work_line: None, parent_unit: None };
    deed(grants::VERIFY, move |act, actor| Box::pin(acts::verify::run(act, actor, id, found)))
}

pub(super) fn present(id: Uuid, words: &'static str) -> Deed {
    deed(grants::PRESENT, move |act, actor| {
        Box::pin(acts::present::run(act, actor, id, words.to_owned()))
    })
}

pub(super) fn ask_extension(id: Uuid, new_due: Day, progress: &'static str) -> Deed {
    deed(grants::ASK_EXTENSION, move |act, actor| {
        Box::pin(acts::ask_extension::run(act, actor, id, (new_due, progress.to_owned())))
    })
}

pub(super) fn endorse_extension(id: Uuid) -> Deed {
    deed(grants::ENDORSE_EXTENSION, move |act, actor| {
        Box::pin(acts::endorse_extension::run(act, actor, id))
    })
}

pub(super) fn decide_extension(
    id: Uuid,
    (verdict, due): (Finding, Option<Day>),
    answer: &'static str,
) -> Deed {
    let answer = Answer { verdict, due, words: answer.to_owned() };
    deed(grants::DECIDE_EXTENSION, move |act, actor| {
        Box::pin(acts::decide_extension::run(act, actor, id, answer))
    })
}

pub(super) fn stop(id: Uuid, review: Day) -> Deed {
    deed(grants::STOP, move |act, actor| Box::pin(acts::stop::run(act, actor, id, review)))
}

pub(super) fn resume(id: Uuid) -> Deed {
    deed(grants::RESUME, move |act, actor| Box::pin(acts::resume::run(act, actor, id)))
}

pub(super) fn withdraw(id: Uuid) -> Deed {
    deed(grants::WITHDRAW, move |act, actor| Box::pin(acts::withdraw::run(act, actor, id)))
}

pub(super) fn merge(id: Uuid, into: Uuid) -> Deed {
    deed(grants::MERGE, move |act, actor| Box::pin(acts::merge::run(act, actor, id, into)))
}

pub(super) fn reopen(id: Uuid, due: Day) -> Deed {
    deed(grants::REOPEN, move |act, actor| Box::pin(acts::reopen::run(act, actor, id, due)))
}

pub(super) fn archive(id: Uuid) -> Deed {
    deed(grants::ARCHIVE, move |act, actor| Box::pin(acts::archive::run(act, actor, id)))
}

pub(super) fn note(id: Uuid, kind: NoteKind, words: &'static str) -> Deed {
    deed(grants::NOTE, move |act, actor| {
        Box::pin(acts::note::run(act, actor, id, (kind, words.to_owned())))
    })
}

/// Follows up the newest note of an assignment.
pub(super) fn settle_note(id: Uuid) -> Deed {
    deed(grants::SETTLE_NOTE, move |act, actor| {
        Box::pin(async move {
            let city = act.jurisdiction();
            let notes = store::card::notes(act, city, id).await?;
            let left = notes.iter().find(|n| n.kind != NoteKind::Presented);
            let note = left.ok_or_else(journal::Error::missing)?.id;
            acts::settle_note::run(act, actor, id, note).await
        })
    })
}
