//! The tables of this room and their words.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment};
use measures::ReviewMonth;
use uuid::Uuid;

word_enum! {
    /// What is entered of an indicator.
    pub enum Kind {
        /// 数值: one number for each unit and month.
        Number = "number",
        /// 比率: a numerator and a denominator.
        Rate = "rate",
        /// 事件: each one is a record of its own; none is 0.
        Event = "event",
    }
}

word_enum! {
    /// Which values are better.
    pub enum Better {
        /// The more, the better.
        High = "high",
        /// The less, the better.
        Low = "low",
        /// Neither.
        Neither = "neither",
    }
}

word_enum! {
    /// How far a value has come.
    pub enum State {
        /// 待核对.
        Entered = "entered",
        /// 已核对: it counts and its unit sees it.
        Checked = "checked",
        /// 已退回 by who checked it.
        Returned = "returned",
        /// 已更正: another vintage stands in its place.
        Superseded = "superseded",
        /// 已撤销.
        Withdrawn = "withdrawn",
    }
}

table! {
    /// An indicator.
    pub struct IndicatorRow: Record "indicators" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The indicator.
        pub id: Uuid,
        /// Its number in the city, the parameter of the measures that read it.
        pub number: i64,
        /// Its code in a plan of statistics, if it has one.
        pub code: String,
        /// Its Chinese name, by which rule sets call it.
        pub name: String,
        /// Its English name.
        pub name_en: String,
        /// What it says.
        pub definition: String,
        /// 计量单位.
        pub measured_in: String,
        /// What is entered.
        pub kind: Kind,
        /// The department that enters it; none when the bureau does.
        pub department_id: Option<Uuid>,
        /// Where its values come from: which bulletin.
        pub source: String,
        /// Which values are better.
        pub better: Better,
        /// Its place in lists.
        pub sort: i64,
        /// The first month of review that it has values for.
        pub valid_from: ReviewMonth,
        /// The last one, when it was ended.
        pub valid_to: Option<ReviewMonth>,
    }
}

table! {
    /// A peer group whose units have values of an indicator.
    pub struct IndicatorGroupRow: Record "indicator_groups" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The indicator.
        pub indicator_id: Uuid,
        /// The group.
        pub group_id: Uuid,
    }
}

table! {
    /// One indicator in one month of review.
    pub struct SheetRow: Record "indicator_sheets" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The sheet.
        pub id: Uuid,
        /// The indicator.
        pub indicator_id: Uuid,
        /// The month.
        pub month: ReviewMonth,
    }
}

table! {
    /// A document from which values were taken.
    pub struct SourceRow: Record "source_documents" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The document.
        pub id: Uuid,
        /// Its title.
        pub title: String,
        /// 文号, if it has one.
        pub reference: String,
        /// Its day.
        pub issued_on: Day,
    }
}

table! {
    /// A file of a source document.
    pub struct SourceFileRow: Record "source_files" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The document.
        pub source_id: Uuid,
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
    /// A value as it was entered: what it says never changes, a correction is another vintage.
    pub struct ObservationRow: Record "observations" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// This vintage.
        pub id: Uuid,
        /// The first vintage of the same value.
        pub first_id: Uuid,
        /// Which vintage it is, from 1.
        pub n: i64,
        /// The indicator.
        pub indicator_id: Uuid,
        /// The unit.
        pub unit_id: Uuid,
        /// The month of review in which it counts.
        pub month: ReviewMonth,
        /// The calendar month of the figure itself, `2021-09`; empty when it is the same.
        pub reported: String,
        /// The number, or the rate's numerator, in ten-thousandths.
        pub numerator: Option<i64>,
        /// The rate's denominator, in ten-thousandths.
        pub denominator: Option<i64>,
        /// Why there is none 暂缺; empty when there is one.
        pub missing: String,
        /// The day of an event.
        pub happened_on: Option<Day>,
        /// What happened.
        pub happening: String,
        /// The document it was taken from.
        pub source_id: Uuid,
        /// How far it has come.
        pub state: State,
        /// Why a former value was corrected.
        pub reason: String,
        /// The post that entered it.
        pub entered_by: Uuid,
        /// The person who did.
        pub entered_person_id: Uuid,
        /// For whom, when it was a stand-in.
        pub entered_for_id: Option<Uuid>,
        /// When.
        pub entered_on: Day,
        /// The post that checked or returned it.
        pub checked_by: Option<Uuid>,
        /// The person who did.
        pub checked_person_id: Option<Uuid>,
        /// When; from then on its unit sees it.
        pub checked_on: Option<Day>,
        /// What was said when it was returned.
        pub remark: String,
        /// The post that withdrew it.
        pub withdrawn_by: Option<Uuid>,
        /// When.
        pub withdrawn_on: Option<Day>,
        /// Why.
        pub withdrawal: String,
        /// The place of the journal from which it counts.
        pub from_seq: Option<i64>,
        /// The place from which it counts no longer.
        pub to_seq: Option<i64>,
    }
}

table! {
    /// What was typed into a row of a sheet and not entered yet.
    pub struct DraftRow: Operational "indicator_drafts" key 5 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The unit that is entering.
        pub owner_id: Uuid,
        /// The indicator.
        pub indicator_id: Uuid,
        /// The month.
        pub month: ReviewMonth,
        /// The unit whose value it is.
        pub unit_id: Uuid,
        /// The number or numerator as typed.
        pub numerator: String,
        /// The denominator as typed.
        pub denominator: String,
        /// Why it is missing.
        pub missing: String,
        /// When.
        pub at: Moment,
    }
}
