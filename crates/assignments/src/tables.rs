//! The words and tables of this room.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment, SubjectKind};
use uuid::Uuid;

word_enum! {
    /// How a batch comes about; each kind has its own series of numbers.
    pub enum BatchKind {
        /// 周交办: of a Monday sitting.
        Weekly = "weekly",
        /// 临时交办: between sittings.
        Interim = "interim",
        /// 补充交办: spoken at the meeting, written down afterwards.
        Supplement = "supplement",
    }
}

word_enum! {
    /// How far a batch has come.
    pub enum BatchState {
        /// 拟稿.
        Draft = "draft",
        /// Passing the sign-off chain.
        InReview = "in_review",
        /// 审定, to be issued.
        Approved = "approved",
        /// 已印发; never edited again.
        Issued = "issued",
    }
}

word_enum! {
    /// 紧急程度.
    pub enum Urgency {
        /// 特急.
        Express = "express",
        /// 急.
        Urgent = "urgent",
        /// 平.
        Plain = "plain",
    }
}

word_enum! {
    /// 重要程度, fixed at issue.
    pub enum Importance {
        /// 一般.
        Normal = "normal",
        /// 重点.
        Key = "key",
        /// 重大.
        Major = "major",
    }
}

word_enum! {
    /// 反馈频次: once at the due day unless another was chosen.
    pub enum Rhythm {
        /// Once, at the due day.
        Once = "once",
        /// Each week.
        Weekly = "weekly",
        /// Each month.
        Monthly = "monthly",
    }
}

word_enum! {
    /// Who verifies what was submitted as done.
    pub enum Verifier {
        /// The bureau.
        Bureau = "bureau",
        /// The line department first, then the bureau.
        Department = "department",
        /// Who raised it.
        Raiser = "raiser",
        /// The bureau, then who raised it.
        Both = "both",
    }
}

word_enum! {
    /// How a unit takes part.
    pub enum UnitRole {
        /// 牵头单位.
        Lead = "lead",
        /// 配合单位, with its own part and day.
        Co = "co",
        /// One of several responsible units that each answer for themselves.
        Each = "each",
    }
}

word_enum! {
    /// How far an assignment has come.
    pub enum State {
        /// 待签收.
        Issued = "issued",
        /// 退回待定.
        HandedBack = "handed_back",
        /// 办理中.
        Handling = "handling",
        /// 待单位审签: written by the liaison, to be signed by the head.
        Prepared = "prepared",
        /// 待核实.
        Submitted = "submitted",
        /// 已办结.
        Closed = "closed",
        /// 已撤销.
        Withdrawn = "withdrawn",
        /// 已并入.
        Merged = "merged",
        /// 已归档.
        Archived = "archived",
    }
}

impl State {
    /// Whether it still has to be handled.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Issued | Self::HandedBack | Self::Handling | Self::Prepared | Self::Submitted => {
                true
            }
            Self::Closed | Self::Withdrawn | Self::Merged | Self::Archived => false,
        }
    }
}

word_enum! {
    /// What a sign-off said.
    pub enum Verdict {
        /// 同意.
        Agreed = "agreed",
        /// 退回修改.
        Returned = "returned",
    }
}

word_enum! {
    /// What a report is.
    pub enum ReportKind {
        /// 反馈.
        Progress = "progress",
        /// 报结.
        Done = "done",
    }
}

word_enum! {
    /// How it was verified.
    pub enum Method {
        /// 查阅资料.
        Documents = "documents",
        /// 现场核实.
        OnSite = "on_site",
        /// 电话回访.
        CallBack = "call_back",
        /// 抽查.
        Sample = "sample",
    }
}

word_enum! {
    /// What was found.
    pub enum Finding {
        /// 属实，同意办结.
        Confirmed = "confirmed",
        /// 退办.
        Rework = "rework",
    }
}

word_enum! {
    /// How far a request has come.
    pub enum Asked {
        /// Asked by the liaison, to be endorsed by the head.
        Asked = "asked",
        /// Endorsed, to be decided by the bureau.
        Endorsed = "endorsed",
        /// Granted.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
    }
}

word_enum! {
    /// What a note asks for.
    pub enum NoteKind {
        /// Only a remark; the bureau follows it up.
        Remark = "remark",
        /// A report is asked for.
        AskReport = "ask_report",
        /// 呈报: the bureau put the result before the leader.
        Presented = "presented",
    }
}

