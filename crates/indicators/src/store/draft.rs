//! What was typed into sheets and not entered yet: of the unit that enters, so that colleagues go
//! on where one stopped.

use ::measures::ReviewMonth;
use journal::{Result, Row as _, Tables, Tx, args};
use kernel::Actor;
use uuid::Uuid;

use crate::tables::DraftRow;

/// What a unit typed into a sheet.
pub(crate) async fn drafts(
    tx: &mut Tx,
    actor: &Actor,
    (indicator, month): (Uuid, ReviewMonth),
) -> Result<Vec<DraftRow>> {
    let sql = format!(
        "SELECT {} FROM indicator_drafts WHERE jurisdiction_id = $1 AND owner_id = $2 \
         AND indicator_id = $3 AND month = $4 LIMIT 1000",
        DraftRow::sql().columns
    );
    tx.all(&sql, args![actor.jurisdiction, actor.unit, indicator, month]).await
}

/// Keeps what was typed into a sheet, in place of what was typed before.
pub(crate) async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    sheet: (Uuid, ReviewMonth),
    rows: &[DraftRow],
) -> Result<()> {
    forget(tx, actor, sheet).await?;
    for row in rows {
        Tables::operational(tx).insert(row).await?;
    }
    Ok(())
}

/// Throws away what was typed into a sheet.
pub(crate) async fn forget(
    tx: &mut Tx,
    actor: &Actor,
    (indicator, month): (Uuid, ReviewMonth),
) -> Result<()> {
    let sql = "DELETE FROM indicator_drafts WHERE jurisdiction_id = $1 AND owner_id = $2 \
        AND indicator_id = $3 AND month = $4";
    tx.run(sql, args![actor.jurisdiction, actor.unit, indicator, month]).await?;
    Ok(())
}
