//! When accounts were last used, and who else could do an administrator's work.

use journal::{Result, Row as _, Tx, args, query_row};
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::tables::{AccountClass, AccountUseRow};

/// Accounts of one round at most.
const AT_ONCE: i64 = 500;

/// An account is used now, or is given its time anew.
pub(crate) async fn used(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    at: Moment,
) -> Result<()> {
    let row = AccountUseRow { jurisdiction_id: city, account_id: account, used_at: at };
    super::put(tx, &row).await
}

/// Lets the time of accounts begin that nobody has used since there is a count.
pub(crate) async fn begin_uses(tx: &mut Tx, city: Id<Jurisdiction>, at: Moment) -> Result<()> {
    let sql = "INSERT INTO account_uses (jurisdiction_id, account_id, used_at)
        SELECT a.jurisdiction_id, a.id, $2 FROM accounts a
        WHERE a.jurisdiction_id = $1 AND NOT a.disabled AND NOT EXISTS (
          SELECT 1 FROM account_uses u
          WHERE u.jurisdiction_id = a.jurisdiction_id AND u.account_id = a.id)";
    tx.run(sql, args![city, at]).await?;
    Ok(())
}

/// Gives every account its time anew.
pub(crate) async fn use_all(tx: &mut Tx, city: Id<Jurisdiction>, at: Moment) -> Result<()> {
    let sql = "UPDATE account_uses SET used_at = $2 WHERE jurisdiction_id = $1";
    tx.run(sql, args![city, at]).await?;
    begin_uses(tx, city, at).await
}

query_row! {
    /// An account that nobody has used for long.
    pub(crate) struct IdleLine {
        pub(crate) id: Uuid,
        pub(crate) name: String,
    }
}

/// Open accounts that were last used before a moment, the longest ago first.
pub(crate) async fn idle_accounts(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    before: Moment,
) -> Result<Vec<IdleLine>> {
    let sql = "SELECT a.id, a.name FROM accounts a
        JOIN account_uses u ON u.jurisdiction_id = a.jurisdiction_id AND u.account_id = a.id
        WHERE a.jurisdiction_id = $1 AND NOT a.disabled AND u.used_at < $2
        ORDER BY u.used_at, a.name LIMIT $3";
    tx.all(sql, args![city, before, AT_ONCE]).await
}

/// When an account was last used.
pub(crate) async fn last_use(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
) -> Result<Option<Moment>> {
    let columns = &AccountUseRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM account_uses WHERE jurisdiction_id = $1 AND account_id = $2"
    );
    let row: Option<AccountUseRow> = tx.opt(&sql, args![city, account]).await?;
    Ok(row.map(|r| r.used_at))
}

/// How many other accounts of a class can be used on a day: open, with credentials and a post.
pub(crate) async fn others_able(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (class, but): (AccountClass, Uuid),
    today: Day,
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM accounts a
        JOIN credentials c ON c.jurisdiction_id = a.jurisdiction_id AND c.account_id = a.id
        WHERE a.jurisdiction_id = $1 AND a.class = $2 AND a.id <> $3 AND NOT a.disabled
          AND EXISTS (
            SELECT 1 FROM posts p
            WHERE p.jurisdiction_id = a.jurisdiction_id AND p.person_id = a.person_id
              AND p.valid_from <= $4 AND (p.valid_to IS NULL OR p.valid_to >= $4))";
    Ok(tx.one::<(i64,)>(sql, args![city, class, but, today]).await?.0)
}
