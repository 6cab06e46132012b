//! What is asked of the database server itself.

pub(crate) mod large;

use journal::{Db, Error, Result};

/// The process that serves a connection.
pub(crate) async fn backend(db: &Db) -> Result<u32> {
    let sql = "SELECT CAST(pg_backend_pid() AS BIGINT)";
    let (pid,): (i64,) = db.read().await?.one(sql, &[]).await?;
    u32::try_from(pid).map_err(Error::fault)
}

/// Stops the run when a commit could be lost: it would measure something else.
pub(crate) async fn must_be_durable(db: &Db) -> Result<()> {
    let sql = "SELECT current_setting('fsync'), current_setting('synchronous_commit')";
    let (fsync, commit): (String, String) = db.read().await?.one(sql, &[]).await?;
    if fsync == "on" && commit == "on" {
        return Ok(());
    }
    Err(Error::fault(format!("fsync is {fsync} and synchronous_commit is {commit}")))
}

/// Lets the server look at its tables and pages, as it does by itself within minutes.
pub(crate) async fn settle(db: &Db) -> Result<()> {
    let mut tx = db.read().await?;
    tx.script("SET statement_timeout = 0").await?;
    tx.script("VACUUM ANALYZE").await
}

/// Makes a database on the server.
pub(crate) async fn create(db: &Db, name: &str) -> Result<()> {
    db.read().await?.script(&format!("CREATE DATABASE {name} TEMPLATE template0")).await
}
