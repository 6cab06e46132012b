//! Measures the journal: acts, chain, verify, export, import, backup.
//!
//! `cargo run --release -p journal --example bench [facts] [postgres://…/new_database]`
//!
//! An act reads an item, decides, and records one fact: a row more and a row changed. Without an
//! address only SQLite is measured. The PostgreSQL database must be new.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use journal::transfer::{self, NoBlobs};
use journal::{
    By, CityFact, Db, Entry, Fact as _, Migration, Place, Result, Room, Rooms, Row as _, Tables,
    args, backup, digest, facts, history, table, verify,
};
use kernel::{Clock, Day, Id, Jurisdiction, Moment, Subject, SubjectKind};
use uuid::Uuid;

table! {
    /// An item of work.
    pub(crate) struct ItemRow: Record "items" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) unit_id: Uuid,
        pub(crate) title: String,
        pub(crate) state: String,
        pub(crate) due_on: Day,
        pub(crate) progress: i64,
        pub(crate) spent_fen: i64,
        pub(crate) urgent: bool,
        pub(crate) changed_at: Moment,
        pub(crate) closed_at: Option<Moment>,
    }
}

table! {
    /// A report on an item.
    pub(crate) struct ReportRow: Record "reports" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) item_id: Uuid,
        pub(crate) at: Moment,
        pub(crate) actor: Uuid,
        pub(crate) progress: i64,
        pub(crate) text: String,
    }
}

facts! {
    pub(crate) enum Fact {
        "item_added" Added { unit: Uuid, title: String, due_on: Day },
        "item_reported" Reported { report: Uuid, progress: i64, text: String, fen: i64 },
    }
}

