//! Stores what a release leaves behind as a fixture of the tests: a small city's export, and its
//! SQLite database as the release's migrations made it.
//!
//! `cargo run -p sweep --example release -- 0.1.0`
//!
//! It refuses to overwrite: a fixture is for ever. Kinds of fact that the city lacks are named.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a fixture that cannot be made says so"
)]

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use files::Shelf;
use journal::{Engine, Place, transfer};
use testkit::{City, on_engine};

#[path = "../tests/building/living.rs"]
mod living;

fn main() {
    let version = std::env::args().nth(1).unwrap_or_else(|| panic!("which release? 0.1.0"));
    on_engine(Engine::Sqlite, building::plans, async |city| {
        living::live(&city).await;
        city.verify().await;
        let lacking = lacking(&city).await;
        println!("kinds of fact that did not happen: {lacking:?}");
        keep(&city, &version).await;
    });
}

/// Where fixtures are.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Writes the fixture's files and its line in `heads.txt`.
async fn keep(city: &City, version: &str) {
    let new = |name: &str| {
        let path = fixtures().join(name);
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path);
        file.unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let export = new(&format!("city-{version}.zip"));
    let shelf = Shelf::of(city.db());
    let head = transfer::export(city.db(), city.id(), &shelf, export).await.unwrap();
    let Place::Folder(folder) = city.db().place() else { panic!("a folder") };
    let folder = tempfile::tempdir_in(folder).unwrap();
    let copy = folder.path().join("duban.sqlite");
    let original = folder.path().parent().unwrap().join("duban.sqlite");
    let connection = rusqlite::Connection::open(original).unwrap();
    connection.execute("VACUUM INTO ?1", [copy.to_str()]).unwrap();
    let mut zip = zip::ZipWriter::new(new(&format!("database-{version}.zip")));
    let smallest = zip::write::SimpleFileOptions::default().compression_level(Some(9));
    zip.start_file("duban.sqlite", smallest).unwrap();
    std::io::copy(&mut File::open(&copy).unwrap(), &mut zip).unwrap();
    zip.finish().unwrap();
    let heads = OpenOptions::new().create(true).append(true).open(fixtures().join("heads.txt"));
    writeln!(heads.unwrap(), "{version} {head}").unwrap();
    println!("{version} {head}");
}

/// Kinds of fact that rooms know and the city lacks.
async fn lacking(city: &City) -> BTreeSet<&'static str> {
    let happened: BTreeSet<String> = city.kinds(100_000).await.into_iter().collect();
    let rooms = city.db().rooms().list();
    let kinds = rooms.iter().flat_map(|room| room.kinds.iter().copied());
    kinds.filter(|kind| !happened.contains(*kind)).collect()
}
