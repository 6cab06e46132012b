//! Accounts, credentials, sessions and tokens.

use journal::{FromRow, Result, Row as _, RowRef, Tx, args, query_row};
use kernel::{Day, Id, Jurisdiction, Moment, Role};
use uuid::Uuid;

use crate::tables::{
    AccountClass, AccountRow, CredentialRow, SessionRow, SignInFailureRow, Stage, TokenRow,
};

/// Who a session or token belongs to, with everything a request needs.
pub(crate) struct Admitted {
    pub(crate) account: Uuid,
    pub(crate) stage: Stage,
    pub(crate) form_token: Option<String>,
    pub(crate) created_at: Moment,
    pub(crate) seen_at: Moment,
    pub(crate) person: Uuid,
    pub(crate) post: Uuid,
    pub(crate) unit: Uuid,
    pub(crate) role: Role,
    pub(crate) title: String,
    pub(crate) unit_name: String,
    pub(crate) name: Option<String>,
    pub(crate) represents: Option<Uuid>,
    pub(crate) represented_person: Option<Uuid>,
    pub(crate) represented_title: Option<String>,
    pub(crate) city: String,
    pub(crate) zone: String,
    pub(crate) clock_offset_us: i64,
    pub(crate) valid_from: Day,
    pub(crate) valid_to: Option<Day>,
}

impl FromRow for Admitted {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        Ok(Self {
            account: row.get(0)?,
            stage: row.get(1)?,
            form_token: row.get(2)?,
            created_at: row.get(3)?,
            seen_at: row.get(4)?,
            person: row.get(5)?,
            post: row.get(6)?,
            unit: row.get(7)?,
            role: row.get(8)?,
            title: row.get(9)?,
            unit_name: row.get(10)?,
            name: row.get(11)?,
            represents: row.get(12)?,
            represented_person: row.get(13)?,
            represented_title: row.get(14)?,
            city: row.get(15)?,
            zone: row.get(16)?,
            clock_offset_us: row.get(17)?,
            valid_from: row.get(18)?,
            valid_to: row.get(19)?,
        })
    }
}

const ADMITTED: &str = "p.person_id, p.id, p.unit_id, p.role, p.title, u.short_name, n.value,
    p.represents_id, r.person_id, r.title, j.name, j.zone, j.clock_offset_us, p.valid_from, p.valid_to";

const ADMITTED_JOINS: &str = "
    JOIN accounts a ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.account_id
    JOIN credentials c ON c.jurisdiction_id = s.jurisdiction_id AND c.account_id = s.account_id
    JOIN posts p ON p.jurisdiction_id = s.jurisdiction_id AND p.id = s.post_id
    JOIN units u ON u.jurisdiction_id = s.jurisdiction_id AND u.id = p.unit_id
    JOIN jurisdictions j ON j.jurisdiction_id = s.jurisdiction_id
    LEFT JOIN sealed_values n ON n.jurisdiction_id = s.jurisdiction_id AND n.owner_id = p.person_id AND n.field = 'name'
    LEFT JOIN posts r ON r.jurisdiction_id = s.jurisdiction_id AND r.id = p.represents_id";

/// Who a session belongs to.
pub(crate) async fn admitted_by_session(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
) -> Result<Option<Admitted>> {
    let sql = format!(
        "SELECT s.account_id, s.stage, s.form_token, s.created_at, s.seen_at, {ADMITTED}
         FROM sessions s {ADMITTED_JOINS}
         WHERE s.jurisdiction_id = $1 AND s.token_hash = $2 AND NOT a.disabled AND s.epoch = c.epoch"
    );
    tx.opt(&sql, args![city, token_hash]).await
}

