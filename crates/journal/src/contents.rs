//! The files that record tables name, each read once and held against its hash.

use std::collections::BTreeSet;
use std::io::Write;

use kernel::{Id, Jurisdiction, Refusal};
use sm3::{Digest as _, Sm3};

use crate::compare::key_text;
use crate::room::{BlobColumn, Rooms};
use crate::stream::Stream;
use crate::transfer::Blobs;
use crate::verify::Report;
use crate::{ColumnType, Error, Hash, Result, Tx, Value, args, hex, unhex};

/// Hashes kept, so that a content that many rows name is read once; beyond, it is read again.
const SEEN_MAX: usize = 100_000;

/// Reads every file that a record names and notes what is missing or altered.
pub(crate) async fn check(
    live: &mut Tx,
    rooms: &Rooms,
    jurisdiction: Id<Jurisdiction>,
    blobs: &dyn Blobs,
    report: &mut Report,
) -> Result<()> {
    let mut whole = BTreeSet::new();
    for named in rooms.list().iter().flat_map(|room| room.blobs) {
        let mut rows = Stream::new(named.table, jurisdiction);
        while let Some(row) = rows.next(live).await? {
            let wrong = match hash_in(named, &row)? {
                None => continue,
                Some(Err(what)) => Some(what),
                Some(Ok(hash)) if whole.contains(&hash) => None,
                Some(Ok(hash)) => {
                    report.files += 1;
                    let wrong = standing(live, jurisdiction, blobs, &hash).await?;
                    if wrong.is_none() && whole.len() < SEEN_MAX {
                        whole.insert(hash);
                    }
                    wrong
                }
            };
            if let Some(what) = wrong {
                report.note(named.table.name, key_text(named.table, &row), named.column, what);
            }
        }
    }
    Ok(())
}

/// Every content that a record names.
pub async fn named_contents(
    tx: &mut Tx,
    rooms: &Rooms,
    jurisdiction: Id<Jurisdiction>,
) -> Result<BTreeSet<Hash>> {
    let mut all = BTreeSet::new();
    for named in rooms.list().iter().flat_map(|room| room.blobs) {
        let mut rows = Stream::new(named.table, jurisdiction);
        while let Some(row) = rows.next(tx).await? {
            if let Some(Ok(hash)) = hash_in(named, &row)? {
                all.insert(hash);
            }
        }
    }
    Ok(all)
}

/// Whether a record names a content.
pub async fn names_content(
    tx: &mut Tx,
    rooms: &Rooms,
    jurisdiction: Id<Jurisdiction>,
    hash: &Hash,
) -> Result<bool> {
    for named in rooms.list().iter().flat_map(|room| room.blobs) {
        let (table, column) = (named.table.name, named.column);
        let is_text =
            named.table.columns.iter().any(|c| c.name == column && c.ty == ColumnType::Text);
        let value = if is_text { Value::Text(hex(hash)) } else { Value::Bytes(hash.to_vec()) };
        let sql = format!(
            "SELECT jurisdiction_id FROM {table} WHERE jurisdiction_id = $1 AND {column} = $2 LIMIT 1"
        );
        let values = [args![jurisdiction].to_vec(), vec![value]].concat();
        if tx.opt::<(Id<Jurisdiction>,)>(&sql, &values).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The hash that a row names: none where the column is NULL, a sentence where it holds no hash.
fn hash_in(named: &BlobColumn, row: &[Value]) -> Result<Option<std::result::Result<Hash, String>>> {
    let place = named.table.columns.iter().position(|c| c.name == named.column);
    let value = place.and_then(|i| row.get(i));
    let bytes = match value {
        None => {
            let (table, column) = (named.table.name, named.column);
            return Err(Error::fault(format!("{table} has no column {column} for files")));
        }
        Some(Value::Null) => return Ok(None),
        Some(Value::Bytes(bytes)) => Some(bytes.clone()),
        Some(Value::Text(text)) => unhex(text).ok(),
        Some(_) => None,
    };
    let hash = bytes.and_then(|bytes| Hash::try_from(bytes).ok());
    Ok(Some(hash.ok_or_else(|| "names no file: it is not an SM3 hash".to_owned())))
}

/// What is wrong with a content, if anything is.
async fn standing(
    live: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    blobs: &dyn Blobs,
    hash: &Hash,
) -> Result<Option<String>> {
    let mut hashing = Hashing::new(std::io::sink());
    match blobs.read(live, jurisdiction, hash, &mut hashing).await {
        Ok(()) if hashing.digest() == *hash => Ok(None),
        Ok(()) => Ok(Some(format!("the file {} is not what was attached", hex(hash)))),
        Err(Error::Refused(Refusal::Missing)) => {
            Ok(Some(format!("the file {} is missing", hex(hash))))
        }
        // One that the disk does not give back is as good as gone; the others are still read.
        Err(Error::Fault(why)) => Ok(Some(format!("the file {} cannot be read: {why}", hex(hash)))),
        Err(e) => Err(e),
    }
}

/// A writer that hashes what passes through it.
pub(crate) struct Hashing<W> {
    sm3: Sm3,
    into: W,
}

impl<W: Write> Hashing<W> {
    pub(crate) fn new(into: W) -> Self {
        Self { sm3: Sm3::new(), into }
    }

    /// The digest of all that was written.
    pub(crate) fn digest(self) -> Hash {
        self.sm3.finalize().into()
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.into.write(bytes)?;
        self.sm3.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.into.flush()
    }
}
