//! Files by content hash: uploaded and staged first, named by an act's fact later, always
//! downloaded, never shown.
//!
//! Invariants: a blob is written and synced before the fact that names it; its name on disk is its
//! SM3 hash, never what the person called it; its kind is told by its content, not its name.
//!
//! Tables: `staged_files`, `loose_blobs`, `imports`, `import_pages`, `import_mappings` (operational),
//! `blob_chunks` (derived).

mod blob;
pub mod docx;
pub mod import;
mod kind;
mod loose;
mod parcel;
pub mod sheet;
mod shelf;
mod staged;
mod store;

use journal::{Boxed, Entry, Migration, Result, Room, Row as _, Tables};

pub use blob::{read, read_on, write};
pub use kind::Kind;
pub use loose::collect;
pub use parcel::{Packing, Parcel};
pub use shelf::Shelf;
pub use staged::{FileRef, SIZE_MAX, forget, stage, staged, staged_files, take, waiting};

/// The room as the journal sees it: it has no facts of its own.
pub const ROOM: Room = Room {
    name: "files",
    migrations: &[
        Migration { name: "0001_files", sql: include_str!("../migrations/0001_files.sql") },
        Migration { name: "0002_loose", sql: include_str!("../migrations/0002_loose.sql") },
        Migration { name: "0003_imports", sql: include_str!("../migrations/0003_imports.sql") },
    ],
    tables: &[
        staged::StagedRow::SPEC,
        blob::ChunkRow::SPEC,
        loose::LooseRow::SPEC,
        import::ImportRow::SPEC,
        import::PageRow::SPEC,
        import::MappingRow::SPEC,
    ],
    blobs: &[],
    kinds: &[],
    apply,
};

fn apply<'a>(entry: &'a Entry, _tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move { Err(journal::Error::fault(format!("files applies no {}", entry.kind))) })
}
