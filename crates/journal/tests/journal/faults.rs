//! What the world does to a program: kills it, fills its disk, restarts its server.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use journal::transfer::NoBlobs;
use journal::{By, Db, Error, Place, verify};
use kernel::{Clock, Id, Jurisdiction};
use uuid::Uuid;

use crate::common::{World, each_engine, on_sqlite, rooms, server};
use crate::notes::{add, added, subject};

/// Says to the killed child where to write.
const CHILD: &str = "DUBAN_JOURNAL_CHILD";

/// Not a test by itself: the program that [`a_killed_program_loses_no_acknowledged_act`] kills.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_child_acts_until_it_is_killed() {
    let Ok(place) = std::env::var(CHILD) else { return };
    let (city, place) = place.split_once(' ').unwrap();
    let city: Id<Jurisdiction> = city.parse().unwrap();
    let place = if place.starts_with("postgres") {
        Place::Postgres(place.to_owned())
    } else {
        Place::Folder(PathBuf::from(place))
    };
    let db = Db::open(place, rooms(), Clock::machine()).await.unwrap();
    let writers = (0..16).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            loop {
                let (id, _) = add(&db, city, "还在").await.unwrap();
                println!("acknowledged {id}");
            }
        })
    });
    futures_util::future::join_all(writers).await;
}

/// Runs the child, kills it after a while and answers what it had acknowledged.
fn run_and_kill(world: &World, round: u64) -> Vec<Uuid> {
    let place = match &world.place {
        Place::Folder(folder) => folder.display().to_string(),
        Place::Postgres(url) => url.clone(),
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "faults::a_child_acts_until_it_is_killed", "--nocapture"])
        .env(CHILD, format!("{} {place}", world.city))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let id = |line: &str| Some(line.split_once("acknowledged ")?.1.parse::<Uuid>().unwrap());
    let mut acknowledged: Vec<Uuid> =
        lines.find_map(|line| id(&line.unwrap())).into_iter().collect();
    // Not at the same point of its work each time.
    std::thread::sleep(Duration::from_micros(round.wrapping_mul(7_919) % 200_000));
    child.kill().unwrap();
    let rest: Vec<String> = lines.map_while(Result::ok).collect();
    // The last line may have been cut off by the kill.
    acknowledged.extend(rest.iter().filter(|l| l.len() >= 49).filter_map(|l| id(l)));
    child.wait().unwrap();
    acknowledged
}

