//! Statements, the texts of circulars, and how often it came to a consequence before.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Error, Result, Row as _, Tx, args, query_row};
use kernel::{Actor, Id, Jurisdiction, Message};
use measures::ReviewMonth;
use uuid::Uuid;

use crate::pages::review::is_internal;
use crate::scoring;
use crate::statement::Times;
use crate::tables::ReviewRow;
use crate::tables::statement::{CircularRow, StatementMeasureRow, StatementRow, StatementState};

/// Statements of a review, and consequences of earlier months, at most.
const ROWS_MAX: i64 = 20_000;

/// What the bureau wrote in the circular of a review.
pub(crate) async fn circular(tx: &mut Tx, review: &ReviewRow) -> Result<Option<CircularRow>> {
    let columns = &CircularRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM circulars WHERE jurisdiction_id = $1 AND review_id = $2");
    tx.opt(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The statement of a unit.
pub(crate) async fn of_unit(
    tx: &mut Tx,
    review: &ReviewRow,
    unit: Uuid,
) -> Result<Option<StatementRow>> {
    let columns = &StatementRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM statements WHERE jurisdiction_id = $1 AND review_id = $2 \
         AND unit_id = $3"
    );
    tx.opt(&sql, args![review.jurisdiction_id, review.id, unit]).await
}

/// The statements of a review.
pub(crate) async fn of_review(tx: &mut Tx, review: &ReviewRow) -> Result<Vec<StatementRow>> {
    let columns = &StatementRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM statements WHERE jurisdiction_id = $1 AND review_id = $2 \
         ORDER BY unit_id LIMIT {ROWS_MAX}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id]).await
}

/// The statements of a review that the bureau accepted.
pub(crate) async fn accepted(
    tx: &mut Tx,
    review: &ReviewRow,
    limit: i64,
) -> Result<Vec<StatementRow>> {
    let columns = &StatementRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM statements WHERE jurisdiction_id = $1 AND review_id = $2 \
         AND state = $3 ORDER BY unit_id LIMIT {limit}"
    );
    tx.all(&sql, args![review.jurisdiction_id, review.id, StatementState::Accepted]).await
}