/// Who a token belongs to.
pub(crate) async fn admitted_by_token(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
    now: Moment,
) -> Result<Option<Admitted>> {
    let sql = format!(
        "SELECT s.account_id, 'open', NULL, s.created_at, COALESCE(l.used_at, s.created_at), {ADMITTED}
         FROM tokens s {ADMITTED_JOINS}
         LEFT JOIN account_uses l ON l.jurisdiction_id = s.jurisdiction_id AND l.account_id = s.account_id
         WHERE s.jurisdiction_id = $1 AND s.token_hash = $2 AND NOT a.disabled AND s.expires_at > $3"
    );
    tx.opt(&sql, args![city, token_hash, now]).await
}

/// Failed sign-ins from an address.
pub(crate) async fn failures(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    remote: &str,
) -> Result<Option<SignInFailureRow>> {
    let columns = &SignInFailureRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM sign_in_failures WHERE jurisdiction_id = $1 AND remote = $2"
    );
    tx.opt(&sql, args![city, remote.to_owned()]).await
}

/// Lets a session act in another post from now on, and remembers it for the next sign-in.
pub(crate) async fn switch_post(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
    (account, post): (Uuid, Uuid),
) -> Result<()> {
    let sql = "UPDATE sessions SET post_id = $3 WHERE jurisdiction_id = $1 AND token_hash = $2";
    tx.run(sql, args![city, token_hash, post]).await?;
    let sql =
        "UPDATE credentials SET last_post_id = $3 WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account, post]).await?;
    Ok(())
}

/// A session by its token's hash, also one that is not yet open.
pub(crate) async fn session(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
) -> Result<Option<SessionRow>> {
    let columns = &SessionRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM sessions WHERE jurisdiction_id = $1 AND token_hash = $2");
    tx.opt(&sql, args![city, token_hash]).await
}

/// An account and its credentials by sign-in name, in whichever city it is.
pub(crate) async fn account_by_name(
    tx: &mut Tx,
    name: &str,
) -> Result<Option<(AccountRow, CredentialRow)>> {
    let sql = "SELECT jurisdiction_id, account_id FROM sign_in_names WHERE name = $1";
    let found: Option<(Id<Jurisdiction>, Uuid)> = tx.opt(sql, args![name.to_owned()]).await?;
    let Some((city, id)) = found else { return Ok(None) };
    let account = account(tx, city, id).await?;
    let credential = credential(tx, city, id).await?;
    Ok(account.zip(credential))
}

/// One account.
pub(crate) async fn account(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<AccountRow>> {
    let columns = &AccountRow::sql().columns;
    let sql = format!("SELECT {columns} FROM accounts WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The credentials of an account.
pub(crate) async fn credential(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
) -> Result<Option<CredentialRow>> {
    let columns = &CredentialRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM credentials WHERE jurisdiction_id = $1 AND account_id = $2");
    tx.opt(&sql, args![city, account]).await
}

/// The class of the account of a person, if there is one.
pub(crate) async fn class_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    person: Uuid,
) -> Result<Option<AccountClass>> {
    let sql = "SELECT class FROM accounts WHERE jurisdiction_id = $1 AND person_id = $2";
    let row: Option<(AccountClass,)> = tx.opt(sql, args![city, person]).await?;
    Ok(row.map(|r| r.0))
}

/// Marks a session as seen.
pub(crate) async fn touch(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
    now: Moment,
) -> Result<()> {
    let sql = "UPDATE sessions SET seen_at = $3 WHERE jurisdiction_id = $1 AND token_hash = $2";
    tx.run(sql, args![city, token_hash, now]).await?;
    Ok(())
}

/// Ends one session. One that was open is remembered for its forms; one that never was is not.
pub(crate) async fn end_session(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    token_hash: Vec<u8>,
) -> Result<()> {
    let sql = "UPDATE sessions SET stage = 'over' \
        WHERE jurisdiction_id = $1 AND token_hash = $2 AND stage = 'open'";
    tx.run(sql, args![city, token_hash.clone()]).await?;
    let sql = "DELETE FROM sessions \
        WHERE jurisdiction_id = $1 AND token_hash = $2 AND stage <> 'over'";
    tx.run(sql, args![city, token_hash]).await?;
    Ok(())
}

/// Counts a wrong password or code; after `max` in a row the account is locked until a moment.
pub(crate) async fn count_failure(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    (max, until): (i64, Moment),
) -> Result<()> {
    let sql = "UPDATE credentials SET
          locked_until = CASE WHEN failures + 1 >= $3 THEN $4 ELSE locked_until END,
          failures = CASE WHEN failures + 1 >= $3 THEN 0 ELSE failures + 1 END
        WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account, max, until]).await?;
    Ok(())
}

