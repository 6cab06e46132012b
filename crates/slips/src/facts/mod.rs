//! The facts of this room and how they become rows.

mod clock;
mod ladder;
mod slip;

use assignments::facts::Paper;
use assignments::tables::Verdict;
use journal::{Boxed, Entry, Fact as _, Result, Tables, facts};
use kernel::Day;
use uuid::Uuid;

use crate::ladder::Step;
use crate::tables::{Colour, Signer};

/// What a slip says in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Wording {
    /// 核实的现状.
    pub(crate) finding: String,
    /// 督办要求.
    pub(crate) demand: String,
    /// 逾期后果.
    pub(crate) consequence: String,
    /// 抄送.
    pub(crate) copies: String,
}

/// Where a slip stands, as the ladder said when it was drafted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Place {
    /// The step.
    pub(crate) n: i64,
    /// The version of the ladder.
    pub(crate) ladder: i64,
    /// Its colour.
    pub(crate) colour: Colour,
    /// Working days in which the unit answers.
    pub(crate) answer_days: i64,
    /// Who signs last.
    pub(crate) signer: Signer,
}

facts! {
    /// Facts about the ladder, slips, and what the clock brought.
    pub(crate) enum Fact {
        /// The ladder was set.
        "ladder_set" LadderSet { version: i64, on: Day, steps: Vec<Step>, urgent_from: i64, express_from: i64, raised_from: i64 },
        /// A slip was proposed by the program or drafted by an officer.
        "slip_drafted" Drafted { assignment: Uuid, unit: Uuid, place: Place, by_hand: bool, item_due: Day, on: Day, wording: Wording },
        /// Its words were changed.
        "slip_written" Written { wording: Wording },
        /// A step of its chain was signed; the next it waits for.
        "slip_signed" Signed { id: Uuid, step: i64, next: i64, last: i64, verdict: Verdict, person: Uuid, #[serde(default)] paper: Option<Paper>, note: String },
        /// It was issued with its number.
        "slip_issued" Issued { year: i64, number: i64, time: i64, on: Day, answer_by: Day },
        /// The unit wrote its answer.
        "slip_answered" Answered { id: Uuid, done: String, responsible: Uuid },
        /// The unit's head signed the answer.
        "slip_answer_signed" AnswerSigned { id: Uuid, person: Uuid, on: Day, #[serde(default)] paper: Option<Paper> },
        /// The unit's head sent it back to the liaison.
        "slip_answer_returned" AnswerReturned { id: Uuid, words: String },
        /// The bureau accepted it, which closes the slip, or returned it with another deadline.
        "slip_answer_judged" AnswerJudged { id: Uuid, verdict: Verdict, words: String, on: Day, answer_by: Day },
        /// The next colour was issued in its place.
        "slip_superseded" Superseded { by: Uuid, on: Day },
        /// It was withdrawn.
        "slip_withdrawn" Withdrawn { on: Day },
        /// A unit was reminded of a due day.
        "assignment_reminded" Reminded { unit: Uuid, due: Day, days: i64, on: Day, co: bool },
        /// A closing passed without a report.
        "report_missed" ReportMissed { unit: Uuid, closed_on: Day, on: Day },
        /// A stopped clock is to be looked at again.
        "stop_review_due" ReviewDue { stop: Uuid, review_on: Day, on: Day },
    }
}

/// Applies a fact of this room.
pub(crate) fn apply<'a>(entry: &'a Entry, tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::LadderSet { .. } => ladder::apply(entry, fact, tables).await,
            Fact::Drafted { .. }
            | Fact::Written { .. }
            | Fact::Signed { .. }
            | Fact::Issued { .. }
            | Fact::Answered { .. }
            | Fact::AnswerSigned { .. }
            | Fact::AnswerReturned { .. }
            | Fact::AnswerJudged { .. }
            | Fact::Superseded { .. }
            | Fact::Withdrawn { .. } => slip::apply(entry, fact, tables).await,
            Fact::Reminded { .. } | Fact::ReportMissed { .. } | Fact::ReviewDue { .. } => {
                clock::apply(entry, fact, tables).await
            }
        }
    })
}

fn misplaced(fact: &Fact) -> journal::Error {
    journal::Error::fault(format!("fact applied in the wrong place: {fact:?}"))
}
