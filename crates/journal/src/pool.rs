//! Connections: one writer and a few readers on SQLite, a pool on PostgreSQL.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::tx::Orders;
use crate::{Error, Result};

/// Readers beside the one writer; more only compete for the two cores such a server has.
const READERS: usize = 4;
/// Page cache of the writer, in KiB. What it does not hold lies in the system's cache, once for
/// all connections.
const WRITER_CACHE_KIB: i64 = 8_192;
/// Page cache of each reader, in KiB.
const READER_CACHE_KIB: i64 = 4_096;
/// A connection is used by one at a time, so SQLite needs no lock of its own around each value.
const READING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
/// SQLite before this can corrupt a database in WAL mode ("WAL-reset").
const SQLITE_MIN: i32 = 3_051_003;

/// Readers that nobody uses now, each with what it knows of its statements.
type Idle = Arc<Mutex<Vec<(Connection, Orders)>>>;

/// A SQLite connection that goes back to its pool when dropped.
pub struct Lite {
    connection: Option<Box<Connection>>,
    orders: Orders,
    in_transaction: bool,
    full: bool,
    home: Option<(Idle, OwnedSemaphorePermit)>,
}

impl Lite {
    /// A connection outside any pool.
    pub(crate) fn alone(connection: Connection) -> Self {
        Self {
            connection: Some(Box::new(connection)),
            orders: Orders::default(),
            in_transaction: false,
            full: false,
            home: None,
        }
    }

    /// The connection itself.
    #[expect(clippy::expect_used, reason = "it is taken only when dropped")]
    pub(crate) fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("present until dropped")
    }

    /// The connection, unless its transaction was ended under the caller's feet: a full disk makes
    /// SQLite roll back everything, and what is written after that would stand alone.
    pub(crate) fn usable(&self) -> Result<&Connection> {
        let connection = self.connection();
        if self.in_transaction && connection.is_autocommit() {
            let rolled_back = || Error::Unavailable("the transaction was rolled back".to_owned());
            return Err(if self.full { Error::Full } else { rolled_back() });
        }
        Ok(connection)
    }

    /// The connection and the orders of its statements.
    #[expect(clippy::expect_used, reason = "it is taken only when dropped")]
    pub(crate) fn parts(&mut self) -> Result<(&Connection, &mut Orders)> {
        self.usable()?;
        Ok((self.connection.as_deref().expect("present until dropped"), &mut self.orders))
    }

    /// Runs several statements, which may begin and end the transaction.
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        if sql != "ROLLBACK" {
            self.usable()?;
        }
        self.full &= self.in_transaction;
        let outcome = self.connection().execute_batch(sql).map_err(Error::from);
        let outcome = self.noted(outcome);
        if matches!(sql, "COMMIT" | "ROLLBACK") {
            // A commit that failed leaves the transaction open, to be rolled back.
            self.in_transaction = !self.connection().is_autocommit();
        } else {
            self.in_transaction |= !self.connection().is_autocommit();
        }
        outcome
    }

    /// Keeps in mind that the disk was full, for whoever finds the transaction rolled back.
    pub(crate) fn noted<T>(&mut self, outcome: Result<T>) -> Result<T> {
        self.full |= matches!(outcome, Err(Error::Full));
        outcome
    }
}

impl Drop for Lite {
    fn drop(&mut self) {
        let (Some(connection), Some((idle, _permit))) = (self.connection.take(), self.home.take())
        else {
            return;
        };
        // A reader that was dropped inside a snapshot must not keep it.
        let clean = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
        if clean {
            let orders = std::mem::take(&mut self.orders);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push((*connection, orders));
        }
    }
}

/// A PostgreSQL connection that goes back to its pool when dropped, unless a transaction is open.
pub struct Pg {
    client: Option<Box<deadpool_postgres::Object>>,
    pub(crate) in_transaction: bool,
}

impl Pg {
    pub(crate) fn new(client: deadpool_postgres::Object) -> Self {
        Self { client: Some(Box::new(client)), in_transaction: false }
    }

    /// The connection itself.
    #[expect(clippy::expect_used, reason = "it is taken only when dropped")]
    pub(crate) fn client(&self) -> &deadpool_postgres::Object {
        self.client.as_ref().expect("present until dropped")
    }
}

impl Drop for Pg {
    fn drop(&mut self) {
        if let (Some(client), true) = (self.client.take(), self.in_transaction) {
            // Taken out of the pool, so that nobody inherits the transaction; closing ends it.
            drop(deadpool_postgres::Object::take(*client));
        }
    }
}

/// The readers of one SQLite file.
pub(crate) struct Readers {
    path: PathBuf,
    idle: Idle,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, idle: Arc::default(), permits: Arc::new(Semaphore::new(READERS)) }
    }

    pub(crate) async fn get(&self) -> Result<Lite> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(Error::fault)?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (connection, orders) = match idle {
            Some(idle) => idle,
            None => (open_reader(&self.path)?, Orders::default()),
        };
        Ok(Lite {
            connection: Some(Box::new(connection)),
            orders,
            in_transaction: false,
            full: false,
            home: Some((Arc::clone(&self.idle), permit)),
        })
    }
}

/// Opens the one writing connection, creating the file when it is new.
pub(crate) fn open_writer(path: &Path) -> Result<Connection> {
    if rusqlite::version_number() < SQLITE_MIN {
        return Err(Error::fault(format!("SQLite {} is too old", rusqlite::version())));
    }
    let connection = Connection::open(path)?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -{WRITER_CACHE_KIB}; PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;"
    ))?;
    finish(&connection)?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, READING)?;
    connection.execute_batch(&format!(
        "PRAGMA query_only = ON; PRAGMA cache_size = -{READER_CACHE_KIB}; PRAGMA temp_store = MEMORY;"
    ))?;
    finish(&connection)?;
    Ok(connection)
}

/// Opens a scratch file for rebuilding: quick, never kept.
pub(crate) fn open_scratch(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
         PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE;",
    )?;
    finish(&connection)?;
    Ok(connection)
}

fn finish(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Without it SQLite plans a statement anew for each value bound to LIMIT.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Opens a pool on PostgreSQL 15 or later.
pub(crate) fn open_postgres(url: &str) -> Result<deadpool_postgres::Pool> {
    let (url, encryption) = crate::encryption::taken_out(url)?;
    let mut config: tokio_postgres::Config =
        url.parse().map_err(|e| Error::fault(format!("database address: {e}")))?;
    config
        .ssl_mode(encryption.mode)
        .application_name("duban")
        .connect_timeout(Duration::from_secs(3))
        .options("-c statement_timeout=60000 -c lock_timeout=10000 -c timezone=UTC");
    let manager = deadpool_postgres::Manager::new(config, encryption.connector()?);
    deadpool_postgres::Pool::builder(manager)
        .max_size(16)
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(5)))
        .create_timeout(Some(Duration::from_secs(5)))
        .build()
        .map_err(Error::fault)
}
