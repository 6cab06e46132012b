//! Reading an archive.

use std::io::{BufRead, BufReader, Read, Seek};
use std::sync::Arc;

use kernel::{Id, Jurisdiction, Refusal, msg};
use zip::ZipArchive;

use super::archive::{
    CityPart, FORMAT, FactLine, LINE_MAX, MANIFEST, RowLine, TablePart, VERSION, hash, path,
};
use super::export::zip_error;
use super::load::Load;
use super::{Blobs, Contents, LOCKED, Lock, Manifest, Unlocked};
use crate::act::{Act, append};
use crate::replay::{Chain, Scratch};
use crate::room::Rooms;
use crate::schema::FACTS;
use crate::stream::Stream;
use crate::verify::{Report, check_seals};
use crate::writer::Purpose;
use crate::{
    By, Db, Entry, Error, Head, Result, TableKind, Tables, Tx, args, contents, digest, hex,
};

/// A city that has arrived.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The city.
    pub jurisdiction: Id<Jurisdiction>,
    /// The head of its journal, the same as in the archive.
    pub head: Head,
    /// How many facts were applied.
    pub facts: i64,
    /// What is not as the archive says: tables whose digest differs (the archive was made from a
    /// database that somebody had edited, or by a program with other columns), sealed values that
    /// are not what was sealed, and files that records name but the archive does not hold. The facts themselves are always as the archive says.
    pub differences: Vec<String>,
    /// What became of the archive's locked rows.
    pub unlocked: Unlocked,
}

/// Brings the one city of an export into a database where it is not yet: its whole journal, the
/// record tables that follow from it, sealed values and files, all in one transaction.
///
/// On SQLite other cities' acts wait meanwhile.
pub async fn import(
    db: &Db,
    blobs: &dyn Blobs,
    reader: impl Read + Seek + Send,
) -> Result<Imported> {
    import_with(db, blobs, reader, None).await
}

/// The same, with the locked rows, when there are any. A wrong key is told before anything is
/// brought in.
pub async fn import_with(
    db: &Db,
    blobs: &dyn Blobs,
    reader: impl Read + Seek + Send,
    lock: Option<&dyn Lock>,
) -> Result<Imported> {
    let mut source = Source::open(reader)?;
    let cities = std::mem::take(&mut source.manifest.cities);
    let (Contents::Export, [city]) = (source.manifest.contents, &cities[..]) else {
        return Err(not_ours("it is a backup, to be restored into an empty place"));
    };
    let locked = source.bytes(&path(city.jurisdiction, LOCKED))?;
    let (Some(locked), Some(lock)) = (&locked, lock) else {
        let unlocked = if locked.is_some() { Unlocked::Left } else { Unlocked::Absent };
        let arrived = bring(db, blobs, &mut source, city, async |_, _| Ok(())).await?;
        return Ok(Imported { unlocked, ..arrived });
    };
    let plain = lock.unlock(locked.clone())?;
    let mut rows = 0;
    let after = async |act: &mut Act, _: &mut Source<_>| {
        let mut lines = Lines { reader: plain.as_slice(), line: Vec::new() };
        let take = |t: &'static crate::TableSpec| lock.tables().contains(&t.name);
        rows = load_rows(&mut lines, act.tx(), db.rooms(), take).await?;
        Ok(())
    };
    let arrived = bring(db, blobs, &mut source, city, after).await?;
    Ok(Imported { unlocked: Unlocked::Taken(rows), ..arrived })
}

/// An archive being read.
pub(crate) struct Source<R> {
    pub(crate) manifest: Manifest,
    zip: ZipArchive<R>,
}

impl<R: Read + Seek + Send> Source<R> {
    pub(crate) fn open(reader: R) -> Result<Self> {
        let mut zip = ZipArchive::new(reader).map_err(zip_error)?;
        let part = zip.by_name(MANIFEST).map_err(zip_error)?;
        let manifest: Manifest =
            serde_json::from_reader(part.take(LINE_MAX)).map_err(|e| not_ours(&e.to_string()))?;
        if manifest.format != FORMAT || manifest.version > VERSION {
            return Err(not_ours(&format!("{} {}", manifest.format, manifest.version)));
        }
        Ok(Self { manifest, zip })
    }

    fn part<'s>(&'s mut self, name: &str) -> Result<Lines<impl BufRead + Send + use<'s, R>>> {
        let part = self.zip.by_name(name).map_err(zip_error)?;
        Ok(Lines { reader: BufReader::with_capacity(1 << 16, part), line: Vec::new() })
    }

    /// Puts all rows of a part into their tables; those that `take` refuses are left out.
    pub(crate) async fn rows(
        &mut self,
        name: &str,
        tx: &mut Tx,
        rooms: &Rooms,
        take: impl Fn(&'static crate::TableSpec) -> bool + Send,
    ) -> Result<u64> {
        load_rows(&mut self.part(name)?, tx, rooms, take).await
    }

    /// A whole part that fits into memory, if it is there.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        if self.zip.index_for_name(name).is_none() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let part = self.zip.by_name(name).map_err(zip_error)?;
        part.take(LINE_MAX).read_to_end(&mut bytes).map_err(read_error)?;
        Ok(Some(bytes))
    }
}