const SCHEMA: &str = "
CREATE TABLE items (
  jurisdiction_id @uuid NOT NULL, id @uuid NOT NULL, unit_id @uuid NOT NULL, title @text NOT NULL,
  state @text NOT NULL, due_on @day NOT NULL, progress @int NOT NULL, spent_fen @int NOT NULL,
  urgent @bool NOT NULL, changed_at @moment NOT NULL, closed_at @moment,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX items_by_unit ON items (jurisdiction_id, unit_id, state);
CREATE TABLE reports (
  jurisdiction_id @uuid NOT NULL, id @uuid NOT NULL, item_id @uuid NOT NULL, at @moment NOT NULL,
  actor @uuid NOT NULL, progress @int NOT NULL, text @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX reports_by_item ON reports (jurisdiction_id, item_id, at);
";

const ROOM: Room = Room {
    name: "items",
    migrations: &[Migration { name: "0001_items", sql: SCHEMA }],
    tables: &[ItemRow::SPEC, ReportRow::SPEC],
    blobs: &[],
    kinds: Fact::KINDS,
    apply: |entry, tables| Box::pin(apply(entry, tables)),
};

async fn apply(entry: &Entry, tables: &mut Tables<'_>) -> Result<()> {
    let (jurisdiction_id, id) = (entry.jurisdiction, entry.subject.id);
    match Fact::join(&entry.kind, &entry.payload)? {
        Fact::Added { unit, title, due_on } => {
            tables
                .insert(&ItemRow {
                    jurisdiction_id,
                    id,
                    unit_id: unit,
                    title,
                    state: "open".to_owned(),
                    due_on,
                    progress: 0,
                    spent_fen: 0,
                    urgent: false,
                    changed_at: entry.at,
                    closed_at: None,
                })
                .await
        }
        Fact::Reported { report, progress, text, fen } => {
            let row = ReportRow {
                jurisdiction_id,
                id: report,
                item_id: id,
                at: entry.at,
                actor: entry.actor,
                progress,
                text,
            };
            tables.insert(&row).await?;
            let item: ItemRow = tables.get(args![jurisdiction_id, id]).await?;
            let spent_fen = item.spent_fen + fen;
            let item = ItemRow { progress, spent_fen, changed_at: entry.at, ..item };
            tables.replace(&item).await
        }
    }
}

fn rooms() -> Rooms {
    Rooms::new([ROOM])
}

fn say(what: &str, n: i64, took: Duration) -> std::io::Result<()> {
    let secs = took.as_micros().max(1);
    let rate = u128::try_from(n).unwrap_or_default() * 1_000_000 / secs;
    writeln!(std::io::stdout(), "{what:<34} {n:>8} in {:>7} ms  {rate:>8}/s", secs / 1_000)
}

/// A city with some items; answers their ids.
async fn founded(db: &Db) -> Result<(Id<Jurisdiction>, Vec<Uuid>)> {
    let city = Id::new();
    let founded = CityFact::Founded { name: "漯河市".into(), zone: "Asia/Shanghai".into() };
    let subject = Subject::new(SubjectKind::Jurisdiction, city.uuid());
    db.act(By::program(city, "setup"), async |act| act.record(subject, &founded).await).await?;
    let ids: Vec<Uuid> = (0..2_000).map(|_| Uuid::now_v7()).collect();
    for some in ids.chunks(100) {
        db.act(By::program(city, "items.add"), async |act| {
            for (n, id) in some.iter().enumerate() {
                let unit = Uuid::from_u128(n as u128 % 90);
                let title = format!("推进第{n}项重点工作，月底前完成阶段目标并报送情况");
                let fact = Fact::Added { unit, title, due_on: act.today() };
                act.record(Subject::new(SubjectKind::Assignment, *id), &fact).await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok((city, ids))
}

async fn report(db: &Db, city: Id<Jurisdiction>, id: Uuid, n: i64, facts: i64) -> Result<()> {
    db.act(By::program(city, "items.report"), async |act| {
        let key = args![city, id].to_vec();
        let sql = "SELECT progress FROM items WHERE jurisdiction_id = $1 AND id = $2";
        let (progress,): (i64,) = act.one(sql, &key).await?;
        for _ in 0..facts {
            let text = format!("本周完成了第{n}阶段的施工和资料整理，下周继续推进，暂无困难。");
            let progress = (progress + 1) % 100;
            let fact = Fact::Reported { report: Uuid::now_v7(), progress, text, fen: 125 };
            act.record(Subject::new(SubjectKind::Assignment, id), &fact).await?;
        }
        Ok(())
    })
    .await
    .map(|_| ())
}

/// Acts of some callers until there are so many, each with some facts.
async fn acts(
    db: &Db,
    (city, ids): (Id<Jurisdiction>, &Arc<Vec<Uuid>>),
    callers: usize,
    (total, facts): (i64, i64),
) -> Result<Duration> {
    let left = Arc::new(AtomicI64::new(total));
    let began = Instant::now();
    let callers = (0..callers).map(|_| {
        let (db, ids, left) = (db.clone(), Arc::clone(ids), Arc::clone(&left));
        tokio::spawn(async move {
            loop {
                let n = left.fetch_sub(1, Ordering::Relaxed);
                if n <= 0 {
                    return Ok::<_, journal::Error>(());
                }
                let at = usize::try_from(n * 7_919).unwrap_or_default() % ids.len();
                report(&db, city, ids[at], n, facts).await?;
            }
        })
    });
    for caller in futures_util::future::join_all(callers).await {
        caller.map_err(journal::Error::fault)??;
    }
    Ok(began.elapsed())
}

async fn chain(db: &Db, city: Id<Jurisdiction>) -> Result<(i64, Duration)> {
    let mut tx = db.read().await?;
    let (mut seq, began) = (0, Instant::now());
    loop {
        let entries = history::after(&mut tx, city, seq, 1_000).await?;
        let Some(last) = entries.last() else { return Ok((seq, began.elapsed())) };
        seq = last.seq;
        if entries.iter().any(|e| e.digest() != e.hash) {
            return Err(journal::Error::fault("broken"));
        }
    }
}

async fn proved(what: &str, db: &Db, city: Id<Jurisdiction>) -> Result<()> {
    let (n, took) = chain(db, city).await?;
    say(&format!("{what}: read and hash"), n, took)?;
    let began = Instant::now();
    let report = verify(db, city, &NoBlobs, None).await?;
    say(&format!("{what}: verify, all of it"), report.facts, began.elapsed())?;
    if !report.is_whole() {
        return Err(journal::Error::fault("not whole"));
    }
    let began = Instant::now();
    let rows: u64 = digest::of(db, city).await?.iter().map(|d| d.rows).sum();
    say(
        &format!("{what}: digest, rows"),
        i64::try_from(rows).unwrap_or_default(),
        began.elapsed(),
    )?;
    Ok(())
}

async fn moved(from: &Db, to: &Db, city: Id<Jurisdiction>, folder: &Path) -> Result<()> {
    let file = folder.join("export.zip");
    let began = Instant::now();
    let out = std::io::BufWriter::new(std::fs::File::create(&file)?);
    let head = transfer::export(from, city, &NoBlobs, out).await?;
    say("export", head.seq, began.elapsed())?;
    let began = Instant::now();
    let arrived = transfer::import(to, &NoBlobs, std::fs::File::open(&file)?).await?;
    say("import", arrived.facts, began.elapsed())?;
    Ok(())
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<()> {
    let mut given = std::env::args().skip(1);
    let total: i64 = given.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir()?;
    let at = |name: &str| Place::Folder(folder.path().join(name));
    let db = Db::open(at("one"), rooms(), Clock::machine()).await?;
    let (city, ids) = founded(&db).await?;
    let ids = Arc::new(ids);
    for callers in [1, 8, 32, 64] {
        let n = 4_000 + 500 * i64::try_from(callers).unwrap_or_default();
        let took = acts(&db, (city, &ids), callers, (n, 1)).await?;
        say(&format!("SQLite: acts, {callers} callers"), n, took)?;
    }
    let missing = total - db.head(city).await?.seq;
    acts(&db, (city, &ids), 8, (missing / 50 + 1, 50)).await?;
    proved("SQLite", &db, city).await?;
    let began = Instant::now();
    let heads = backup::backup(&db, &NoBlobs, &folder.path().join("backup.zip")).await?;
    say("backup", heads.iter().map(|(_, head)| head.seq).sum(), began.elapsed())?;
    moved(&db, &Db::open(at("two"), rooms(), Clock::machine()).await?, city, folder.path()).await?;
    let Some(url) = given.next() else { return Ok(()) };
    let pg = Db::open(Place::Postgres(url), rooms(), Clock::machine()).await?;
    moved(&db, &pg, city, folder.path()).await?;
    proved("PostgreSQL", &pg, city).await?;
    for callers in [1, 8, 32, 64] {
        let n = 500 + 100 * i64::try_from(callers).unwrap_or_default();
        let took = acts(&pg, (city, &ids), callers, (n, 1)).await?;
        say(&format!("PostgreSQL: acts, {callers} callers"), n, took)?;
    }
    Ok(())
}
