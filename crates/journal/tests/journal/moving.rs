//! Out of one database and into another: export and import, backup and restore.

use std::io::{Cursor, Read, Write};
use std::sync::Mutex;

use journal::transfer::{self, Blobs, Imported, NoBlobs};
use journal::{Boxed, Db, Error, Hash, Place, Result, Tx, args, backup, digest, sm3, verify};
use kernel::{Clock, Id, Jurisdiction, Moment, Refusal};

use crate::common::{MONDAY, World, each_engine, found, on_postgres, on_sqlite, rooms};
use crate::notes::{One, a_lived_in_city, add, change};

/// An open database without a city.
async fn empty(place: Place) -> Db {
    Db::open(place, rooms(), Clock::manual(Moment::from_micros(MONDAY))).await.unwrap()
}

async fn exported(db: &Db, city: Id<Jurisdiction>) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    transfer::export(db, city, &NoBlobs, &mut file).await.unwrap();
    file.into_inner()
}

async fn imported(db: &Db, file: &[u8]) -> Result<Imported> {
    transfer::import(db, &NoBlobs, Cursor::new(file)).await
}

fn refused(outcome: Result<Imported>) -> String {
    match outcome {
        Err(Error::Refused(Refusal::Rule(message))) => message.en,
        other => panic!("{other:?}"),
    }
}

