//! The databases of a test process: one per engine and set of rooms, taken away by the last test.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use journal::{Db, Engine, Place, Rooms};
use kernel::Clock;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;
use web::Plan;

use crate::City;

/// Where `cargo xtask test` says that test databases may be made.
const POSTGRES: &str = "DUBAN_TEST_POSTGRES";

type Key = (bool, Vec<&'static str>);

static OPENED: Mutex<BTreeMap<Key, Weak<Opened>>> = Mutex::new(BTreeMap::new());

/// A database that goes when its last test ends.
pub(crate) enum Opened {
    Sqlite(TempDir),
    Postgres { admin: String, name: String },
}

impl Opened {
    fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::Sqlite(TempDir::new().expect("a temporary folder")),
            Engine::Postgres => {
                let admin = std::env::var(POSTGRES).unwrap_or_default();
                assert!(
                    !admin.is_empty(),
                    "{POSTGRES} is unset: run the tests with cargo xtask test"
                );
                let name = format!("t_{}", Uuid::now_v7().simple());
                administer(&admin, &format!("CREATE DATABASE {name}"));
                Self::Postgres { admin, name }
            }
        }
    }

    fn place(&self) -> Place {
        match self {
            Self::Sqlite(folder) => Place::Folder(folder.path().to_owned()),
            Self::Postgres { admin, name } => {
                let mut url: url::Url = admin.parse().expect("an address of PostgreSQL");
                url.set_path(name);
                Place::Postgres(url.into())
            }
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let Self::Postgres { admin, name } = self {
            administer(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// A database of its own without a city, for what is brought from elsewhere.
pub struct Elsewhere {
    pub(crate) db: Db,
    pub(crate) opened: Arc<Opened>,
}

impl Elsewhere {
    pub(crate) async fn open(engine: Engine, plans: fn() -> Vec<Plan>, clock: Clock) -> Self {
        let opened = Arc::new(Opened::new(engine));
        let rooms = web::House::new(plans(), Box::new(people::Door)).rooms();
        let db = Db::open(opened.place(), rooms, clock).await.expect("the database opens");
        Self { db, opened }
    }

    /// The handle on it.
    pub fn db(&self) -> &Db {
        &self.db
    }
}

/// Runs one statement as the owner of the cluster; in a thread of its own, because a database may
/// be dropped while a runtime is at work.
fn administer(admin: &str, sql: &str) {
    std::thread::scope(|scope| {
        let work = scope.spawn(|| {
            let runtime = Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let connected = tokio_postgres::connect(admin, tokio_postgres::NoTls).await;
                let (client, connection) = connected.expect("PostgreSQL for tests answers");
                tokio::spawn(connection);
                client.batch_execute(sql).await.expect("a test database is made or dropped");
            });
        });
        work.join().expect("PostgreSQL for tests is administered");
    });
}

/// Opens a handle of its own on the process's database; the first one creates it.
fn open(engine: Engine, rooms: Rooms, clock: Clock, runtime: &Runtime) -> (Arc<Opened>, Db) {
    let key = (engine == Engine::Sqlite, rooms.list().iter().map(|room| room.name).collect());
    let mut all = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    let opened = all.get(&key).and_then(Weak::upgrade);
    let opened = opened.unwrap_or_else(|| Arc::new(Opened::new(engine)));
    all.insert(key, Arc::downgrade(&opened));
    let db = runtime.block_on(Db::open(opened.place(), rooms, clock));
    (opened, db.expect("the database opens"))
}

/// Runs a test on SQLite, then on PostgreSQL, each time in a new city at its first morning,
/// 2021-11-01 08:00.
pub fn each_engine(plans: fn() -> Vec<Plan>, test: impl AsyncFn(City)) {
    on_engine(Engine::Sqlite, plans, &test);
    on_engine(Engine::Postgres, plans, &test);
}

/// Runs a test on an empty place of each engine that is its own and taken away afterwards: for
/// what imports, migrates or edits past the program.
pub fn each_place(test: impl AsyncFn(Place)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        // Shown only when the test fails.
        println!("on {engine:?}");
        let opened = Opened::new(engine);
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("a runtime").block_on(test(opened.place()));
    }
}

/// Runs a test on one engine.
pub fn on_engine(engine: Engine, plans: fn() -> Vec<Plan>, test: impl AsyncFn(City)) {
    // Shown only when the test fails.
    println!("on {engine:?}");
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let clock = Clock::manual(City::moment("2021-11-01", "08:00"));
    let rooms = web::House::new(plans(), Box::new(people::Door)).rooms();
    let (opened, db) = open(engine, rooms, clock, &runtime);
    runtime.block_on(async {
        let city = City::found(db, plans, &opened).await;
        test(city).await;
    });
}
