//! The journal: nothing changes except by an act, every act leaves facts, every record table is a
//! reading of the facts.
//!
//! - [`Db::act`] lends the one open transaction to an act; [`Act::record`] appends a fact to the
//!   hash-chained journal and applies it to the rooms' record tables in the same transaction.
//! - [`table!`] declares a table once; [`facts!`] declares a room's facts; [`Room`] hands both over.
//! - [`fn@verify`] checks the chain, rebuilds every record table in a scratch file and compares, and
//!   holds every file that a record names against its hash.
//! - [`transfer`] exports a journal and imports it into either engine.
//!
//! Invariants: facts are never changed or removed (triggers); only `apply` writes record tables;
//! `apply` reads no clock and nothing but the tables; every key contains `jurisdiction_id`; an act
//! without a fact is a fault. Absent on purpose: an ORM, SQL text in `apply`, deletion of facts.

mod act;
pub mod backup;
mod city;
mod compare;
mod contents;
mod db;
pub mod digest;
mod encryption;
mod entry;
mod error;
mod fact;
mod follow;
pub mod history;
pub mod migrate;
mod pool;
mod rebuilt;
mod replay;
mod room;
pub mod schema;
mod statistics;
mod stream;
mod table;
mod tables;
pub mod transfer;
mod tx;
mod value;
mod verify;
mod writer;

pub use act::{Act, By, Receipt};
pub use city::{Fact as CityFact, JurisdictionRow, LinkRow};
pub use contents::{named_contents, names_content};
pub use db::{Db, Place};
pub use encryption::authorities;
pub use entry::{Entry, Hash, Head, hex, sm3, unhex};
pub use error::{Error, Result};
pub use fact::Fact;
pub use follow::{Follower, follow};
pub use rebuilt::Rebuilt;
pub use room::{Apply, BlobColumn, Boxed, Migration, Room, Rooms};
pub use table::{ColumnSpec, Row, TableKind, TableSpec, TableSql};
pub use tables::Tables;
pub use tx::{Engine, Tx};
pub use value::{Column, ColumnType, FromRow, RowRef, Value};
pub use verify::{Difference, Report, verify, verify_on};
