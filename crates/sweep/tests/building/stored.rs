//! What releases left behind stays readable: their exports are imported to the same head and the
//! same tables, and their databases, migrated, equal what their journals say.
//!
//! `cargo run -p sweep --example release -- VERSION` stores both for a release.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use files::Shelf;
use journal::{
    ColumnType, Db, Engine, Migration, Place, Room, Rooms, TableKind, TableSpec, Value, digest,
};
use journal::{schema, transfer, verify};
use kernel::{Clock, Id, Jurisdiction, Moment};
use rusqlite::types::ValueRef;
use testkit::{each_place, on_engine};
use uuid::Uuid;

use crate::{house, living, plans};

/// A release: its version and the head that was printed when its fixture was made.
pub(crate) struct Release {
    version: String,
    head: String,
}

impl Release {
    fn file(&self, what: &str) -> PathBuf {
        fixtures().join(format!("{what}-{}.zip", self.version))
    }

    /// Its export, brought into an empty place.
    pub(crate) async fn imported(&self, place: Place) -> (Db, Id<Jurisdiction>) {
        let db = Db::open(place, house().rooms(), Clock::machine()).await.unwrap();
        let file = File::open(self.file("city")).unwrap();
        let arrived = transfer::import(&db, &Shelf::of(&db), file).await.unwrap();
        assert_eq!(arrived.differences, [""; 0], "{}", self.version);
        assert_eq!(arrived.head.to_string(), self.head, "{}", self.version);
        (db, arrived.jurisdiction)
    }

