//! What stands in an archive: its manifest, a fact's line, a row's line.

use std::borrow::Cow;

use kernel::{Id, Jurisdiction, Moment, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::entry::{Hash, Head, unhex};
use crate::value::ColumnType;
use crate::{ColumnSpec, Entry, Error, Result, TableSpec, Value, hex};

/// Names the format in every manifest.
pub(crate) const FORMAT: &str = "duban-archive";
/// Its version; a reader refuses a later one.
pub(crate) const VERSION: u32 = 1;
/// Where the manifest stands.
pub(crate) const MANIFEST: &str = "manifest.json";
/// Where rows stand that belong to no city.
pub(crate) const COMMON: &str = "operational.jsonl";
/// A longer line was not written by this program.
pub(crate) const LINE_MAX: u64 = 64 << 20;

/// What an archive was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contents {
    /// One city to be taken elsewhere; no credentials.
    Export,
    /// Everything that cannot be made again; credentials as well.
    Backup,
}

/// What an archive says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `duban-archive`.
    pub format: String,
    /// The version of the format.
    pub version: u32,
    /// What it was made for.
    pub contents: Contents,
    /// The cities in it.
    pub cities: Vec<CityPart>,
}

/// What an archive says about one city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityPart {
    /// The city.
    pub jurisdiction: Id<Jurisdiction>,
    /// The head of its journal, `seq:hash`.
    pub head: String,
    /// When its last fact was made.
    pub at: Moment,
    /// How many facts.
    pub facts: i64,
    /// How many sealed values.
    pub sealed: u64,
    /// How many files.
    pub blobs: u64,
    /// Its record tables, as they follow from the facts.
    pub tables: Vec<TablePart>,
}

/// What a record table held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePart {
    /// Its name.
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// SM3 over its rows, see [`crate::digest`].
    pub digest: String,
    /// The columns that the digest covers; columns that came later are not held against it.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// Where a city's part of some kind stands.
pub(crate) fn path(city: Id<Jurisdiction>, part: &str) -> String {
    format!("cities/{city}/{part}")
}

/// A fact as one line of JSON. City and predecessor are known from the place.
#[derive(Serialize, Deserialize)]
pub(crate) struct FactLine<'a> {
    pub(crate) seq: i64,
    at: Moment,
    act_id: Uuid,
    #[serde(borrow)]
    act: Cow<'a, str>,
    actor: Uuid,
    on_behalf_of: Option<Uuid>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    subject_kind: SubjectKind,
    subject_id: Uuid,
    reason: Option<String>,
    /// The payload's own bytes, which the hash covers.
    #[serde(borrow)]
    payload: Cow<'a, str>,
    #[serde(borrow)]
    hash: Cow<'a, str>,
}

impl<'a> FactLine<'a> {
    pub(crate) fn of(entry: &'a Entry) -> Result<Self> {
        let payload = std::str::from_utf8(&entry.payload)
            .map_err(|e| Error::fault(format!("the payload of fact {}: {e}", entry.seq)))?;
        Ok(Self {
            seq: entry.seq,
            at: entry.at,
            act_id: entry.act_id,
            act: Cow::Borrowed(&entry.act),
            actor: entry.actor,
            on_behalf_of: entry.on_behalf_of,
            kind: Cow::Borrowed(&entry.kind),
            subject_kind: entry.subject.kind,
            subject_id: entry.subject.id,
            reason: entry.reason.clone(),
            payload: Cow::Borrowed(payload),
            hash: Cow::Owned(hex(&entry.hash)),
        })
    }

    /// The entry that follows a head.
    pub(crate) fn entry(self, jurisdiction: Id<Jurisdiction>, before: &Head) -> Result<Entry> {
        Ok(Entry {
            jurisdiction,
            seq: self.seq,
            at: self.at,
            act_id: self.act_id,
            act: self.act.into_owned(),
            actor: self.actor,
            on_behalf_of: self.on_behalf_of,
            kind: self.kind.into_owned(),
            subject: Subject::new(self.subject_kind, self.subject_id),
            reason: self.reason,
            payload: self.payload.into_owned().into_bytes(),
            prev_hash: before.hash,
            hash: hash(&self.hash)?,
        })
    }
}

/// A digest written as hexadecimal.
pub(crate) fn hash(text: &str) -> Result<Hash> {
    unhex(text)?.try_into().map_err(|_length| Error::fault(format!("not a digest: {text:.80}")))
}

/// A row of any declared table as one line of JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct RowLine {
    pub(crate) table: String,
    pub(crate) row: Map<String, Json>,
}

impl RowLine {
    pub(crate) fn of(spec: &TableSpec, values: Vec<Value>) -> Result<Self> {
        let mut row = Map::with_capacity(values.len());
        for (column, value) in spec.columns.iter().zip(values) {
            if !column.takes(&value) {
                let what = format!("{}.{} cannot be read: {value}", spec.name, column.name);
                return Err(Error::fault(what));
            }
            row.insert(column.name.to_owned(), to_json(value));
        }
        Ok(Self { table: spec.name.to_owned(), row })
    }

    /// The values in the order of the columns; a column that came later than the archive holds
    /// nothing, as its migration says of the rows that were there.
    pub(crate) fn values(mut self, spec: &TableSpec) -> Result<Vec<Value>> {
        let mut of = |column: &ColumnSpec| {
            let json = self.row.remove(column.name);
            let value = match &json {
                Some(json) => from_json(column, json),
                None => nothing(column),
            };
            let bad = || Error::fault(format!("{}.{} is {json:?}", spec.name, column.name));
            value.ok_or_else(bad)
        };
        spec.columns.iter().map(&mut of).collect()
    }
}

/// What a column holds in rows that are older than itself.
fn nothing(column: &ColumnSpec) -> Option<Value> {
    match column.ty {
        _ if column.nullable => Some(Value::Null),
        ColumnType::Bool => Some(Value::Bool(false)),
        ColumnType::Int => Some(Value::Int(0)),
        ColumnType::Text => Some(Value::Text(String::new())),
        ColumnType::Bytes => Some(Value::Bytes(Vec::new())),
        ColumnType::Uuid | ColumnType::Day | ColumnType::Moment => None,
    }
}

fn to_json(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(v) => v.into(),
        Value::Int(v) => v.into(),
        Value::Text(v) => v.into(),
        Value::Bytes(v) => hex(&v).into(),
        Value::Uuid(v) => v.to_string().into(),
        Value::Day(v) => v.to_string().into(),
        Value::Moment(v) => v.micros().into(),
    }
}

fn from_json(column: &ColumnSpec, json: &Json) -> Option<Value> {
    if json.is_null() {
        return column.nullable.then_some(Value::Null);
    }
    Some(match column.ty {
        ColumnType::Bool => Value::Bool(json.as_bool()?),
        ColumnType::Int => Value::Int(json.as_i64()?),
        ColumnType::Text => Value::Text(json.as_str()?.to_owned()),
        ColumnType::Bytes => Value::Bytes(unhex(json.as_str()?).ok()?),
        ColumnType::Uuid => Value::Uuid(json.as_str()?.parse().ok()?),
        ColumnType::Day => Value::Day(json.as_str()?.parse().ok()?),
        ColumnType::Moment => Value::Moment(Moment::from_micros(json.as_i64()?)),
    })
}
