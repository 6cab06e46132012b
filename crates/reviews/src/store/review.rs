//! Reviews and what was made of them.

use std::collections::BTreeMap;

use journal::{Error, Result, Row as _, Tx, args};
use kernel::{Actor, Id, Jurisdiction, Role};
use measures::ReviewMonth;
use uuid::Uuid;

use crate::scoring::Text;
use crate::tables::{
    ComputationRow, ConsequenceRow, ErratumRow, FormerDecisionRow, FreezeRow, ReviewMeasureRow,
    ReviewRow, ReviewRuleRow, ReviewScanRow, ReviewSignRow, ScoreRow,
};

/// Units of a review at most.
const SCORES_MAX: i64 = 20_000;
/// Computings, freezes, signatures and consequences of a review at most.
const OF_REVIEW_MAX: i64 = 2_000;

/// The condition under which an actor sees a review: the bureau all, leaders and units from the
/// draft on, inspectors what was published.
const fn visible(role: Role) -> Option<&'static str> {
    match role {
        Role::Chief | Role::Officer => Some(""),
        Role::Leader | Role::Secretary | Role::Head | Role::Liaison => Some(" AND state <> 'open'"),
        Role::Inspector => Some(" AND published_on IS NOT NULL"),
        Role::Department
        | Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => None,
    }
}

/// The review of a month as far as the actor may see it; anything else is missing.
pub(crate) async fn reach(tx: &mut Tx, actor: &Actor, month: ReviewMonth) -> Result<ReviewRow> {
    let visible = visible(actor.role).ok_or_else(Error::missing)?;
    let columns = &ReviewRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM reviews WHERE jurisdiction_id = $1 AND month = $2{visible}");
    tx.opt(&sql, args![actor.jurisdiction, month]).await?.ok_or_else(Error::missing)
}

/// The reviews that an actor may see, newest first, before a month.
pub(crate) async fn list(
    tx: &mut Tx,
    actor: &Actor,
    before: Option<ReviewMonth>,
    limit: i64,
) -> Result<Vec<ReviewRow>> {
    let Some(visible) = visible(actor.role) else { return Ok(Vec::new()) };
    let columns = &ReviewRow::sql().columns;
    let before = before.map_or_else(|| "9999-99".to_owned(), |month| month.to_string());
    let sql = format!(
        "SELECT {columns} FROM reviews WHERE jurisdiction_id = $1 AND month < $2{visible} \
         ORDER BY month DESC LIMIT $3"
    );
    tx.all(&sql, args![actor.jurisdiction, before, limit]).await
}

/// Every review of the city, newest first.
pub(crate) async fn all(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<ReviewRow>> {
    let columns = &ReviewRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM reviews WHERE jurisdiction_id = $1 ORDER BY month DESC LIMIT 1200"
    );
    tx.all(&sql, args![city]).await
}

/// The review of a month, without a scope.
pub(crate) async fn of_month(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    month: ReviewMonth,
) -> Result<Option<ReviewRow>> {
    let columns = &ReviewRow::sql().columns;
    let sql = format!("SELECT {columns} FROM reviews WHERE jurisdiction_id = $1 AND month = $2");
    tx.opt(&sql, args![city, month]).await
}

