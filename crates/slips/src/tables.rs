//! The tables of this room and their words.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;

use assignments::tables::Verdict;

word_enum! {
    /// The colour of a slip. Cities order them differently, so the ladder says which comes when.
    pub enum Colour {
        /// 蓝色.
        Blue = "blue",
        /// 黄色.
        Yellow = "yellow",
        /// 橙色.
        Orange = "orange",
        /// 红色.
        Red = "red",
    }
}

word_enum! {
    /// Whose signature is the last before a slip is issued.
    pub enum Signer {
        /// The chief of the bureau.
        Chief = "chief",
        /// The leader of the item's line of work, after the chief.
        Leader = "leader",
    }
}

word_enum! {
    /// How far a slip has come.
    pub enum SlipState {
        /// 拟稿: proposed by the program or drafted by an officer.
        Draft = "draft",
        /// 审签中.
        InReview = "in_review",
        /// 已审定: to be issued.
        Approved = "approved",
        /// 待回执.
        Issued = "issued",
        /// 回执待单位审签: written by the liaison.
        Prepared = "prepared",
        /// 回执待核.
        Answered = "answered",
        /// 已销号: the answer was accepted.
        Closed = "closed",
        /// 已升级: the next colour was issued in its place.
        Superseded = "superseded",
        /// 已撤销.
        Withdrawn = "withdrawn",
    }
}

table! {
    /// The ladder, each time it was set.
    pub struct LadderRow: Record "ladders" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// Its version, from 1.
        pub version: i64,
        /// When it was set.
        pub set_on: Day,
        /// How many steps it has.
        pub steps_count: i64,
        /// At which step urgent items begin.
        pub urgent_from: i64,
        /// At which step express items begin.
        pub express_from: i64,
        /// At which step leaders' matters begin.
        pub raised_from: i64,
    }
}

table! {
    /// A step of a ladder.
    pub struct LadderStepRow: Record "ladder_steps" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The ladder.
        pub version: i64,
        /// Its place, from 1.
        pub n: i64,
        /// Its colour.
        pub colour: Colour,
        /// Working days after the due day, or after the former slip's own deadline.
        pub after_days: i64,
        /// Working days in which the unit answers.
        pub answer_days: i64,
        /// Who signs last.
        pub signer: Signer,
        /// 逾期后果, as the slip says it.
        pub consequence: String,
    }
}

table! {
    /// A supervision slip.
    pub struct SlipRow: Record "slips" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The slip.
        pub id: Uuid,
        /// The assignment it is about.
        pub assignment_id: Uuid,
        /// 被督办单位.
        pub unit_id: Uuid,
        /// Its step of the ladder.
        pub n: i64,
        /// The version of the ladder; 0 when the city had set none.
        pub ladder: i64,
        /// Its colour.
        pub colour: Colour,
        /// Working days in which the unit answers.
        pub answer_days: i64,
        /// Who signs last.
        pub signer: Signer,
        /// Whether an officer drafted it, not the program.
        pub by_hand: bool,
        /// How far it has come.
        pub state: SlipState,
        /// The step of the sign-off chain that it waits for.
        pub step: i64,
        /// The item's due day when it was drafted; a slip never moves it.
        pub item_due_on: Day,
        /// When it was drafted.
        pub opened_on: Day,
        /// 核实的现状.
        pub finding: String,
        /// 督办要求.
        pub demand: String,
        /// 逾期后果.
        pub consequence: String,
        /// 抄送.
        pub copies: String,
        /// The year of its number.
        pub year: Option<i64>,
        /// 编号 in the year, without gap.
        pub number: Option<i64>,
        /// 第几次 for this item and unit.
        pub time: Option<i64>,
        /// When it was issued.
        pub issued_on: Option<Day>,
        /// 反馈期限.
        pub answer_by: Option<Day>,
        /// When the answer that counts now was signed.
        pub answered_on: Option<Day>,
        /// When it was closed, superseded or withdrawn.
        pub ended_on: Option<Day>,
        /// The place of the journal at which it was issued.
        pub issued_seq: Option<i64>,
        /// The place of the journal at which it was withdrawn.
        pub withdrawn_seq: Option<i64>,
    }
}

