//! What a room hands to the journal: its migrations, tables, facts and how they are applied.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use crate::{Entry, Result, TableSpec, Tables};

/// A boxed future, so that rooms can be listed beside each other.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Writes one fact into a room's record tables.
pub type Apply = for<'a> fn(&'a Entry, &'a mut Tables<'_>) -> Boxed<'a, Result<()>>;

/// One numbered, additive schema change of a room.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `0001_units`; unique in the room.
    pub name: &'static str,
    /// One text for both engines; see [`crate::migrate`].
    pub sql: &'static str,
}

/// A column of a record table that names a content by its SM3 hash, as bytes or as hexadecimal.
#[derive(Clone, Copy, Debug)]
pub struct BlobColumn {
    /// The table.
    pub table: &'static TableSpec,
    /// The column.
    pub column: &'static str,
}

/// One room as the journal sees it.
#[derive(Clone, Copy)]
pub struct Room {
    /// The crate's name.
    pub name: &'static str,
    /// Its schema, in order.
    pub migrations: &'static [Migration],
    /// Its tables.
    pub tables: &'static [TableSpec],
    /// Where its record tables name files: `verify` holds each content against its hash.
    pub blobs: &'static [BlobColumn],
    /// The kinds of fact it applies: its own and those of rooms on its left that it follows.
    pub kinds: &'static [&'static str],
    /// Applies one of them.
    pub apply: Apply,
}

/// All rooms of the building, from left to right.
#[derive(Clone)]
pub struct Rooms {
    list: Vec<Room>,
    by_kind: HashMap<&'static str, Vec<Apply>>,
}

impl Rooms {
    /// The rooms handed over, with the journal's own in front.
    pub fn new(rooms: impl IntoIterator<Item = Room>) -> Self {
        let list: Vec<_> = std::iter::once(crate::city::ROOM).chain(rooms).collect();
        let mut by_kind: HashMap<&'static str, Vec<Apply>> = HashMap::new();
        for room in &list {
            for kind in room.kinds {
                by_kind.entry(kind).or_default().push(room.apply);
            }
        }
        Self { list, by_kind }
    }

    /// The rooms, from left to right.
    pub fn list(&self) -> &[Room] {
        &self.list
    }

    /// Every declared table.
    pub fn tables(&self) -> impl Iterator<Item = &'static TableSpec> {
        self.list.iter().flat_map(|room| room.tables.iter())
    }

    /// Lets PostgreSQL look at all tables.
    pub(crate) async fn analyze(&self, tx: &mut crate::Tx) -> Result<()> {
        if tx.is_sqlite() {
            return Ok(());
        }
        tx.script("ANALYZE facts").await?;
        for spec in self.tables() {
            tx.script(&format!("ANALYZE {}", spec.name)).await?;
        }
        Ok(())
    }

    /// Applies a fact in every room that follows its kind; a kind that nobody knows is a fault.
    pub(crate) async fn apply(&self, entry: &Entry, tables: &mut Tables<'_>) -> Result<()> {
        let Some(applies) = self.by_kind.get(entry.kind.as_str()) else {
            return Err(crate::Error::fault(format!(
                "unknown fact {} at {}",
                entry.kind, entry.seq
            )));
        };
        for apply in applies {
            apply(entry, tables).await?;
        }
        Ok(())
    }
}
