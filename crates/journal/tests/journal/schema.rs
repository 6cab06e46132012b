//! The schema is what the rooms declare, on both engines, and stays so.

use journal::{Db, Place, Rooms, schema};
use kernel::{Clock, Moment};

use crate::common::{MONDAY, World, each_engine, each_place, on_postgres, on_sqlite, rooms};
use crate::notes;

async fn undeclared(world: &World) -> Vec<String> {
    let mut tx = world.db.read().await.unwrap();
    schema::undeclared(&mut tx, world.db.rooms()).await.unwrap()
}

async fn keys(world: &World) -> Vec<String> {
    schema::keys_without_city(&mut world.db.read().await.unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_is_declared_with_its_columns_and_every_key_contains_the_city() {
    each_engine(async |world| {
        assert_eq!(undeclared(&world).await, [""; 0]);
        assert_eq!(keys(&world).await, [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_declared_is_named() {
    each_engine(async |world| {
        let (int, blob) = if world.is_sqlite() { ("INTEGER", "BLOB") } else { ("BIGINT", "UUID") };
        world.by_hand(&format!("CREATE TABLE stray (id {int} PRIMARY KEY)")).await;
        world.by_hand(&format!("ALTER TABLE notes ADD COLUMN extra {int}")).await;
        world.by_hand("ALTER TABLE note_versions RENAME TO versions").await;
        assert_eq!(
            undeclared(&world).await,
            [
                "notes: the columns are [\"jurisdiction_id\", \"id\", \"title\", \"body\", \
                 \"changes\", \"urgent\", \"due_on\", \"changed_at\", \"mark\", \"author\", \
                 \"extra\"], declared [\"jurisdiction_id\", \"id\", \"title\", \"body\", \
                 \"changes\", \"urgent\", \"due_on\", \"changed_at\", \"mark\", \"author\"]",
                "note_versions is declared, but not in the database",
                "stray is in the database, not declared",
                "versions is in the database, not declared",
            ]
        );
        world.by_hand("CREATE UNIQUE INDEX titles ON notes (title)").await;
        world.by_hand(&format!("CREATE TABLE t (a {int} REFERENCES stray (id), b {blob})")).await;
        assert_eq!(keys(&world).await, ["notes (title)", "stray (id)", "t (a) -> stray"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_column_of_another_type_is_named() {
    on_postgres(async |place| {
        let world = World::new(place).await;
        world.by_hand("ALTER TABLE notes ALTER due_on TYPE text").await;
        world.by_hand("ALTER TABLE notes ALTER title DROP NOT NULL").await;
        assert_eq!(
            undeclared(&world).await,
            ["notes.title may be NULL, declared otherwise", "notes.due_on is text, declared Day"]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opening_again_changes_nothing() {
    each_engine(async |world| {
        let before = world.number("SELECT count(*) FROM migrations").await;
        let again = world.open_again().await;
        assert_eq!(before, 2);
        assert_eq!(world.number("SELECT count(*) FROM migrations").await, before);
        assert_eq!(again.head(world.city).await.unwrap(), world.db.head(world.city).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_start_at_once_make_one_schema() {
    each_place(async |place: Place| {
        let clock = Clock::manual(Moment::from_micros(MONDAY));
        let nodes = (0..4).map(|_| tokio::spawn(Db::open(place.clone(), rooms(), clock.clone())));
        let nodes = futures_util::future::join_all(nodes).await;
        let db = nodes.into_iter().map(|node| node.unwrap().unwrap()).next().unwrap();
        let mut tx = db.read().await.unwrap();
        let made: (i64,) = tx.one("SELECT count(*) FROM migrations", &[]).await.unwrap();
        assert_eq!(made, (2,));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_is_older_than_the_database_does_not_start() {
    each_engine(async |world| {
        world.by_hand("UPDATE migrations SET name = '0002_later' WHERE room = 'notes'").await;
        let refused = Db::open(world.place.clone(), rooms(), world.clock.clone()).await;
        let why = refused.err().unwrap().to_string();
        assert!(why.contains("newer program: notes 0002_later"), "{why}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_fails_leaves_nothing_and_can_be_made_later() {
    on_sqlite(async |place| failing_change(place).await).await;
    on_postgres(async |place| failing_change(place).await).await;
}

async fn failing_change(place: Place) {
    const BROKEN: &[journal::Migration] = &[journal::Migration {
        name: "0001_notes",
        sql: "CREATE TABLE half (jurisdiction_id @uuid PRIMARY KEY) @strict; CREATE NONSENSE;",
    }];
    let world = Rooms::new([journal::Room { migrations: BROKEN, ..notes::ROOM }]);
    let failed = Db::open(place.clone(), world, Clock::machine()).await;
    assert!(failed.is_err());
    let world = World::new(place).await;
    assert_eq!(undeclared(&world).await, [""; 0]);
}
