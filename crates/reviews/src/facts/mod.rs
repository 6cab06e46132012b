//! The facts of this room and how they become rows.

mod doubt;
mod objection;
mod review;
pub(crate) mod statement;

use assignments::facts::{Attached, Paper};
use assignments::tables::Verdict;
use journal::{Boxed, Entry, Fact as _, Result, Tables, facts};
use kernel::Day;
use measures::ReviewMonth;
use rules::facts::Change;
use uuid::Uuid;

use crate::doubts::rows::DoubtKind;
use crate::tables::{Decision, Stage, Standing};
use statement::StatementFact;

/// A version of a rule set that a review scores by.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Rule {
    /// The version.
    pub(crate) version: Uuid,
    /// Its rule set.
    pub(crate) rule_set: Uuid,
    /// The rule set's code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// SHA-256 of its canonical text.
    pub(crate) hash: String,
}

/// Which measure an input of the rules calls.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Called {
    /// The input as rules write it.
    pub(crate) call: String,
    /// The measure's word in addresses.
    pub(crate) measure: String,
    /// Its version.
    pub(crate) version: i64,
    /// Its parameters as an address writes them.
    pub(crate) params: String,
}

/// A unit that is scored, and by which group.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Member {
    /// The unit.
    pub(crate) unit: Uuid,
    /// The peer group's name, as the rules write it.
    pub(crate) group: String,
}

/// What a unit came to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Score {
    /// The unit.
    pub(crate) unit: Uuid,
    /// The version of the rule set.
    pub(crate) version: Uuid,
    /// Its group by the rules.
    pub(crate) group: String,
    /// Whether it has a place.
    pub(crate) standing: Standing,
    /// Its total.
    pub(crate) total: Option<String>,
    /// Its place.
    pub(crate) rank: Option<String>,
    /// How many of its group are ranked.
    pub(crate) ranked: i64,
    /// Whether nobody of its group stands behind it, in a group of at least two.
    pub(crate) last: bool,
}

/// A computing: the file that holds it, its root, and what each unit came to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Computation {
    /// Which one, from 1.
    pub(crate) n: i64,
    /// The person.
    pub(crate) person: Uuid,
    /// The root hash.
    pub(crate) root: String,
    /// The SM3 hash of the file.
    pub(crate) hash: String,
    /// Its length.
    pub(crate) size: i64,
    /// The scores.
    pub(crate) scores: Vec<Score>,
}

/// What a unit contests.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Contest {
    /// The review.
    pub(crate) review: Uuid,
    /// Its number in the review.
    pub(crate) number: i64,
    /// Whether it is about the draft or what was published.
    pub(crate) kind: Stage,
    /// The unit.
    pub(crate) unit: Uuid,
    /// The item's code.
    pub(crate) item: String,
    /// The call of the measure.
    pub(crate) measure: String,
    /// The reason.
    pub(crate) said: String,
    /// The person who filed it.
    pub(crate) person: Uuid,
    /// When.
    pub(crate) on: Day,
    /// By when it is decided.
    pub(crate) decide_by: Day,
    /// What supports it.
    pub(crate) files: Vec<Attached>,
}

/// How an award was paid to a unit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Payment {
    /// The approving document.
    pub(crate) document: String,
    /// The budget it comes from.
    pub(crate) budget: String,
    /// The voucher.
    pub(crate) voucher: String,
    /// The day.
    pub(crate) on: Day,
    /// How much in fen; the whole award where nothing is said.
    #[serde(default)]
    pub(crate) amount_fen: Option<i64>,
}

/// What came of looking at a question about a month's records.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Looked {
    /// What makes one ask.
    pub(crate) kind: DoubtKind,
    /// The unit.
    pub(crate) unit: Uuid,
    /// What it rests on.
    pub(crate) evidence: String,
    /// The question as it was put.
    pub(crate) zh: String,
    /// The same in English.
    pub(crate) en: String,
    /// What came of it.
    pub(crate) outcome: String,
    /// Whether the unit is asked, and sees the question from now on.
    pub(crate) asks_unit: bool,
    /// The person who looked.
    pub(crate) person: Uuid,
    /// When.
    pub(crate) on: Day,
}

