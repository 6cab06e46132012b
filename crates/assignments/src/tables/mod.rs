//! The tables of assignments; with those of batches and the words of both.

mod batch;
pub mod paper;
pub mod weekly;

use journal::table;
use kernel::{Day, Id, Jurisdiction, Moment, SubjectKind};
use uuid::Uuid;

pub use crate::states::{
    Asked, BatchKind, BatchState, Finding, Importance, Method, NoteKind, ProposalState, ReportKind,
    Rhythm, State, UnitRole, Urgency, Verdict, Verifier,
};
pub use batch::{
    BatchRow, LineMilestoneRow, LineRow, LineUnitRow, ProfileRow, ProposalRow, ScanRow, SignOffRow,
};

table! {
    /// An assignment.
    pub struct AssignmentRow: Record "assignments" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub id: Uuid,
        /// Its batch.
        pub batch_id: Uuid,
        /// Its line.
        pub line_id: Uuid,
        /// The assignment it was broken down from.
        pub parent_id: Option<Uuid>,
        /// Its number, `14-3` or `14-3-临颍县`.
        pub label: String,
        /// The unit that answers for it.
        pub unit_id: Uuid,
        /// How far it has come.
        pub state: State,
        /// Whether it still has to be handled.
        pub is_open: bool,
        /// Whether its clock stands.
        pub stopped: bool,
        /// 事项.
        pub title: String,
        /// 工作要求.
        pub demand: String,
        /// 完成标准.
        pub standard: String,
        /// 条线.
        pub work_line_id: Option<Uuid>,
        /// 依据.
        pub basis: String,
        /// 紧急程度.
        pub urgency: Urgency,
        /// 重要程度.
        pub importance: Importance,
        /// 市级责任领导.
        pub leader_post_id: Option<Uuid>,
        /// Whose word it was born from.
        pub raised_by_post_id: Option<Uuid>,
        /// 反馈频次.
        pub rhythm: Rhythm,
        /// Who verifies.
        pub verifier: Verifier,
        /// The unit of its quantity; empty without one.
        pub quantity_unit: String,
        /// 目标量.
        pub goal: Option<i64>,
        /// 完成量, as last reported.
        pub reached: i64,
        /// The files that the demand names.
        pub evidence: String,
        /// Who answers questions.
        pub contact: String,
        /// Whether only the units concerned see it.
        pub restricted: bool,
        /// What it came from.
        pub source_kind: SubjectKind,
        /// Which one.
        pub source_id: Uuid,
        /// 交办日期.
        pub issued_on: Day,
        /// 完成时限 as issued.
        pub first_due_on: Day,
        /// 完成时限 as extended.
        pub due_on: Day,
        /// 签收.
        pub accepted_on: Option<Day>,
        /// When it was last submitted as done.
        pub submitted_at: Option<Moment>,
        /// The day of that.
        pub submitted_on: Option<Day>,
        /// The person who submitted it, who may not verify it.
        pub submitted_by: Option<Uuid>,
        /// Whether the first of two verifiers has agreed.
        pub pre_verified: bool,
        /// 呈报: whether the result was put before who raised it.
        pub presented: bool,
        /// 办结日期.
        pub closed_on: Option<Day>,
        /// Whether the accepted submission was made in time.
        pub on_time: Option<bool>,
        /// How often it was returned for rework.
        pub reworks: i64,
        /// How often it was extended.
        pub extensions: i64,
        /// How many reports there are.
        pub reports: i64,
        /// When the last came.
        pub last_report_on: Option<Day>,
        /// From which place of the journal its present version counts.
        pub version_seq: i64,
        /// The code of its handling profile.
        pub profile: String,
        /// Working days in which its unit may hand it back.
        pub hand_back_days: i64,
        /// Working days in which the bureau answers requests.
        pub answer_days: i64,
        /// Working days in which the bureau verifies.
        pub verify_days: i64,
        /// The day on which reports close: 1–7 each week, 1–28 each month.
        pub report_day: i64,
        /// The hour of it, 1–24.
        pub report_hour: i64,
        /// 接续: it ran before the program and was taken over from a ledger.
        pub taken_over: bool,
        /// What that ledger said of it besides; empty otherwise.
        pub ledger: String,
        /// When it was taken over.
        pub taken_over_on: Option<Day>,
        /// Which post has to sign what was prepared; none when any head of the unit does.
        pub signer_post_id: Option<Uuid>,
        /// Since which day an endorsed request for more time waits for the bureau's answer.
        pub awaits_answer_since: Option<Day>,
    }
}