async fn load_rows<R: BufRead>(
    lines: &mut Lines<R>,
    tx: &mut Tx,
    rooms: &Rooms,
    take: impl Fn(&'static crate::TableSpec) -> bool + Send,
) -> Result<u64> {
    let mut load: Option<Load> = None;
    let mut rows = 0;
    while let Some(line) = lines.next()? {
        let line: RowLine = serde_json::from_slice(line)?;
        let Some(spec) = rooms.tables().find(|t| t.name == line.table).filter(|t| take(t)) else {
            continue;
        };
        if let Some(done) = load.take_if(|l| l.spec().name != spec.name) {
            done.finish().await?;
        }
        let into = match &mut load {
            Some(into) => into,
            None => load.insert(Load::new(tx, spec).await?),
        };
        into.put(tx, &line.values(spec)?).await?;
        rows += 1;
    }
    if let Some(done) = load {
        done.finish().await?;
    }
    Ok(rows)
}

/// The lines of a part.
struct Lines<R> {
    reader: R,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<Option<&[u8]>> {
        self.line.clear();
        (&mut self.reader).take(LINE_MAX).read_until(b'\n', &mut self.line).map_err(read_error)?;
        match self.line.strip_suffix(b"\n") {
            Some(line) => Ok(Some(line)),
            None if self.line.is_empty() => Ok(None),
            None => Err(not_ours("a line is too long or is cut off")),
        }
    }
}

/// Brings one city in, in one transaction; `after` may add to it before the commit.
pub(crate) async fn bring<R: Read + Seek + Send>(
    db: &Db,
    blobs: &dyn Blobs,
    source: &mut Source<R>,
    city: &CityPart,
    after: impl AsyncFnOnce(&mut Act, &mut Source<R>) -> Result<()>,
) -> Result<Imported> {
    let jurisdiction = city.jurisdiction;
    let head: Head = city.head.parse()?;
    let mut act = db.lend(By::program(jurisdiction, "import"), Purpose::Record).await?;
    must_be_new(&mut act).await?;
    if !act.is_sqlite() {
        act.script("SET LOCAL statement_timeout = 0").await?;
    }
    take_blobs(blobs, source, &mut act, city).await?;
    let mut lines = source.part(&path(jurisdiction, "journal.jsonl"))?;
    let facts = Facts { chain: Chain::new(jurisdiction), end: head };
    let (reached, mut scratch) = if act.is_sqlite() {
        (facts.apply(&mut lines, db.rooms(), act.tx()).await?, None)
    } else {
        let (reached, scratch) = facts.copy(&mut lines, db.rooms(), act.tx()).await?;
        (reached, Some(scratch))
    };
    drop(lines);
    let is_sealed = |t: &'static crate::TableSpec| t.kind == TableKind::Sealed;
    source.rows(&path(jurisdiction, "sealed.jsonl"), act.tx(), db.rooms(), is_sealed).await?;
    // Before anything is read: without figures about its tables PostgreSQL reads them whole for
    // every part of a digest.
    db.rooms().analyze(act.tx()).await?;
    let differences = differences(&mut act, scratch.as_mut(), blobs, city).await?;
    act.arrive(reached).await?;
    after(&mut act, source).await?;
    let head = act.head;
    crate::db::keep(act).await?;
    let unlocked = Unlocked::Absent;
    Ok(Imported { jurisdiction, head, facts: reached.seq, differences, unlocked })
}

async fn must_be_new(act: &mut Act) -> Result<()> {
    let city = act.jurisdiction();
    let sql = "SELECT (SELECT count(*) FROM jurisdictions WHERE jurisdiction_id = $1) \
        + (SELECT count(*) FROM (SELECT seq FROM facts WHERE jurisdiction_id = $1 LIMIT 1) f)";
    let (there,): (i64,) = act.one(sql, args![city]).await?;
    if there == 0 && act.head.seq == 0 {
        return Ok(());
    }
    Err(Refusal::Rule(msg!(
        "这个城市已经在数据库中，不能再次导入。",
        "This city is in the database already and cannot be imported again."
    ))
    .into())
}

async fn take_blobs<R: Read + Seek + Send>(
    blobs: &dyn Blobs,
    source: &mut Source<R>,
    act: &mut Act,
    city: &CityPart,
) -> Result<()> {
    let folder = path(city.jurisdiction, "blobs/");
    let names = source.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned()));
    let names: Vec<String> = names.filter(|name| name.starts_with(&folder)).collect();
    if names.len() as u64 != city.blobs {
        return Err(not_ours("files are missing"));
    }
    for name in names {
        let blob = hash(name.strip_prefix(&folder).unwrap_or_default())?;
        let mut part = source.zip.by_name(&name).map_err(zip_error)?;
        blobs.write(act.tx(), city.jurisdiction, &blob, &mut part).await?;
    }
    Ok(())
}

