//! The tables of this room and their words.

mod consequence;
pub(crate) mod statement;

use assignments::tables::Verdict;
use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment};
use measures::ReviewMonth;
use uuid::Uuid;

pub(crate) use consequence::{ConsequenceRow, FormerDecisionRow};

word_enum! {
    /// How far a review has come.
    pub enum ReviewState {
        /// 取数中: opened, computed by the bureau, shown to no unit.
        Open = "open",
        /// 公示: each unit sees its draft and may contest it.
        Draft = "draft",
        /// 已封存.
        Frozen = "frozen",
        /// 呈批中: with the leader.
        Submitted = "submitted",
        /// 已批准: consequences are being decided.
        Approved = "approved",
        /// 已通报.
        Published = "published",
    }
}

word_enum! {
    /// Why a unit has a place or none.
    pub enum Standing {
        /// Ranked.
        Ranked = "ranked",
        /// 任务不足.
        TooFewTasks = "too_few_tasks",
        /// 无法计分.
        Unscorable = "unscorable",
        /// No item applies.
        NothingApplies = "nothing_applies",
    }
}

word_enum! {
    /// When a figure is contested.
    pub enum Stage {
        /// 异议: of the draft.
        Objection = "objection",
        /// 复核: within 30 days after publication.
        Recheck = "recheck",
    }
}

word_enum! {
    /// What became of it.
    pub enum ObjectionState {
        /// 待处理.
        Open = "open",
        /// 采纳.
        Upheld = "upheld",
        /// 不采纳.
        Refused = "refused",
        /// 撤回 by the unit.
        Withdrawn = "withdrawn",
    }
}

word_enum! {
    /// What the leader decided on a consequence that the rules call for.
    pub enum Decision {
        /// 同意: the award is given, the statement made.
        Taken = "taken",
        /// 不予: an exemption, with its reason.
        Exempt = "exempt",
    }
}

table! {
    /// The review of a month.
    pub struct ReviewRow: Record "reviews" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub id: Uuid,
        /// The month, `2021-10`.
        pub month: ReviewMonth,
        /// The first day of its period.
        pub first_on: Day,
        /// The last day of its period.
        pub last_on: Day,
        /// The last place of the journal that counts.
        pub cut_seq: i64,
        /// How far it has come.
        pub state: ReviewState,
        /// The newest computation; 0 before the first.
        pub computation: i64,
        /// The computation that pages show: the newest and, once it is out, the one published last.
        pub shown: i64,
        /// The computation that units were first shown; 0 before.
        pub draft: i64,
        /// How often it was frozen.
        pub freezes: i64,
        /// The last number given to an objection.
        pub objections: i64,
        /// The last day for objections.
        pub objections_until: Option<Day>,
        /// When it was opened.
        pub opened_on: Day,
        /// When units were shown their drafts.
        pub drafted_on: Option<Day>,
        /// When it was frozen last.
        pub frozen_on: Option<Day>,
        /// When the leader approved it.
        pub approved_on: Option<Day>,
        /// When it was published.
        pub published_on: Option<Day>,
        /// The place of the journal at which it was published.
        pub published_seq: Option<i64>,
        /// The year of the circular's number.
        pub circular_year: Option<i64>,
        /// 督查通报第几期 of the year.
        pub circular_number: Option<i64>,
        /// The cut-off: what was recorded until the end of this day counts; where none is said, the
        /// last day of the period.
        pub cut_on: Option<Day>,
    }
}

impl ReviewRow {
    /// The month in an address of a measure, where the days of the period do not say it alone.
    pub(crate) fn other_month(&self) -> Option<(String, String)> {
        let is_said = [self.first_on, self.last_on].map(ReviewMonth::of) == [self.month; 2];
        (!is_said).then(|| ("month".to_owned(), self.month.to_string()))
    }

    /// 数据截止日.
    pub(crate) fn cut_off(&self) -> Day {
        self.cut_on.unwrap_or(self.last_on)
    }
}

table! {
    /// A version of a rule set by which a review scores.
    pub struct ReviewRuleRow: Record "review_rules" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// The version.
        pub version_id: Uuid,
        /// Its rule set.
        pub rule_set_id: Uuid,
        /// Its place among the rule sets of the review, from 0.
        pub place: i64,
        /// The rule set's code.
        pub code: String,
        /// Its name.
        pub name: String,
        /// SHA-256 of its canonical text, hexadecimal.
        pub digest: String,
    }
}

table! {
    /// Which measure an input of the rules calls.
    pub struct ReviewMeasureRow: Record "review_measures" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// The input as rules write it, `按期办结率(权重=是)`.
        pub call: String,
        /// The measure's word in addresses.
        pub measure: String,
        /// Its version.
        pub version: i64,
        /// Its parameters as an address writes them.
        pub params: String,
    }
}

