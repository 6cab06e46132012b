//! Rebuilding record tables from facts, always in a SQLite scratch file.

use kernel::{Clock, Id, Jurisdiction};

use crate::entry::{Head, ORIGIN};
use crate::pool::{Lite, open_scratch};
use crate::room::Rooms;
use crate::{Entry, Error, Result, Tables, Tx};

/// A scratch database with the record tables that follow from the facts fed to it.
pub(crate) struct Scratch {
    pub(crate) tx: Tx,
    _folder: tempfile::TempDir,
}

impl Scratch {
    /// An empty one, with its transaction open.
    pub(crate) async fn new(rooms: &Rooms) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let connection = open_scratch(&folder.path().join("scratch.sqlite"))?;
        let mut tx = Tx::Sqlite(Lite::alone(connection));
        crate::migrate::migrate(&mut tx, rooms, &Clock::machine()).await?;
        strip(&mut tx).await?;
        tx.script("BEGIN").await?;
        Ok(Self { tx, _folder: folder })
    }

    /// Applies one fact.
    pub(crate) async fn apply(&mut self, rooms: &Rooms, entry: &Entry) -> Result<()> {
        rooms
            .apply(entry, &mut Tables::new(&mut self.tx))
            .await
            .map_err(|e| Error::fault(format!("fact {} ({}): {e}", entry.seq, entry.kind)))
    }
}

/// Takes away what only serves pages: a rebuild writes by primary key, and what it may not write
/// is found by the comparison. Unique indexes stay.
async fn strip(tx: &mut Tx) -> Result<()> {
    let sql = "SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL \
        AND (type = 'trigger' OR (type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%'))";
    for (kind, name) in tx.all::<(String, String)>(sql, &[]).await? {
        tx.script(&format!("DROP {kind} \"{name}\"")).await?;
    }
    Ok(())
}

/// How a chain breaks.
#[derive(Debug)]
pub(crate) struct Break {
    pub(crate) column: &'static str,
    pub(crate) what: String,
}

/// Checks that each entry follows the one before.
pub(crate) struct Chain {
    pub(crate) jurisdiction: Id<Jurisdiction>,
    pub(crate) head: Head,
}

impl Chain {
    pub(crate) fn new(jurisdiction: Id<Jurisdiction>) -> Self {
        Self { jurisdiction, head: Head { hash: ORIGIN, ..Head::origin() } }
    }

    /// Takes the next entry or says how the chain breaks.
    pub(crate) fn next(&mut self, entry: &Entry) -> std::result::Result<(), Break> {
        let at = |column, what: String| Err(Break { column, what });
        if entry.jurisdiction != self.jurisdiction {
            return at("jurisdiction_id", "of another city".to_owned());
        }
        if entry.seq != self.head.seq + 1 {
            return at("seq", format!("follows {}", self.head.seq));
        }
        if entry.prev_hash != self.head.hash {
            return at("prev_hash", "is not the hash of the entry before".to_owned());
        }
        if entry.digest() != entry.hash {
            return at("hash", "does not cover the entry as it stands".to_owned());
        }
        if entry.at < self.head.at {
            return at("at", "is earlier than the entry before".to_owned());
        }
        self.head = Head { seq: entry.seq, hash: entry.hash, at: entry.at };
        Ok(())
    }
}
