//! Backup and restore of a whole database.
//!
//! A backup has the format of an export ([`crate::transfer`]) on both engines, with all cities and
//! with operational tables: credentials, settings, used keys. It is made on one snapshot while
//! others act, and can be restored on either engine. Being replayed, a restored database is proved
//! on arrival; that takes as long as an import. Derived tables are not in it, followers fill them
//! again.
//!
//! The file holds credentials and personal data: keep it like the database itself. It is made
//! readable for its owner only.

use std::io::{Read, Seek};
use std::path::Path;

use kernel::{Id, Jurisdiction, Refusal, Subject, SubjectKind, msg};

use crate::transfer::{Archive, Blobs, Contents, Imported, Source, bring, write_city};
use crate::transfer::{COMMON, not_ours, path};
use crate::{CityFact, Db, Error, Head, Result, TableKind, TableSpec};

/// Tables that the journal fills itself.
const OWN: [&str; 2] = ["heads", "followers"];

/// Writes all cities into one file, which appears only when it is whole; answers their heads.
pub async fn backup(
    db: &Db,
    blobs: &dyn Blobs,
    file: &Path,
) -> Result<Vec<(Id<Jurisdiction>, Head)>> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut tx = db.snapshot().await?;
    let cities = crate::history::cities(&mut tx).await?;
    let new = tempfile::NamedTempFile::new_in(folder)?;
    let mut archive = Archive::new(std::io::BufWriter::with_capacity(1 << 18, new));
    let (mut parts, mut heads) = (Vec::new(), Vec::new());
    for city in cities {
        let (part, head) = write_city(&mut archive, &mut tx, db.rooms(), city, blobs).await?;
        parts.push(part);
        heads.push((city, head));
        archive.part(&path(city, "operational.jsonl"))?;
        archive
            .rows(&mut tx, db.rooms().tables().filter(|t| is_kept(t) && of_a_city(t)), city)
            .await?;
    }
    archive.part(COMMON)?;
    let common = db.rooms().tables().filter(|t| is_kept(t) && !of_a_city(t));
    archive.rows(&mut tx, common, Id::from(uuid::Uuid::nil())).await?;
    tx.script("ROLLBACK").await?;
    let new = archive.finish(Contents::Backup, parts)?;
    let new = new.into_inner().map_err(|e| Error::from(e.into_error()))?;
    new.as_file().sync_all()?;
    new.persist(file).map_err(|e| Error::from(e.error))?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(heads)
}

/// Brings a backup into an empty place. Each city gets a fact that names the head it came from;
/// its journal goes on from there, so a head printed since the backup is missed by
/// `verify` as it should be. Tables named in `without` stay empty, sessions for example: one that
/// was ended after the backup must not live again.
pub async fn restore(
    db: &Db,
    blobs: &dyn Blobs,
    reader: impl Read + Seek + Send,
    without: &[&str],
) -> Result<Vec<Imported>> {
    let mut source = Source::open(reader)?;
    if !db.journals().await?.is_empty() || !db.jurisdictions().await?.is_empty() {
        return Err(Refusal::Rule(msg!(
            "备份只能恢复到空的数据库。",
            "A backup can be restored into an empty database only."
        ))
        .into());
    }
    let take = |t: &'static TableSpec| is_kept(t) && !without.contains(&t.name);
    if source.manifest.contents != Contents::Backup {
        return Err(not_ours("it is an export, to be imported"));
    }
    let mut arrived = Vec::new();
    let cities = std::mem::take(&mut source.manifest.cities);
    for city in &cities {
        let is_last = arrived.len() + 1 == cities.len();
        let restored = CityFact::Restored { head: city.head.clone() };
        let subject = Subject::new(SubjectKind::Jurisdiction, city.jurisdiction.uuid());
        let after = async |act: &mut crate::Act, source: &mut Source<_>| {
            let part = path(city.jurisdiction, "operational.jsonl");
            source.rows(&part, act.tx(), db.rooms(), take).await?;
            if is_last {
                source.rows(COMMON, act.tx(), db.rooms(), take).await?;
            }
            act.record(subject, &restored).await
        };
        arrived.push(bring(db, blobs, &mut source, city, after).await?);
    }
    db.analyze().await?;
    Ok(arrived)
}

/// Whether a table's rows are in a backup as they stand.
fn is_kept(spec: &TableSpec) -> bool {
    spec.kind == TableKind::Operational && !OWN.contains(&spec.name)
}

fn of_a_city(spec: &TableSpec) -> bool {
    spec.columns.iter().any(|c| c.name == "jurisdiction_id")
}
