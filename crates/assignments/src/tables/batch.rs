//! The tables of batches: drafts, lines, sign-offs, proposals.

use journal::table;
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::states::{
    BatchKind, BatchState, Importance, ProposalState, Rhythm, UnitRole, Urgency, Verdict, Verifier,
};

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
        /// The code of its handling profile.
        pub profile: String,
        /// The day on which reports close: 1–7 each week, 1–28 each month.
        pub report_day: i64,
        /// The hour of it, 1–24.
        pub report_hour: i64,
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
        /// 责任岗位及电话.
        pub responsible: String,
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
    /// The scan of a paper that was signed.
    pub struct ScanRow: Record "sign_off_scans" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The batch.
        pub batch_id: Uuid,
        /// The file.
        pub id: Uuid,
        /// The sign-off it proves.
        pub sign_off_id: Uuid,
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
    /// 办理规程: who verifies and how soon everybody answers.
    pub struct ProfileRow: Record "profiles" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// Its code: the word of a way of verifying, or an identifier.
        pub code: String,
        /// Its name.
        pub name: String,
        /// Who verifies.
        pub verifier: Verifier,
        /// Working days in which a unit may hand back.
        pub hand_back_days: i64,
        /// Working days in which the bureau answers requests.
        pub answer_days: i64,
        /// Working days in which the bureau verifies.
        pub verify_days: i64,
        /// Whether it is offered for new items.
        pub in_use: bool,
        /// Its place.
        pub sort: i64,
    }
}
