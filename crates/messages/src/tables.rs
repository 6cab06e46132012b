//! The tables of this room.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment, SubjectKind};
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

word_enum! {
    /// By which way something leaves the program.
    pub enum Channel {
        /// 邮件.
        Mail = "mail",
        /// 接口推送, to a gateway of the office.
        Webhook = "webhook",
    }
}

word_enum! {
    /// What leaves the program.
    pub enum Parcel {
        /// 每日摘要.
        Digest = "digest",
        /// 急件提醒.
        Urgent = "urgent",
        /// 测试消息.
        Test = "test",
    }
}

word_enum! {
    /// How far it has come.
    pub enum Delivery {
        /// 待发送.
        Waiting = "waiting",
        /// 已发送.
        Sent = "sent",
        /// 未送达: given up.
        Failed = "failed",
    }
}

table! {
    /// What leaves the program by one channel for one post.
    pub(crate) struct OutboxRow: Operational "outbox" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) channel: Channel,
        pub(crate) kind: Parcel,
        /// What it is, so that it is put here once only: `digest/mail/<post>/2021-11-01`.
        pub(crate) mark: String,
        /// For whom. The address is looked up when it is sent, so no personal value stands here.
        pub(crate) post_id: Uuid,
        /// What it says: a letter as JSON.
        pub(crate) content: String,
        pub(crate) state: Delivery,
        /// How often it was tried since somebody last asked for it.
        pub(crate) tries: i64,
        pub(crate) created_at: Moment,
        pub(crate) next_at: Moment,
        /// Until then somebody is sending it.
        pub(crate) leased_until: Option<Moment>,
        pub(crate) sent_at: Option<Moment>,
        /// Why the last try failed; empty before one has.
        pub(crate) error_zh: String,
        pub(crate) error_en: String,
    }
}

table! {
    /// That a post had its digest of a day.
    pub(crate) struct PostDigestRow: Operational "post_digests" key 3 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) post_id: Uuid,
        pub(crate) day: Day,
        /// Up to which place of the journal it was told.
        pub(crate) seq: i64,
    }
}

table! {
    /// Which node sends for a city.
    pub(crate) struct SendingTurnRow: Operational "sending_turns" key 1 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) holder: Option<Uuid>,
        pub(crate) leased_until: Option<Moment>,
        /// Up to which place urgent messages were put into the outbox.
        pub(crate) urgent_seq: i64,
    }
}
