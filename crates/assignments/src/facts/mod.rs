//! The facts of this room and how they become rows.

mod batch;
mod ending;
mod handling;
mod issue;
mod paper;
mod profile;
mod request;
mod taken_over;
mod unit;
mod version;
mod weekly;

use files::FileRef;
use journal::{Boxed, Entry, Fact as _, Result, Tables, facts};
use kernel::{Day, Moment, Subject};
use uuid::Uuid;

use crate::tables::{
    BatchKind, Finding, Importance, Method, NoteKind, Rhythm, State, UnitRole, Urgency, Verdict,
    Verifier,
};

/// What an assignment asks, as drafted in a line and fixed at issue.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Brief {
    /// 事项.
    pub(crate) title: String,
    /// 工作要求.
    pub(crate) demand: String,
    /// 完成标准.
    pub(crate) standard: String,
    /// 条线.
    pub(crate) work_line: Option<Uuid>,
    /// 依据.
    pub(crate) basis: String,
    /// 紧急程度.
    pub(crate) urgency: Urgency,
    /// 重要程度.
    pub(crate) importance: Importance,
    /// 市级责任领导.
    pub(crate) leader: Option<Uuid>,
    /// Whose word it was born from.
    pub(crate) raised_by: Option<Uuid>,
    /// 反馈频次.
    pub(crate) rhythm: Rhythm,
    /// Who verifies.
    pub(crate) verifier: Verifier,
    /// The unit of its quantity; empty without one.
    pub(crate) quantity_unit: String,
    /// The files that the demand names.
    pub(crate) evidence: String,
    /// Who answers questions.
    pub(crate) contact: String,
    /// Whether only the units concerned see it.
    pub(crate) restricted: bool,
    /// The code of its handling profile; empty in what is older than profiles.
    #[serde(default)]
    pub(crate) profile: String,
    /// The day on which its reports close: 1–7 each week, 1–28 each month.
    #[serde(default = "friday")]
    pub(crate) report_day: i64,
    /// The hour of it, 1–24.
    #[serde(default = "closing_hour")]
    pub(crate) report_hour: i64,
}

/// Within how many working days everybody answers, fixed on an assignment at its issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Clocks {
    /// A unit hands back what is wrongly addressed.
    pub(crate) hand_back_days: i64,
    /// The bureau decides a hand-back or a request for more time.
    pub(crate) answer_days: i64,
    /// The bureau verifies what was submitted.
    pub(crate) verify_days: i64,
}

impl Default for Clocks {
    fn default() -> Self {
        Self { hand_back_days: 1, answer_days: 1, verify_days: 3 }
    }
}

/// Friday, as a closing day of weekly reports.
const fn friday() -> i64 {
    5
}

/// The hour at which an office closes.
const fn closing_hour() -> i64 {
    17
}

/// A unit of a line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Part {
    /// The unit.
    pub(crate) unit: Uuid,
    /// How it takes part.
    pub(crate) role: UnitRole,
    /// A co-unit's own part.
    pub(crate) part: String,
    /// A co-unit's own day.
    pub(crate) due: Option<Day>,
    /// Its own goal.
    pub(crate) goal: Option<i64>,
    /// 责任岗位及电话: which post of it sees to the matter, and how to reach it; a post, not a
    /// person. Empty until the bureau or the unit says so.
    #[serde(default)]
    pub(crate) responsible: String,
}

impl Part {
    /// A unit with nothing of its own.
    pub(crate) const fn of(unit: Uuid, role: UnitRole) -> Self {
        Self { unit, role, part: String::new(), due: None, goal: None, responsible: String::new() }
    }
}

/// A milestone with its own day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Milestone {
    /// What is to be reached.
    pub(crate) title: String,
    /// By when.
    pub(crate) due: Day,
}

/// What a ledger knew last of an assignment that it hands over.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Known {
    pub(crate) id: Uuid,
    /// The day of taking over: until when the ledger was kept.
    pub(crate) on: Day,
    pub(crate) done: String,
    pub(crate) quantity: Option<i64>,
    pub(crate) next_step: String,
    pub(crate) blocker: String,
}

/// A file handed in with a report or as the scan of a paper.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attached {
    /// The file.
    pub id: Uuid,
    /// What the person called it.
    pub name: String,
    /// What its content is.
    pub media: String,
    /// Its length in bytes.
    pub size: i64,
    /// Its SM3 hash, hexadecimal.
    pub hash: String,
}