facts! {
    /// Facts about reviews and what units contest.
    pub(crate) enum Fact {
        /// A review was opened: its period, what counts, and the rules it scores by.
        "review_opened" Opened { month: ReviewMonth, first: Day, last: Day, cut_seq: i64, rules: Vec<Rule>, calls: Vec<Called>, on: Day, #[serde(default)] cut: Option<Day>, #[serde(default)] members: Vec<Member> },
        /// It was computed.
        "review_computed" Computed { computation: Computation },
        /// Units were shown their drafts; until when they may contest them.
        "review_drafted" Drafted { until: Day, on: Day },
        /// The newest computation was frozen.
        "review_frozen" Frozen { n: i64, computation: i64, root: String, previous: Option<String>, head: String, person: Uuid, on: Day, why: String },
        /// The bureau submitted it to the leader.
        "review_submitted" Submitted { id: Uuid, person: Uuid, note: String },
        /// The leader approved or returned it.
        "review_judged" Judged { id: Uuid, verdict: Verdict, person: Uuid, note: String, on: Day, #[serde(default)] paper: Option<Paper> },
        /// The leader decided on a consequence.
        "consequence_decided" ConsequenceDecided { code: String, unit: Uuid, verdict: Decision, amount_fen: Option<i64>, reason: String, person: Uuid, on: Day, #[serde(default)] paper_signer: Option<Uuid> },
        /// It was published with the number of its circular.
        "review_published" Published { year: i64, number: i64, on: Day },
        /// What was published was corrected by the freeze that the leader approved last.
        "review_corrected" Corrected { n: i64, on: Day },
        /// An award was paid.
        "award_paid" Paid { code: String, unit: Uuid, payment: Payment },
        /// Somebody looked at a question about its records.
        "doubt_looked_at" LookedAt { looked: Looked },
        /// A unit contests a figure.
        "objection_filed" Filed { contest: Contest },
        /// The unit took it back.
        "objection_withdrawn" Withdrawn { on: Day },
        /// It was decided; what changes in this review.
        "objection_decided" Decided { upheld: bool, words: String, change: Option<Change>, person: Uuid, on: Day },
        /// Its answer is due soon.
        "objection_answer_due" AnswerDue { by: Day, on: Day },
        /// The day of its answer is over.
        "objection_answer_late" AnswerLate { by: Day, on: Day },
    }
}

const COUNT: usize = Fact::KINDS.len() + StatementFact::KINDS.len();

/// The kinds of all facts of this room.
pub(crate) const KINDS: &[&str] = &{
    let mut all = [""; COUNT];
    let mut n = 0;
    while n < COUNT {
        let before = Fact::KINDS.len();
        all[n] = if n < before { Fact::KINDS[n] } else { StatementFact::KINDS[n - before] };
        n += 1;
    }
    all
};

/// Applies a fact of this room.
pub(crate) fn apply<'a>(entry: &'a Entry, tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        if StatementFact::KINDS.contains(&entry.kind.as_str()) {
            let fact = StatementFact::join(&entry.kind, &entry.payload)?;
            return statement::apply(entry, fact, tables).await;
        }
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::Filed { .. }
            | Fact::Withdrawn { .. }
            | Fact::Decided { .. }
            | Fact::AnswerDue { .. }
            | Fact::AnswerLate { .. } => objection::apply(entry, fact, tables).await,
            Fact::LookedAt { looked } => doubt::look(entry, looked, tables).await,
            Fact::Opened { .. }
            | Fact::Computed { .. }
            | Fact::Drafted { .. }
            | Fact::Frozen { .. }
            | Fact::Submitted { .. }
            | Fact::Judged { .. }
            | Fact::ConsequenceDecided { .. }
            | Fact::Published { .. }
            | Fact::Corrected { .. }
            | Fact::Paid { .. } => review::apply(entry, fact, tables).await,
        }
    })
}

fn misplaced(fact: &Fact) -> journal::Error {
    journal::Error::fault(format!("fact applied in the wrong place: {fact:?}"))
}
