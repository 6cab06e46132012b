//! The tables of this room.

use journal::{table, word_enum};
use kernel::{Id, Jurisdiction, Moment, SubjectKind};
use uuid::Uuid;

word_enum! {
    /// Whether something has to be done.
    pub enum Needed {
        /// 待办.
        Act = "act",
        /// 知晓.
        Know = "know",
    }
}

table! {
    /// What a seat was told of a fact.
    pub struct MessageRow: Derived "messages" key 4 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The seat's word: `chief`, `officer`, `leaders`, `head`, `liaison`, `line`, `post`.
        pub seat: String,
        /// The unit, line or post of the seat; the city for seats of the whole city.
        pub owner_id: Uuid,
        /// The place of the fact.
        pub seq: i64,
        /// The kind of the fact.
        pub kind: String,
        /// Whether something has to be done.
        pub need: Needed,
        /// Whether it does not wait for the daily digest.
        pub urgent: bool,
        /// When it happened.
        pub at: Moment,
        /// What opens when it is followed.
        pub subject_kind: SubjectKind,
        /// Which one.
        pub subject_id: Uuid,
        /// The subject of the fact, by which it is settled.
        pub cause_id: Uuid,
        /// What it is about.
        pub about_zh: String,
        /// The same in English.
        pub about_en: String,
        /// What happened, and what is asked.
        pub zh: String,
        /// The same in English.
        pub en: String,
        /// The unit concerned.
        pub unit_id: Option<Uuid>,
        /// The line of work concerned.
        pub line_id: Option<Uuid>,
        /// The place of the fact by which nothing is asked any more.
        pub settled_by: Option<i64>,
    }
}

table! {
    /// Up to which place everything in a tray was read.
    pub(crate) struct ReadMarkRow: Operational "read_marks" key 3 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) seat: String,
        pub(crate) owner_id: Uuid,
        pub(crate) read_to: i64,
    }
}

table! {
    /// What was read beyond that place.
    pub(crate) struct ReadMessageRow: Operational "read_messages" key 4 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) seat: String,
        pub(crate) owner_id: Uuid,
        pub(crate) seq: i64,
    }
}