impl Attached {
    /// A file that was taken out of the staging.
    pub fn of(f: FileRef) -> Self {
        Self { id: f.id, name: f.name, media: f.media, size: f.size, hash: f.hash }
    }
}

/// A signature on paper.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Paper {
    /// The post that signed.
    pub signer: Uuid,
    /// When.
    pub on: Day,
    /// Its scans; a unit's head may sign without.
    #[serde(default)]
    pub scans: Vec<Attached>,
}

/// The number that a line gets at issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct LineNumber {
    pub(crate) line: Uuid,
    pub(crate) number: i64,
}

facts! {
    /// Facts about batches, their lines and proposals.
    pub(crate) enum BatchFact {
        /// Drafting of a batch began.
        "batch_opened" BatchOpened { kind: BatchKind, sitting: Option<Uuid>, title: String, year: i64, proposals_until: Option<Moment> },
        /// A line was written or rewritten.
        "line_written" LineWritten { line: Uuid, sort: i64, brief: Brief, parts: Vec<Part>, due: Option<Day>, due_days: Option<i64>, milestones: Vec<Milestone>, former_units: Vec<Uuid>, former_milestones: i64 },
        /// 续办: an open assignment is listed again.
        "line_carried" LineCarried { line: Uuid, sort: i64, assignment: Uuid, title: String },
        /// The lines were put into another order.
        "lines_ordered" LinesOrdered { lines: Vec<Uuid> },
        /// A line was taken out of the draft.
        "line_removed" LineRemoved { line: Uuid, units: Vec<Uuid>, milestones: i64 },
        /// A step of the sign-off chain; the next step it waits for.
        "batch_signed" BatchSigned { id: Uuid, step: i64, next: i64, last: i64, verdict: Verdict, person: Uuid, paper: Option<Paper>, note: String },
        /// The batch was issued.
        "batch_issued" BatchIssued { number: i64, title: String, on: Day, lines: Vec<LineNumber> },
        /// 期初接续: a batch that was issued before the program.
        "batch_taken_over" BatchTakenOver { number: i64, year: i64, title: String, on: Day },
        /// A unit proposed something for a batch.
        "proposal_made" ProposalMade { batch: Uuid, unit: Uuid, title: String, demand: String },
        /// The bureau took a proposal into the draft.
        "proposal_taken" ProposalTaken { },
        /// The bureau declined a proposal.
        "proposal_declined" ProposalDeclined { answer: String },
    }
}

facts! {
    /// Facts about how assignments are handled in this city.
    pub(crate) enum ProfileFact {
        /// A handling profile was written or changed.
        "profile_written" ProfileWritten { code: String, name: String, verifier: Verifier, clocks: Clocks, in_use: bool, sort: i64 },
    }
}

