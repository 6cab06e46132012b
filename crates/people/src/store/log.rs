//! The access log and the register of accounts.

use journal::{Result, Row as _, Tx, Value, args, query_row};
use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::tables::{AccountClass, AccountRow};

query_row! {
    /// A line of the access log, with the account's name.
    pub struct AccessLine {
        /// The line.
        pub id: Uuid,
        /// When, by the machine's clock.
        pub at: Moment,
        /// What.
        pub event: String,
        /// Whose account.
        pub account: Option<Uuid>,
        /// The account's name.
        pub account_name: Option<String>,
        /// From where.
        pub remote: String,
        /// More about it.
        pub detail: String,
    }
}

/// What the access log is narrowed to; empty fields do not limit.
#[derive(Clone, Debug, Default)]
pub struct AccessFilter {
    /// Only this event.
    pub event: Option<String>,
    /// Only of accounts with this name.
    pub account_name: Option<String>,
    /// Only from this address.
    pub remote: Option<String>,
    /// Only lines before this one (newest first).
    pub before: Option<Uuid>,
}

/// The newest lines of the access log that pass the filter, at most `limit`.
pub async fn access_lines(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    filter: &AccessFilter,
    limit: i64,
) -> Result<Vec<AccessLine>> {
    let mut sql = "SELECT l.id, l.at, l.event, l.account_id, a.name, l.remote, l.detail \
        FROM access_log l LEFT JOIN accounts a \
        ON a.jurisdiction_id = l.jurisdiction_id AND a.id = l.account_id \
        WHERE l.jurisdiction_id = $1"
        .to_owned();
    let mut values: Vec<Value> = args![city].to_vec();
    let mut narrow = |condition: &str, value: Option<Value>| {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(&format!(" AND {condition} ${}", values.len()));
        }
    };
    narrow("l.event =", filter.event.clone().map(Value::Text));
    narrow("a.name =", filter.account_name.clone().map(Value::Text));
    narrow("l.remote =", filter.remote.clone().map(Value::Text));
    narrow("l.id <", filter.before.map(Value::Uuid));
    values.push(Value::Int(limit));
    // Identifiers are made in the order of time.
    sql.push_str(&format!(" ORDER BY l.id DESC LIMIT ${}", values.len()));
    tx.all(&sql, &values).await
}

query_row! {
    /// An account in the register.
    #[derive(serde::Serialize)]
    pub(crate) struct AccountLine {
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) class: AccountClass,
        pub(crate) disabled: bool,
        pub(crate) person: Uuid,
        pub(crate) person_name: Option<String>,
        pub(crate) has_factor: bool,
        pub(crate) must_change: bool,
        #[serde(skip)]
        pub(crate) locked_until: Option<Moment>,
        #[serde(skip)]
        pub(crate) seen_at: Option<Moment>,
    }
}

const ACCOUNT_LINE: &str =
    "SELECT a.id, a.name, a.class, a.disabled, a.person_id, n.value,
      (c.totp_secret IS NOT NULL), c.must_change, c.locked_until,
      (SELECT MAX(l.at) FROM access_log l WHERE l.jurisdiction_id = a.jurisdiction_id
        AND l.account_id = a.id AND l.event = 'signed_in')
    FROM accounts a
    JOIN credentials c ON c.jurisdiction_id = a.jurisdiction_id AND c.account_id = a.id
    LEFT JOIN sealed_values n ON n.jurisdiction_id = a.jurisdiction_id AND n.owner_id = a.person_id AND n.field = 'name'
    WHERE a.jurisdiction_id = $1";

/// The accounts whose name or person contains some words, by name, after a name.
pub(crate) async fn account_lines(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (words, after): (&str, &str),
    limit: i64,
) -> Result<Vec<AccountLine>> {
    let like = format!("%{}%", words.replace(['%', '_'], ""));
    let sql = format!(
        "{ACCOUNT_LINE} AND (a.name LIKE $2 OR n.value LIKE $2) AND a.name > $3 \
         ORDER BY a.name LIMIT $4"
    );
    tx.all(&sql, args![city, like, after.to_owned(), limit]).await
}

/// One account in the register.
pub(crate) async fn account_line(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<AccountLine>> {
    tx.opt(&format!("{ACCOUNT_LINE} AND a.id = $2"), args![city, id]).await
}

/// The accounts of a city by name, each with whether it has credentials.
pub(crate) async fn accounts_for_codes(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    limit: i64,
) -> Result<Vec<(AccountRow, bool)>> {
    let columns = &AccountRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM accounts WHERE jurisdiction_id = $1 ORDER BY name LIMIT $2");
    let accounts: Vec<AccountRow> = tx.all(&sql, args![city, limit]).await?;
    let sql = "SELECT account_id FROM credentials WHERE jurisdiction_id = $1";
    let with: Vec<(Uuid,)> = tx.all(sql, args![city]).await?;
    let with: std::collections::BTreeSet<Uuid> = with.into_iter().map(|r| r.0).collect();
    let has = |a: &AccountRow| with.contains(&a.id);
    Ok(accounts
        .into_iter()
        .map(|a| {
            let has = has(&a);
            (a, has)
        })
        .collect())
}

/// The city that has a sign-in name.
pub(crate) async fn city_of_name(tx: &mut Tx, name: &str) -> Result<Option<Id<Jurisdiction>>> {
    let sql = "SELECT jurisdiction_id FROM sign_in_names WHERE name = $1";
    let row: Option<(Id<Jurisdiction>,)> = tx.opt(sql, args![name.to_owned()]).await?;
    Ok(row.map(|r| r.0))
}

/// Whether a sign-in name is taken, in whichever city.
pub(crate) async fn name_taken(tx: &mut Tx, name: &str) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM sign_in_names WHERE name = $1";
    Ok(tx.one::<(i64,)>(sql, args![name.to_owned()]).await?.0 > 0)
}
