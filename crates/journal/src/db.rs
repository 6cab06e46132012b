//! The handle on a database: reading, acting, snapshots.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::{Clock, Id, Jurisdiction, Refusal};
use tokio::sync::{mpsc, oneshot, watch};

use crate::act::{Act, By, Receipt};
use crate::city::{ActKeyRow, JurisdictionRow};
use crate::entry::{Entry, Head, ORIGIN};
use crate::pool::{Lite, Pg, Readers, open_postgres, open_writer};
use crate::room::{Boxed, Rooms};
use crate::writer::{Purpose, Source, Waiter, Writer};
use crate::{Error, Result, Row as _, Tx, args};

/// Acts that may wait at once; more are told to come back.
const WAITING_MAX: usize = 4_096;
/// How long one act may hold the transaction.
const ACT_TIME_MAX: Duration = Duration::from_secs(10);
/// An act of a hundred thousand facts takes some ten seconds; a slow disk is given its time.
const LONG_ACT_TIME_MAX: Duration = Duration::from_secs(120);

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Place {
    /// A folder with `duban.sqlite`.
    Folder(PathBuf),
    /// A PostgreSQL address.
    Postgres(String),
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    place: Place,
    rooms: Arc<Rooms>,
    clock: Clock,
    backing: Backing,
    queues: Mutex<HashMap<Option<Id<Jurisdiction>>, mpsc::Sender<Waiter>>>,
    news: watch::Sender<u64>,
}

enum Backing {
    Sqlite(Readers, Mutex<Option<Tx>>),
    Postgres(deadpool_postgres::Pool),
}

