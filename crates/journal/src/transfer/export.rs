//! Writing an archive.

use std::io::{Seek, Write};

use kernel::{Id, Jurisdiction};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::archive::{CityPart, FORMAT, FactLine, MANIFEST, RowLine, TablePart, VERSION, path};
use super::{Blobs, Contents, LOCKED, Lock, Manifest};
use crate::contents::Hashing;
use crate::replay::Chain;
use crate::room::Rooms;
use crate::stream::Stream;
use crate::{Db, Error, Head, Result, TableKind, TableSpec, Tx, digest, hex, history};

/// Facts read at once.
const CHUNK: i64 = 1_000;
/// Quick rather than small: the journal shrinks to about a fifth already.
const LEVEL: i64 = 2;

/// Writes one city, on one snapshot, while others act. A journal whose chain is broken is not
/// exported, because nobody could import it.
pub async fn export(
    db: &Db,
    jurisdiction: Id<Jurisdiction>,
    blobs: &dyn Blobs,
    writer: impl Write + Seek + Send,
) -> Result<Head> {
    export_with(db, jurisdiction, blobs, writer, None).await
}

/// The same, with the rows that a lock makes unreadable.
pub async fn export_with(
    db: &Db,
    jurisdiction: Id<Jurisdiction>,
    blobs: &dyn Blobs,
    writer: impl Write + Seek + Send,
    lock: Option<&dyn Lock>,
) -> Result<Head> {
    let mut tx = db.snapshot().await?;
    let mut archive = Archive::new(writer);
    let (part, head) = write_city(&mut archive, &mut tx, db.rooms(), jurisdiction, blobs).await?;
    if let Some(lock) = lock {
        let tables = db.rooms().tables().filter(|t| lock.tables().contains(&t.name));
        let locked = lock.lock(plain_rows(&mut tx, tables, jurisdiction).await?)?;
        archive.part(&path(jurisdiction, LOCKED))?;
        archive.zip.write_all(&locked)?;
    }
    tx.script("ROLLBACK").await?;
    archive.finish(Contents::Export, vec![part])?;
    Ok(head)
}

/// All rows of some tables as lines, in memory: there are few.
async fn plain_rows(
    tx: &mut Tx,
    specs: impl Iterator<Item = &'static TableSpec>,
    jurisdiction: Id<Jurisdiction>,
) -> Result<Vec<u8>> {
    let mut lines = Vec::new();
    for spec in specs {
        let mut stream = Stream::new(spec, jurisdiction);
        while let Some(values) = stream.next(tx).await? {
            serde_json::to_writer(&mut lines, &RowLine::of(spec, values)?)?;
            lines.push(b'\n');
        }
    }
    Ok(lines)
}

/// An archive being written.
pub(crate) struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    line: Vec<u8>,
}

impl<W: Write + Seek + Send> Archive<W> {
    pub(crate) fn new(writer: W) -> Self {
        Self { zip: ZipWriter::new(writer), line: Vec::new() }
    }

    /// Begins a part.
    pub(crate) fn part(&mut self, name: &str) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .large_file(true);
        self.zip.start_file(name, options).map_err(zip_error)
    }

    /// Adds a line to the part.
    pub(crate) fn line(&mut self, value: &impl serde::Serialize) -> Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, value)?;
        self.line.push(b'\n');
        Ok(self.zip.write_all(&self.line)?)
    }

    /// Adds all rows of some tables to the part; answers how many.
    pub(crate) async fn rows(
        &mut self,
        tx: &mut Tx,
        specs: impl Iterator<Item = &'static TableSpec>,
        jurisdiction: Id<Jurisdiction>,
    ) -> Result<u64> {
        let mut rows = 0;
        for spec in specs {
            let mut stream = Stream::new(spec, jurisdiction);
            while let Some(values) = stream.next(tx).await? {
                self.line(&RowLine::of(spec, values)?)?;
                rows += 1;
            }
        }
        Ok(rows)
    }

    /// Writes the manifest and the zip's directory.
    pub(crate) fn finish(mut self, contents: Contents, cities: Vec<CityPart>) -> Result<W> {
        let manifest = Manifest { format: FORMAT.into(), version: VERSION, contents, cities };
        self.part(MANIFEST)?;
        serde_json::to_writer_pretty(&mut self.zip, &manifest)?;
        self.zip.finish().map_err(zip_error)
    }
}

/// Writes the parts of one city.
pub(crate) async fn write_city<W: Write + Seek + Send>(
    archive: &mut Archive<W>,
    tx: &mut Tx,
    rooms: &Rooms,
    city: Id<Jurisdiction>,
    blobs: &dyn Blobs,
) -> Result<(CityPart, Head)> {
    let files = blobs.list(tx, city).await?;
    for file in &files {
        archive.part(&path(city, &format!("blobs/{}", hex(file))))?;
        let mut hashing = Hashing::new(&mut archive.zip);
        blobs.read(tx, city, file, &mut hashing).await?;
        if hashing.digest() != *file {
            return Err(Error::fault(format!("the file {} is damaged", hex(file))));
        }
    }
    archive.part(&path(city, "journal.jsonl"))?;
    let head = write_facts(archive, tx, city).await?;
    archive.part(&path(city, "sealed.jsonl"))?;
    let sealed = rooms.tables().filter(|t| t.kind == TableKind::Sealed);
    let sealed = archive.rows(tx, sealed, city).await?;
    let mut tables = Vec::new();
    for spec in rooms.tables().filter(|t| t.kind == TableKind::Record) {
        let columns: Vec<_> = spec.columns.iter().map(|c| c.name).collect();
        let held = digest::table(tx, spec, city, &columns).await?;
        tables.push(TablePart {
            table: spec.name.to_owned(),
            rows: held.rows,
            digest: hex(&held.digest),
            columns: columns.into_iter().map(str::to_owned).collect(),
        });
    }
    let part = CityPart {
        jurisdiction: city,
        head: head.to_string(),
        at: head.at,
        facts: head.seq,
        sealed,
        blobs: files.len() as u64,
        tables,
    };
    Ok((part, head))
}

async fn write_facts<W: Write + Seek + Send>(
    archive: &mut Archive<W>,
    tx: &mut Tx,
    city: Id<Jurisdiction>,
) -> Result<Head> {
    let mut chain = Chain::new(city);
    loop {
        let entries = history::after(tx, city, chain.head.seq, CHUNK).await?;
        for entry in &entries {
            chain.next(entry).map_err(|broken| {
                Error::fault(format!(
                    "the journal is broken at {}: {} {}",
                    entry.seq, broken.column, broken.what
                ))
            })?;
            archive.line(&FactLine::of(entry)?)?;
        }
        if entries.is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    if chain.head.seq == 0 {
        return Err(Error::missing());
    }
    Ok(chain.head)
}

/// What went wrong with the zip file: the disk, or what somebody handed in.
pub(crate) fn zip_error(e: zip::result::ZipError) -> Error {
    if let zip::result::ZipError::Io(e) = e {
        return super::import::read_error(e);
    }
    super::import::not_ours(&e.to_string())
}
