//! Blobs: immutable contents by their SM3 hash.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use journal::{Db, Error, Hash, Place, Result, Tables, Tx, hex, table};
use kernel::{Id, Jurisdiction};

use crate::store;

/// Bytes of one chunk on PostgreSQL, and of what is read at once from a folder.
pub(crate) const CHUNK: usize = 256 << 10;

table! {
    /// A part of a content on PostgreSQL. Not operational, because backups and exports move
    /// contents by their hashes ([`crate::Shelf`]), whatever engine holds them.
    pub(crate) struct ChunkRow: Derived "blob_chunks" key 3 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) hash: Vec<u8>,
        pub(crate) n: i64,
        pub(crate) bytes: Vec<u8>,
    }
}

/// Stores a content and answers its hash; storing it again changes nothing. When this returns,
/// the content is on disk.
pub async fn write(db: &Db, city: Id<Jurisdiction>, bytes: Vec<u8>) -> Result<Hash> {
    let hash = journal::sm3(&[&bytes]);
    match db.place() {
        Place::Folder(folder) => {
            let path = path(folder, city, &hash);
            tokio::task::spawn_blocking(move || write_file(&path, &bytes))
                .await
                .map_err(Error::fault)??;
        }
        Place::Postgres(_) => write_chunks(db, city, hash, &bytes).await?,
    }
    Ok(hash)
}

/// Reads a content; one that is gone or damaged is a fault.
pub async fn read(db: &Db, city: Id<Jurisdiction>, hash: &[u8]) -> Result<Vec<u8>> {
    match db.place() {
        Place::Folder(folder) => from_folder(folder, city, hash).await,
        Place::Postgres(_) => from_chunks(&mut db.read().await?, city, hash).await,
    }
}

/// The same on a connection that is open already: who holds one must not wait for another.
pub async fn read_on(
    tx: &mut Tx,
    place: &Place,
    city: Id<Jurisdiction>,
    hash: &[u8],
) -> Result<Vec<u8>> {
    match place {
        Place::Folder(folder) => from_folder(folder, city, hash).await,
        Place::Postgres(_) => from_chunks(tx, city, hash).await,
    }
}

async fn from_folder(folder: &Path, city: Id<Jurisdiction>, hash: &[u8]) -> Result<Vec<u8>> {
    let path = path(folder, city, hash);
    let read = tokio::task::spawn_blocking(move || std::fs::read(path));
    undamaged(read.await.map_err(Error::fault)??, hash)
}

async fn from_chunks(tx: &mut Tx, city: Id<Jurisdiction>, hash: &[u8]) -> Result<Vec<u8>> {
    undamaged(store::chunks(tx, city, hash).await?, hash)
}

fn undamaged(bytes: Vec<u8>, hash: &[u8]) -> Result<Vec<u8>> {
    if journal::sm3(&[&bytes]).as_slice() != hash {
        return Err(Error::fault(format!("the file {} is damaged", hex(hash))));
    }
    Ok(bytes)
}

pub(crate) fn path(folder: &Path, city: Id<Jurisdiction>, hash: &[u8]) -> PathBuf {
    let name = hex(hash);
    let shelf = name.get(..2).unwrap_or_default().to_owned();
    folder.join("files").join(city.to_string()).join(shelf).join(name)
}

/// Writes beside its place, syncs, and moves it there, so that a name never means half a file.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().ok_or_else(|| Error::fault("a path without a folder"))?;
    std::fs::create_dir_all(folder)?;
    let beside = path.with_extension(uuid::Uuid::now_v7().simple().to_string());
    let mut file = std::fs::File::create_new(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

async fn write_chunks(db: &Db, city: Id<Jurisdiction>, hash: Hash, bytes: &[u8]) -> Result<()> {
    db.operate(city, async |tx| put_chunks(tx, city, hash, bytes).await).await
}

/// Stores a content in chunks, unless it is there.
pub(crate) async fn put_chunks(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    hash: Hash,
    bytes: &[u8],
) -> Result<()> {
    if store::is_stored(tx, city, &hash).await? {
        return Ok(());
    }
    for (n, chunk) in (0_i64..).zip(bytes.chunks(CHUNK)) {
        let row = ChunkRow { jurisdiction_id: city, hash: hash.to_vec(), n, bytes: chunk.to_vec() };
        Tables::operational(tx).insert(&row).await?;
    }
    Ok(())
}