/// One statement, without a scope.
pub(crate) async fn statement(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<StatementRow>> {
    let columns = &StatementRow::sql().columns;
    let sql = format!("SELECT {columns} FROM statements WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The measures of a statement in their order.
pub(crate) async fn measures(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Vec<StatementMeasureRow>> {
    let columns = &StatementMeasureRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM statement_measures WHERE jurisdiction_id = $1 \
         AND statement_id = $2 ORDER BY n LIMIT 100"
    );
    tx.all(&sql, args![city, id]).await
}

/// A unit whose sheet, statement and history the actor may see: bureau and leaders all, a unit
/// itself; anything else is missing.
pub(crate) fn demand_seen(actor: &Actor, unit: Uuid) -> Result<()> {
    let is_own = actor.role.is_unit() && actor.unit == unit;
    if is_own || is_internal(actor.role) { Ok(()) } else { Err(Error::missing()) }
}

query_row! {
    /// A consequence that was decided and published.
    struct Followed {
        month: ReviewMonth,
        unit: Uuid,
        code: String,
        version: Uuid,
    }
}

/// What was decided on a consequence as it is out: the decision itself, or the one before it where it
/// was made on an erratum that is not.
const AS_OUT: &str = "CASE WHEN c.freeze_n <= (SELECT MAX(f.n) FROM review_freezes f \
    WHERE f.jurisdiction_id = r.jurisdiction_id AND f.review_id = r.id \
    AND f.computation = r.shown) THEN c.verdict ELSE (SELECT d.verdict \
    FROM review_former_decisions d WHERE d.jurisdiction_id = c.jurisdiction_id \
    AND d.review_id = c.review_id AND d.code = c.code AND d.unit_id = c.unit_id \
    AND d.freeze_n <= (SELECT MAX(f.n) FROM review_freezes f \
    WHERE f.jurisdiction_id = r.jurisdiction_id AND f.review_id = r.id \
    AND f.computation = r.shown) ORDER BY d.freeze_n DESC LIMIT 1) END";

/// In which earlier months each unit met each consequence that is no award, by its name: a unit
/// that is scored by another rule set now has made no fewer statements for that.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    months: BTreeMap<(Uuid, String), Vec<ReviewMonth>>,
}

impl Earlier {
    /// Of these units before a month, in published reviews.
    pub(crate) async fn read(
        tx: &mut Tx,
        city: Id<Jurisdiction>,
        (before, units): (ReviewMonth, &BTreeSet<Uuid>),
    ) -> Result<Self> {
        let sql = format!(
            "SELECT r.month, c.unit_id, c.code, s.version_id FROM review_consequences c \
             JOIN reviews r ON r.jurisdiction_id = c.jurisdiction_id AND r.id = c.review_id \
             JOIN review_scores s ON s.jurisdiction_id = c.jurisdiction_id \
             AND s.review_id = c.review_id AND s.n = r.shown AND s.unit_id = c.unit_id \
             WHERE c.jurisdiction_id = $1 AND c.unit_id = $2 AND {AS_OUT} = 'taken' \
             AND r.month < $3 AND r.published_on IS NOT NULL ORDER BY r.month DESC LIMIT {ROWS_MAX}"
        );
        let mut followed: Vec<Followed> = Vec::new();
        for unit in units {
            let of_unit: Vec<Followed> = tx.all(&sql, args![city, *unit, before]).await?;
            followed.extend(of_unit);
        }
        let names = Names::read(tx, city, followed.iter().map(|f| f.version)).await?;
        let mut earlier = Self::default();
        for f in followed {
            let Some(name) = names.of(f.version, &f.code) else { continue };
            earlier.months.entry((f.unit, name.to_owned())).or_default().push(f.month);
        }
        Ok(earlier)
    }

    /// How often it comes to a consequence for a unit with a month.
    pub(crate) fn times(&self, month: ReviewMonth, unit: Uuid, name: &str) -> Times {
        let months = self.months.get(&(unit, name.to_owned()));
        Times::of(month, months.map(Vec::as_slice).unwrap_or_default())
    }
}

/// How the rules by which a unit was scored call a consequence, in both languages; nothing when it is
/// an award.
pub(crate) async fn asked(
    tx: &mut Tx,
    review: &ReviewRow,
    (unit, code): (Uuid, &str),
) -> Result<Option<Message>> {
    let scores = super::review::scores(tx, review, review.shown).await?;
    let Some(version) = scores.iter().find(|s| s.unit_id == unit).map(|s| s.version_id) else {
        return Ok(None);
    };
    let found = super::review::document(tx, review.jurisdiction_id, version).await?;
    let Some(document) = found else { return Ok(None) };
    let rules = scoring::read(&document)?.consequences;
    let asked = rules.into_iter().find(|rule| rule.code.0 == code && !rule.is_award);
    Ok(asked.map(|rule| Message {
        en: rule.english.unwrap_or_else(|| rule.name.clone()).0,
        zh: rule.name.0,
    }))
}

/// How versions of rule sets call their consequences that are no awards.
struct Names {
    by_code: BTreeMap<(Uuid, String), String>,
}

impl Names {
    async fn read(
        tx: &mut Tx,
        city: Id<Jurisdiction>,
        versions: impl Iterator<Item = Uuid>,
    ) -> Result<Self> {
        let mut by_code = BTreeMap::new();
        for version in versions.collect::<BTreeSet<_>>() {
            let found = super::review::document(tx, city, version).await?;
            let Some(document) = found else { continue };
            for rule in scoring::read(&document)?.consequences.into_iter().filter(|c| !c.is_award) {
                by_code.insert((version, rule.code.0), rule.name.0);
            }
        }
        Ok(Self { by_code })
    }

    fn of(&self, version: Uuid, code: &str) -> Option<&str> {
        self.by_code.get(&(version, code.to_owned())).map(String::as_str)
    }
}