impl Db {
    /// Opens a database and brings its schema up to date.
    pub async fn open(place: Place, rooms: Rooms, clock: Clock) -> Result<Self> {
        let backing = match &place {
            Place::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                let path = sqlite_file(folder);
                let mut tx = Tx::Sqlite(Lite::alone(open_writer(&path)?));
                crate::migrate::migrate(&mut tx, &rooms, &clock).await?;
                crate::statistics::fix(&mut tx).await?;
                Backing::Sqlite(Readers::new(path), Mutex::new(Some(tx)))
            }
            Place::Postgres(url) => {
                let pool = open_postgres(url)?;
                let mut tx = Tx::Postgres(Pg::new(pool.get().await?));
                crate::migrate::migrate(&mut tx, &rooms, &clock).await?;
                Backing::Postgres(pool)
            }
        };
        Ok(Self(Arc::new(Inner {
            place,
            rooms: Arc::new(rooms),
            clock,
            backing,
            queues: Mutex::default(),
            news: watch::Sender::new(0),
        })))
    }

    /// Where the data is.
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// The rooms of this building.
    pub fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// The machine's clock, or a test's.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Changes each time something was committed by this process.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.0.news.subscribe()
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Tx> {
        match &self.0.backing {
            Backing::Sqlite(readers, _) => Ok(Tx::Sqlite(readers.get().await?)),
            Backing::Postgres(pool) => Ok(Tx::Postgres(Pg::new(pool.get().await?))),
        }
    }

    /// A connection that sees one state of the database until it is dropped.
    pub async fn snapshot(&self) -> Result<Tx> {
        let mut tx = match &self.0.backing {
            Backing::Sqlite(readers, _) => Tx::Sqlite(readers.get().await?),
            Backing::Postgres(pool) => Tx::Postgres(Pg::new(pool.get().await?)),
        };
        let begin = if tx.is_sqlite() {
            "BEGIN"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        };
        tx.script(begin).await?;
        // SQLite fixes the snapshot at the first read.
        tx.all::<(i64,)>("SELECT seq FROM heads LIMIT 1", &[]).await?;
        Ok(tx)
    }

    /// The cities in this database.
    pub async fn jurisdictions(&self) -> Result<Vec<JurisdictionRow>> {
        let columns = &JurisdictionRow::sql().columns;
        let sql = format!("SELECT {columns} FROM jurisdictions ORDER BY jurisdiction_id LIMIT 100");
        self.read().await?.all(&sql, &[]).await
    }

    /// The cities of which there are facts, also one that somebody took off the list of cities.
    pub async fn journals(&self) -> Result<Vec<Id<Jurisdiction>>> {
        crate::history::cities(&mut self.read().await?).await
    }

    /// Lets PostgreSQL look at its tables, after much has come in at once: plans made while they
    /// were empty read whole tables later. SQLite's planner has fixed figures.
    pub async fn analyze(&self) -> Result<()> {
        let mut tx = self.read().await?;
        if tx.is_sqlite() {
            return Ok(());
        }
        tx.script("BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
        self.0.rooms.analyze(&mut tx).await?;
        tx.script("COMMIT").await
    }

    /// The last entry's place and hash.
    pub async fn head(&self, jurisdiction: Id<Jurisdiction>) -> Result<Head> {
        head_of(&mut self.read().await?, jurisdiction).await
    }

    /// Lends the transaction to one act and answers after the commit. The same key and body is
    /// answered again from its facts; the same key with another body is refused.
    pub async fn act(
        &self,
        by: By,
        decide: impl AsyncFnOnce(&mut Act) -> Result<()>,
    ) -> Result<Receipt> {
        self.act_within(ACT_TIME_MAX, by, decide).await
    }

    /// An act of very many facts, all or nothing: an import. Other acts of the city wait for it
    /// meanwhile; reading goes on.
    pub async fn long_act(
        &self,
        by: By,
        decide: impl AsyncFnOnce(&mut Act) -> Result<()>,
    ) -> Result<Receipt> {
        self.act_within(LONG_ACT_TIME_MAX, by, decide).await
    }

    async fn act_within(
        &self,
        limit: Duration,
        by: By,
        decide: impl AsyncFnOnce(&mut Act) -> Result<()>,
    ) -> Result<Receipt> {
        let (mut act, key) = match self.begin(limit, by).await? {
            Begun::Anew(act, key) => (act, key),
            Begun::Again(act, receipt) => {
                // It may repeat an act of this very batch, so it waits for the commit as well.
                keep(act).await?;
                return Ok(receipt);
            }
        };
        let decided = tokio::time::timeout(limit, decide(&mut act)).await;
        end(act, key, decided.unwrap_or_else(|_elapsed| Err(too_long()))).await
    }

    /// What comes before the decision of every act, compiled once.
    fn begin(&self, limit: Duration, by: By) -> Boxed<'_, Result<Begun>> {
        Box::pin(async move {
            let act = self.lend(by, Purpose::Record).await?;
            let begun = tokio::time::timeout(limit, begin(act)).await;
            begun.unwrap_or_else(|_elapsed| Err(too_long()))
        })
    }

    /// Changes operational and derived tables only; leaves no fact.
    pub async fn operate<T>(
        &self,
        jurisdiction: Id<Jurisdiction>,
        change: impl AsyncFnOnce(&mut Tx) -> Result<T>,
    ) -> Result<T> {
        let by = By::program(jurisdiction, "operate");
        let mut act = self.lend(by, Purpose::Operate).await?;
        let changed = tokio::time::timeout(ACT_TIME_MAX, change(act.tx())).await;
        let value = changed.unwrap_or_else(|_elapsed| Err(too_long()))?;
        keep(act).await?;
        Ok(value)
    }

    pub(crate) fn lend(&self, by: By, purpose: Purpose) -> Boxed<'_, Result<Act>> {
        Box::pin(async move {
            let (lend, lent) = oneshot::channel();
            let queue = self.queue(by.jurisdiction)?;
            queue
                .try_send(Waiter { by, purpose, lend })
                .map_err(|e| Error::Unavailable(e.to_string()))?;
            lent.await.map_err(|_closed| Error::Unavailable("the writer has stopped".to_owned()))?
        })
    }

    /// The queue of a city's writer; SQLite has one connection that writes, so one queue.
    fn queue(&self, jurisdiction: Id<Jurisdiction>) -> Result<mpsc::Sender<Waiter>> {
        let inner = &self.0;
        let key = match &inner.backing {
            Backing::Sqlite(..) => None,
            Backing::Postgres(_) => Some(jurisdiction),
        };
        let mut queues = inner.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get(&key).filter(|q| !q.is_closed()) {
            return Ok(queue.clone());
        }
        let source = match &inner.backing {
            Backing::Sqlite(_, writer) => {
                let tx = writer.lock().unwrap_or_else(PoisonError::into_inner).take();
                let folder = match &inner.place {
                    Place::Folder(folder) => folder.clone(),
                    Place::Postgres(_) => PathBuf::new(),
                };
                if tx.is_none() {
                    return Err(Error::Unavailable("the writer has stopped".to_owned()));
                }
                Source::Sqlite(tx, folder)
            }
            Backing::Postgres(pool) => Source::Postgres(pool.clone()),
        };
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        let writer = Writer {
            source,
            rooms: Arc::clone(&inner.rooms),
            clock: inner.clock.clone(),
            news: inner.news.clone(),
            looked: None,
        };
        tokio::spawn(writer.run(waiting));
        queues.insert(key, queue.clone());
        drop(queues);
        Ok(queue)
    }
}

