//! Databases for tests: a folder for SQLite, a database of its own on PostgreSQL.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_util::FutureExt;
use journal::transfer::NoBlobs;
use journal::{By, CityFact, Db, Place, Rooms, verify};
use kernel::{Clock, Id, Jurisdiction, Moment, Subject, SubjectKind};
use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::notes;

/// Monday, 2021-11-01 08:00 in Luohe.
pub(crate) const MONDAY: i64 = 1_635_724_800_000_000;

/// One open database with one founded city.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) city: Id<Jurisdiction>,
    pub(crate) clock: Clock,
    pub(crate) place: Place,
}

impl World {
    /// Opens an empty place and founds a city there.
    pub(crate) async fn new(place: Place) -> Self {
        let clock = Clock::manual(Moment::from_micros(MONDAY));
        let db = Db::open(place.clone(), rooms(), clock.clone()).await.unwrap();
        let city = found(&db, "漯河市").await;
        Self { db, city, clock, place }
    }

    /// Another handle on the same place, as a second node or after a restart.
    pub(crate) async fn open_again(&self) -> Db {
        Db::open(self.place.clone(), rooms(), self.clock.clone()).await.unwrap()
    }

    /// Runs hand-written SQL past the program.
    pub(crate) async fn by_hand(&self, sql: &str) {
        by_hand(&self.place, sql).await.unwrap();
    }

    /// One number of a query, read past the program's scope.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let mut tx = self.db.read().await.unwrap();
        tx.one::<notes::One>(sql, &[]).await.unwrap().0
    }

    /// Everything that verify finds, as text.
    pub(crate) async fn differences(&self) -> Vec<String> {
        let report = verify(&self.db, self.city, &NoBlobs, None).await.unwrap();
        report.differences.iter().map(ToString::to_string).collect()
    }

    /// Demands that verify finds nothing.
    pub(crate) async fn is_whole(&self) {
        assert_eq!(self.differences().await, [""; 0]);
    }

    /// Whether this is the embedded engine.
    pub(crate) const fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }
}

/// The rooms of the tests' building.
pub(crate) fn rooms() -> Rooms {
    Rooms::new([notes::ROOM])
}

/// Founds a city.
pub(crate) async fn found(db: &Db, name: &str) -> Id<Jurisdiction> {
    let city = Id::new();
    let founded = CityFact::Founded { name: name.into(), zone: "Asia/Shanghai".into() };
    let subject = Subject::new(SubjectKind::Jurisdiction, city.uuid());
    db.act(By::program(city, "setup"), async |act| act.record(subject, &founded).await)
        .await
        .unwrap();
    city
}

/// Runs a test on a fresh city of each engine.
pub(crate) async fn each_engine(test: impl AsyncFn(World)) {
    each_place(async |place| test(World::new(place).await).await).await;
}

/// Runs a test on an empty place of each engine.
pub(crate) async fn each_place(test: impl AsyncFn(Place)) {
    on_sqlite(&test).await;
    on_postgres(&test).await;
}

/// Runs a test in a new folder.
pub(crate) async fn on_sqlite(test: impl AsyncFn(Place)) {
    let folder = tempfile::tempdir().unwrap();
    test(Place::Folder(folder.path().to_owned())).await;
}

/// Runs a test in a new database on the server of the tests.
pub(crate) async fn on_postgres(test: impl AsyncFn(Place)) {
    let server = server();
    let name = format!("t_{}", Uuid::now_v7().simple());
    sql_on(&server, &format!("CREATE DATABASE {name}")).await.unwrap();
    let place = Place::Postgres(with_database(&server, &name));
    let outcome = AssertUnwindSafe(test(place)).catch_unwind().await;
    sql_on(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// The server of the tests.
pub(crate) fn server() -> String {
    std::env::var("DUBAN_TEST_POSTGRES").unwrap_or_else(|_unset| {
        panic!("DUBAN_TEST_POSTGRES names no server; run `cargo xtask test`, which starts one")
    })
}

/// The address with another database.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, ""), |(b, q)| (b, q));
    let at = base.find("//").map_or(0, |i| i + 2);
    let (scheme, rest) = base.split_at(at);
    let host = rest.split('/').next().unwrap_or(rest);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{scheme}{host}/{name}{mark}{query}")
}

async fn sql_on(url: &str, sql: &str) -> Result<(), String> {
    let (client, connection) =
        tokio_postgres::connect(url, NoTls).await.map_err(|e| e.to_string())?;
    let running = tokio::spawn(connection);
    let done = client
        .batch_execute(sql)
        .await
        .map_err(|e| e.as_db_error().map_or_else(|| e.to_string(), |db| db.message().to_owned()));
    drop(client);
    running.await.unwrap().map_err(|e| e.to_string())?;
    done
}

/// Runs SQL past the program, as somebody with the database's password would.
pub(crate) async fn by_hand(place: &Place, sql: &str) -> Result<(), String> {
    match place {
        Place::Folder(folder) => {
            let file = folder.join("duban.sqlite");
            let connection = rusqlite::Connection::open(file).map_err(|e| e.to_string())?;
            connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
            connection.execute_batch(sql).map_err(|e| e.to_string())
        }
        Place::Postgres(url) => sql_on(url, sql).await,
    }
}
