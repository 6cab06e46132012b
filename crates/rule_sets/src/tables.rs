//! The tables of this room and their words.

use assignments::tables::Verdict;
use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;

word_enum! {
    /// How far a version of a rule set has come.
    pub enum VersionState {
        /// 起草中.
        Draft = "draft",
        /// 待审核: sent to the chief.
        InCheck = "in_check",
        /// 已审核，待印发: to be adopted by its issued document.
        Agreed = "agreed",
        /// 已印发: its text never changes again.
        Adopted = "adopted",
        /// 已作废: a draft that was given up.
        Discarded = "discarded",
    }
}

table! {
    /// A rule set 考评办法.
    pub struct RuleSetRow: Record "rule_sets" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The rule set.
        pub id: Uuid,
        /// Its code, fixed when it is begun.
        pub code: String,
        /// Its name, as the version says that was adopted last, or else the newest draft.
        pub name: String,
        /// When it was begun.
        pub begun_on: Day,
        /// The first period in which it no longer holds, `2022-01`.
        pub ended_from: Option<String>,
    }
}

table! {
    /// A version of a rule set.
    pub struct VersionRow: Record "rule_set_versions" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The version.
        pub id: Uuid,
        /// The rule set.
        pub rule_set_id: Uuid,
        /// Its number, from 1.
        pub n: i64,
        /// The name in its document.
        pub name: String,
        /// How far it has come.
        pub state: VersionState,
        /// The document as JSON; canonical once it is adopted.
        pub document: String,
        /// YAML that cannot be read yet and was kept all the same; empty when there is none.
        pub source: String,
        /// SHA-256 of the canonical document, once it is adopted.
        pub sha256: String,
        /// When it was begun.
        pub begun_on: Day,
        /// The first period it is in force for, `2021-12`.
        pub from_period: Option<String>,
        /// 文号 of the document by which it was issued.
        pub issued_number: Option<String>,
        /// 印发机关.
        pub issued_office: Option<String>,
        /// 印发日期.
        pub issued_on: Option<Day>,
        /// When it was adopted.
        pub adopted_on: Option<Day>,
        /// The place of the journal at which it was adopted.
        pub adopted_seq: Option<i64>,
    }
}

table! {
    /// Who wrote a version, and so does not check it.
    pub struct WriterRow: Record "rule_set_writers" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The version.
        pub version_id: Uuid,
        /// The person.
        pub person_id: Uuid,
    }
}

table! {
    /// A step of the check: sent, agreed to or returned.
    pub struct CheckRow: Record "rule_set_checks" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The step taken.
        pub id: Uuid,
        /// The version.
        pub version_id: Uuid,
        /// 0 for sending, 1 for the chief's check.
        pub step: i64,
        /// The post that took it.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// When.
        pub at: Moment,
        /// What it said.
        pub verdict: Verdict,
        /// In words.
        pub note: String,
    }
}

table! {
    /// Why a version was adopted in spite of a finding.
    pub struct FindingRow: Record "rule_set_findings" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The version.
        pub version_id: Uuid,
        /// Its place, from 1.
        pub n: i64,
        /// The kind of finding.
        pub kind: String,
        /// The field of the document.
        pub place: String,
        /// What was found, in Chinese.
        pub finding: String,
        /// The same in English.
        pub finding_en: String,
        /// Why it was adopted all the same.
        pub reason: String,
        /// The article of law or the ground on which it was found, in Chinese.
        pub because: String,
        /// The same in English.
        pub because_en: String,
    }
}

table! {
    /// The issued document 印发件.
    pub struct PaperRow: Record "rule_set_papers" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The version.
        pub version_id: Uuid,
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
