//! The demo city is played once on SQLite and looked at from all sides.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use journal::{Db, Fact as _, FromRow, Place, Rooms, Tx, args};
use kernel::{Clock, Role};
use people::demo::City;
use uuid::Uuid;

use super::{batches, line};
use crate::facts::{BatchFact, Fact};
use crate::light::{Edges, Light};
use crate::store::load::{self, Totals};
use crate::store::register::{self, Filter, Listed};
use crate::tables::{Asked, AssignmentRow, BatchState, State};

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

/// The played city and what is asked of it.
struct Played {
    db: Db,
    city: City,
    edges: Edges,
    all: Vec<Listed>,
}

impl Played {
    async fn new(folder: &Folder) -> Self {
        let (db, clock) = opened(folder).await;
        let begun = std::time::Instant::now();
        let city = people::demo::found(&db, &clock).await.unwrap();
        super::play(&db, &clock, &city).await.unwrap();
        println!("founded and played in {:?}", begun.elapsed());
        let today = people::demo::day(2021, 11, 1).unwrap();
        let mut tx = db.read().await.unwrap();
        let calendar =
            people::store::calendar(&mut tx, city.jurisdiction, today, today.plus(30)).await;
        let edges = Edges::of(today, 3, &calendar.unwrap());
        let chief = city.actor(city.post("督查局", Role::Chief).unwrap());
        let all = register::list(&mut tx, &chief, &Filter::default(), &edges, 2_000).await.unwrap();
        drop(tx);
        Self { db, city, edges, all }
    }

    async fn tx(&self) -> Tx {
        self.db.read().await.unwrap()
    }

    async fn rows<R: FromRow>(&self, sql: &str) -> Vec<R> {
        self.tx().await.all(sql, args![self.city.jurisdiction]).await.unwrap()
    }

    fn count(&self, is_so: impl Fn(&Listed) -> bool) -> usize {
        self.all.iter().filter(|l| is_so(l)).count()
    }

    fn light(&self, light: Light) -> usize {
        self.count(|l| self.edges.light(&l.row) == light)
    }

    async fn waiting(&self, table: &str, state: Asked) -> i64 {
        let sql = format!(
            "SELECT COUNT(*) FROM {table} WHERE jurisdiction_id = $1 AND state = '{}'",
            state.word()
        );
        let rows: Vec<(i64,)> = self.rows(&sql).await;
        rows[0].0
    }
}

async fn verified(db: &Db, city: &City) -> journal::Report {
    journal::verify(db, city.jurisdiction, &files::Shelf::of(db), None).await.unwrap()
}

