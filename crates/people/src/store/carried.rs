//! Forms that wait for their owner, and whose a form is.

use journal::{Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::tables::CarriedFormRow;

/// The account of the session, present or over, whose forms carry this token.
pub(crate) async fn form_owner(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token: String,
    since: Moment,
) -> Result<Option<Uuid>> {
    let sql = "SELECT s.account_id FROM sessions s
        JOIN accounts a ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.account_id
        JOIN credentials c ON c.jurisdiction_id = s.jurisdiction_id AND c.account_id = s.account_id
        WHERE s.jurisdiction_id = $1 AND s.form_token = $2 AND s.created_at > $3
          AND s.stage IN ('open', 'over') AND NOT a.disabled AND s.epoch = c.epoch";
    let row: Option<(Uuid,)> = tx.opt(sql, args![city, token, since]).await?;
    Ok(row.map(|r| r.0))
}

/// A form that waits.
pub(crate) async fn carried(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    ticket_hash: Vec<u8>,
) -> Result<Option<CarriedFormRow>> {
    let columns = &CarriedFormRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM carried_forms WHERE jurisdiction_id = $1 AND ticket_hash = $2"
    );
    tx.opt(&sql, args![city, ticket_hash]).await
}

/// Throws one form of an account away.
pub(crate) async fn drop_carried(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    ticket_hash: Vec<u8>,
) -> Result<()> {
    let sql = "DELETE FROM carried_forms \
        WHERE jurisdiction_id = $1 AND ticket_hash = $2 AND account_id = $3";
    tx.run(sql, args![city, ticket_hash, account]).await?;
    Ok(())
}

/// Throws away an account's forms but the newest few, and those from before a moment.
pub(crate) async fn crowd_out_carried(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    (kept, before): (i64, Moment),
) -> Result<()> {
    let sql = "DELETE FROM carried_forms WHERE jurisdiction_id = $1 AND account_id = $2
        AND (at < $4 OR ticket_hash NOT IN (
          SELECT ticket_hash FROM carried_forms WHERE jurisdiction_id = $1 AND account_id = $2
          ORDER BY at DESC, ticket_hash LIMIT $3))";
    tx.run(sql, args![city, account, kept, before]).await?;
    Ok(())
}

/// Throws away forms from before a moment.
pub(crate) async fn forget_carried(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    before: Moment,
) -> Result<()> {
    let sql = "DELETE FROM carried_forms WHERE jurisdiction_id = $1 AND at < $2";
    tx.run(sql, args![city, before]).await?;
    Ok(())
}

/// Takes away every session that was opened before a moment.
pub(crate) async fn forget_all_sessions(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    before: Moment,
) -> Result<()> {
    let sql = "DELETE FROM sessions WHERE jurisdiction_id = $1 AND created_at < $2";
    tx.run(sql, args![city, before]).await?;
    Ok(())
}