word_enum! {
    /// What became of a proposal.
    pub enum ProposalState {
        /// Not answered yet.
        Open = "open",
        /// Taken into the draft.
        Taken = "taken",
        /// Declined with an answer.
        Declined = "declined",
    }
}

table! {
    /// A batch.
    pub struct BatchRow: Record "batches" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The batch.
        pub id: Uuid,
        /// How it comes about.
        pub kind: BatchKind,
        /// The sitting at which it is issued.
        pub sitting_id: Option<Uuid>,
        /// Its title, 第14次周交办事项清单 once issued.
        pub title: String,
        /// How far it has come.
        pub state: BatchState,
        /// The step of the sign-off chain it waits for; 0 is drafting.
        pub step: i64,
        /// Its number, given at issue.
        pub number: Option<i64>,
        /// The year of its number.
        pub year: i64,
        /// Until when units may propose.
        pub proposals_until: Option<Moment>,
        /// When drafting began.
        pub opened_on: Day,
        /// When it was issued.
        pub issued_on: Option<Day>,
    }
}

table! {
    /// A line of a batch.
    pub struct LineRow: Record "batch_lines" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The line.
        pub id: Uuid,
        /// Its batch.
        pub batch_id: Uuid,
        /// Its place.
        pub sort: i64,
        /// 续办: the assignment listed again.
        pub carried_id: Option<Uuid>,
        /// Its number in the batch, given at issue.
        pub number: Option<i64>,
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
        /// 完成时限, when a day was entered.
        pub due_on: Option<Day>,
        /// Working days from issue, when no day was entered.
        pub due_days: Option<i64>,
        /// 反馈频次.
        pub rhythm: Rhythm,
        /// Who verifies.
        pub verifier: Verifier,
        /// The unit of its quantity; empty without one.
        pub quantity_unit: String,
        /// The files that the demand names; empty when none are wanted.
        pub evidence: String,
        /// Who answers questions.
        pub contact: String,
        /// Whether only the units concerned see it.
        pub restricted: bool,
        /// Whether each unit answers for itself.
        pub each_unit: bool,
    }
}

table! {
    /// A unit of a line.
    pub struct LineUnitRow: Record "line_units" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The line.
        pub line_id: Uuid,
        /// The unit.
        pub unit_id: Uuid,
        /// How it takes part.
        pub role: UnitRole,
        /// A co-unit's own part.
        pub part: String,
        /// A co-unit's own day.
        pub due_on: Option<Day>,
        /// Its own goal.
        pub goal: Option<i64>,
        /// Its place.
        pub sort: i64,
    }
}

table! {
    /// A milestone of a line.
    pub struct LineMilestoneRow: Record "line_milestones" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The line.
        pub line_id: Uuid,
        /// Its place, from 1.
        pub n: i64,
        /// What is to be reached.
        pub title: String,
        /// By when.
        pub due_on: Day,
    }
}

table! {
    /// A step of the sign-off chain.
    pub struct SignOffRow: Record "sign_offs" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The sign-off.
        pub id: Uuid,
        /// The batch.
        pub batch_id: Uuid,
        /// Which step; 0 is the drafter's.
        pub step: i64,
        /// What it said.
        pub verdict: Verdict,
        /// The post that signed here, or that recorded the paper.
        pub post_id: Uuid,
        /// The person of that post.
        pub person_id: Uuid,
        /// When it was entered.
        pub at: Moment,
        /// Who signed on paper.
        pub paper_signer_post_id: Option<Uuid>,
        /// When it was signed on paper.
        pub paper_signed_on: Option<Day>,
        /// What was written beside it.
        pub note: String,
    }
}

table! {
    /// A proposal.
    pub struct ProposalRow: Record "proposals" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The proposal.
        pub id: Uuid,
        /// For which batch.
        pub batch_id: Uuid,
        /// By which unit.
        pub unit_id: Uuid,
        /// By which post.
        pub post_id: Uuid,
        /// When.
        pub at: Moment,
        /// What it is about.
        pub title: String,
        /// What should be asked.
        pub demand: String,
        /// What became of it.
        pub state: ProposalState,
        /// The answer when it was declined.
        pub answer: String,
    }
}

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