/// Forgets wrong passwords and codes after a sign-in.
pub(crate) async fn clear_failures(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
) -> Result<()> {
    let sql = "UPDATE credentials SET failures = 0, locked_until = NULL \
        WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account]).await?;
    Ok(())
}

/// Accepts the step of a code; false when this step or a later one was accepted before.
pub(crate) async fn accept_step(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    step: i64,
) -> Result<bool> {
    let sql = "UPDATE credentials SET totp_step = $3 \
        WHERE jurisdiction_id = $1 AND account_id = $2 AND totp_step < $3";
    Ok(tx.run(sql, args![city, account, step]).await? == 1)
}

/// Gives an account a second factor or takes it away.
pub(crate) async fn set_factor(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    (secret, step): (Option<Vec<u8>>, i64),
) -> Result<()> {
    let sql = "UPDATE credentials SET totp_secret = $3, totp_step = $4 \
        WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account, secret, step]).await?;
    Ok(())
}

/// A password that takes the place of another.
pub(crate) struct NewPassword {
    pub(crate) hash: String,
    pub(crate) must_change: bool,
    pub(crate) at: Moment,
}

/// Replaces a password, keeps the former one for comparison, ends every session.
pub(crate) async fn set_password(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    password: &NewPassword,
) -> Result<()> {
    let former = "INSERT INTO former_passwords \
        (jurisdiction_id, account_id, changed_at, password_hash) \
        SELECT jurisdiction_id, account_id, $3, password_hash FROM credentials \
        WHERE jurisdiction_id = $1 AND account_id = $2 \
        ON CONFLICT (jurisdiction_id, account_id, changed_at) DO NOTHING";
    tx.run(former, args![city, account, password.at]).await?;
    let sql = "UPDATE credentials SET password_hash = $3, must_change = $4, changed_at = $5, \
        failures = 0, locked_until = NULL WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account, password.hash, password.must_change, password.at]).await?;
    end_sessions(tx, city, account).await
}

/// The hashes of an account's former passwords, newest first.
pub(crate) async fn former_passwords(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    limit: i64,
) -> Result<Vec<String>> {
    let sql = "SELECT password_hash FROM former_passwords \
        WHERE jurisdiction_id = $1 AND account_id = $2 ORDER BY changed_at DESC LIMIT $3";
    let rows: Vec<(String,)> = tx.all(sql, args![city, account, limit]).await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// Ends every session of an account: the epoch they carry is over.
pub(crate) async fn end_sessions(tx: &mut Tx, city: Id<Jurisdiction>, account: Uuid) -> Result<()> {
    let sql = "UPDATE credentials SET epoch = epoch + 1 \
        WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account]).await?;
    let sql = "DELETE FROM sessions WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account]).await?;
    Ok(())
}

/// Ends the sessions of an account but one.
pub(crate) async fn end_other_sessions(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    kept: Vec<u8>,
) -> Result<u64> {
    let sql = "DELETE FROM sessions \
        WHERE jurisdiction_id = $1 AND account_id = $2 AND token_hash <> $3";
    tx.run(sql, args![city, account, kept]).await
}

/// Ends all sessions of an account but the `kept` that were used last.
pub(crate) async fn end_oldest_sessions(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    kept: i64,
) -> Result<u64> {
    let sql = "UPDATE sessions SET stage = 'over' \
        WHERE jurisdiction_id = $1 AND account_id = $2 AND stage <> 'over' AND id NOT IN \
        (SELECT s.id FROM sessions s WHERE s.jurisdiction_id = $1 AND s.account_id = $2 \
         AND s.stage <> 'over' ORDER BY s.seen_at DESC, s.id DESC LIMIT $3)";
    tx.run(sql, args![city, account, kept]).await
}

/// Ends one session of an account by its identifier; false when it is not there.
pub(crate) async fn end_session_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    id: Uuid,
) -> Result<bool> {
    let sql = "DELETE FROM sessions WHERE jurisdiction_id = $1 AND account_id = $2 AND id = $3";
    Ok(tx.run(sql, args![city, account, id]).await? == 1)
}