/// Brings a city over and demands that it is the same there.
async fn brought(from: &Db, to: &Db, city: Id<Jurisdiction>) {
    let file = exported(from, city).await;
    let imported = imported(to, &file).await.unwrap();
    let head = from.head(city).await.unwrap();
    assert_eq!((imported.head, imported.facts), (head, head.seq));
    assert_eq!(imported.differences, [""; 0]);
    assert_eq!(to.head(city).await.unwrap(), head);
    assert_eq!(digest::of(to, city).await.unwrap(), digest::of(from, city).await.unwrap());
    for db in [from, to] {
        let report = verify(db, city, &NoBlobs, Some(&head)).await.unwrap();
        assert!(report.is_whole(), "{:?}", report.differences);
        assert_eq!(report.erased, 1);
    }
    // Exported again it is the same file.
    assert_eq!(exported(to, city).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_goes_to_postgresql_and_back_and_stays_the_same() {
    on_sqlite(async |one| {
        let world = World::new(one).await;
        let ids = a_lived_in_city(&world.db, world.city).await;
        on_postgres(async |two| {
            let pg = empty(two).await;
            brought(&world.db, &pg, world.city).await;
            on_sqlite(async |three| brought(&pg, &empty(three).await, world.city).await).await;
            // Life goes on there.
            change(&pg, world.city, ids[0], "迁移之后").await.unwrap();
            let report = verify(&pg, world.city, &NoBlobs, None).await.unwrap();
            assert!(report.is_whole(), "{:?}", report.differences);
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_comes_into_a_database_beside_others() {
    each_engine(async |world| {
        on_sqlite(async |place| {
            let other = World::new(place).await;
            a_lived_in_city(&other.db, other.city).await;
            a_lived_in_city(&world.db, world.city).await;
            brought(&other.db, &world.db, other.city).await;
            world.is_whole().await;
            assert_eq!(world.db.jurisdictions().await.unwrap().len(), 2);
            let file = exported(&other.db, other.city).await;
            assert!(refused(imported(&world.db, &file).await).contains("already"));
        })
        .await;
    })
    .await;
}

/// The file with one part rewritten.
fn rewritten(file: &[u8], part: &str, edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut from = old.by_index(i).unwrap();
        let mut text = String::new();
        from.read_to_string(&mut text).unwrap();
        let name = from.name().unwrap().into_owned();
        let text = if name.ends_with(part) { edit(text) } else { text };
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_that_somebody_edited_is_refused_and_leaves_nothing() {
    each_engine(async |world| {
        on_sqlite(async |place| {
            let other = World::new(place).await;
            a_lived_in_city(&other.db, other.city).await;
            let file = exported(&other.db, other.city).await;
            let without = |text: String, n: usize| {
                text.lines()
                    .enumerate()
                    .filter(|(i, _)| *i != n)
                    .fold(String::new(), |t, (_, l)| t + l + "\n")
            };
            let journal = |edit: &dyn Fn(String) -> String| rewritten(&file, "journal.jsonl", edit);
            let cases = [
                (journal(&|t| t.replace("事项3", "事项9")), "fact 5: hash does not cover"),
                (journal(&|t| without(t, 3)), "fact 5: seq follows 3"),
                (journal(&|t| without(t, 14)), "it ends at 14:"),
                (journal(&|t| without(t, 0)), "fact 2: seq follows 0"),
                (journal(&|_| String::new()), "it ends at 0:"),
                (journal(&|t| t.replacen("\"actor\":\"0", "\"actor\":\"1", 1)), "fact 1: hash"),
                (journal(&|t| t.trim_end().to_owned()), "cut off"),
                (journal(&|t| t.replacen('{', "", 1)), "fact 1: "),
                (
                    rewritten(&file, "manifest.json", |t| {
                        t.replace("\"version\": 1", "\"version\": 2")
                    }),
                    "duban-archive 2",
                ),
                (rewritten(&file, "manifest.json", |t| t.replace("15:", "14:")), "it ends at 15:"),
                (file[..file.len() / 2].to_vec(), "cannot be imported"),
                (b"not a zip file at all".to_vec(), "cannot be imported"),
            ];
            for (file, expected) in cases {
                let why = refused(imported(&world.db, &file).await);
                assert!(why.contains(expected), "{expected}: {why}");
                assert_eq!(world.db.journals().await.unwrap(), [world.city]);
                assert_eq!(world.number("SELECT count(*) FROM notes").await, 0);
            }
            // A sealed value that is not what was sealed comes in, and is named.
            let edited = rewritten(&file, "sealed.jsonl", |t| t.replace("张三", "王五"));
            let imported = imported(&world.db, &edited).await.unwrap();
            assert_eq!(imported.differences.len(), 1);
            assert!(imported.differences[0].contains("is not what was sealed"));
            world.is_whole().await;
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_journal_is_not_exported() {
    on_sqlite(async |place| {
        let world = World::new(place).await;
        a_lived_in_city(&world.db, world.city).await;
        world
            .by_hand("DROP TRIGGER facts_no_update; UPDATE facts SET act = 'x' WHERE seq = 4")
            .await;
        let file = Cursor::new(Vec::new());
        let outcome = transfer::export(&world.db, world.city, &NoBlobs, file).await;
        assert!(outcome.unwrap_err().to_string().contains("broken at 4: hash"));
        let nowhere =
            transfer::export(&world.db, Id::new(), &NoBlobs, Cursor::new(Vec::new())).await;
        assert!(matches!(nowhere, Err(Error::Refused(Refusal::Missing))));
    })
    .await;
}

/// Files in memory.
#[derive(Default)]
struct Shelf(Mutex<Vec<(Hash, Vec<u8>)>>);

impl Blobs for Shelf {
    fn list<'a>(&'a self, _: &'a mut Tx, _: Id<Jurisdiction>) -> Boxed<'a, Result<Vec<Hash>>> {
        Box::pin(async { Ok(self.0.lock().unwrap().iter().map(|(hash, _)| *hash).collect()) })
    }

    fn read<'a>(
        &'a self,
        _: &'a mut Tx,
        _: Id<Jurisdiction>,
        blob: &'a Hash,
        into: &'a mut (dyn Write + Send),
    ) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            let shelf = self.0.lock().unwrap();
            let (_, bytes) = shelf.iter().find(|(hash, _)| hash == blob).unwrap();
            Ok(into.write_all(bytes)?)
        })
    }

    fn write<'a>(
        &'a self,
        _: &'a mut Tx,
        _: Id<Jurisdiction>,
        blob: &'a Hash,
        from: &'a mut (dyn Read + Send),
    ) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            let mut bytes = Vec::new();
            from.read_to_end(&mut bytes)?;
            assert_eq!(&sm3(&[&bytes]), blob);
            self.0.lock().unwrap().push((*blob, bytes));
            Ok(())
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_travel_with_the_facts_that_name_them() {
    on_sqlite(async |place| {
        let world = World::new(place).await;
        let (here, there) = (Shelf::default(), Shelf::default());
        for bytes in [b"one".to_vec(), vec![7; 300_000]] {
            here.0.lock().unwrap().push((sm3(&[&bytes]), bytes));
        }
        let mut file = Cursor::new(Vec::new());
        transfer::export(&world.db, world.city, &here, &mut file).await.unwrap();
        on_postgres(async |place| {
            let db = empty(place).await;
            let file = Cursor::new(file.get_ref().as_slice());
            transfer::import(&db, &there, file).await.unwrap();
            let mut there = there.0.lock().unwrap();
            there.sort();
            let mut here = here.0.lock().unwrap().clone();
            here.sort();
            assert_eq!(*there, here);
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_others_write_is_whole_and_names_where_it_came_from() {
    each_engine(async |world| {
        let other = found(&world.db, "许昌市").await;
        a_lived_in_city(&world.db, world.city).await;
        let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let writers: Vec<_> = (0..4)
            .map(|_| {
                let (db, city, stop) = (world.db.clone(), world.city, stop.clone());
                tokio::spawn(async move {
                    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                        add(&db, city, "同时").await.unwrap();
                    }
                })
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.zip");
        for _ in 0..3 {
            backup::backup(&world.db, &NoBlobs, &file).await.unwrap();
        }
        let heads = backup::backup(&world.db, &NoBlobs, &file).await.unwrap();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let sqlite = tempfile::tempdir().unwrap();
        let place = Place::Folder(sqlite.path().to_owned());
        restored(&world, other, &file, &heads, place).await;
        on_postgres(async |place| restored(&world, other, &file, &heads, place).await).await;
    })
    .await;
}

async fn restored(
    world: &World,
    other: Id<Jurisdiction>,
    file: &std::path::Path,
    heads: &[(Id<Jurisdiction>, journal::Head)],
    place: Place,
) {
    let db = empty(place).await;
    let open = || std::fs::File::open(file).unwrap();
    let arrived = backup::restore(&db, &NoBlobs, open(), &[]).await.unwrap();
    assert_eq!(arrived.iter().map(|a| a.jurisdiction).collect::<Vec<_>>(), [world.city, other]);
    goes_on_from(world, &db, heads).await;
    // What was printed after the backup is missed.
    let printed = world.db.head(world.city).await.unwrap();
    let report = verify(&db, world.city, &NoBlobs, Some(&printed)).await.unwrap();
    assert!(!report.is_whole());
    let again = backup::restore(&db, &NoBlobs, open(), &[]).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::Rule(_)))));
    add(&db, world.city, "之后").await.unwrap();
    let report = verify(&db, world.city, &NoBlobs, None).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.differences);
}

/// Each city of the copy has the backup's head on its chain, and then the fact that names it.
async fn goes_on_from(world: &World, db: &Db, heads: &[(Id<Jurisdiction>, journal::Head)]) {
    for (city, head) in heads {
        // The head of the backup is on the chain of the original and of the copy.
        for db in [&world.db, db] {
            let report = verify(db, *city, &NoBlobs, Some(head)).await.unwrap();
            assert!(report.is_whole(), "{:?}", report.differences);
        }
        let now = db.head(*city).await.unwrap();
        assert_eq!(now.seq, head.seq + 1);
        let mut tx = db.read().await.unwrap();
        let last = journal::history::after(&mut tx, *city, head.seq, 10).await.unwrap();
        assert_eq!(last[0].kind, "restored");
        assert!(String::from_utf8_lossy(&last[0].payload).contains(&head.to_string()));
        // The key of an act before the backup still answers.
        let sql = "SELECT count(*) FROM act_keys WHERE jurisdiction_id = $1";
        let One(keys) = tx.one(sql, args![*city]).await.unwrap();
        assert!(keys >= 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_left_out_of_a_restore_stay_empty() {
    on_sqlite(async |place| {
        let world = World::new(place).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.zip");
        backup::backup(&world.db, &NoBlobs, &file).await.unwrap();
        on_sqlite(async |place| {
            let db = empty(place).await;
            let file = std::fs::File::open(&file).unwrap();
            backup::restore(&db, &NoBlobs, file, &["act_keys"]).await.unwrap();
            let mut tx = db.read().await.unwrap();
            let One(keys) = tx.one("SELECT count(*) FROM act_keys", &[]).await.unwrap();
            assert_eq!(keys, 0);
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn digests_are_equal_only_when_every_row_is() {
    each_engine(async |world| {
        a_lived_in_city(&world.db, world.city).await;
        let before = digest::of(&world.db, world.city).await.unwrap();
        world.by_hand("UPDATE notes SET changes = changes + 1 WHERE title = '事项5'").await;
        let after = digest::of(&world.db, world.city).await.unwrap();
        let differ: Vec<_> =
            before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.table).collect();
        assert_eq!(differ, ["notes"]);
        assert!(before.iter().any(|d| (d.table, d.rows) == ("note_versions", 8)));
    })
    .await;
}