facts! {
    /// Facts about one assignment.
    pub(crate) enum Fact {
        /// An assignment was issued.
        "assignment_issued" Issued { batch: Uuid, line: Uuid, parent: Option<Uuid>, label: String, unit: Uuid, brief: Brief, goal: Option<i64>, parts: Vec<Part>, milestones: Vec<Milestone>, source: Subject, on: Day, due: Day, #[serde(default)] clocks: Clocks },
        /// 期初接续: an assignment that was issued before the program comes in as its ledger has it.
        "assignment_taken_over" TakenOver { batch: Uuid, line: Uuid, sort: i64, number: i64, label: String, unit: Uuid, brief: Brief, goal: Option<i64>, parts: Vec<Part>, source: Subject, on: Day, first_due: Day, due: Day, clocks: Clocks, state: State, closed: Option<Day>, report: Option<Known>, ledger: String, #[serde(default)] taken_over_on: Option<Day> },
        /// 签收.
        "assignment_accepted" Accepted { on: Day },
        /// 责任岗位: a unit said which of its posts sees to it.
        "responsible_named" ResponsibleNamed { unit: Uuid, responsible: String },
        /// 退回: the unit says that it is wrongly addressed.
        "hand_back_asked" HandBackAsked { id: Uuid, on: Day },
        /// The bureau decided, finally.
        "hand_back_decided" HandBackDecided { id: Uuid, on: Day, to: Option<Uuid>, due: Day, answer: String },
        /// 反馈.
        "assignment_reported" Reported { id: Uuid, unit: Uuid, on: Day, done: String, quantity: Option<i64>, next_step: String, blocker: String, files: Vec<Attached> },
        /// The liaison wrote that it is done; a post of the unit, or any head of it, has to sign.
        "submission_prepared" Prepared { id: Uuid, unit: Uuid, on: Day, done: String, quantity: Option<i64>, files: Vec<Attached>, #[serde(default)] signer: Option<Uuid> },
        /// A post of the unit's chain signed what was prepared; it waits for the next one.
        "submission_countersigned" Countersigned { signer: Option<Uuid> },
        /// Whoever was to sign sent it back to the liaison.
        "submission_returned" PreparedReturned { },
        /// The unit submitted it as done, signed by its head.
        "submission_made" Submitted { report: Option<Uuid>, unit: Uuid, on: Day, done: String, quantity: Option<i64>, person: Uuid, files: Vec<Attached> },
        /// A co-unit did its part.
        "part_done" PartDone { unit: Uuid, on: Day, report: Uuid, done: String },
        /// A milestone was reached.
        "milestone_reached" MilestoneReached { n: i64, on: Day },
        /// The submission was verified; after the last verification it is closed.
        "submission_verified" Verified { id: Uuid, method: Method, result: Finding, finding: String, first: bool, closes: bool, on: Day, on_time: Option<bool> },
        /// More time was asked for.
        "extension_asked" ExtensionAsked { id: Uuid, person: Uuid, on: Day, former_due: Day, new_due: Day, progress: String, endorsed: bool, #[serde(default)] awaits_answer: bool },
        /// The unit's head endorsed it.
        "extension_endorsed" ExtensionEndorsed { id: Uuid, #[serde(default)] on: Option<Day> },
        /// The bureau decided.
        "extension_decided" ExtensionDecided { id: Uuid, on: Day, granted: bool, due: Day, answer: String },
        /// The matter ended, its clock was stopped, or the unit handed it back, before the request
        /// was decided.
        "extension_lapsed" ExtensionLapsed { id: Uuid, on: Day },
        /// 暂缓.
        "clock_stopped" ClockStopped { id: Uuid, on: Day, review: Day },
        /// 恢复: the due day moves by the working days that the clock stood.
        "clock_resumed" ClockResumed { id: Uuid, on: Day, due: Day },
        /// 撤销.
        "assignment_withdrawn" Withdrawn { on: Day },
        /// 并入另一事项.
        "assignment_merged" Merged { on: Day, into: Uuid },
        /// 重新办理: closed before, open again.
        "assignment_reopened" Reopened { on: Day, due: Day },
        /// 归档.
        "assignment_archived" Archived { },
        /// A leader's note.
        "note_left" NoteLeft { id: Uuid, note: NoteKind, words: String },
        /// The bureau followed a note up.
        "note_settled" NoteSettled { id: Uuid, on: Day },
        /// 呈报: the result was put before who raised it.
        "result_presented" Presented { id: Uuid, words: String },
    }
}

impl Fact {
    /// Whether a request for more time that was not decided is void with it.
    pub(crate) const fn ends_requests(&self) -> bool {
        matches!(
            self,
            Self::HandBackAsked { .. }
                | Self::Verified { closes: true, .. }
                | Self::Withdrawn { .. }
                | Self::Merged { .. }
                // Only one that has not come to the bureau; the other is decided before.
                | Self::ClockStopped { .. }
        )
    }
}

/// What a weekly answer says of one assignment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct WeeklyItem {
    /// The assignment.
    pub(crate) assignment: Uuid,
    /// 进展.
    pub(crate) done: String,
    /// 完成量 in all.
    pub(crate) quantity: Option<i64>,
    /// 存在问题及需协调事项.
    pub(crate) blocker: String,
    /// Files, where the demand names them.
    pub(crate) files: Vec<Attached>,
}

facts! {
    /// Facts about a unit's weekly answer.
    pub(crate) enum WeeklyFact {
        /// The answers of a week were handed in for the head's signature.
        "weekly_answer_prepared" Prepared { unit: Uuid, monday: Day, items: Vec<WeeklyItem> },
        /// The head sent them back.
        "weekly_answer_returned" Returned { words: String },
        /// The head signed; the assignments named are reported on.
        "weekly_answer_signed" Signed { on: Day, paper: Option<Paper>, reported: Vec<Uuid> },
    }
}

facts! {
    /// Facts about how a unit signs.
    pub(crate) enum UnitFact {
        /// 报结审签流程: through which posts its submissions go from now on; how many steps it had.
        "signing_posts_set" SigningPostsSet { posts: Vec<Uuid>, former: i64 },
    }
}

facts! {
    /// Facts about papers.
    pub(crate) enum PaperFact {
        /// 公文模板: papers of a kind are filled from the office's own form from now on.
        "paper_template_set" TemplateSet { kind: String, file: Attached },
        /// Papers of a kind are in our layout again.
        "paper_template_removed" TemplateRemoved { kind: String },
        /// 印发件: the sealed scan of an issued batch is kept beside it.
        "issued_copy_kept" CopyKept { file: Attached, note: String },
    }
}

/// All kinds of this room.
pub(crate) const KINDS: &[&str] = &concat([
    BatchFact::KINDS,
    Fact::KINDS,
    ProfileFact::KINDS,
    PaperFact::KINDS,
    WeeklyFact::KINDS,
    UnitFact::KINDS,
]);

const fn concat(lists: [&[&'static str]; 6]) -> [&'static str; COUNT] {
    let mut all = [""; COUNT];
    let (mut list, mut n) = (0, 0);
    while list < lists.len() {
        let mut i = 0;
        while i < lists[list].len() {
            all[n] = lists[list][i];
            (i, n) = (i + 1, n + 1);
        }
        list += 1;
    }
    assert!(n == COUNT, "every kind of the room is counted once");
    all
}

const COUNT: usize = BatchFact::KINDS.len()
    + Fact::KINDS.len()
    + ProfileFact::KINDS.len()
    + PaperFact::KINDS.len()
    + WeeklyFact::KINDS.len()
    + UnitFact::KINDS.len();

/// Applies a fact of this room.
pub(crate) fn apply<'a>(entry: &'a Entry, tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        if BatchFact::KINDS.contains(&entry.kind.as_str()) {
            let fact = BatchFact::join(&entry.kind, &entry.payload)?;
            return batch::apply(entry, fact, tables).await;
        }
        if PaperFact::KINDS.contains(&entry.kind.as_str()) {
            let fact = PaperFact::join(&entry.kind, &entry.payload)?;
            return paper::apply(entry, fact, tables).await;
        }
        if WeeklyFact::KINDS.contains(&entry.kind.as_str()) {
            let fact = WeeklyFact::join(&entry.kind, &entry.payload)?;
            return weekly::apply(entry, fact, tables).await;
        }
        if ProfileFact::KINDS.contains(&entry.kind.as_str()) {
            let fact = ProfileFact::join(&entry.kind, &entry.payload)?;
            return profile::apply(entry, fact, tables).await;
        }
        if UnitFact::KINDS.contains(&entry.kind.as_str()) {
            let fact = UnitFact::join(&entry.kind, &entry.payload)?;
            return unit::apply(entry, fact, tables).await;
        }
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::Issued { .. }
            | Fact::Accepted { .. }
            | Fact::ResponsibleNamed { .. }
            | Fact::HandBackAsked { .. }
            | Fact::HandBackDecided { .. } => issue::apply(entry, fact, tables).await,
            Fact::TakenOver { .. } => taken_over::apply(entry, fact, tables).await,
            Fact::Reported { .. }
            | Fact::Prepared { .. }
            | Fact::Countersigned { .. }
            | Fact::PreparedReturned {}
            | Fact::Submitted { .. }
            | Fact::PartDone { .. }
            | Fact::MilestoneReached { .. } => handling::apply(entry, fact, tables).await,
            Fact::Verified { .. }
            | Fact::Withdrawn { .. }
            | Fact::Merged { .. }
            | Fact::Reopened { .. }
            | Fact::Archived {} => ending::apply(entry, fact, tables).await,
            Fact::ExtensionAsked { .. }
            | Fact::ExtensionEndorsed { .. }
            | Fact::ExtensionDecided { .. }
            | Fact::ExtensionLapsed { .. }
            | Fact::ClockStopped { .. }
            | Fact::ClockResumed { .. }
            | Fact::NoteLeft { .. }
            | Fact::NoteSettled { .. }
            | Fact::Presented { .. } => request::apply(entry, fact, tables).await,
        }
    })
}

fn misplaced(fact: &Fact) -> journal::Error {
    journal::Error::fault(format!("fact applied in the wrong place: {fact:?}"))
}
