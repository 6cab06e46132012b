//! One entry of the journal and its hash.

use kernel::{Id, Jurisdiction, Moment, Subject, SubjectKind};
use sm3::{Digest, Sm3};
use uuid::Uuid;

use crate::value::ColumnType;
use crate::{Column, ColumnSpec, Error, FromRow, Result, RowRef, TableKind, TableSpec, Value};

/// An SM3 digest (GB/T 32905).
pub type Hash = [u8; 32];

/// The predecessor of the first entry.
pub(crate) const ORIGIN: Hash = [0; 32];

/// Named inside every hash, so that another algorithm or encoding can follow without doubt.
const ENCODING: &[u8] = b"duban-fact-1/sm3";

/// A fact as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The city.
    pub jurisdiction: Id<Jurisdiction>,
    /// Its place, from 1 without gap.
    pub seq: i64,
    /// When, by the city's own clock; never earlier than the entry before.
    pub at: Moment,
    /// The act that left it; several facts may share it.
    pub act_id: Uuid,
    /// The act's name, `assignments.report`.
    pub act: String,
    /// The post that acted; nil for the program itself.
    pub actor: Uuid,
    /// The post for which it acted.
    pub on_behalf_of: Option<Uuid>,
    /// What kind of fact, `assignment_reported`.
    pub kind: String,
    /// What it is about.
    pub subject: Subject,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// Canonical JSON of the typed fact: fields in declared order, no floats, no maps.
    pub payload: Vec<u8>,
    /// The hash of the entry before.
    pub prev_hash: Hash,
    /// The hash of this entry.
    pub hash: Hash,
}

impl Entry {
    /// All columns, in the order in which [`Entry::from_row`] reads them.
    pub const COLUMNS: &'static str = "jurisdiction_id, seq, at, act_id, act, actor, on_behalf_of, \
        kind, subject_kind, subject_id, reason, payload, prev_hash, hash";

    /// The hash over every other field, each with its length in front.
    pub fn digest(&self) -> Hash {
        // In one piece: hashing field by field costs as much again as the hash.
        let mut whole = Vec::with_capacity(512 + self.payload.len());
        let mut put = |bytes: &[u8]| {
            whole.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            whole.extend_from_slice(bytes);
        };
        put(ENCODING);
        put(self.jurisdiction.uuid().as_bytes());
        put(&self.seq.to_be_bytes());
        put(&self.at.micros().to_be_bytes());
        put(self.act_id.as_bytes());
        put(self.act.as_bytes());
        put(self.actor.as_bytes());
        put(self.on_behalf_of.as_ref().map_or(&[][..], |id| id.as_bytes()));
        put(self.kind.as_bytes());
        put(self.subject.kind.word().as_bytes());
        put(self.subject.id.as_bytes());
        // An empty reason and none differ.
        put(if self.reason.is_some() { &[1] } else { &[0] });
        put(self.reason.as_deref().unwrap_or_default().as_bytes());
        put(&self.payload);
        put(&self.prev_hash);
        Sm3::digest(&whole).into()
    }

    /// The values of all columns, in the order of [`Entry::COLUMNS`].
    pub(crate) fn values(&self) -> Vec<Value> {
        vec![
            self.jurisdiction.value(),
            self.seq.value(),
            self.at.value(),
            self.act_id.value(),
            self.act.value(),
            self.actor.value(),
            self.on_behalf_of.value(),
            self.kind.value(),
            self.subject.kind.value(),
            self.subject.id.value(),
            self.reason.value(),
            self.payload.value(),
            Value::Bytes(self.prev_hash.to_vec()),
            Value::Bytes(self.hash.to_vec()),
        ]
    }
}

impl FromRow for Entry {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        Ok(Self {
            jurisdiction: row.get(0)?,
            seq: row.get(1)?,
            at: row.get(2)?,
            act_id: row.get(3)?,
            act: row.get(4)?,
            actor: row.get(5)?,
            on_behalf_of: row.get(6)?,
            kind: row.get(7)?,
            subject: Subject::new(row.get::<SubjectKind>(8)?, row.get(9)?),
            reason: row.get(10)?,
            payload: row.get(11)?,
            prev_hash: row.get::<Stored>(12)?.0,
            hash: row.get::<Stored>(13)?.0,
        })
    }
}

