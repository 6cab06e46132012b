//! The same SQL without the web around it: the rooms' stores, called in this process.

use assignments::light::{Edges, Light};
use assignments::store::register::{self, Filter, Sort};
use assignments::store::{self, card, load};
use assignments::tables::{Asked, State};
use journal::{Db, Error, Place, Result, Tx};
use kernel::{Actor, Day, Id, Jurisdiction};
use uuid::Uuid;
use web::{Caller, Credentials, Doorkeeper as _};

use crate::meter::Meter;
use crate::table::Cpu;

/// A database opened in this process, and somebody who reads it.
pub(crate) struct Raw {
    pub(crate) db: Db,
    pub(crate) meter: Meter,
    actor: Actor,
    edges: Edges,
}

impl Raw {
    pub(crate) async fn open(place: Place, token: &str, server: Option<u32>) -> Result<Self> {
        let db = building::open(&place).await?;
        let caller = caller(&db, token).await?;
        let today = db.clock().now().plus_micros(caller.clock_offset_us).day(&caller.zone);
        let mut tx = db.read().await?;
        let (from, to) = (today.plus(-15), today.plus(60));
        let city = caller.actor.jurisdiction;
        let calendar = people::store::calendar(&mut tx, city, from, to).await?;
        let edges = Edges::of(today, 3, &calendar);
        drop(tx);
        let meter = Meter::new(std::process::id(), server);
        Ok(Self { db, meter, actor: caller.actor, edges })
    }

    /// CPU time of one reading, over many.
    async fn each(
        &self,
        times: u32,
        read: impl AsyncFn(&mut Tx, usize) -> Result<()>,
    ) -> Result<Cpu> {
        let mut tx = self.db.read().await?;
        for n in 0..20 {
            read(&mut tx, n).await?;
        }
        let before = self.meter.now()?;
        for n in 0..times {
            read(&mut tx, usize::try_from(n).unwrap_or_default()).await?;
        }
        self.meter.since(before, times)
    }

    /// The overdue list.
    pub(crate) async fn overdue(&self, rows: i64, times: u32) -> Result<Cpu> {
        let filter = Filter { light: Some(Light::Red), ..Filter::default() };
        self.list(filter, rows, times).await
    }

    /// A search for two characters.
    pub(crate) async fn search(&self, text: &str, times: u32) -> Result<Cpu> {
        let filter = Filter { text: Some(text.to_owned()), sort: Sort::Due, ..Filter::default() };
        self.list(filter, 25, times).await
    }

    async fn list(&self, filter: Filter, rows: i64, times: u32) -> Result<Cpu> {
        self.each(times, async |tx, _| {
            let found = register::list(tx, &self.actor, &filter, &self.edges, rows + 1).await?;
            if found.is_empty() { Err(Error::fault("nothing is listed")) } else { Ok(()) }
        })
        .await
    }

    /// Everything that stands on a card.
    pub(crate) async fn card(&self, ids: &[Uuid], times: u32) -> Result<Cpu> {
        let city = self.actor.jurisdiction;
        self.each(times, async |tx, n| {
            let id = ids.get(n % ids.len().max(1)).copied().unwrap_or_default();
            store::reach(tx, &self.actor, id).await?;
            store::parts(tx, city, id).await?;
            card::reports(tx, city, id).await?;
            card::attachments(tx, city, id).await?;
            card::verifications(tx, city, id).await?;
            card::extensions(tx, city, id).await?;
            card::hand_backs(tx, city, id).await?;
            card::stops(tx, city, id).await?;
            card::notes(tx, city, id).await?;
            card::milestones(tx, city, id).await?;
            card::children(tx, city, id).await?;
            let filter = journal::history::Filter { subject: Some(id), ..Default::default() };
            journal::history::newest(tx, city, &filter, 200).await?;
            Ok(())
        })
        .await
    }

    /// What stands on the bureau's desk.
    pub(crate) async fn desk(&self, times: u32) -> Result<Cpu> {
        let (actor, edges) = (&self.actor, &self.edges);
        let today: Day = edges.today;
        self.each(times, async |tx, _| {
            load::tallies(tx, actor, edges, None).await?.by_unit(tx).await?;
            load::awaiting_signature(tx, actor).await?;
            load::waiting_extensions(tx, actor, Asked::Endorsed, load::Of::All).await?;
            load::waiting_hand_backs(tx, actor, load::Of::All).await?;
            let filter = Filter { state: Some(State::Submitted), ..Filter::default() };
            register::list(tx, actor, &filter, edges, 10).await?;
            let due = Some(today);
            let filter =
                Filter { open: Some(true), due_from: due, due_to: due, ..Filter::default() };
            register::list(tx, actor, &filter, edges, 10).await?;
            Ok(())
        })
        .await
    }

    /// Reports of a unit, from so many callers at once, each an act of its own.
    pub(crate) async fn acts(
        &self,
        token: &str,
        ids: &[Uuid],
        (callers, times): (usize, u32),
    ) -> Result<Cpu> {
        let actor = caller(&self.db, token).await?.actor;
        let before = self.meter.now()?;
        let each = usize::try_from(times).unwrap_or_default() / callers;
        let tasks = (0..callers).map(|caller| {
            let (db, ids) = (self.db.clone(), ids.to_vec());
            tokio::spawn(async move {
                for n in 0..each {
                    let at = (caller + n * callers) % ids.len().max(1);
                    let id = ids.get(at).copied().unwrap_or_default();
                    assignments::demo::report_once(&db, &actor, id).await?;
                }
                Ok::<_, Error>(())
            })
        });
        for done in futures_util::future::join_all(tasks).await {
            done.map_err(Error::fault)??;
        }
        self.meter.since(before, times)
    }

    /// Reads the journal and checks its hashes: entries, and the CPU time that it took. On one
    /// thread, as `duban verify` does.
    pub(crate) async fn chain(&self) -> Result<(i64, Cpu)> {
        let (place, city) = (self.db.place().clone(), self.actor.jurisdiction);
        let before = self.meter.now()?;
        let read = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(walk(place, city))
        };
        let seq = tokio::task::spawn_blocking(read).await.map_err(Error::fault)??;
        Ok((seq, self.meter.since(before, 1)?))
    }
}

/// Walks the journal of a city to its last place.
async fn walk(place: Place, city: Id<Jurisdiction>) -> Result<i64> {
    let db = building::open(&place).await?;
    let (mut tx, mut seq) = (db.read().await?, 0);
    loop {
        let entries = journal::history::after(&mut tx, city, seq, 1_000).await?;
        let Some(last) = entries.last() else { return Ok(seq) };
        seq = last.seq;
        if entries.iter().any(|e| e.digest() != e.hash) {
            return Err(Error::fault("the chain is broken"));
        }
    }
}

async fn caller(db: &Db, token: &str) -> Result<Caller> {
    let bearer = Credentials::Bearer(token.to_owned());
    people::Door.admit(db, &bearer).await?.ok_or_else(|| Error::fault("the token is not valid"))
}

/// Lets followers read everything and the server look at its tables, as some time after a restore.
pub(crate) async fn catch_up(place: Place) -> Result<()> {
    let db = building::open(&place).await?;
    let plans = building::plans();
    for city in db.jurisdictions().await? {
        for follower in plans.iter().flat_map(|p| &p.followers) {
            follower.catch_up(&db, city.jurisdiction_id).await?;
        }
    }
    crate::store::settle(&db).await
}
