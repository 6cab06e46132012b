//! The facts of this room.

use journal::facts;
use kernel::{Day, Moment, Subject};
use uuid::Uuid;

use crate::tables::{
    BatchKind, Finding, Importance, Method, NoteKind, Rhythm, UnitRole, Urgency, Verdict, Verifier,
};

/// What an assignment asks, as drafted in a line and fixed at issue.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Brief {
    /// 事项.
    pub title: String,
    /// 工作要求.
    pub demand: String,
    /// 完成标准.
    pub standard: String,
    /// 条线.
    pub work_line: Option<Uuid>,
    /// 依据.
    pub basis: String,
    /// 紧急程度.
    pub urgency: Urgency,
    /// 重要程度.
    pub importance: Importance,
    /// 市级责任领导.
    pub leader: Option<Uuid>,
    /// Whose word it was born from.
    pub raised_by: Option<Uuid>,
    /// 反馈频次.
    pub rhythm: Rhythm,
    /// Who verifies.
    pub verifier: Verifier,
    /// The unit of its quantity; empty without one.
    pub quantity_unit: String,
    /// The files that the demand names.
    pub evidence: String,
    /// Who answers questions.
    pub contact: String,
    /// Whether only the units concerned see it.
    pub restricted: bool,
}

/// A unit of a line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// The unit.
    pub unit: Uuid,
    /// How it takes part.
    pub role: UnitRole,
    /// A co-unit's own part.
    pub part: String,
    /// A co-unit's own day.
    pub due: Option<Day>,
    /// Its own goal.
    pub goal: Option<i64>,
}

/// A milestone with its own day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Milestone {
    /// What is to be reached.
    pub title: String,
    /// By when.
    pub due: Day,
}

/// A signature on paper.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Paper {
    /// The post that signed.
    pub(crate) signer: Uuid,
    /// When.
    pub(crate) on: Day,
}

/// The number that a line gets at issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct LineNumber {
    pub(crate) line: Uuid,
    pub(crate) number: i64,
}

facts! {
    /// Facts about batches and assignments.
    pub(crate) enum Fact {
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
        /// A unit proposed something for a batch.
        "proposal_made" ProposalMade { batch: Uuid, unit: Uuid, title: String, demand: String },
        /// The bureau took a proposal into the draft.
        "proposal_taken" ProposalTaken { },
        /// The bureau declined a proposal.
        "proposal_declined" ProposalDeclined { answer: String },
        /// An assignment was issued.
        "assignment_issued" Issued { batch: Uuid, line: Uuid, parent: Option<Uuid>, label: String, unit: Uuid, brief: Brief, goal: Option<i64>, parts: Vec<Part>, milestones: Vec<Milestone>, source: Subject, on: Day, due: Day },
        /// 签收.
        "assignment_accepted" Accepted { on: Day },
        /// 退回: the unit says that it is wrongly addressed.
        "hand_back_asked" HandBackAsked { id: Uuid, on: Day },
        /// The bureau decided, finally.
        "hand_back_decided" HandBackDecided { id: Uuid, on: Day, to: Option<Uuid>, due: Day, answer: String },
        /// 反馈.
        "assignment_reported" Reported { id: Uuid, unit: Uuid, on: Day, done: String, quantity: Option<i64>, next_step: String, blocker: String },
        /// The liaison wrote that it is done; the head has to sign.
        "submission_prepared" Prepared { id: Uuid, unit: Uuid, on: Day, done: String, quantity: Option<i64> },
        /// The head sent it back to the liaison.
        "submission_returned" PreparedReturned { },
        /// The unit submitted it as done, signed by its head.
        "submission_made" Submitted { report: Option<Uuid>, unit: Uuid, on: Day, done: String, quantity: Option<i64>, person: Uuid },
        /// A co-unit did its part.
        "part_done" PartDone { unit: Uuid, on: Day, report: Uuid, done: String },
        /// A milestone was reached.
        "milestone_reached" MilestoneReached { n: i64, on: Day },
        /// The submission was verified; after the last verification it is closed.
        "submission_verified" Verified { id: Uuid, method: Method, result: Finding, finding: String, first: bool, closes: bool, on: Day, on_time: Option<bool> },
        /// More time was asked for.
        "extension_asked" ExtensionAsked { id: Uuid, person: Uuid, on: Day, former_due: Day, new_due: Day, progress: String, endorsed: bool },
        /// The unit's head endorsed it.
        "extension_endorsed" ExtensionEndorsed { id: Uuid },
        /// The bureau decided.
        "extension_decided" ExtensionDecided { id: Uuid, on: Day, granted: bool, due: Day, answer: String },
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