    /// Its SQLite database as it was, in a folder.
    fn unpacked(&self, folder: &Path) -> PathBuf {
        let mut zip = zip::ZipArchive::new(File::open(self.file("database")).unwrap()).unwrap();
        let path = folder.join("duban.sqlite");
        let mut file = File::create(&path).unwrap();
        std::io::copy(&mut zip.by_name("duban.sqlite").unwrap(), &mut file).unwrap();
        path
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn releases() -> Vec<Release> {
    let heads = std::fs::read_to_string(fixtures().join("heads.txt")).unwrap();
    let split = |line: &str| {
        let (version, head) = line.split_once(' ').unwrap();
        Release { version: version.to_owned(), head: head.to_owned() }
    };
    let releases: Vec<_> = heads.lines().map(split).collect();
    assert!(!releases.is_empty(), "at least one release is stored");
    releases
}

/// The newest release.
pub(crate) fn newest() -> Release {
    releases().pop().unwrap()
}

async fn is_whole(db: &Db, city: Id<Jurisdiction>, release: &Release, blobs: &Shelf) {
    let head = release.head.parse().unwrap();
    let report = verify(db, city, blobs, Some(&head)).await.unwrap();
    assert!(report.is_whole(), "{}: {:#?}", release.version, report.differences);
    assert_eq!(report.head.to_string(), release.head);
}

#[test]
fn the_city_that_the_next_release_will_store_can_be_lived_in() {
    on_engine(Engine::Sqlite, plans, async |city| {
        living::live(&city).await;
        city.verify().await;
    });
}

#[test]
fn the_export_of_every_release_is_imported_to_the_same_head_and_tables() {
    for release in releases() {
        each_place(async |place| {
            let (db, city) = release.imported(place).await;
            let shelf = Shelf::of(&db);
            is_whole(&db, city, &release, &shelf).await;
            let report = verify(&db, city, &shelf, None).await.unwrap();
            assert!(report.files > 0, "a file was attached in that city");
        });
    }
}

#[test]
fn the_migrated_database_of_every_release_equals_a_rebuilt_one() {
    for release in releases() {
        each_place(async |place| {
            let folder = tempfile::tempdir().unwrap();
            let stored = release.unpacked(folder.path());
            let elsewhere = tempfile::tempdir().unwrap();
            let elsewhere = Place::Folder(elsewhere.path().to_owned());
            let (rebuilt, city) = release.imported(elsewhere).await;
            if let Place::Postgres(_) = &place {
                carry(&stored, place.clone()).await;
            } else if let Place::Folder(folder) = &place {
                std::fs::copy(&stored, folder.join("duban.sqlite")).unwrap();
            }
            let migrated = Db::open(place, house().rooms(), Clock::machine()).await.unwrap();
            // The files were beside the database; they are the rebuilt one's.
            is_whole(&migrated, city, &release, &Shelf::of(&rebuilt)).await;
            let digests = digest::of(&migrated, city).await.unwrap();
            assert_eq!(digests, digest::of(&rebuilt, city).await.unwrap());
            let mut tx = migrated.read().await.unwrap();
            let wrong = schema::undeclared(&mut tx, migrated.rooms()).await.unwrap();
            assert!(wrong.iter().all(|w| w.contains("assignment_fts")), "{wrong:#?}");
        });
    }
}

/// Carries a release's SQLite database to PostgreSQL as it was: with the schema of its own
/// migrations, row by row.
async fn carry(stored: &Path, place: Place) {
    let stored = rusqlite::Connection::open(stored).unwrap();
    let db = Db::open(place, rooms_of(&stored), Clock::machine()).await.unwrap();
    let nobody = Id::from(Uuid::nil());
    let rooms = house().rooms();
    db.operate(nobody, async |tx| {
        tx.script("SET LOCAL session_replication_role = replica").await?;
        for spec in std::iter::once(&schema::FACTS).chain(rooms.tables()) {
            for (sql, values) in rows_of(&stored, spec) {
                tx.run(&sql, &values).await?;
            }
        }
        Ok(())
    })
    .await
    .unwrap();
}

/// Today's rooms with the migrations only that a stored database has.
fn rooms_of(stored: &rusqlite::Connection) -> Rooms {
    let mut made = stored.prepare("SELECT room, name FROM migrations").unwrap();
    let made = made.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let made: BTreeSet<(String, String)> = made.map(Result::unwrap).collect();
    let old = |room: &Room| {
        let is_made = |m: &&Migration| made.contains(&(room.name.to_owned(), m.name.to_owned()));
        let migrations: Vec<Migration> = room.migrations.iter().filter(is_made).copied().collect();
        Room { migrations: migrations.leak(), ..*room }
    };
    // The journal's own room stands in front by itself.
    Rooms::new(house().rooms().list().iter().skip(1).map(old))
}

/// The rows of a stored table as statements for today's place; none of a table that came later
/// or that followers fill again.
fn rows_of(stored: &rusqlite::Connection, spec: &TableSpec) -> Vec<(String, Vec<Value>)> {
    let mut named = stored.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
    let named = named.query_map([spec.name], |row| row.get(0)).unwrap();
    let named: BTreeSet<String> = named.map(Result::unwrap).collect();
    let columns: Vec<_> = spec.columns.iter().filter(|c| named.contains(c.name)).collect();
    if columns.is_empty() || spec.kind == TableKind::Derived {
        return Vec::new();
    }
    let names = columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ");
    let places: Vec<_> = (1..=columns.len()).map(|n| format!("${n}")).collect();
    let insert = format!("INSERT INTO {} ({names}) VALUES ({})", spec.name, places.join(", "));
    let mut all = stored.prepare(&format!("SELECT {names} FROM {}", spec.name)).unwrap();
    let mut rows = all.query([]).unwrap();
    let mut statements = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let value = |(i, ty)| value(row.get_ref(i).unwrap(), ty);
        let values = columns.iter().map(|c| c.ty).enumerate().map(value);
        statements.push((insert.clone(), values.collect()));
    }
    statements
}

fn value(stored: ValueRef<'_>, ty: ColumnType) -> Value {
    if stored == ValueRef::Null {
        return Value::Null;
    }
    match ty {
        ColumnType::Bool => Value::Bool(stored.as_i64().unwrap() != 0),
        ColumnType::Int => Value::Int(stored.as_i64().unwrap()),
        ColumnType::Moment => Value::Moment(Moment::from_micros(stored.as_i64().unwrap())),
        ColumnType::Text => Value::Text(stored.as_str().unwrap().to_owned()),
        ColumnType::Day => Value::Day(stored.as_str().unwrap().parse().unwrap()),
        ColumnType::Bytes => Value::Bytes(stored.as_blob().unwrap().to_vec()),
        ColumnType::Uuid => Value::Uuid(Uuid::from_slice(stored.as_blob().unwrap()).unwrap()),
    }
}
