//! Group commit: one queue, one open transaction, lent to one waiting act after the other.
//!
//! The writer opens a savepoint and lends the transaction; the act runs in its caller's task and
//! hands it back; the writer releases or undoes the savepoint, takes the next waiter, and commits
//! when nobody waits or after [`BATCH_MAX`] acts. Only then are the acts answered.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use kernel::{Clock, Id, Jurisdiction, Moment};
use tokio::sync::{mpsc, oneshot, watch};

use crate::act::{Act, By, HandBack, Kept};
use crate::city::{HeadRow, JurisdictionRow};
use crate::entry::Head;
use crate::pool::Pg;
use crate::room::Rooms;
use crate::{Error, Result, Row as _, Tables, Tx, args};

/// Acts in one transaction at most: bounds how long the first waits for its commit.
const BATCH_MAX: usize = 64;
/// Acts are refused when the disk has less than this free, so that a commit seldom meets its end.
const FREE_MIN: u64 = 256 << 20;
/// How often the free space is looked at.
const FREE_EVERY: Duration = Duration::from_secs(1);

/// What the transaction is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To record facts; refused when the disk is nearly full.
    Record,
    /// To change operational tables only: signing in goes on until the disk is quite full.
    Operate,
}

/// Somebody who waits for the transaction.
pub(crate) struct Waiter {
    pub(crate) by: By,
    pub(crate) purpose: Purpose,
    pub(crate) lend: oneshot::Sender<Result<Act>>,
}

/// Where the writer's connection comes from.
pub(crate) enum Source {
    /// The one writing connection of a SQLite file, and the folder whose free space counts.
    Sqlite(Option<Tx>, PathBuf),
    /// A pool; each batch takes a connection.
    Postgres(deadpool_postgres::Pool),
}

/// The state of one writer task.
pub(crate) struct Writer {
    pub(crate) source: Source,
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) clock: Clock,
    pub(crate) news: watch::Sender<u64>,
    pub(crate) looked: Option<Instant>,
}

/// What is known of a city inside one batch.
struct Open {
    head: Head,
    stored: bool,
    zone: TimeZone,
    offset_us: i64,
    changed: bool,
    unsettled: bool,
}

impl Open {
    /// The city's clock, which never goes back behind its journal.
    fn now(&self, clock: &Clock) -> Moment {
        clock.now().plus_micros(self.offset_us).max(self.head.at)
    }
}

fn zone_of(name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(Error::fault)
}

/// One transaction under way.
struct Batch {
    tx: Tx,
    cities: HashMap<Id<Jurisdiction>, Open>,
    done: Vec<oneshot::Sender<Result<()>>>,
}

