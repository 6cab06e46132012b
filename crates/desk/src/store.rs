//! All SQL of this room: what verifications found.

use journal::{Result, Row as _, Tables, Tx, args, table};
use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

/// Verifications shown.
const SHOWN: i64 = 20;

table! {
    /// What one verification found.
    pub(crate) struct VerificationRow: Operational "journal_checks" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) at: Moment,
        pub(crate) account_id: Option<Uuid>,
        pub(crate) facts: i64,
        pub(crate) head: String,
        pub(crate) tables_count: i64,
        pub(crate) rows_count: i64,
        pub(crate) erased_count: i64,
        pub(crate) differences: String,
        pub(crate) took_ms: i64,
        pub(crate) files_count: i64,
    }
}

/// The last verifications, newest first.
pub(crate) async fn verifications(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
) -> Result<Vec<VerificationRow>> {
    let sql = format!(
        "SELECT {} FROM journal_checks WHERE jurisdiction_id = $1 ORDER BY id DESC LIMIT {SHOWN}",
        VerificationRow::sql().columns
    );
    tx.all(&sql, args![city]).await
}

/// Keeps what a verification found.
pub(crate) async fn keep(tx: &mut Tx, row: &VerificationRow) -> Result<()> {
    Tables::operational(tx).put(row).await
}
