//! Measures the built program on a large city: CPU time of the server's process per request over
//! HTTP, with the same SQL beside it, on both engines. Started by `cargo xtask bench`, which builds
//! the program and starts a PostgreSQL of its own.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks there")]

mod http;
mod measure;
mod meter;
mod office;
mod process;
mod raw;
mod review;
mod store;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use journal::{Error, Place, Result};
use measure::Bench;

/// What `cargo xtask bench` hands over.
struct Given {
    program: PathBuf,
    /// Where the city is kept between runs.
    data: PathBuf,
    /// Another one is made when this differs.
    generator: String,
    assignments: u32,
    sqlite: bool,
    postgres: Option<String>,
    /// Then the review of 3,000 units as well.
    large: bool,
}

impl Given {
    fn parse() -> Result<Self> {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let of = |name: &str| words.iter().find_map(|w| w.strip_prefix(name)).map(str::to_owned);
        let need = |name: &str| of(name).ok_or_else(|| Error::fault(format!("{name}… is missing")));
        Ok(Self {
            program: need("--program=")?.into(),
            data: need("--folder=")?.into(),
            generator: need("--generator=")?,
            assignments: need("--assignments=")?.parse().map_err(Error::fault)?,
            sqlite: words.iter().any(|w| w == "--sqlite"),
            postgres: of("--postgres="),
            large: words.iter().any(|w| w == "--large"),
        })
    }

    fn is_quick(&self) -> bool {
        self.assignments < 50_000
    }

    fn bench(&self, folder: &Path, place: Place, postmaster: Option<u32>) -> Bench {
        let (requests, acts) = if self.is_quick() { (200, 1_000) } else { (1_000, 6_000) };
        let (program, folder) = (self.program.clone(), folder.to_owned());
        Bench { program, folder, place, postmaster, requests, acts, rows: Vec::new() }
    }
}

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("bench: {e}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let given = Given::parse()?;
    let city = city(&given).await?;
    if given.sqlite {
        let folder = given.data.join("work");
        copy(&city, &folder)?;
        let mut bench = given.bench(&folder, Place::Folder(folder.clone()), None);
        bench.over_http().await?;
        bench.verify().await?;
        std::fs::remove_dir_all(&folder)?;
        println!("### SQLite\n\n{}", table::markdown(&bench.rows));
    }
    if let Some(server) = &given.postgres {
        let mut bench = on_postgres(&given, &city, server).await?;
        bench.over_http().await?;
        bench.verify().await?;
        println!("### PostgreSQL, program + server\n\n{}", table::markdown(&bench.rows));
        if given.large {
            bench.rows.clear();
            let records = store::large::grow(&bench.place).await?;
            bench.large(records).await?;
            println!("### PostgreSQL, 3,000 units\n\n{}", table::markdown(&bench.rows));
        }
    }
    Ok(())
}

/// The folder of the city; made when it is not there or another generator made it.
async fn city(given: &Given) -> Result<PathBuf> {
    let folder = given.data.join(format!("city-{}", given.assignments));
    let made = given.data.join(format!("city-{}.generator", given.assignments));
    if std::fs::read_to_string(&made).is_ok_and(|by| by == given.generator) {
        return Ok(folder);
    }
    std::fs::create_dir_all(&given.data)?;
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    eprintln!("making the city of {} assignments …", given.assignments);
    let number = |name: &str, n: u32| [name.to_owned(), n.to_string()];
    let mut words = number("--assignments", given.assignments).to_vec();
    words.extend(number("--reports", given.assignments * 3));
    process::make_city(&given.program, &folder, &words).await?;
    for (command, file) in [("backup", "backup.zip"), ("export", "export.zip")] {
        let file = folder.join(file).display().to_string();
        let data = ["--data".to_owned(), folder.display().to_string()];
        let mut words = vec![command.to_owned(), file];
        words.extend(data);
        process::run(&given.program, &words).await?;
    }
    std::fs::write(made, &given.generator)?;
    Ok(folder)
}

/// A copy of the city to write into, attached files included.
fn copy(city: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(city)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else if !name.to_string_lossy().ends_with(".zip") {
            std::fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

/// The address of a database on the server.
fn at(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap_or((server, ""));
    format!("{base}/{name}")
}

/// Brings the city onto the server and measures the import of its journal beside it.
async fn on_postgres(given: &Given, city: &Path, server: &str) -> Result<Bench> {
    let mut bench = restored(given, city, server).await?;
    let db = building::open(&Place::Postgres(server.to_owned())).await?;
    store::create(&db, "imported").await?;
    drop(db);
    bench.import(city.join("export.zip"), &at(server, "imported")).await?;
    Ok(bench)
}

/// Brings the city onto the server.
async fn restored(given: &Given, city: &Path, server: &str) -> Result<Bench> {
    let db = building::open(&Place::Postgres(server.to_owned())).await?;
    store::must_be_durable(&db).await?;
    let postmaster = process::parent(store::backend(&db).await?)?;
    store::create(&db, "bench").await?;
    let url = at(server, "bench");
    let place = Place::Postgres(url.clone());
    eprintln!("restoring the city on PostgreSQL …");
    let file = city.join("backup.zip").display().to_string();
    let words = ["restore", &file, "--database", &url].map(str::to_owned);
    process::run(&given.program, &words).await?;
    raw::catch_up(place.clone()).await?;
    Ok(given.bench(city, place, Some(postmaster)))
}
