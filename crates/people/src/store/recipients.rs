//! Who can be reached outside the program: posts held today whose person has an open account.

use journal::{Result, Tx, args, query_row};
use kernel::{Day, Id, Jurisdiction, Role};
use uuid::Uuid;

use crate::tables::QuietPersonRow;

/// Posts read at once.
const POSTS_MAX: i64 = 5_000;

query_row! {
    /// A post that is held, and how its person can be reached.
    pub struct Recipient {
        /// The post.
        pub post: Uuid,
        /// Who holds it.
        pub person: Uuid,
        /// Its role.
        pub role: Role,
        /// Its title.
        pub title: String,
        /// The short name of its unit.
        pub unit: String,
        /// The account's sign-in name.
        pub account: String,
        /// The person's mail address, if there is one.
        pub mail: Option<String>,
        /// Whether the person wants no daily digest.
        pub is_quiet: bool,
    }
}

const RECIPIENT: &str = "SELECT p.id, p.person_id, p.role, p.title, u.short_name, a.name, m.value,
    (q.person_id IS NOT NULL) AS is_quiet
    FROM posts p
    JOIN units u ON u.jurisdiction_id = p.jurisdiction_id AND u.id = p.unit_id
    JOIN accounts a ON a.jurisdiction_id = p.jurisdiction_id AND a.person_id = p.person_id AND NOT a.disabled
    LEFT JOIN sealed_values m ON m.jurisdiction_id = p.jurisdiction_id AND m.owner_id = p.person_id AND m.field = 'mail'
    LEFT JOIN quiet_persons q ON q.jurisdiction_id = p.jurisdiction_id AND q.person_id = p.person_id
    WHERE p.jurisdiction_id = $1 AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to >= $2)";

/// All of a day.
pub async fn recipients(tx: &mut Tx, city: Id<Jurisdiction>, on: Day) -> Result<Vec<Recipient>> {
    tx.all(&format!("{RECIPIENT} ORDER BY p.id LIMIT {POSTS_MAX}"), args![city, on]).await
}

/// The one of a post, if it is still held.
pub async fn recipient(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    post: Uuid,
    on: Day,
) -> Result<Option<Recipient>> {
    tx.opt(&format!("{RECIPIENT} AND p.id = $3"), args![city, on, post]).await
}

/// Whether somebody wants no daily digest.
pub(crate) async fn is_quiet(tx: &mut Tx, city: Id<Jurisdiction>, person: Uuid) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM quiet_persons WHERE jurisdiction_id = $1 AND person_id = $2";
    let (n,): (i64,) = tx.one(sql, args![city, person]).await?;
    Ok(n > 0)
}

/// Enters that somebody wants no daily digest.
pub(crate) async fn want_no_digest(tx: &mut Tx, quiet: &QuietPersonRow) -> Result<()> {
    let sql = "INSERT INTO quiet_persons (jurisdiction_id, person_id) VALUES ($1, $2) \
        ON CONFLICT DO NOTHING";
    tx.run(sql, args![quiet.jurisdiction_id, quiet.person_id]).await?;
    Ok(())
}

/// Enters that somebody wants the daily digest again.
pub(crate) async fn want_digest(tx: &mut Tx, quiet: &QuietPersonRow) -> Result<()> {
    let sql = "DELETE FROM quiet_persons WHERE jurisdiction_id = $1 AND person_id = $2";
    tx.run(sql, args![quiet.jurisdiction_id, quiet.person_id]).await?;
    Ok(())
}
