//! The demo city is played once on SQLite and looked at from all sides.

use std::collections::BTreeMap;
use std::path::PathBuf;

use journal::{Db, Place, Rooms, Tx, args};
use kernel::Clock;
use people::demo::City;
use uuid::Uuid;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("duban-demo-{}", Uuid::now_v7())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

async fn opened(folder: &Folder) -> (Db, Clock) {
    let zone = people::demo::zone().unwrap();
    let clock = Clock::manual(people::demo::start(&zone).unwrap());
    let rooms = Rooms::new([people::ROOM, crate::ROOM]);
    let db = Db::open(Place::Folder(folder.0.clone()), rooms, clock.clone()).await.unwrap();
    (db, clock)
}

async fn counts(tx: &mut Tx, sql: &str, city: &City) -> BTreeMap<String, i64> {
    let rows: Vec<(String, i64)> = tx.all(sql, args![city.jurisdiction]).await.unwrap();
    rows.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_believable() {
    let folder = Folder::new();
    let (db, clock) = opened(&folder).await;
    let started = std::time::Instant::now();
    let city = people::demo::found(&db, &clock).await.unwrap();
    println!("founded in {:?}", started.elapsed());
    super::play(&db, &clock, &city).await.unwrap();
    println!("played in {:?}", started.elapsed());
    let mut tx = db.read().await.unwrap();
    let states = counts(
        &mut tx,
        "SELECT state, COUNT(*) FROM assignments WHERE jurisdiction_id = $1 GROUP BY state",
        &city,
    )
    .await;
    println!("{states:#?}");
    let kinds = counts(
        &mut tx,
        "SELECT kind, COUNT(*) FROM facts WHERE jurisdiction_id = $1 GROUP BY kind",
        &city,
    )
    .await;
    println!("{kinds:#?}");
}