impl Writer {
    /// Serves the queue until all its senders are gone.
    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Waiter>) {
        while let Some(first) = queue.recv().await {
            match self.begin().await {
                Ok(tx) => self.serve(tx, first, &mut queue).await,
                Err(e) => answer(first, e),
            }
        }
    }

    /// Whether little space is left; looked up now and then, and each time while it is so.
    fn disk_is_full(&mut self) -> bool {
        if self.looked.is_some_and(|at| at.elapsed() < FREE_EVERY) {
            return false;
        }
        let full = match &self.source {
            Source::Sqlite(_, folder) => {
                fs4::available_space(folder).is_ok_and(|free| free < FREE_MIN)
            }
            Source::Postgres(_) => false,
        };
        self.looked = (!full).then(Instant::now);
        full
    }

    async fn begin(&mut self) -> Result<Tx> {
        match &mut self.source {
            Source::Sqlite(tx, _) => {
                let mut tx =
                    tx.take().ok_or_else(|| Error::fault("the writer has no connection"))?;
                let begun = tx.script("BEGIN IMMEDIATE").await;
                if let Err(e) = begun {
                    self.put_back(tx);
                    return Err(e);
                }
                Ok(tx)
            }
            Source::Postgres(pool) => {
                let mut tx = Tx::Postgres(Pg::new(pool.get().await?));
                tx.script("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
                Ok(tx)
            }
        }
    }

    fn put_back(&mut self, tx: Tx) {
        if let Source::Sqlite(home, _) = &mut self.source {
            *home = Some(tx);
        }
    }

    async fn serve(&mut self, tx: Tx, first: Waiter, queue: &mut mpsc::Receiver<Waiter>) {
        let mut batch = Batch { tx, cities: HashMap::new(), done: Vec::new() };
        let mut next = Some(first);
        while let Some(waiter) = next {
            let Some(going_on) = self.lend(batch, waiter).await else { return };
            batch = going_on;
            let room = batch.done.len() < BATCH_MAX;
            next = if room { queue.try_recv().ok() } else { None };
        }
        self.commit(batch).await;
    }

    /// Lends the transaction to one waiter; `None` when the connection was lost with the batch.
    async fn lend(&mut self, mut batch: Batch, waiter: Waiter) -> Option<Batch> {
        if waiter.purpose == Purpose::Record && self.disk_is_full() {
            answer(waiter, Error::Full);
            return Some(batch);
        }
        let jurisdiction = waiter.by.jurisdiction;
        let opened = batch.open(jurisdiction).await;
        let opened = match opened {
            Ok(()) => batch.tx.script("SAVEPOINT act").await,
            Err(e) => Err(e),
        };
        if let Err(e) = opened {
            answer(waiter, passing(&e));
            return self.give_up(batch, e).await;
        }
        let Batch { tx, cities, done } = batch;
        let (back, returned) = oneshot::channel();
        let city = cities.get(&jurisdiction);
        let act = Act {
            tx: Some(tx),
            head: city.map_or_else(Head::origin, |c| c.head),
            facts: Vec::new(),
            failed: false,
            resettled: false,
            now: city.map_or_else(|| self.clock.now(), |c| c.now(&self.clock)),
            zone: city.map_or(TimeZone::UTC, |c| c.zone.clone()),
            by: waiter.by,
            rooms: Arc::clone(&self.rooms),
            back: Some(back),
        };
        // A caller that has left drops the act, which hands it back undone.
        drop(waiter.lend.send(Ok(act)));
        let HandBack { mut tx, keep } = match returned.await {
            Ok(back) => back,
            Err(_lost) => {
                refuse_all(done, "an act lost its transaction");
                return None;
            }
        };
        let ended = match &keep {
            Some(_) => tx.script("RELEASE SAVEPOINT act").await,
            None => tx.script("ROLLBACK TO SAVEPOINT act; RELEASE SAVEPOINT act").await,
        };
        let mut batch = Batch { tx, cities, done };
        match (keep, ended) {
            (Some(kept), Ok(())) => batch.keep(jurisdiction, kept),
            (None, Ok(())) => {}
            (kept, Err(e)) => {
                batch.done.extend(kept.map(|k| k.done));
                return self.give_up(batch, e).await;
            }
        }
        Some(batch)
    }

    /// The batch cannot go on: nothing of it was committed, everybody may send again.
    async fn give_up(&mut self, batch: Batch, e: Error) -> Option<Batch> {
        tracing::warn!(error = %e, acts = batch.done.len(), "batch given up");
        let Batch { mut tx, done, .. } = batch;
        for waits in done {
            drop(waits.send(Err(passing(&e))));
        }
        // A lost PostgreSQL connection is dropped; SQLite's goes on after the rollback.
        if tx.is_sqlite() {
            if let Err(e) = tx.script("ROLLBACK").await {
                tracing::debug!(error = %e, "nothing to roll back");
            }
            self.put_back(tx);
        }
        None
    }

    async fn commit(&mut self, mut batch: Batch) {
        if let Err(e) = batch.flush().await {
            self.give_up(batch, e).await;
            return;
        }
        match batch.tx.script("COMMIT").await {
            Ok(()) => {
                for waits in batch.done {
                    drop(waits.send(Ok(())));
                }
                self.put_back(batch.tx);
                // Followers wait for this, and their own commits must not wake them.
                if batch.cities.values().any(|c| c.changed) {
                    self.news.send_modify(|n| *n += 1);
                }
            }
            // A PostgreSQL server that answers has not committed; one that does not may have, and
            // then the key finds the act.
            Err(e) if !batch.tx.is_sqlite() || matches!(e, Error::Full | Error::Unavailable(_)) => {
                self.give_up(batch, e).await;
            }
            Err(e) => unknown_outcome(&e),
        }
    }
}

