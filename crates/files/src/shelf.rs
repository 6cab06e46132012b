//! All contents of a city, for exports and backups.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use journal::transfer::Blobs;
use journal::{Boxed, Db, Error, Hash, Place, Result, Tx, hex, unhex};
use kernel::{Id, Jurisdiction};

use crate::{blob, store};

/// Where the contents of a database are.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: Option<PathBuf>,
}

impl Shelf {
    /// The shelf beside a database.
    pub fn of(db: &Db) -> Self {
        let folder = match db.place() {
            Place::Folder(folder) => Some(folder.clone()),
            Place::Postgres(_) => None,
        };
        Self { folder }
    }

    /// Copies a content out, a chunk at a time.
    async fn copy(
        &self,
        (tx, city): (&mut Tx, Id<Jurisdiction>),
        hash: &Hash,
        into: &mut (dyn Write + Send),
    ) -> Result<()> {
        let Some(folder) = &self.folder else {
            let mut n = 0;
            while let Some(chunk) = store::chunk(tx, city, hash, n).await? {
                into.write_all(&chunk)?;
                n += 1;
            }
            return if n == 0 { Err(Error::missing()) } else { Ok(()) };
        };
        let mut file = match File::open(blob::path(folder, city, hash)) {
            Ok(file) => file,
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(Error::missing()),
            Err(e) => return Err(e.into()),
        };
        let mut chunk = vec![0; blob::CHUNK];
        loop {
            match file.read(&mut chunk)? {
                0 => return Ok(()),
                read => into.write_all(chunk.get(..read).unwrap_or_default())?,
            }
            // Nothing here waits by itself; others want to be served as well.
            tokio::task::yield_now().await;
        }
    }

    /// Takes a content away.
    pub(crate) async fn remove(
        &self,
        tx: &mut Tx,
        city: Id<Jurisdiction>,
        hash: &Hash,
    ) -> Result<()> {
        match &self.folder {
            Some(folder) => std::fs::remove_file(blob::path(folder, city, hash))?,
            None => {
                store::remove_chunks(tx, city, hash).await?;
            }
        }
        Ok(())
    }

    /// Whether a content is there.
    pub(crate) async fn holds(
        &self,
        tx: &mut Tx,
        city: Id<Jurisdiction>,
        hash: &Hash,
    ) -> Result<bool> {
        match &self.folder {
            Some(folder) => Ok(blob::path(folder, city, hash).exists()),
            None => store::is_stored(tx, city, hash).await,
        }
    }
}

impl Blobs for Shelf {
    fn list<'a>(
        &'a self,
        tx: &'a mut Tx,
        jurisdiction: Id<Jurisdiction>,
    ) -> Boxed<'a, Result<Vec<Hash>>> {
        Box::pin(async move {
            let hashes = match &self.folder {
                Some(folder) => on_disk(&folder.join("files").join(jurisdiction.to_string()))?,
                None => store::hashes(tx, jurisdiction).await?,
            };
            let whole =
                |h: Vec<u8>| h.try_into().map_err(|_| Error::fault("a hash of another length"));
            hashes.into_iter().map(whole).collect()
        })
    }

    fn read<'a>(
        &'a self,
        tx: &'a mut Tx,
        jurisdiction: Id<Jurisdiction>,
        blob: &'a Hash,
        into: &'a mut (dyn Write + Send),
    ) -> Boxed<'a, Result<()>> {
        Box::pin(self.copy((tx, jurisdiction), blob, into))
    }

    fn write<'a>(
        &'a self,
        tx: &'a mut Tx,
        jurisdiction: Id<Jurisdiction>,
        blob: &'a Hash,
        from: &'a mut (dyn Read + Send),
    ) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            let mut bytes = Vec::new();
            let limit = u64::try_from(crate::SIZE_MAX).map_err(Error::fault)? + 1;
            from.take(limit).read_to_end(&mut bytes)?;
            let bytes = checked(bytes, blob)?;
            match &self.folder {
                Some(folder) => blob::write_file(&blob::path(folder, jurisdiction, blob), &bytes),
                None => blob::put_chunks(tx, jurisdiction, *blob, &bytes).await,
            }
        })
    }
}

fn checked(bytes: Vec<u8>, hash: &Hash) -> Result<Vec<u8>> {
    if journal::sm3(&[&bytes]) == *hash {
        return Ok(bytes);
    }
    Err(Error::fault(format!("the file {} is damaged", hex(hash))))
}

/// The hashes that files in a city's folder are named by.
fn on_disk(folder: &Path) -> Result<Vec<Vec<u8>>> {
    let mut hashes = Vec::new();
    if !folder.exists() {
        return Ok(hashes);
    }
    for shelf in std::fs::read_dir(folder)? {
        for file in std::fs::read_dir(shelf?.path())? {
            let name = file?.file_name();
            // What is still being written has an ending and is nobody's yet.
            hashes.extend(name.to_str().filter(|n| n.len() == 64).and_then(|n| unhex(n).ok()));
        }
    }
    hashes.sort();
    Ok(hashes)
}