async fn ids(db: &Db, city: Id<Jurisdiction>) -> HashSet<Uuid> {
    let sql = "SELECT id FROM notes WHERE jurisdiction_id = $1";
    let rows: Vec<(Uuid,)> = db.read().await.unwrap().all(sql, journal::args![city]).await.unwrap();
    rows.into_iter().map(|(id,)| id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_program_loses_no_acknowledged_act() {
    each_engine(async |world| {
        let mut acknowledged = Vec::new();
        for round in 0..20 {
            let new = tokio::task::block_in_place(|| run_and_kill(&world, round));
            assert!(!new.is_empty());
            acknowledged.extend(new);
            let db = world.open_again().await;
            let there = ids(&db, world.city).await;
            assert!(acknowledged.iter().all(|id| there.contains(id)), "lost in round {round}");
        }
        world.is_whole().await;
        add(&world.db, world.city, "之后").await.unwrap();
        world.is_whole().await;
    })
    .await;
}

/// Lets the database file grow by some pages from where it is now, or without end.
async fn allow_pages(world: &World, more: Option<i64>) {
    let now = world.number("SELECT page_count FROM pragma_page_count").await;
    let pages = more.map_or(i64::from(u32::MAX - 1), |more| now + more);
    let sql = format!("PRAGMA max_page_count = {pages}");
    world.db.operate(world.city, async |tx| tx.script(&sql).await).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_acts_and_is_survived_without_a_restart() {
    on_sqlite(async |place| {
        let world = World::new(place).await;
        for more in [0, 1, 2, 7, 30] {
            allow_pages(&world, Some(more)).await;
            let mut refused = 0;
            while refused < 20 {
                let all = (0..8).map(|_| add(&world.db, world.city, "满了吗"));
                for outcome in futures_util::future::join_all(all).await {
                    match outcome {
                        Ok((id, _)) => assert!(ids(&world.db, world.city).await.contains(&id)),
                        Err(Error::Full) => refused += 1,
                        Err(other) => panic!("{other:?}"),
                    }
                }
            }
            // Reading goes on.
            world.db.head(world.city).await.unwrap();
            world.is_whole().await;
            allow_pages(&world, None).await;
            add(&world.db, world.city, "又有地方了").await.unwrap();
            world.is_whole().await;
        }
    })
    .await;
}

/// A PostgreSQL of this test alone, so that it can be killed.
struct Cluster {
    folder: tempfile::TempDir,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Self { folder, bin: binaries(), port };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(cluster.folder.path()));
        }
        let args = ["-A", "trust", "-U", "duban", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"];
        run(cluster.program("initdb").args(args).arg("-D").arg(cluster.data()));
        cluster.start();
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn url(&self) -> String {
        format!("postgres://duban@127.0.0.1:{}/postgres", self.port)
    }

    /// One of the server's programs, as a user that is not root.
    fn program(&self, name: &str) -> Command {
        let path = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(self.folder.path());
        command
    }

    fn start(&self) {
        let folder = self.folder.path().display();
        let options = format!("-p {} -k {folder} -c listen_addresses=127.0.0.1", self.port);
        let mut command = self.program("pg_ctl");
        command.args(["start", "-w", "-o", &options, "-l"]).arg(self.folder.path().join("log"));
        run(command.arg("-D").arg(self.data()));
    }

    fn stop(&self) {
        run(self.program("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(self.data()));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut command = self.program("pg_ctl");
        command.args(["stop", "-m", "immediate", "-D"]).arg(self.data());
        drop(command.stdout(Stdio::null()).stderr(Stdio::null()).status());
    }
}

fn is_root() -> bool {
    let out = Command::new("id").arg("-u").output().unwrap();
    out.stdout.trim_ascii() == b"0"
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

/// The folder of the newest installed server.
fn binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let installed = versions.map(|v| v.path().join("bin")).filter(|b| b.join("initdb").exists());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(|b| b.join("initdb").exists());
    installed.max().or(on_path).expect("PostgreSQL is not installed; `cargo xtask test` says how")
}

/// Acts until told to stop, each again with its key until it is acknowledged.
async fn insist(
    db: Db,
    city: Id<Jurisdiction>,
    stop: Arc<AtomicBool>,
    done: Arc<Mutex<Vec<Uuid>>>,
) {
    while !stop.load(Ordering::Relaxed) {
        let id = Uuid::now_v7();
        let by = By::program(city, "notes.add");
        loop {
            let outcome =
                db.act(by.clone(), async |act| act.record(subject(id), &added("重启")).await).await;
            match outcome {
                Ok(_) => break done.lock().unwrap().push(id),
                Err(Error::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_of_the_server_under_load_is_survived_without_reopening() {
    drop(server());
    let cluster = tokio::task::block_in_place(Cluster::new);
    let world = World::new(Place::Postgres(cluster.url())).await;
    let (stop, done) = (Arc::<AtomicBool>::default(), Arc::<Mutex<Vec<Uuid>>>::default());
    let callers: Vec<_> = (0..8)
        .map(|_| tokio::spawn(insist(world.db.clone(), world.city, stop.clone(), done.clone())))
        .collect();
    let count = || done.lock().unwrap().len();
    for _ in 0..3 {
        let before = count();
        while count() < before + 100 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::task::block_in_place(|| cluster.stop());
        let refused = add(&world.db, world.city, "停着").await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        tokio::task::block_in_place(|| cluster.start());
    }
    let before = count();
    while count() < before + 100 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.unwrap();
    }
    let done = done.lock().unwrap().clone();
    let there = ids(&world.db, world.city).await;
    // Each once, though many were sent again: the key of the form found them.
    assert_eq!(there, done.iter().copied().collect());
    let report = verify(&world.db, world.city, &NoBlobs, None).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.differences);
    assert_eq!(usize::try_from(report.facts).unwrap(), done.len() + 1);
}
