//! Former months: what a unit came to in each, and the places of a group.

use journal::{Result, Row as _, Tx, args, query_row};
use kernel::{Id, Jurisdiction};
use measures::ReviewMonth;
use uuid::Uuid;

use crate::tables::statement::StatementRow;
use crate::tables::{ConsequenceRow, ReviewRow, Standing};

/// Units of a group at most.
const UNITS_MAX: i64 = 20_000;

query_row! {
    /// What a unit came to in a month.
    pub(crate) struct Month {
        pub(crate) review: Uuid,
        pub(crate) month: ReviewMonth,
        pub(crate) version: Uuid,
        pub(crate) group: String,
        pub(crate) standing: Standing,
        pub(crate) total: Option<String>,
        pub(crate) rank: Option<String>,
        pub(crate) ranked: i64,
    }
}

/// The published months of a unit before one, newest first.
pub(crate) async fn of_unit(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
    (before, limit): (Option<ReviewMonth>, i64),
) -> Result<Vec<Month>> {
    let sql = "SELECT r.id, r.month, s.version_id, s.group_code, s.standing, s.total, s.rank, s.ranked \
         FROM reviews r JOIN review_scores s ON s.jurisdiction_id = r.jurisdiction_id \
         AND s.review_id = r.id AND s.n = r.shown AND s.unit_id = $2 \
         WHERE r.jurisdiction_id = $1 AND r.month < $3 AND r.published_on IS NOT NULL \
         ORDER BY r.month DESC LIMIT $4";
    let before = before.map_or_else(|| "9999-99".to_owned(), |month| month.to_string());
    tx.all(sql, args![city, unit, before, limit]).await
}

/// What was decided for a unit, in all months.
pub(crate) async fn consequences(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
) -> Result<Vec<ConsequenceRow>> {
    let columns = &ConsequenceRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_consequences WHERE jurisdiction_id = $1 AND unit_id = $2 \
         ORDER BY review_id DESC, code LIMIT 1000"
    );
    tx.all(&sql, args![city, unit]).await
}

/// What a unit stated, in all months.
pub(crate) async fn statements(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    unit: Uuid,
) -> Result<Vec<StatementRow>> {
    let columns = &StatementRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM statements WHERE jurisdiction_id = $1 AND unit_id = $2 \
         ORDER BY review_id DESC LIMIT 1000"
    );
    tx.all(&sql, args![city, unit]).await
}

/// Published reviews before a month, newest first.
pub(crate) async fn published(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (before, limit): (Option<ReviewMonth>, i64),
) -> Result<Vec<ReviewRow>> {
    let columns = &ReviewRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM reviews WHERE jurisdiction_id = $1 AND month < $2 \
         AND published_on IS NOT NULL ORDER BY month DESC LIMIT $3"
    );
    let before = before.map_or_else(|| "9999-99".to_owned(), |month| month.to_string());
    tx.all(&sql, args![city, before, limit]).await
}

query_row! {
    /// What a unit of a group came to.
    pub(crate) struct Placed {
        pub(crate) unit: Uuid,
        pub(crate) total: Option<String>,
        pub(crate) rank: Option<String>,
    }
}

/// The units of a group of a rule set in a review, by their codes.
pub(crate) async fn of_group(
    tx: &mut Tx,
    review: &ReviewRow,
    (rule, group): (&str, &str),
) -> Result<Vec<Placed>> {
    let sql = format!(
        "SELECT s.unit_id, s.total, s.rank FROM reviews r \
         JOIN review_rules u ON u.jurisdiction_id = r.jurisdiction_id AND u.review_id = r.id \
         AND u.code = $3 \
         JOIN review_scores s ON s.jurisdiction_id = r.jurisdiction_id AND s.review_id = r.id \
         AND s.n = r.shown AND s.version_id = u.version_id AND s.group_code = $4 \
         WHERE r.jurisdiction_id = $1 AND r.id = $2 ORDER BY s.unit_id LIMIT {UNITS_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id, rule.to_owned(), group.to_owned()]).await
}
