//! Papers: the office's own forms, and the sealed scans of what was issued.

use journal::{Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::paper::{IssuedCopyRow, PaperTemplateRow};

/// The office's form of a kind, if it has one.
pub(crate) async fn template(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    kind: &str,
) -> Result<Option<PaperTemplateRow>> {
    let columns = &PaperTemplateRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM paper_templates WHERE jurisdiction_id = $1 AND kind = $2");
    tx.opt(&sql, args![city, kind.to_owned()]).await
}

/// The scans of a batch, oldest first.
pub(crate) async fn issued_copies(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: Uuid,
) -> Result<Vec<IssuedCopyRow>> {
    let columns = &IssuedCopyRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM issued_copies WHERE jurisdiction_id = $1 AND batch_id = $2 \
         ORDER BY at, id LIMIT 50"
    );
    tx.all(&sql, args![city, batch]).await
}

/// Whether something in a batch is for the units concerned only.
pub(crate) async fn is_restricted(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    batch: Uuid,
) -> Result<bool> {
    let sql = "SELECT l.id FROM batch_lines l \
        LEFT JOIN assignments a ON a.jurisdiction_id = l.jurisdiction_id AND a.id = l.carried_id \
        WHERE l.jurisdiction_id = $1 AND l.batch_id = $2 AND (l.restricted OR a.restricted) LIMIT 1";
    Ok(tx.opt::<(Uuid,)>(sql, args![city, batch]).await?.is_some())
}
