//! What can go wrong between an act and its commit.

use kernel::Refusal;

/// The result of everything that touches the store.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was not stored or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person may not or cannot; expected and explained.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The disk is full; nothing was stored, the form is kept (507).
    #[error("the disk is full")]
    Full,
    /// The database cannot be reached now; the act can be sent again with its key (503).
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Ours to mend; the chain of causes goes to the log, its number to the person (500).
    #[error("{0}")]
    Fault(String),
}

impl Error {
    /// A fault with a sentence for the log.
    pub fn fault(what: impl std::fmt::Display) -> Self {
        Self::Fault(what.to_string())
    }

    /// Not there, or not for this person.
    pub const fn missing() -> Self {
        Self::Refused(Refusal::Missing)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match e.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Unavailable(e.to_string())
            }
            _ => Self::Fault(format!("SQLite: {e}")),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(e: tokio_postgres::Error) -> Self {
        let Some(db) = e.as_db_error() else {
            // Without an answer from the server the connection itself is in trouble, unless the
            // program misread a value, which is ours to mend.
            let text = chain(&e);
            let ours = text.contains("serializing") || text.contains("converting");
            return if ours { Self::Fault(text) } else { Self::Unavailable(text) };
        };
        match db.code().code() {
            "53100" => Self::Full,
            // Lost connections, a server that stops or starts, too many connections, a lock that
            // was not had in time or a deadlock, a standby that does not write: all pass.
            code if ["08", "40", "53", "55", "57"].iter().any(|class| code.starts_with(class))
                || code == "25006" =>
            {
                Self::Unavailable(db.message().to_owned())
            }
            code => Self::Fault(format!(
                "PostgreSQL {code}: {} {}",
                db.message(),
                db.detail().unwrap_or_default()
            )),
        }
    }
}

impl From<deadpool_postgres::PoolError> for Error {
    fn from(e: deadpool_postgres::PoolError) -> Self {
        if let deadpool_postgres::PoolError::Backend(e) = e {
            return e.into();
        }
        Self::Unavailable(e.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Self::Fault(format!("JSON: {e}"))
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        if e.kind() == std::io::ErrorKind::StorageFull {
            return Self::Full;
        }
        Self::Fault(format!("file: {e}"))
    }
}

fn chain(e: &dyn std::error::Error) -> String {
    let mut text = e.to_string();
    let mut at = e.source();
    while let Some(cause) = at {
        text = format!("{text}: {cause}");
        at = cause.source();
    }
    text
}
