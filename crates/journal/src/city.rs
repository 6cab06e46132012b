//! The journal's own facts: a city founded, its clock set, a value sealed or erased, a restore.

use kernel::{Id, Jurisdiction, Subject, SubjectKind};
use uuid::Uuid;

use crate::entry::unhex;
use crate::room::{Boxed, Migration, Room};
use crate::{Act, Entry, Fact as _, Hash, Result, Row as _, Tables, args, facts, hex, table};

table! {
    /// A city whose data this is.
    pub struct JurisdictionRow: Record "jurisdictions" key 1 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// Its name, 漯河市.
        pub name: String,
        /// Its time zone, `Asia/Shanghai`.
        pub zone: String,
        /// How far the city's own clock is from the machine's, in microseconds; 0 but for a demo.
        pub clock_offset_us: i64,
    }
}

table! {
    /// What is known of a sealed value.
    pub(crate) struct SealRow: Record "seals" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// Whose value it is, a person or an account.
        pub owner_id: Uuid,
        /// Which value, `name` or `phone`.
        pub field: String,
        /// The salted hash.
        pub hash: Vec<u8>,
        /// Whether value and salt were erased.
        pub erased: bool,
    }
}

table! {
    /// A sealed value: personal data that can be erased without breaking the chain.
    pub(crate) struct SealedRow: Sealed "sealed_values" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// Whose value it is.
        pub owner_id: Uuid,
        /// Which value.
        pub field: String,
        /// The value itself.
        pub value: String,
        /// The random salt of its hash.
        pub salt: Vec<u8>,
    }
}

table! {
    /// How one subject is tied to another, for display backwards.
    pub struct LinkRow: Record "links" key 4 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// From the subject further right.
        pub from_id: Uuid,
        /// To the subject further left.
        pub to_id: Uuid,
        /// What the link means, `follows_up`.
        pub kind: String,
        /// The kind of the first.
        pub from_kind: SubjectKind,
        /// The kind of the second.
        pub to_kind: SubjectKind,
    }
}

table! {
    /// The last entry of each journal.
    pub(crate) struct HeadRow: Operational "heads" key 1 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) seq: i64,
        pub(crate) hash: Vec<u8>,
        pub(crate) at: kernel::Moment,
    }
}

table! {
    /// A key that was used, and for which body.
    pub(crate) struct ActKeyRow: Operational "act_keys" key 3 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) actor: Uuid,
        pub(crate) act_id: Uuid,
        pub(crate) body_hash: Vec<u8>,
        pub(crate) first_seq: i64,
    }
}

table! {
    /// How far a follower has read.
    pub(crate) struct FollowerRow: Operational "followers" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) name: String,
        pub(crate) seq: i64,
        pub(crate) holder: Option<Uuid>,
        pub(crate) lease_until: Option<kernel::Moment>,
    }
}

facts! {
    /// Facts about the city as a whole and about sealed values.
    pub enum Fact {
        /// The city exists.
        "jurisdiction_founded" Founded {
            /// Its name.
            name: String,
            /// Its time zone.
            zone: String,
        },
        /// The city's clock was set apart from the machine's.
        "clock_set" ClockSet {
            /// Microseconds to add to the machine's clock.
            offset_us: i64,
        },
        /// The database was restored from a backup with this head.
        "restored" Restored {
            /// The head of the backup, `seq:hash`.
            head: String,
        },
        /// A personal value was entered; only its salted hash stands here.
        "value_sealed" Sealed {
            /// Whose.
            owner: Uuid,
            /// Which.
            field: String,
            /// SM3 of salt and value, hexadecimal.
            hash: String,
        },
        /// A personal value and its salt were erased.
        "value_erased" Erased {
            /// Whose.
            owner: Uuid,
            /// Which.
            field: String,
        },
        /// A subject was tied to another.
        "subjects_linked" Linked {
            /// From the subject further right.
            from: Subject,
            /// To the subject further left.
            to: Subject,
            /// What the link means.
            kind: String,
        },
    }
}

pub(crate) const ROOM: Room = Room {
    name: "journal",
    migrations: &[Migration {
        name: "0001_journal",
        sql: include_str!("../migrations/0001_journal.sql"),
    }],
    tables: &[
        JurisdictionRow::SPEC,
        SealRow::SPEC,
        SealedRow::SPEC,
        LinkRow::SPEC,
        HeadRow::SPEC,
        ActKeyRow::SPEC,
        FollowerRow::SPEC,
    ],
    blobs: &[],
    kinds: Fact::KINDS,
    apply,
};

fn apply<'a>(entry: &'a Entry, tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let jurisdiction_id = entry.jurisdiction;
        match Fact::join(&entry.kind, &entry.payload)? {
            Fact::Founded { name, zone } => {
                let row = JurisdictionRow { jurisdiction_id, name, zone, clock_offset_us: 0 };
                tables.insert(&row).await
            }
            Fact::ClockSet { offset_us } => {
                let row: JurisdictionRow = tables.get(args![jurisdiction_id]).await?;
                tables.replace(&JurisdictionRow { clock_offset_us: offset_us, ..row }).await
            }
            Fact::Restored { .. } => Ok(()),
            Fact::Sealed { owner, field, hash } => {
                let hash = unhex(&hash)?;
                let row = SealRow { jurisdiction_id, owner_id: owner, field, hash, erased: false };
                tables.put(&row).await
            }
            Fact::Erased { owner, field } => {
                let row: SealRow = tables.get(args![jurisdiction_id, owner, field]).await?;
                tables.replace(&SealRow { erased: true, ..row }).await
            }
            Fact::Linked { from, to, kind } => {
                tables
                    .put(&LinkRow {
                        jurisdiction_id,
                        from_id: from.id,
                        to_id: to.id,
                        kind,
                        from_kind: from.kind,
                        to_kind: to.kind,
                    })
                    .await
            }
        }
    })
}

/// Whether a fact of this kind changes the zone or the clock by which a city's acts are dated.
pub(crate) fn resettles(kind: &str) -> bool {
    matches!(kind, "jurisdiction_founded" | "clock_set")
}

/// The salted hash of a sealed value.
pub(crate) fn seal_hash(salt: &[u8], value: &str) -> Hash {
    crate::sm3(&[salt, value.as_bytes()])
}

impl Act {
    /// Stores a personal value and records its salted hash.
    pub async fn seal(&mut self, subject: Subject, field: &str, value: &str) -> Result<()> {
        let mut salt = vec![0_u8; 16];
        getrandom::fill(&mut salt).map_err(crate::Error::fault)?;
        let hash = hex(&seal_hash(&salt, value));
        let row = SealedRow {
            jurisdiction_id: self.jurisdiction(),
            owner_id: subject.id,
            field: field.to_owned(),
            value: value.to_owned(),
            salt,
        };
        // Outside `apply`, because the value must never stand in the journal.
        Tables::new(self.tx()).put(&row).await?;
        let fact = Fact::Sealed { owner: subject.id, field: field.to_owned(), hash };
        self.record(subject, &fact).await
    }

    /// Erases a personal value and its salt; the chain keeps only that it was there.
    pub async fn erase(&mut self, subject: Subject, field: &str) -> Result<()> {
        let key = args![self.jurisdiction(), subject.id, field.to_owned()].to_vec();
        Tables::new(self.tx()).remove::<SealedRow>(&key).await?;
        self.record(subject, &Fact::Erased { owner: subject.id, field: field.to_owned() }).await
    }
}