fn between(what: &str, value: usize, range: RangeInclusive<usize>) {
    println!("{what}: {value}");
    assert!(range.contains(&value), "{what}: {value}, not in {range:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_believable() {
    let folder = Folder::new();
    let played = Played::new(&folder).await;
    the_picture(&played);
    the_best_and_the_worst(&played);
    tallies_count_what_the_rows_say(&played).await;
    requests(&played).await;
    sittings(&played).await;
    batches_are_issued(&played).await;
    every_kind_occurs(&played).await;
    time_runs_on(&played).await;
    let report = verified(&played.db, &played.city).await;
    assert!(report.is_whole(), "{report:?}");
}

fn the_picture(played: &Played) {
    let total = played.all.len();
    between("assignments", total, 380..=430);
    let closed = played.count(|l| matches!(l.row.state, State::Closed | State::Archived));
    let on_time = played.count(|l| l.row.on_time == Some(true));
    between("closed of 100", closed * 100 / total, 62..=68);
    between("on time of 100 closed", on_time * 100 / closed, 82..=89);
    between("overdue", played.light(Light::Red), 11..=13);
    between("due soon", played.light(Light::Yellow), 13..=18);
    between("awaiting acceptance", played.count(|l| l.row.state == State::Issued), 6..=14);
    between("awaiting verification", played.count(|l| l.row.state == State::Submitted), 8..=25);
    between("awaiting the head", played.count(|l| l.row.state == State::Prepared), 1..=4);
    between("stopped", played.light(Light::Stopped), 1..=2);
    between("handed back", played.count(|l| l.row.state == State::HandedBack), 2..=2);
    between("parts", played.count(|l| l.row.parent_id.is_some()), 6..=20);
    between("restricted", played.count(|l| l.row.restricted), 5..=20);
    between(
        "presented",
        played.count(|l| l.row.state == State::Submitted && l.row.presented),
        1..=3,
    );
}

async fn tallies_count_what_the_rows_say(played: &Played) {
    let n =
        |is_so: fn(&AssignmentRow) -> bool| i64::try_from(played.count(|l| is_so(&l.row))).unwrap();
    let light = |light| i64::try_from(played.light(light)).unwrap();
    let wanted = Totals {
        open: n(|a| a.state.is_open()),
        red: light(Light::Red),
        yellow: light(Light::Yellow),
        unaccepted: n(|a| a.state == State::Issued),
        waiting: n(|a| {
            matches!(a.state, State::Submitted | State::HandedBack)
                || (a.state.is_open() && a.awaits_answer_since.is_some())
        }),
        closed: n(|a| matches!(a.state, State::Closed | State::Archived)),
        on_time: n(|a| a.on_time == Some(true)),
    };
    let chief = played.city.actor(played.city.post("督查局", Role::Chief).unwrap());
    let mut tx = played.tx().await;
    let all = load::tallies(&mut tx, &chief, &played.edges, None).await.unwrap();
    assert_eq!(all.totals(), wanted);
    let lines = all.by_line(&mut tx).await.unwrap();
    let mut closed = 0;
    for unit in all.by_unit(&mut tx).await.unwrap() {
        let own = load::tallies(&mut tx, &chief, &played.edges, Some(unit.unit_id)).await.unwrap();
        assert!(own.totals().open >= unit.totals.open, "{}", unit.unit);
        closed += unit.totals.closed;
    }
    assert_eq!(closed, wanted.closed);
    let of_lines: i64 = lines.iter().map(|l| l.totals.open).sum();
    assert_eq!(of_lines, n(|a| a.state.is_open() && a.work_line_id.is_some()));
}

fn the_best_and_the_worst(played: &Played) {
    let mut red: BTreeMap<&str, usize> = BTreeMap::new();
    let mut late: BTreeMap<&str, usize> = BTreeMap::new();
    for l in &played.all {
        *red.entry(&l.unit).or_default() += usize::from(played.edges.light(&l.row) == Light::Red);
        *late.entry(&l.unit).or_default() += usize::from(l.row.on_time == Some(false));
    }
    println!("overdue {red:?}\nlate {late:?}");
    let worst = red.iter().max_by_key(|(_, n)| **n).unwrap();
    assert_eq!(*worst.0, "市金融工作局");
    assert!(red.values().filter(|n| **n > 0).count() >= 7, "{red:?}");
    for best in ["临颍县", "市发展改革委"] {
        assert_eq!((red[best], late[best]), (0, 0), "{best}");
    }
}

async fn requests(played: &Played) {
    assert_eq!(played.waiting("extensions", Asked::Asked).await, 1);
    assert_eq!(played.waiting("extensions", Asked::Endorsed).await, 2);
    assert_eq!(played.waiting("hand_backs", Asked::Endorsed).await, 2);
    for (table, state) in [
        ("extensions", Asked::Granted),
        ("extensions", Asked::Refused),
        ("hand_backs", Asked::Granted),
        ("hand_backs", Asked::Refused),
    ] {
        assert!(played.waiting(table, state).await > 0, "{table} {state:?}");
    }
}

async fn sittings(played: &Played) {
    let sql = "SELECT s.day, s.state, r.number, e.name FROM sittings s \
        JOIN sitting_roles r ON r.jurisdiction_id = s.jurisdiction_id AND r.sitting_id = s.id \
        JOIN series e ON e.jurisdiction_id = r.jurisdiction_id AND e.id = r.series_id \
        WHERE s.jurisdiction_id = $1 ORDER BY s.day";
    let rows: Vec<(String, String, Option<i64>, String)> = played.rows(sql).await;
    let numbers = |name: &str, state: &str| -> Vec<Option<i64>> {
        let of = rows.iter().filter(|r| r.3 == name && r.1 == state);
        of.map(|r| r.2).collect()
    };
    let upto = |n: i64| (1..=n).map(Some).collect::<Vec<_>>();
    assert_eq!(numbers("周交办会", "held"), upto(13));
    assert_eq!(numbers("月讲评会", "held"), upto(3));
    assert_eq!(numbers("周交办会", "planned"), [None]);
    assert_eq!(numbers("月讲评会", "planned"), [None]);
    assert_eq!(numbers("周交办会", "skipped"), [None; 3]);
}

async fn batches_are_issued(played: &Played) {
    let city = played.city.jurisdiction;
    let batches = crate::store::batch::batches(&mut played.tx().await, city).await.unwrap();
    let issued = batches.iter().filter(|b| b.state == BatchState::Issued).count();
    assert_eq!((batches.len(), issued), (16, 15));
    let open = batches.iter().find(|b| b.state != BatchState::Issued).unwrap();
    assert_eq!((open.state, open.step), (BatchState::InReview, 2), "waits for the leader");
    for batch in &batches {
        let lines = crate::store::batch::lines(&mut played.tx().await, city, batch.id).await;
        let titles: Vec<_> = lines.unwrap().into_iter().map(|l| l.title).collect();
        let distinct: BTreeSet<_> = titles.iter().collect();
        assert_eq!(distinct.len(), titles.len(), "{}", batch.title);
        println!("{}: {} lines", batch.title, titles.len());
    }
    let on_paper = "SELECT COUNT(*) FROM sign_offs WHERE jurisdiction_id = $1 \
        AND paper_signer_post_id IS NOT NULL";
    let rows: Vec<(i64,)> = played.rows(on_paper).await;
    assert!(rows[0].0 >= 3);
}

/// Every kind of fact of this room has happened, but for taking over: this city began with its
/// first sitting, so nothing ran before. `tests/ledger.rs` has a city that takes a ledger over.
async fn every_kind_occurs(played: &Played) {
    let sql = "SELECT kind, COUNT(*) FROM facts WHERE jurisdiction_id = $1 GROUP BY kind";
    let rows: Vec<(String, i64)> = played.rows(sql).await;
    let kinds: BTreeMap<_, _> = rows.into_iter().collect();
    println!("{kinds:?}");
    for kind in Fact::KINDS.iter().chain(BatchFact::KINDS) {
        let elsewhere = kind.ends_with("_taken_over");
        assert_eq!(kinds.contains_key(*kind), !elsewhere, "{kind}");
    }
}

async fn time_runs_on(played: &Played) {
    let sql = "SELECT COUNT(*) FROM facts a JOIN facts b ON b.jurisdiction_id = a.jurisdiction_id \
        AND b.seq = a.seq + 1 WHERE a.jurisdiction_id = $1 AND b.at < a.at";
    let back: Vec<(i64,)> = played.rows(sql).await;
    assert_eq!(back[0].0, 0);
    let empty = "SELECT COUNT(*) FROM reports WHERE jurisdiction_id = $1 AND done = ''";
    let empty: Vec<(i64,)> = played.rows(empty).await;
    assert_eq!(empty[0].0, 0);
    let head = played.db.head(played.city.jurisdiction).await.unwrap();
    let start = people::demo::start(&people::demo::zone().unwrap()).unwrap();
    assert!(head.at < start);
    assert_eq!(played.db.clock().now(), start);
}

#[test]
fn the_tables_hold_no_empty_or_repeated_text() {
    let all = (1..=14).chain([line::INTERIM, line::SUPPLEMENT]);
    let lines: Vec<_> = all.flat_map(batches::lines).collect();
    let titles: BTreeSet<_> = lines.iter().map(|l| l.title).collect();
    between("lines", lines.len(), 180..=260);
    between("distinct titles", titles.len(), 120..=260);
    for l in lines {
        for text in [l.title, l.demand, l.standard] {
            assert!(text.chars().count() >= 4, "{} {text}", l.title);
        }
        assert!(l.title.chars().count() <= 100 && l.days > 0, "{}", l.title);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn load_comes_before_the_past() {
    let folder = Folder::new();
    let (db, clock) = opened(&folder).await;
    let city = people::demo::found(&db, &clock).await.unwrap();
    super::load(&db, &clock, &city, 1_000, 2_500).await.unwrap();
    let rows = async |table: &str| -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE jurisdiction_id = $1");
        let mut tx = db.read().await.unwrap();
        tx.one::<(i64,)>(&sql, args![city.jurisdiction]).await.unwrap().0
    };
    assert_eq!((rows("assignments").await, rows("reports").await), (1_000, 2_500));
    super::play(&db, &clock, &city).await.unwrap();
    assert!(rows("assignments").await > 1_350);
    let report = verified(&db, &city).await;
    assert!(report.is_whole(), "{report:?}");
}
