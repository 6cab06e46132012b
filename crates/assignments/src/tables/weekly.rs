//! The tables of weekly answers.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;

word_enum! {
    /// How far a weekly answer has come.
    pub enum WeeklyState {
        /// 待签发: handed in by the liaison, to be signed by the head.
        Prepared = "prepared",
        /// 退回: sent back to the liaison.
        Returned = "returned",
        /// 已签发: each row is a report.
        Signed = "signed",
    }
}

table! {
    /// A unit's answer of a week.
    pub struct WeeklyAnswerRow: Record "weekly_answers" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The answer.
        pub id: Uuid,
        /// The unit that answers.
        pub unit_id: Uuid,
        /// The Monday of its week.
        pub monday: Day,
        /// How far it has come.
        pub state: WeeklyState,
        /// The post that handed it in.
        pub prepared_by: Uuid,
        /// When.
        pub prepared_at: Moment,
        /// The post that signed it, or entered the paper.
        pub signed_by: Option<Uuid>,
        /// When it was signed.
        pub signed_on: Option<Day>,
        /// Who signed on paper.
        pub paper_signer_post_id: Option<Uuid>,
        /// Why it was sent back.
        pub words: String,
    }
}

table! {
    /// What a weekly answer says of one assignment.
    pub struct WeeklyItemRow: Record "weekly_answer_rows" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The answer.
        pub answer_id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// 进展.
        pub done: String,
        /// 完成量 in all.
        pub quantity: Option<i64>,
        /// 存在问题及需协调事项.
        pub blocker: String,
        /// Whether it became a report; not when the assignment had moved on before the signature.
        pub reported: bool,
    }
}

table! {
    /// A file handed in with a weekly answer, until its report names it.
    pub struct WeeklyFileRow: Record "weekly_answer_files" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The answer.
        pub answer_id: Uuid,
        /// The file.
        pub id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
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
    /// The scan of the paper on which a head signed.
    pub struct WeeklyScanRow: Record "weekly_answer_scans" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The answer.
        pub answer_id: Uuid,
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
}

table! {
    /// What a unit has written so far.
    pub struct WeeklyDraftRow: Operational "weekly_drafts" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The unit.
        pub unit_id: Uuid,
        /// The assignment.
        pub assignment_id: Uuid,
        /// `own`, `plan`, `same`, or empty.
        pub how: String,
        /// 进展.
        pub done: String,
        /// 完成量 in all.
        pub quantity: Option<i64>,
        /// 存在问题及需协调事项.
        pub blocker: String,
        /// When.
        pub at: Moment,
    }
}
