//! What stands on the card of a rule set besides its versions.

use journal::{Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::{CheckRow, FindingRow, PaperRow};

/// Whether a person wrote a version.
pub(crate) async fn wrote(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (version, person): (Uuid, Uuid),
) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM rule_set_writers WHERE jurisdiction_id = $1 \
        AND version_id = $2 AND person_id = $3";
    Ok(tx.one::<(i64,)>(sql, args![city, version, person]).await?.0 > 0)
}

/// The steps of a version's check, oldest first.
pub(crate) async fn checks(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    version: Uuid,
) -> Result<Vec<CheckRow>> {
    let sql = format!(
        "SELECT {} FROM rule_set_checks WHERE jurisdiction_id = $1 AND version_id = $2 \
         ORDER BY id LIMIT 200",
        CheckRow::sql().columns
    );
    tx.all(&sql, args![city, version]).await
}

/// The findings that a version was adopted in spite of.
pub(crate) async fn findings(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    version: Uuid,
) -> Result<Vec<FindingRow>> {
    let sql = format!(
        "SELECT {} FROM rule_set_findings WHERE jurisdiction_id = $1 AND version_id = $2 \
         ORDER BY n LIMIT 500",
        FindingRow::sql().columns
    );
    tx.all(&sql, args![city, version]).await
}

/// The issued document of a version.
pub(crate) async fn papers(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    version: Uuid,
) -> Result<Vec<PaperRow>> {
    let sql = format!(
        "SELECT {} FROM rule_set_papers WHERE jurisdiction_id = $1 AND version_id = $2 \
         ORDER BY id LIMIT 20",
        PaperRow::sql().columns
    );
    tx.all(&sql, args![city, version]).await
}