table! {
    /// Which slip stands on which step for a due day of an item.
    pub struct StageRow: Record "slip_stages" key 5 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The unit.
        pub unit_id: Uuid,
        /// The due day that was missed.
        pub item_due_on: Day,
        /// The step of the ladder.
        pub n: i64,
        /// The slip.
        pub slip_id: Uuid,
    }
}

table! {
    /// A signature in the chain of a slip.
    pub struct SlipSignRow: Record "slip_signs" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The signature.
        pub id: Uuid,
        /// The slip.
        pub slip_id: Uuid,
        /// The step of the chain, 0 for sending.
        pub step: i64,
        /// The post that signed.
        pub post_id: Uuid,
        /// The person who signed, or for whom it was signed.
        pub person_id: Uuid,
        /// When.
        pub at: Moment,
        /// What it said.
        pub verdict: Verdict,
        /// In words.
        pub note: String,
        /// Who signed on paper, when it was entered for them.
        pub paper_signer_post_id: Option<Uuid>,
        /// The day on the paper.
        pub paper_signed_on: Option<Day>,
    }
}

table! {
    /// The scan of a paper on which a step of the chain was signed.
    pub struct SignScanRow: Record "slip_sign_scans" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The slip.
        pub slip_id: Uuid,
        /// The file.
        pub id: Uuid,
        /// The signature it proves.
        pub sign_id: Uuid,
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
    /// 回执.
    pub struct AnswerRow: Record "slip_answers" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The answer.
        pub id: Uuid,
        /// The slip.
        pub slip_id: Uuid,
        /// The post that wrote it.
        pub post_id: Uuid,
        /// When.
        pub written_at: Moment,
        /// What was put right.
        pub done: String,
        /// The post that is responsible.
        pub responsible_post_id: Uuid,
        /// The head who signed it.
        pub signed_by: Option<Uuid>,
        /// The person who signed it.
        pub signed_person_id: Option<Uuid>,
        /// When.
        pub signed_on: Option<Day>,
        /// What became of it: the head's or the bureau's word.
        pub verdict: Option<Verdict>,
        /// In words.
        pub words: String,
        /// The post of the bureau that judged it.
        pub judged_by: Option<Uuid>,
        /// When.
        pub judged_on: Option<Day>,
        /// The head who signed on paper, when it was entered for them.
        pub paper_signer_post_id: Option<Uuid>,
    }
}

table! {
    /// The scan of a paper on which an answer was signed.
    pub struct AnswerScanRow: Record "slip_answer_scans" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The slip.
        pub slip_id: Uuid,
        /// The file.
        pub id: Uuid,
        /// The answer it proves.
        pub answer_id: Uuid,
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
    /// A reminder of a due day.
    pub struct ReminderRow: Record "reminders" key 5 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The unit reminded.
        pub unit_id: Uuid,
        /// The due day it was reminded of.
        pub due_on: Day,
        /// Its stage: working days before the due day; -1 is after it.
        pub days: i64,
        /// When.
        pub reminded_on: Day,
        /// Whether a co-unit was reminded of its own part.
        pub co: bool,
    }
}

table! {
    /// A closing that passed without a report.
    pub struct MissedRow: Record "missed_reports" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The assignment.
        pub assignment_id: Uuid,
        /// The closing day.
        pub closed_on: Day,
        /// The unit that owed it.
        pub unit_id: Uuid,
        /// When it was found.
        pub found_on: Day,
    }
}

table! {
    /// A stopped clock that is to be looked at again.
    pub struct DueReviewRow: Record "due_reviews" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The stop.
        pub stop_id: Uuid,
        /// Its assignment.
        pub assignment_id: Uuid,
        /// The day of the review.
        pub review_on: Day,
        /// When it was found due.
        pub found_on: Day,
    }
}

table! {
    /// The last jump of a machine's clock.
    pub struct ClockJumpRow: Operational "clock_jumps" key 1 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// When it was seen, by the clock after it.
        pub seen_at: Moment,
        /// By how many seconds the clock jumped; backwards below zero.
        pub jump_secs: i64,
        /// Until when nothing is done by the clock.
        pub paused_until: Moment,
    }
}