impl AssignmentRow {
    /// From which day on the program asks what it owes: what was before its taking over is its own
    /// history.
    pub fn asked_from(&self) -> Day {
        self.taken_over_on.unwrap_or(self.issued_on)
    }

    /// Whether it was late already when it was taken over, by a due day that still stands.
    pub fn was_late_before(&self) -> bool {
        self.taken_over_on.is_some_and(|on| self.due_on < on)
    }

    /// Its number as papers show it: one that was taken over says so.
    pub fn marked(&self) -> String {
        if self.taken_over { crate::words::marked(&self.label) } else { self.label.clone() }
    }
}

table! {
    /// What a measure may read of an assignment, as known between two places of the journal.
    pub struct VersionRow: Record "assignment_versions" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub assignment_id: Uuid,
        /// From this fact on.
        pub from_seq: i64,
        /// Until before this fact; none while it is the present one.
        pub to_seq: Option<i64>,
        /// The unit that answered for it.
        pub unit_id: Uuid,
        /// Its state.
        pub state: State,
        /// Whether its clock stood.
        pub stopped: bool,
        /// Its due day.
        pub due_on: Day,
        /// When it was submitted.
        pub submitted_on: Option<Day>,
        /// When it was closed.
        pub closed_on: Option<Day>,
        /// Whether in time.
        pub on_time: Option<bool>,
        /// Reworks until then.
        pub reworks: i64,
        /// Its goal.
        pub goal: Option<i64>,
        /// What was reached.
        pub reached: i64,
        /// When this version began.
        pub since_at: Option<Moment>,
        /// 签收.
        pub accepted_on: Option<Day>,
        /// Since which day an endorsed request for more time waits for the bureau's answer.
        pub awaits_answer_since: Option<Day>,
    }
}

table! {
    /// A unit concerned by an assignment.
    pub struct AssignmentUnitRow: Record "assignment_units" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The unit.
        pub unit_id: Uuid,
        /// How it takes part.
        pub role: UnitRole,
        /// A co-unit's own part.
        pub part: String,
        /// A co-unit's own day.
        pub due_on: Option<Day>,
        /// When a co-unit's part was done.
        pub done_on: Option<Day>,
        /// From which place of the journal a co-unit's present part counts; 0 for others.
        pub version_seq: i64,
        /// 责任岗位及电话: which of its posts sees to it, and how to reach it.
        pub responsible: String,
    }
}

table! {
    /// A co-unit's own part, as known between two places of the journal.
    pub struct PartVersionRow: Record "assignment_part_versions" key 4 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The co-unit.
        pub unit_id: Uuid,
        /// From this fact on.
        pub from_seq: i64,
        /// Until before this fact; none while it is the present one.
        pub to_seq: Option<i64>,
        /// Its own day; none when it follows the assignment's.
        pub due_on: Option<Day>,
        /// When it was done.
        pub done_on: Option<Day>,
    }
}

table! {
    /// A step of a unit's way of signing its submissions (报结审签流程).
    pub struct SigningPostRow: Record "signing_posts" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The unit.
        pub unit_id: Uuid,
        /// Its place, from 1; the last one is a head's.
        pub n: i64,
        /// The post that signs.
        pub post_id: Uuid,
    }
}

