//! Values: of a sheet, of a unit, of one value with all its vintages, and their sources.

use ::measures::ReviewMonth;
use journal::{Error, FromRow, Result, Row as _, RowRef, Tx, args, query_row};
use kernel::{Actor, Id, Jurisdiction};
use uuid::Uuid;

use super::scope;
use crate::tables::{ObservationRow, SheetRow, SourceFileRow, SourceRow};

/// Vintages of a sheet or of a unit's month at most.
pub(crate) const ROWS_MAX: i64 = 5_000;
/// Months of an indicator that its card lists.
const MONTHS_MAX: i64 = 36;

/// A value with the document it was taken from.
#[derive(Clone, Debug)]
pub(crate) struct Sourced {
    pub(crate) row: ObservationRow,
    pub(crate) source: SourceRow,
}

impl FromRow for Sourced {
    fn from_row(row: &RowRef<'_>) -> Result<Self> {
        let n = ObservationRow::SPEC.columns.len();
        let source = SourceRow {
            jurisdiction_id: row.get(n)?,
            id: row.get(n + 1)?,
            title: row.get(n + 2)?,
            reference: row.get(n + 3)?,
            issued_on: row.get(n + 4)?,
        };
        Ok(Self { row: ObservationRow::from_row(row)?, source })
    }
}

fn select(condition: &str, order: &str) -> String {
    format!(
        "SELECT {}, {} FROM observations o \
         JOIN indicators i ON i.jurisdiction_id = o.jurisdiction_id AND i.id = o.indicator_id \
         JOIN source_documents s ON s.jurisdiction_id = o.jurisdiction_id AND s.id = o.source_id \
         WHERE o.jurisdiction_id = $1 AND {condition} ORDER BY {order} LIMIT {ROWS_MAX}",
        ObservationRow::columns_of("o"),
        SourceRow::columns_of("s"),
    )
}

/// All vintages of a sheet that the actor sees, by unit.
pub(crate) async fn of_month(
    tx: &mut Tx,
    actor: &Actor,
    (indicator, month): (Uuid, ReviewMonth),
) -> Result<Vec<Sourced>> {
    let mut values = args![actor.jurisdiction, indicator, month].to_vec();
    let seen = scope(actor, &mut values);
    let condition = format!("o.indicator_id = $2 AND o.month = $3{seen}");
    tx.scan(&select(&condition, "o.unit_id, o.n, o.id"), &values).await
}

/// All vintages of a unit's month that the actor sees, by indicator.
pub(crate) async fn of_unit(
    tx: &mut Tx,
    actor: &Actor,
    (unit, month): (Uuid, ReviewMonth),
) -> Result<Vec<Sourced>> {
    let mut values = args![actor.jurisdiction, unit, month].to_vec();
    let seen = scope(actor, &mut values);
    let condition = format!("o.unit_id = $2 AND o.month = $3{seen}");
    tx.scan(&select(&condition, "o.indicator_id, o.n, o.id"), &values).await
}