impl Batch {
    /// Reads a city's head and clock once per batch; on PostgreSQL the head row stays locked.
    async fn open(&mut self, jurisdiction: Id<Jurisdiction>) -> Result<()> {
        match self.cities.get(&jurisdiction) {
            Some(city) if city.unsettled => return self.settle(jurisdiction).await,
            Some(_) => return Ok(()),
            None => {}
        }
        let lock = if self.tx.is_sqlite() { "" } else { " FOR UPDATE" };
        let sql = format!("SELECT seq, hash, at FROM heads WHERE jurisdiction_id = $1{lock}");
        let head: Option<Head> = self.tx.opt(&sql, args![jurisdiction]).await?;
        let city: Option<JurisdictionRow> =
            self.tx.opt(&JurisdictionRow::sql().get, args![jurisdiction]).await?;
        let zone = city.as_ref().map_or("UTC", |c| c.zone.as_str());
        let open = Open {
            stored: head.is_some(),
            head: head.unwrap_or_else(Head::origin),
            zone: zone_of(zone)?,
            offset_us: city.as_ref().map_or(0, |c| c.clock_offset_us),
            changed: false,
            unsettled: false,
        };
        self.cities.insert(jurisdiction, open);
        Ok(())
    }

    /// Takes an act into the batch.
    fn keep(&mut self, jurisdiction: Id<Jurisdiction>, kept: Kept) {
        if let Some(city) = self.cities.get_mut(&jurisdiction) {
            city.changed |= city.head != kept.head;
            city.head = kept.head;
            city.unsettled |= kept.resettled;
        }
        self.done.push(kept.done);
    }

    /// Reads zone and clock again after an act of this batch changed them.
    async fn settle(&mut self, jurisdiction: Id<Jurisdiction>) -> Result<()> {
        let key = args![jurisdiction];
        let row: Option<JurisdictionRow> = self.tx.opt(&JurisdictionRow::sql().get, key).await?;
        if let (Some(city), Some(row)) = (self.cities.get_mut(&jurisdiction), row) {
            city.zone = zone_of(&row.zone)?;
            city.offset_us = row.clock_offset_us;
            city.unsettled = false;
        }
        Ok(())
    }

    /// Writes the heads of the cities whose journals grew.
    async fn flush(&mut self) -> Result<()> {
        let mut changed: Vec<_> = self.cities.iter().filter(|(_, c)| c.changed).collect();
        changed.sort_by_key(|(id, _)| **id);
        for (jurisdiction_id, city) in changed {
            let row = HeadRow {
                jurisdiction_id: *jurisdiction_id,
                seq: city.head.seq,
                hash: city.head.hash.to_vec(),
                at: city.head.at,
            };
            let mut tables = Tables::new(&mut self.tx);
            if city.stored {
                tables.replace(&row).await?;
            } else {
                tables.insert(&row).await?;
            }
        }
        Ok(())
    }
}

fn answer(waiter: Waiter, e: Error) {
    drop(waiter.lend.send(Err(e)));
}

/// What to tell those whose acts were sound but could not be committed with the batch.
fn passing(e: &Error) -> Error {
    if matches!(e, Error::Full) { Error::Full } else { Error::Unavailable(e.to_string()) }
}

fn refuse_all(done: Vec<oneshot::Sender<Result<()>>>, why: &str) {
    for waits in done {
        drop(waits.send(Err(Error::Unavailable(why.to_owned()))));
    }
}

/// After a failed sync the kernel may have dropped the pages: going on would serve from memory
/// what the disk does not hold. The process ends; clients send again with their keys.
#[expect(clippy::exit, reason = "the outcome of a commit is unknown")]
fn unknown_outcome(e: &Error) -> ! {
    tracing::error!(error = %e, "commit failed, its outcome is unknown; the process ends");
    std::process::exit(70)
}