impl ReviewMeasureRow {
    /// A parameter by its word.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        let mut pairs = self.params.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(word, _)| *word == name).map(|(_, value)| value)
    }

    /// The number of the indicator that it reads, if it does.
    pub(crate) fn indicator(&self) -> Option<i64> {
        self.param("indicator")?.parse().ok()
    }
}

table! {
    /// One computing of a review.
    pub struct ComputationRow: Record "review_computations" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// Which one, from 1.
        pub n: i64,
        /// When.
        pub at: Moment,
        /// The post that computed it.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// The root hash of rules, facts, evidence and scores, hexadecimal.
        pub root: String,
        /// The SM3 hash of the file that holds them, hexadecimal.
        pub hash: String,
        /// The file's length in bytes.
        pub size: i64,
    }
}

table! {
    /// What a unit came to in a computation.
    pub struct ScoreRow: Record "review_scores" key 4 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// The computation.
        pub n: i64,
        /// The unit.
        pub unit_id: Uuid,
        /// The version of the rule set it was scored by.
        pub version_id: Uuid,
        /// Its group by the rules.
        pub group_code: String,
        /// Whether it has a place, and why not.
        pub standing: Standing,
        /// Its total in points, as published.
        pub total: Option<String>,
        /// Its place; a half where ties get the mean.
        pub rank: Option<String>,
        /// How many of its group are ranked.
        pub ranked: i64,
        /// Whether nobody of its group stands behind it, in a group of at least two.
        pub is_last: bool,
    }
}

table! {
    /// A figure that a unit contests.
    pub struct ObjectionRow: Record "objections" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The objection.
        pub id: Uuid,
        /// The review.
        pub review_id: Uuid,
        /// Its number in the review, from 1.
        pub number: i64,
        /// Whether it contests the draft or what was published.
        pub kind: Stage,
        /// What became of it.
        pub state: ObjectionState,
        /// The unit.
        pub unit_id: Uuid,
        /// The item's code.
        pub item: String,
        /// The call of the measure, as the rules write it.
        pub measure: String,
        /// The reason.
        pub said: String,
        /// The post that filed it.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// When.
        pub filed_on: Day,
        /// By when it is to be decided.
        pub decide_by: Day,
        /// The decision in words.
        pub words: String,
        /// What changes in this review, canonical JSON of [`rules::facts::Change`]; empty when nothing does.
        pub change: String,
        /// The post that decided it.
        pub decided_by: Option<Uuid>,
        /// The person.
        pub decided_person_id: Option<Uuid>,
        /// When.
        pub decided_on: Option<Day>,
        /// When the bureau was told that its answer is due soon.
        pub due_told_on: Option<Day>,
        /// When the bureau was told that its answer is late.
        pub late_told_on: Option<Day>,
    }
}

table! {
    /// A file with which a unit supports an objection.
    pub struct ObjectionFileRow: Record "objection_files" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The objection.
        pub objection_id: Uuid,
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
    /// What was frozen.
    pub struct FreezeRow: Record "review_freezes" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// Which freeze of the review, from 1.
        pub n: i64,
        /// The computation that was frozen.
        pub computation: i64,
        /// The root hash, hexadecimal.
        pub root: String,
        /// The root of the month before, hexadecimal.
        pub previous: Option<String>,
        /// The head of the journal, `seq:hash`.
        pub head: String,
        /// When.
        pub frozen_on: Day,
        /// The post.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// Why it was frozen again; empty the first time.
        pub why: String,
        /// The place of the journal at which it was frozen.
        pub seq: i64,
    }
}

table! {
    /// A correction of what was published, approved and published like it.
    pub struct ErratumRow: Record "review_errata" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// Its number in the review, from 1.
        pub n: i64,
        /// The freeze that holds since.
        pub freeze_n: i64,
        /// The computing that was published before.
        pub before_n: i64,
        /// The computing that holds since.
        pub after_n: i64,
        /// When it was published.
        pub corrected_on: Day,
        /// The post that published it.
        pub post_id: Uuid,
        /// The place of the journal at which it was published.
        pub seq: i64,
    }
}

table! {
    /// A step of the approval.
    pub struct ReviewSignRow: Record "review_signs" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The signature.
        pub id: Uuid,
        /// The review.
        pub review_id: Uuid,
        /// The freeze it is about.
        pub freeze_n: i64,
        /// 0 submitted by the bureau, 1 the leader's word.
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
    /// The scan of a paper on which a review was approved.
    pub struct ReviewScanRow: Record "review_sign_scans" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
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
    /// A unit that a review scores, and by which group: settled when it was opened.
    pub struct MemberRow: Record "review_members" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// The unit.
        pub unit_id: Uuid,
        /// Its place in the city's list of units.
        pub place: i64,
        /// The peer group's name, as the rules write it.
        pub group_name: String,
    }
}