/// Takes away sessions of an account that were opened before a moment.
pub(crate) async fn forget_sessions(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    before: Moment,
) -> Result<()> {
    let sql = "DELETE FROM sessions \
        WHERE jurisdiction_id = $1 AND account_id = $2 AND created_at < $3";
    tx.run(sql, args![city, account, before]).await?;
    Ok(())
}

/// The living sessions of an account, opened and used since two moments, last used first.
pub(crate) async fn sessions_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    (created, seen): (Moment, Moment),
) -> Result<Vec<SessionRow>> {
    let columns = &SessionRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM sessions WHERE jurisdiction_id = $1 AND account_id = $2 \
         AND stage <> 'over' AND created_at >= $3 AND seen_at >= $4 \
         ORDER BY seen_at DESC, id LIMIT 50"
    );
    tx.all(&sql, args![city, account, created, seen]).await
}

/// The tokens of an account, newest first.
pub(crate) async fn tokens_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
) -> Result<Vec<TokenRow>> {
    let columns = &TokenRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM tokens WHERE jurisdiction_id = $1 AND account_id = $2 \
         ORDER BY created_at DESC, id LIMIT 50"
    );
    tx.all(&sql, args![city, account]).await
}

/// Revokes one token of an account; false when it is not there.
pub(crate) async fn revoke_token(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
    id: Uuid,
) -> Result<bool> {
    let sql = "DELETE FROM tokens WHERE jurisdiction_id = $1 AND account_id = $2 AND id = $3";
    Ok(tx.run(sql, args![city, account, id]).await? == 1)
}

/// Revokes every token of an account.
pub(crate) async fn revoke_tokens(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    account: Uuid,
) -> Result<()> {
    let sql = "DELETE FROM tokens WHERE jurisdiction_id = $1 AND account_id = $2";
    tx.run(sql, args![city, account]).await?;
    Ok(())
}

/// Forgets failures from addresses and of unknown names that began before a moment.
pub(crate) async fn forget_failures(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    before: Moment,
) -> Result<()> {
    let sql = "DELETE FROM sign_in_failures WHERE jurisdiction_id = $1 AND since < $2";
    tx.run(sql, args![city, before]).await?;
    Ok(())
}

/// Takes lines of the access log away that were made before a moment.
pub(crate) async fn forget_access(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    before: Moment,
) -> Result<u64> {
    let sql = "DELETE FROM access_log WHERE jurisdiction_id = $1 AND at < $2";
    tx.run(sql, args![city, before]).await
}

query_row! {
    /// A token with its account's name.
    pub(crate) struct TokenLine {
        pub(crate) id: Uuid,
        pub(crate) account: Uuid,
        pub(crate) account_name: String,
        pub(crate) name: String,
        pub(crate) expires_at: Moment,
    }
}

/// The tokens of a city, newest first.
pub(crate) async fn all_tokens(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<TokenLine>> {
    let sql = "SELECT t.id, t.account_id, a.name, t.name, t.expires_at FROM tokens t \
        JOIN accounts a ON a.jurisdiction_id = t.jurisdiction_id AND a.id = t.account_id \
        WHERE t.jurisdiction_id = $1 ORDER BY t.created_at DESC, t.id LIMIT 1000";
    tx.all(sql, args![city]).await
}