/// One review, without a scope.
pub(crate) async fn review(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<ReviewRow> {
    let columns = &ReviewRow::sql().columns;
    let sql = format!("SELECT {columns} FROM reviews WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await?.ok_or_else(Error::missing)
}

/// The last review before a month whose circular is out.
pub(crate) async fn published_before(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    month: ReviewMonth,
) -> Result<Option<ReviewRow>> {
    let columns = &ReviewRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM reviews WHERE jurisdiction_id = $1 AND month < $2 \
         AND published_on IS NOT NULL ORDER BY month DESC LIMIT 1"
    );
    tx.opt(&sql, args![city, month]).await
}

/// The rule sets of a review in their order.
pub(crate) async fn rules(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ReviewRuleRow>> {
    let columns = &ReviewRuleRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_rules WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY place LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The texts by which a review scores, in the order of its rule sets.
pub(crate) async fn texts(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<Text>> {
    let sql = format!(
        "SELECT r.version_id, v.document FROM review_rules r \
         JOIN rule_set_versions v ON v.jurisdiction_id = r.jurisdiction_id AND v.id = r.version_id \
         WHERE r.jurisdiction_id = $1 AND r.review_id = $2 ORDER BY r.place LIMIT {OF_REVIEW_MAX}"
    );
    let found: Vec<(Uuid, String)> = tx.all(&sql, args![review.jurisdiction_id, review.id]).await?;
    Ok(found.into_iter().map(|(version, document)| Text { version, document }).collect())
}

/// The text of a version of a rule set.
pub(crate) async fn document(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    version: Uuid,
) -> Result<Option<String>> {
    let sql = "SELECT document FROM rule_set_versions WHERE jurisdiction_id = $1 AND id = $2";
    let found: Option<(String,)> = tx.opt(sql, args![city, version]).await?;
    Ok(found.map(|(document,)| document))
}

/// What the inputs of a review's rules call.
pub(crate) async fn measures(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ReviewMeasureRow>> {
    let columns = &ReviewMeasureRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_measures WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY call LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The computings of a review, oldest first.
pub(crate) async fn computations(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ComputationRow>> {
    let columns = &ComputationRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_computations WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY n LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// One computing of a review.
pub(crate) async fn computation(
    tx: &mut Tx,
    review: &ReviewRow,
    n: i64,
) -> Result<Option<ComputationRow>> {
    let columns = &ComputationRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_computations WHERE jurisdiction_id = $1 AND review_id = $2 \
         AND n = $3"
    );
    tx.opt(&sql, args![review.jurisdiction_id, review.id, n]).await
}

/// What the units came to in a computing.
pub(crate) async fn scores(tx: &mut Tx, review: &ReviewRow, n: i64) -> Result<Vec<ScoreRow>> {
    let columns = &ScoreRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_scores WHERE jurisdiction_id = $1 AND review_id = $2 \
         AND n = $3 ORDER BY unit_id LIMIT {SCORES_MAX}"
    );
    tx.scan(&sql, args![review.jurisdiction_id, review.id, n]).await
}

/// The freezes of a review, oldest first.
pub(crate) async fn freezes(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<FreezeRow>> {
    let columns = &FreezeRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_freezes WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY n LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The errata of a review, oldest first.
pub(crate) async fn errata(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ErratumRow>> {
    let columns = &ErratumRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_errata WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY n LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The root of the last frozen month before one.
pub(crate) async fn previous_root(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    month: ReviewMonth,
) -> Result<Option<String>> {
    let sql = "SELECT f.root FROM review_freezes f WHERE f.jurisdiction_id = $1 AND f.review_id = \
        (SELECT r.id FROM reviews r WHERE r.jurisdiction_id = $1 AND r.month < $2 \
        AND r.freezes > 0 ORDER BY r.month DESC LIMIT 1) ORDER BY f.n DESC LIMIT 1";
    let found: Option<(String,)> = tx.opt(sql, args![city, month]).await?;
    Ok(found.map(|(root,)| root))
}

/// Every root that the frozen month before one ever had; none when there is no such month.
pub(crate) async fn roots_before(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    month: ReviewMonth,
) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT f.root FROM review_freezes f WHERE f.jurisdiction_id = $1 AND f.review_id = \
         (SELECT r.id FROM reviews r WHERE r.jurisdiction_id = $1 AND r.month < $2 \
         AND r.freezes > 0 ORDER BY r.month DESC LIMIT 1) LIMIT {OF_REVIEW_MAX}"
    );
    let found: Vec<(String,)> = tx.all(&sql, args![city, month]).await?;
    Ok(found.into_iter().map(|(root,)| root).collect())
}

/// The steps of a review's approval, oldest first.
pub(crate) async fn signs(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ReviewSignRow>> {
    let columns = &ReviewSignRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_signs WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY id LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The scans of papers on which a review was approved.
pub(crate) async fn scans(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ReviewScanRow>> {
    let columns = &ReviewScanRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_sign_scans WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY id LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// What was decided on the consequences of a review.
pub(crate) async fn consequences(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ConsequenceRow>> {
    let columns = &ConsequenceRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_consequences WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY code, unit_id LIMIT {OF_REVIEW_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// What was decided on the consequences of a review up to one of its freezes: as it stood in what
/// that freeze was published as.
pub(crate) async fn decided_until(
    tx: &mut Tx,
    review: &ReviewRow,
    freeze: i64,
) -> Result<Vec<ConsequenceRow>> {
    let columns = &FormerDecisionRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM review_former_decisions WHERE jurisdiction_id = $1 \
         AND review_id = $2 AND freeze_n <= $3 ORDER BY code, unit_id, freeze_n LIMIT {OF_REVIEW_MAX}"
    );
    let former: Vec<FormerDecisionRow> =
        tx.all(&sql, args![review.jurisdiction_id, review.id, freeze]).await?;
    let mut found = Vec::new();
    for row in consequences(tx, review).await? {
        if row.freeze_n <= freeze {
            found.push(row);
            continue;
        }
        let is_of = |f: &&FormerDecisionRow| f.code == row.code && f.unit_id == row.unit_id;
        if let Some(f) = former.iter().rfind(is_of).cloned() {
            found.push(ConsequenceRow {
                verdict: f.verdict,
                amount_fen: f.amount_fen,
                reason: f.reason,
                post_id: f.post_id,
                person_id: f.person_id,
                decided_on: f.decided_on,
                paper_signer_post_id: f.paper_signer_post_id,
                freeze_n: f.freeze_n,
                ..row
            });
        }
    }
    Ok(found)
}

/// What was decided on the consequences of a review as it is out.
pub(crate) async fn decided_as_out(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<ConsequenceRow>> {
    let freezes = freezes(tx, review).await?;
    let out = freezes.iter().rfind(|f| f.computation == review.shown).map_or(0, |f| f.n);
    decided_until(tx, review, out).await
}

/// The units that a review scores in the city's order: identifier, name, group.
pub(crate) async fn members(
    tx: &mut Tx,
    review: &ReviewRow,
) -> Result<Vec<(Uuid, String, String)>> {
    let sql = format!(
        "SELECT m.unit_id, u.short_name, m.group_name FROM review_members m JOIN units u \
         ON u.jurisdiction_id = m.jurisdiction_id AND u.id = m.unit_id \
         WHERE m.jurisdiction_id = $1 AND m.review_id = $2 ORDER BY m.place LIMIT {SCORES_MAX}"
    );
    tx.scan(&sql, args![review.jurisdiction_id, review.id]).await
}

/// Who held the posts that had a hand in a review, by post: a stand-in acts in a post of their own.
pub(crate) async fn hands(tx: &mut Tx, review: &ReviewRow) -> Result<BTreeMap<Uuid, Uuid>> {
    let sql = format!(
        "SELECT p.id, p.person_id FROM posts p WHERE p.jurisdiction_id = $1 AND p.id IN (\
         SELECT post_id FROM review_computations WHERE jurisdiction_id = $1 AND review_id = $2 \
         UNION SELECT post_id FROM review_freezes WHERE jurisdiction_id = $1 AND review_id = $2 \
         UNION SELECT post_id FROM review_signs WHERE jurisdiction_id = $1 AND review_id = $2 \
         UNION SELECT decided_by FROM objections WHERE jurisdiction_id = $1 AND review_id = $2 \
         AND decided_by IS NOT NULL) LIMIT {OF_REVIEW_MAX}"
    );
    let found: Vec<(Uuid, Uuid)> = tx.all(&sql, args![review.jurisdiction_id, review.id]).await?;
    Ok(found.into_iter().collect())
}

/// The place of the journal at which what is out went out last: its publication or its erratum.
pub(crate) async fn out_seq(tx: &mut Tx, review: &ReviewRow) -> Result<Option<i64>> {
    let sql = "SELECT MAX(seq) FROM review_errata WHERE jurisdiction_id = $1 AND review_id = $2";
    let (seq,): (Option<i64>,) = tx.one(sql, args![review.jurisdiction_id, review.id]).await?;
    Ok(seq.or(review.published_seq))
}

/// The next number of a circular in a year.
pub(crate) async fn next_circular(tx: &mut Tx, city: Id<Jurisdiction>, year: i64) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(circular_number), 0) FROM reviews \
        WHERE jurisdiction_id = $1 AND circular_year = $2";
    Ok(tx.one::<(i64,)>(sql, args![city, year]).await?.0 + 1)
}
