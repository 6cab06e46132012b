//! Taking a city out of one database and into another, whatever the engines.
//!
//! An archive is one zip file:
//!
//! - `manifest.json` ([`Manifest`]): format and version, and for each city its head, how many facts
//!   and sealed values it has, and a digest of every record table;
//! - `cities/<id>/journal.jsonl`: one fact per line, in order, with its hash; the hash of the fact
//!   before is the line before's, so it is not repeated;
//! - `cities/<id>/sealed.jsonl`: the sealed values, one row per line;
//! - `cities/<id>/locked`: rows of other tables, credentials among them, made unreadable by a
//!   [`Lock`], when one was given;
//! - `cities/<id>/blobs/<sm3>`: the files that facts name, when [`Blobs`] gives any;
//! - in a backup ([`crate::backup`]) also `operational.jsonl`, credentials among them.
//!
//! Record tables are not carried: the facts are applied again on arrival, so an import is a proof.
//! Everything is streamed; no part of an archive need fit into memory. The line of a fact may be
//! checked by anybody who knows the encoding ([`crate::Entry::digest`]).

mod archive;
mod export;
mod import;
mod load;

use std::io::{Read, Write};

use kernel::{Id, Jurisdiction};

pub(crate) use archive::{COMMON, path};
pub use archive::{CityPart, Contents, Manifest, TablePart};
pub(crate) use export::{Archive, write_city};
pub use export::{export, export_with};
pub use import::{Imported, import, import_with};
pub(crate) use import::{Source, bring, not_ours};

use crate::room::Boxed;
use crate::{Hash, Result, Tx};

/// Where a city's locked rows stand.
pub(crate) const LOCKED: &str = "locked";

/// Rows that an export carries only on demand and that nobody may read on the way.
pub trait Lock: Send + Sync {
    /// The tables.
    fn tables(&self) -> &[&str];

    /// Makes bytes unreadable.
    fn lock(&self, plain: Vec<u8>) -> Result<Vec<u8>>;

    /// Makes them readable again, or says that the key is not the right one.
    fn unlock(&self, locked: Vec<u8>) -> Result<Vec<u8>>;
}

/// What became of the locked rows of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// There are none.
    Absent,
    /// Nobody gave a key, so they were left.
    Left,
    /// So many rows were taken.
    Taken(u64),
}

/// The files that facts name, as the room that stores them hands them over.
pub trait Blobs: Send + Sync {
    /// The SM3 digests of the files that a city's facts name, as the snapshot sees them.
    fn list<'a>(
        &'a self,
        tx: &'a mut Tx,
        jurisdiction: Id<Jurisdiction>,
    ) -> Boxed<'a, Result<Vec<Hash>>>;

    /// Writes one file out in parts, into an archive or to be hashed; who reads holds it against
    /// its digest. One that is not there is [`crate::Error::missing`].
    fn read<'a>(
        &'a self,
        tx: &'a mut Tx,
        jurisdiction: Id<Jurisdiction>,
        blob: &'a Hash,
        into: &'a mut (dyn Write + Send),
    ) -> Boxed<'a, Result<()>>;

    /// Stores one file from the archive, before the facts that name it. What is stored must have
    /// this digest; otherwise it answers an error.
    fn write<'a>(
        &'a self,
        tx: &'a mut Tx,
        jurisdiction: Id<Jurisdiction>,
        blob: &'a Hash,
        from: &'a mut (dyn Read + Send),
    ) -> Boxed<'a, Result<()>>;
}

/// No files at all.
#[derive(Clone, Copy, Debug)]
pub struct NoBlobs;

impl Blobs for NoBlobs {
    fn list<'a>(
        &'a self,
        _tx: &'a mut Tx,
        _jurisdiction: Id<Jurisdiction>,
    ) -> Boxed<'a, Result<Vec<Hash>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn read<'a>(
        &'a self,
        _tx: &'a mut Tx,
        _jurisdiction: Id<Jurisdiction>,
        _blob: &'a Hash,
        _into: &'a mut (dyn Write + Send),
    ) -> Boxed<'a, Result<()>> {
        Box::pin(async { Err(crate::Error::missing()) })
    }

    fn write<'a>(
        &'a self,
        _tx: &'a mut Tx,
        _jurisdiction: Id<Jurisdiction>,
        _blob: &'a Hash,
        _from: &'a mut (dyn Read + Send),
    ) -> Boxed<'a, Result<()>> {
        Box::pin(async { Err(crate::Error::fault("files cannot be stored here")) })
    }
}