/// The facts of one city on their way in.
struct Facts {
    chain: Chain,
    end: Head,
}

impl Facts {
    /// The next fact, when it follows the one before.
    fn next<R: BufRead>(&mut self, lines: &mut Lines<R>) -> Result<Option<Entry>> {
        let Some(line) = lines.next()? else {
            let (reached, end) = (self.chain.head, self.end);
            if (reached.seq, reached.hash) == (end.seq, end.hash) {
                return Ok(None);
            }
            return Err(not_ours(&format!("it ends at {reached}, not at {end}")));
        };
        let line: FactLine<'_> = serde_json::from_slice(line)
            .map_err(|e| not_ours(&format!("fact {}: {e}", self.chain.head.seq + 1)))?;
        let entry = line.entry(self.chain.jurisdiction, &self.chain.head)?;
        self.chain.next(&entry).map_err(|broken| {
            not_ours(&format!("fact {}: {} {}", entry.seq, broken.column, broken.what))
        })?;
        Ok(Some(entry))
    }

    /// Straight into SQLite.
    async fn apply<R: BufRead>(
        mut self,
        lines: &mut Lines<R>,
        rooms: &Rooms,
        tx: &mut Tx,
    ) -> Result<Head> {
        while let Some(entry) = self.next(lines)? {
            append(tx, &entry).await?;
            rooms.apply(&entry, &mut Tables::new(tx)).await?;
            self.breathe().await;
        }
        Ok(self.chain.head)
    }

    /// Through a scratch file into PostgreSQL, where applying fact by fact takes too long.
    async fn copy<R: BufRead>(
        mut self,
        lines: &mut Lines<R>,
        rooms: &Rooms,
        tx: &mut Tx,
    ) -> Result<(Head, Scratch)> {
        let mut scratch = Scratch::new(rooms).await?;
        let mut load = Load::new(tx, &FACTS).await?;
        while let Some(entry) = self.next(lines)? {
            load.put(tx, &entry.values()).await?;
            scratch.apply(rooms, &entry).await?;
            self.breathe().await;
        }
        load.finish().await?;
        for spec in rooms.tables().filter(|t| t.kind == TableKind::Record) {
            let mut rows = Stream::new(spec, self.chain.jurisdiction);
            let mut load = Load::new(tx, spec).await?;
            while let Some(row) = rows.next(&mut scratch.tx).await? {
                load.put(tx, &row).await?;
            }
            load.finish().await?;
        }
        Ok((self.chain.head, scratch))
    }

    /// Lets others go on now and then.
    async fn breathe(&self) {
        if self.chain.head.seq % 256 == 0 {
            tokio::task::yield_now().await;
        }
    }
}

/// How the tables differ from those that the archive was made of. Where they were copied from a
/// scratch file, every row of which PostgreSQL has taken, the scratch file is read: much the quicker.
async fn differences(
    act: &mut Act,
    mut scratch: Option<&mut Scratch>,
    blobs: &dyn Blobs,
    city: &CityPart,
) -> Result<Vec<String>> {
    let rooms = Arc::clone(&act.rooms);
    let (tx, jurisdiction) = (act.tx(), city.jurisdiction);
    let mut differences = Vec::new();
    for spec in rooms.tables().filter(|t| t.kind == TableKind::Record) {
        // Of a table that came later the archive says nothing.
        let Some(then) = city.tables.iter().find(|t| t.table == spec.name) else { continue };
        let all = spec.columns.iter().map(|c| c.name);
        let columns: Vec<&str> = match then.columns.as_slice() {
            [] => all.collect(),
            columns => columns.iter().map(String::as_str).collect(),
        };
        let tables = scratch.as_mut().map_or(&mut *tx, |scratch| &mut scratch.tx);
        let now = digest::table(tables, spec, jurisdiction, &columns).await?;
        if then.digest != hex(&now.digest) {
            differences.push(format!(
                "{}: {} rows, {}; the archive says {} rows, {}",
                now.table,
                now.rows,
                hex(&now.digest),
                then.rows,
                then.digest,
            ));
        }
    }
    let is_gone = |part: &&TablePart| rooms.tables().all(|t| t.name != part.table);
    for gone in city.tables.iter().filter(is_gone) {
        differences.push(format!("{}: is in the archive, not in this program", gone.table));
    }
    let mut report = Report::empty();
    check_seals(tx, jurisdiction, &mut report).await?;
    contents::check(tx, &rooms, jurisdiction, blobs, &mut report).await?;
    differences.extend(report.differences.iter().map(ToString::to_string));
    Ok(differences)
}

/// The archive is not what it should be.
pub(crate) fn not_ours(why: &str) -> Error {
    Refusal::Rule(msg!("这个文件不能导入：{why}", "This file cannot be imported: {why}", why = why))
        .into()
}

/// An archive that is damaged, or a disk that is.
pub(super) fn read_error(e: std::io::Error) -> Error {
    use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    if matches!(e.kind(), InvalidData | InvalidInput | UnexpectedEof) {
        return not_ours(&e.to_string());
    }
    e.into()
}