/// One value as far as the actor may see it; anything else is missing.
pub(crate) async fn reach(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<Sourced> {
    let mut values = args![actor.jurisdiction, id].to_vec();
    let seen = scope(actor, &mut values);
    let condition = format!("o.id = $2{seen}");
    tx.opt(&select(&condition, "o.id"), &values).await?.ok_or_else(Error::missing)
}

/// The vintages of one value that the actor sees, newest first.
pub(crate) async fn vintages(tx: &mut Tx, actor: &Actor, first: Uuid) -> Result<Vec<Sourced>> {
    let mut values = args![actor.jurisdiction, first].to_vec();
    let seen = scope(actor, &mut values);
    let condition = format!("o.first_id = $2{seen}");
    tx.scan(&select(&condition, "o.n DESC"), &values).await
}

/// One value without a scope, for its title and for who is told of it.
pub(crate) async fn observation(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<ObservationRow>> {
    let columns = &ObservationRow::sql().columns;
    let sql = format!("SELECT {columns} FROM observations WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The files of a source document.
pub(crate) async fn files(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    source: Uuid,
) -> Result<Vec<SourceFileRow>> {
    let sql = format!(
        "SELECT {} FROM source_files WHERE jurisdiction_id = $1 AND source_id = $2 \
         ORDER BY id LIMIT 50",
        SourceFileRow::sql().columns
    );
    tx.all(&sql, args![city, source]).await
}

/// A sheet by its identifier.
pub(crate) async fn sheet(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<SheetRow>> {
    let columns = &SheetRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM indicator_sheets WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The sheet of an indicator and month, if something was entered in it.
pub(crate) async fn sheet_of(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (indicator, month): (Uuid, ReviewMonth),
) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM indicator_sheets WHERE jurisdiction_id = $1 \
        AND indicator_id = $2 AND month = $3";
    Ok(tx.opt::<(Uuid,)>(sql, args![city, indicator, month]).await?.map(|(id,)| id))
}

query_row! {
    /// How far the values of a month have come.
    #[derive(serde::Serialize)]
    pub(crate) struct MonthLine {
        pub(crate) month: ReviewMonth,
        pub(crate) checked: i64,
        pub(crate) missing: i64,
        pub(crate) waiting: i64,
        pub(crate) returned: i64,
    }
}

/// The months of which the actor sees values of an indicator, the newest first.
pub(crate) async fn months(tx: &mut Tx, actor: &Actor, indicator: Uuid) -> Result<Vec<MonthLine>> {
    let mut values = args![actor.jurisdiction, indicator].to_vec();
    let seen = scope(actor, &mut values);
    let sql = format!(
        "SELECT o.month, COUNT(CASE WHEN o.state = 'checked' AND o.missing = '' THEN 1 END), \
         COUNT(CASE WHEN o.state = 'checked' AND o.missing <> '' THEN 1 END), \
         COUNT(CASE WHEN o.state = 'entered' THEN 1 END), \
         COUNT(CASE WHEN o.state = 'returned' AND NOT EXISTS (SELECT 1 FROM observations l \
         WHERE l.jurisdiction_id = o.jurisdiction_id AND l.first_id = o.first_id AND l.n > o.n) \
         THEN 1 END) FROM observations o \
         JOIN indicators i ON i.jurisdiction_id = o.jurisdiction_id AND i.id = o.indicator_id \
         WHERE o.jurisdiction_id = $1 AND o.indicator_id = $2{seen} \
         GROUP BY o.month ORDER BY o.month DESC LIMIT {MONTHS_MAX}"
    );
    tx.scan(&sql, &values).await
}

/// What waits to be checked: indicator, month, how many values.
pub(crate) async fn waiting(tx: &mut Tx, actor: &Actor) -> Result<Vec<(Uuid, ReviewMonth, i64)>> {
    let mut values = args![actor.jurisdiction].to_vec();
    let seen = scope(actor, &mut values);
    let sql = format!(
        "SELECT o.indicator_id, o.month, COUNT(*) FROM observations o \
         JOIN indicators i ON i.jurisdiction_id = o.jurisdiction_id AND i.id = o.indicator_id \
         WHERE o.jurisdiction_id = $1 AND o.state = 'entered'{seen} \
         GROUP BY o.indicator_id, o.month ORDER BY o.month, o.indicator_id LIMIT 500"
    );
    tx.scan(&sql, &values).await
}

/// How many values of a sheet wait to be checked.
pub(crate) async fn waiting_in(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (indicator, month): (Uuid, ReviewMonth),
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM observations WHERE jurisdiction_id = $1 \
        AND state = 'entered' AND indicator_id = $2 AND month = $3";
    Ok(tx.one::<(i64,)>(sql, args![city, indicator, month]).await?.0)
}

/// How many values of each indicator count in a month.
pub(crate) async fn counting(
    tx: &mut Tx,
    actor: &Actor,
    month: ReviewMonth,
) -> Result<Vec<(Uuid, i64)>> {
    let mut values = args![actor.jurisdiction, month].to_vec();
    let seen = scope(actor, &mut values);
    let sql = format!(
        "SELECT o.indicator_id, COUNT(*) FROM observations o \
         JOIN indicators i ON i.jurisdiction_id = o.jurisdiction_id AND i.id = o.indicator_id \
         WHERE o.jurisdiction_id = $1 AND o.month = $2 AND o.state = 'checked'{seen} \
         GROUP BY o.indicator_id ORDER BY o.indicator_id LIMIT 1000"
    );
    tx.scan(&sql, &values).await
}

/// The persons who entered or checked what stands for a unit in some months, the first and the last
/// of them given, by the indicator's number.
pub async fn recorders(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (number, unit): (i64, Uuid),
    (first, last): (ReviewMonth, ReviewMonth),
) -> Result<Vec<Uuid>> {
    let sql = "SELECT o.entered_person_id, o.checked_person_id FROM observations o \
        JOIN indicators i ON i.jurisdiction_id = o.jurisdiction_id AND i.id = o.indicator_id \
        WHERE o.jurisdiction_id = $1 AND i.number = $2 AND o.unit_id = $3 AND o.month >= $4 \
        AND o.month <= $5 ORDER BY o.id LIMIT 5000";
    let values = args![city, number, unit, first, last];
    let rows: Vec<(Uuid, Option<Uuid>)> = tx.scan(sql, values).await?;
    Ok(rows.into_iter().flat_map(|(entered, checked)| [Some(entered), checked]).flatten().collect())
}