table! {
    /// A milestone of an assignment.
    pub struct MilestoneRow: Record "milestones" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub assignment_id: Uuid,
        /// Its place, from 1.
        pub n: i64,
        /// What is to be reached.
        pub title: String,
        /// By when.
        pub due_on: Day,
        /// When it was reached.
        pub reached_on: Option<Day>,
    }
}

table! {
    /// A report or a submission.
    pub struct ReportRow: Record "reports" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The report.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The unit that reported.
        pub unit_id: Uuid,
        /// The post that reported.
        pub post_id: Uuid,
        /// When.
        pub at: Moment,
        /// What it is.
        pub kind: ReportKind,
        /// 进展.
        pub done: String,
        /// 完成量 in all.
        pub quantity: Option<i64>,
        /// 下步措施.
        pub next_step: String,
        /// 存在问题及需协调事项.
        pub blocker: String,
    }
}

table! {
    /// A file handed in with a report.
    pub struct AttachmentRow: Record "attachments" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The file.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The report it came with.
        pub report_id: Uuid,
        /// What the person called it.
        pub name: String,
        /// What its content is.
        pub media: String,
        /// Its length in bytes.
        pub size: i64,
        /// Its SM3 hash, hexadecimal.
        pub hash: String,
    }
}

table! {
    /// A verification.
    pub struct VerificationRow: Record "verifications" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The verification.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The post that verified.
        pub post_id: Uuid,
        /// When.
        pub at: Moment,
        /// How.
        pub method: Method,
        /// What was found.
        pub result: Finding,
        /// In words.
        pub finding: String,
    }
}

table! {
    /// A request for more time.
    pub struct ExtensionRow: Record "extensions" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The request.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// How far it has come.
        pub state: Asked,
        /// The post that asked.
        pub asked_by: Uuid,
        /// The person who asked, who may not decide.
        pub asked_person: Uuid,
        /// When.
        pub asked_on: Day,
        /// The due day at that time.
        pub former_due_on: Day,
        /// The day asked for.
        pub new_due_on: Day,
        /// What was done so far.
        pub progress: String,
        /// Why more time is needed.
        pub reason: String,
        /// The head who endorsed it.
        pub endorsed_by: Option<Uuid>,
        /// Who decided.
        pub decided_by: Option<Uuid>,
        /// When.
        pub decided_on: Option<Day>,
        /// The answer.
        pub answer: String,
    }
}

table! {
    /// A request to be relieved of a wrongly addressed assignment.
    pub struct HandBackRow: Record "hand_backs" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The request.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The unit that asked.
        pub unit_id: Uuid,
        /// The post that asked.
        pub asked_by: Uuid,
        /// When.
        pub asked_on: Day,
        /// Why.
        pub reason: String,
        /// How far it has come.
        pub state: Asked,
        /// Who gets it, when granted.
        pub to_unit_id: Option<Uuid>,
        /// Who decided.
        pub decided_by: Option<Uuid>,
        /// When.
        pub decided_on: Option<Day>,
        /// The answer.
        pub answer: String,
    }
}

table! {
    /// A time in which the clock stood.
    pub struct StopRow: Record "stops" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The stop.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// From which day.
        pub from_day: Day,
        /// When it is looked at again.
        pub review_on: Day,
        /// Why.
        pub reason: String,
        /// Until which day.
        pub to_day: Option<Day>,
    }
}

table! {
    /// A leader's note, or what the bureau put before a leader.
    pub struct NoteRow: Record "notes" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The note.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// By which post.
        pub post_id: Uuid,
        /// When.
        pub at: Moment,
        /// What it asks for.
        pub kind: NoteKind,
        /// Its words.
        pub words: String,
        /// When the bureau followed it up.
        pub settled_on: Option<Day>,
    }
}

table! {
    /// Which document of the text index belongs to which assignment.
    pub(crate) struct DocRow: Derived "assignment_docs" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) doc: i64,
        pub(crate) words: String,
    }
}
