//! One digest per record table: equal on both engines when every row is, and short enough to be
//! compared by eye or printed.

use kernel::{Id, Jurisdiction};
use sm3::{Digest as _, Sm3};

use crate::room::Rooms;
use crate::stream::Stream;
use crate::{Db, Hash, Result, TableKind, TableSpec, Tx, Value};

/// What a table holds for one city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDigest {
    /// The table.
    pub table: &'static str,
    /// How many rows.
    pub rows: u64,
    /// SM3 over all rows in the order of the key.
    pub digest: Hash,
}

/// The digests of all record tables of a city, on one snapshot.
pub async fn of(db: &Db, jurisdiction: Id<Jurisdiction>) -> Result<Vec<TableDigest>> {
    let mut tx = db.snapshot().await?;
    let digests = on(&mut tx, db.rooms(), jurisdiction).await;
    tx.script("ROLLBACK").await?;
    digests
}

/// The digests of all record tables of a city, as a transaction sees them.
pub async fn on(
    tx: &mut Tx,
    rooms: &Rooms,
    jurisdiction: Id<Jurisdiction>,
) -> Result<Vec<TableDigest>> {
    let mut digests = Vec::new();
    for spec in rooms.tables().filter(|t| t.kind == TableKind::Record) {
        let all: Vec<_> = spec.columns.iter().map(|c| c.name).collect();
        digests.push(table(tx, spec, jurisdiction, &all).await?);
    }
    Ok(digests)
}

/// The digest of a table over some of its columns: those that it had when an archive was made.
pub(crate) async fn table(
    tx: &mut Tx,
    spec: &'static TableSpec,
    jurisdiction: Id<Jurisdiction>,
    columns: &[&str],
) -> Result<TableDigest> {
    let mut sm3 = Sm3::new();
    let mut bytes = Vec::new();
    for column in columns {
        put(&mut bytes, 0, column.as_bytes());
    }
    let covered: Vec<_> = spec.columns.iter().map(|c| columns.contains(&c.name)).collect();
    let mut rows = 0;
    let mut stream = Stream::new(spec, jurisdiction);
    while let Some(row) = stream.next(tx).await? {
        for (value, covered) in row.iter().zip(&covered) {
            if *covered {
                put_value(&mut bytes, value);
            }
        }
        sm3.update(&bytes);
        bytes.clear();
        rows += 1;
    }
    sm3.update(&bytes);
    Ok(TableDigest { table: spec.name, rows, digest: sm3.finalize().into() })
}

fn put(bytes: &mut Vec<u8>, tag: u8, value: &[u8]) {
    bytes.push(tag);
    bytes.extend_from_slice(&(value.len() as u64).to_be_bytes());
    bytes.extend_from_slice(value);
}

/// A value with its type and length in front, the same for both engines.
fn put_value(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => bytes.push(0),
        Value::Bool(v) => put(bytes, 1, &[u8::from(*v)]),
        Value::Int(v) => put(bytes, 2, &v.to_be_bytes()),
        Value::Text(v) => put(bytes, 3, v.as_bytes()),
        Value::Bytes(v) => put(bytes, 4, v),
        Value::Uuid(v) => put(bytes, 5, v.as_bytes()),
        Value::Day(v) => put(bytes, 6, v.to_string().as_bytes()),
        Value::Moment(v) => put(bytes, 7, &v.micros().to_be_bytes()),
    }
}