/// The journal's table, for those that read it as values.
pub const FACTS: TableSpec = {
    const fn column(name: &'static str, ty: ColumnType) -> ColumnSpec {
        ColumnSpec { name, ty, nullable: false }
    }
    TableSpec {
        name: "facts",
        kind: TableKind::Record,
        columns: &[
            column("jurisdiction_id", ColumnType::Uuid),
            column("seq", ColumnType::Int),
            column("at", ColumnType::Moment),
            column("act_id", ColumnType::Uuid),
            column("act", ColumnType::Text),
            column("actor", ColumnType::Uuid),
            ColumnSpec { nullable: true, ..column("on_behalf_of", ColumnType::Uuid) },
            column("kind", ColumnType::Text),
            column("subject_kind", ColumnType::Text),
            column("subject_id", ColumnType::Uuid),
            ColumnSpec { nullable: true, ..column("reason", ColumnType::Text) },
            column("payload", ColumnType::Bytes),
            column("prev_hash", ColumnType::Bytes),
            column("hash", ColumnType::Bytes),
        ],
        key: 2,
    }
};

/// The last entry's place and hash: what is printed on paper as `seq:hash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub seq: i64,
    /// The hash of the last.
    pub hash: Hash,
    /// When it was made.
    pub at: Moment,
}

impl Head {
    /// The head of an empty journal.
    pub fn origin() -> Self {
        Self { seq: 0, hash: ORIGIN, at: Moment::from_micros(0) }
    }
}

impl std::str::FromStr for Head {
    type Err = Error;

    /// Reads what is printed on paper, `seq:hash`; the moment is not printed.
    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::fault(format!("not a head, seq:hash: {text:.120}"));
        let (seq, hash) = text.trim().split_once(':').ok_or_else(bad)?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0).ok_or_else(bad)?;
        let hash = unhex(hash)?.try_into().map_err(|_length| bad())?;
        Ok(Self { seq, hash, at: Moment::from_micros(0) })
    }
}

impl FromRow for Head {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        Ok(Self { seq: row.get(0)?, hash: row.get::<Stored>(1)?.0, at: row.get(2)? })
    }
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, hex(&self.hash))
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of hexadecimal.
pub fn unhex(text: &str) -> Result<Vec<u8>> {
    let bad = || Error::fault(format!("not hexadecimal: {text:.80}"));
    let half = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return Err(bad());
    }
    let byte = |&[a, b]: &[u8; 2]| Some(half(a)? << 4 | half(b)?);
    pairs.iter().map(|pair| byte(pair).ok_or_else(bad)).collect()
}

/// A stored hash; one of another length becomes a value that no chain accepts.
struct Stored(Hash);

impl Column for Stored {
    const TYPE: ColumnType = ColumnType::Bytes;

    fn read(row: &RowRef<'_>, i: usize) -> Result<Self> {
        Ok(Self(row.bytes(i)?.try_into().unwrap_or([0xff; 32])))
    }

    fn value(&self) -> Value {
        Value::Bytes(self.0.to_vec())
    }
}

/// The SM3 digest of some bytes.
pub fn sm3(parts: &[&[u8]]) -> Hash {
    let mut sm3 = Sm3::new();
    for part in parts {
        sm3.update(part);
    }
    sm3.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{Entry, Head, ORIGIN, hex, sm3};
    use kernel::{Id, Moment, Subject, SubjectKind};
    use uuid::Uuid;

    fn entry() -> Entry {
        Entry {
            jurisdiction: Id::from(Uuid::from_u128(1)),
            seq: 1,
            at: Moment::from_micros(5),
            act_id: Uuid::from_u128(2),
            act: "a".into(),
            actor: Uuid::nil(),
            on_behalf_of: None,
            kind: "k".into(),
            subject: Subject::new(SubjectKind::Unit, Uuid::from_u128(3)),
            reason: None,
            payload: b"{}".to_vec(),
            prev_hash: ORIGIN,
            hash: ORIGIN,
        }
    }

    #[test]
    fn sm3_gives_the_vector_of_the_standard() {
        let expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
        assert_eq!(hex(&sm3(&[b"abc"])), expected);
    }

    #[test]
    fn a_printed_head_reads_back() {
        let head = Head { seq: 42, hash: sm3(&[b"abc"]), at: Moment::from_micros(0) };
        assert_eq!(head.to_string().parse::<Head>().unwrap(), head);
        for bad in ["", "42", "42:", "42:6", "42:66c7", "-1:00", "x:00"] {
            assert!(bad.parse::<Head>().is_err(), "{bad}");
        }
    }

    #[test]
    fn moving_a_byte_between_fields_changes_the_hash() {
        let one = Entry { act: "ab".into(), kind: "c".into(), ..entry() };
        let two = Entry { act: "a".into(), kind: "bc".into(), ..entry() };
        assert_ne!(one.digest(), two.digest());
    }

    #[test]
    fn no_reason_and_an_empty_reason_differ() {
        let none = entry();
        let empty = Entry { reason: Some(String::new()), ..entry() };
        assert_ne!(none.digest(), empty.digest());
    }
}