/// An act to which the transaction was lent.
enum Begun {
    /// With the key that it has used up.
    Anew(Act, ActKeyRow),
    /// It was done before.
    Again(Act, Receipt),
}

async fn begin(mut act: Act) -> Result<Begun> {
    let first_seq = act.head.seq + 1;
    let by = act.by();
    let key = ActKeyRow {
        jurisdiction_id: by.jurisdiction,
        actor: by.actor,
        act_id: by.act_id,
        body_hash: by.body.to_vec(),
        first_seq,
    };
    // Written first, so that one statement both asks and answers; undone with the act.
    let sql = "INSERT INTO act_keys (jurisdiction_id, actor, act_id, body_hash, first_seq) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    if act.run(sql, &key.values()).await? > 0 {
        return Ok(Begun::Anew(act, key));
    }
    let receipt = repeated(&mut act).await?;
    Ok(Begun::Again(act, receipt))
}

/// What comes after the decision of every act, compiled once.
fn end(act: Act, key: ActKeyRow, decided: Result<()>) -> Boxed<'static, Result<Receipt>> {
    Box::pin(async move {
        decided?;
        let Some(subject) = act.facts.first().copied() else {
            return Err(Error::fault(format!("the act {} left no fact", act.by.act)));
        };
        let (act_id, first_seq, last_seq) = (key.act_id, key.first_seq, act.head.seq);
        keep(act).await?;
        Ok(Receipt { act_id, first_seq, last_seq, subject, repeated: false })
    })
}

fn too_long() -> Error {
    Error::Unavailable("the act took too long".to_owned())
}

/// Hands an act back to be kept, and waits for the commit.
pub(crate) fn keep(act: Act) -> Boxed<'static, Result<()>> {
    Box::pin(async move {
        let committed = act.keep()?;
        committed
            .await
            .map_err(|_closed| Error::Unavailable("the writer has stopped".to_owned()))?
    })
}

/// The answer of an act that was done before with the same key.
async fn repeated(act: &mut Act) -> Result<Receipt> {
    let key = args![act.by.jurisdiction, act.by.actor, act.by.act_id].to_vec();
    let used: ActKeyRow = act.one(&ActKeyRow::sql().get, &key).await?;
    if used.body_hash != act.by.body {
        return Err(Refusal::rule(kernel::text!(
            "这张表单已经提交过，内容不同；请刷新页面后重新填写。",
            "This form was already sent with other content; reload the page and fill it in again."
        ))
        .into());
    }
    let sql = format!(
        "SELECT {} FROM facts WHERE jurisdiction_id = $1 AND act_id = $2 AND actor = $3 \
         AND seq >= $4 ORDER BY seq",
        Entry::COLUMNS
    );
    let facts = args![used.jurisdiction_id, used.act_id, used.actor, used.first_seq].to_vec();
    let entries: Vec<Entry> = act.all(&sql, &facts).await?;
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Err(Error::fault("a used key has no facts"));
    };
    Ok(Receipt {
        act_id: used.act_id,
        first_seq: first.seq,
        last_seq: last.seq,
        subject: first.subject,
        repeated: true,
    })
}

/// The head of a city's journal as a transaction sees it.
pub(crate) async fn head_of(tx: &mut Tx, jurisdiction: Id<Jurisdiction>) -> Result<Head> {
    let sql =
        "SELECT seq, hash, at FROM facts WHERE jurisdiction_id = $1 ORDER BY seq DESC LIMIT 1";
    let head: Option<Head> = tx.opt(sql, args![jurisdiction]).await?;
    Ok(head.unwrap_or(Head { hash: ORIGIN, ..Head::origin() }))
}

/// The database file in a data folder.
pub(crate) fn sqlite_file(folder: &Path) -> PathBuf {
    folder.join("duban.sqlite")
}
