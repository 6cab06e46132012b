//! Settings, the work calendar, series and sittings.

use journal::{Result, Row as _, Tx, args, query_row};
use kernel::{Day, DayKind, Id, Jurisdiction, WorkCalendar};
use uuid::Uuid;

use crate::tables::{
    CalendarDayRow, CalendarYearRow, SeriesRow, SittingRoleRow, SittingRow, SittingState,
};

/// A setting of the city, or its proposed value.
pub async fn setting(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    name: &str,
    proposed: &str,
) -> Result<String> {
    let sql = "SELECT value FROM settings WHERE jurisdiction_id = $1 AND name = $2";
    let row: Option<(String,)> = tx.opt(sql, args![city, name.to_owned()]).await?;
    Ok(row.map_or_else(|| proposed.to_owned(), |r| r.0))
}

/// The work calendar between two days.
pub async fn calendar(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    from: Day,
    to: Day,
) -> Result<WorkCalendar> {
    let sql = "SELECT year FROM calendar_years WHERE jurisdiction_id = $1 ORDER BY year LIMIT 200";
    let years: Vec<(i64,)> = tx.all(sql, args![city]).await?;
    let sql = "SELECT day, working FROM calendar_days WHERE jurisdiction_id = $1 \
        AND day >= $2 AND day <= $3 ORDER BY day LIMIT 5000";
    let days: Vec<(Day, bool)> = tx.all(sql, args![city, from, to]).await?;
    let kind = |working| if working { DayKind::Working } else { DayKind::Free };
    Ok(WorkCalendar::new(
        years.into_iter().filter_map(|(y,)| i16::try_from(y).ok()),
        days.into_iter().map(|(day, working)| (day, kind(working))),
    ))
}

/// The confirmed years with their notices.
pub async fn calendar_years(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<CalendarYearRow>> {
    let sql = format!(
        "SELECT {} FROM calendar_years WHERE jurisdiction_id = $1 ORDER BY year LIMIT 200",
        CalendarYearRow::sql().columns
    );
    tx.all(&sql, args![city]).await
}

/// The days of a year that differ from Monday to Friday.
pub async fn calendar_days(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    from: Day,
    to: Day,
) -> Result<Vec<CalendarDayRow>> {
    let sql = format!(
        "SELECT {} FROM calendar_days WHERE jurisdiction_id = $1 AND day >= $2 AND day <= $3 \
         ORDER BY day LIMIT 400",
        CalendarDayRow::sql().columns
    );
    tx.all(&sql, args![city, from, to]).await
}

/// All series of sittings.
pub async fn series(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<SeriesRow>> {
    let columns = &SeriesRow::sql().columns;
    let sql =
        format!("SELECT {columns} FROM series WHERE jurisdiction_id = $1 ORDER BY sort LIMIT 100");
    tx.all(&sql, args![city]).await
}

/// One sitting.
pub async fn sitting(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Option<SittingRow>> {
    let columns = &SittingRow::sql().columns;
    let sql = format!("SELECT {columns} FROM sittings WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

query_row! {
    /// A sitting in one of its series.
    pub struct SeriesSitting {
        /// The sitting.
        pub id: Uuid,
        /// The series.
        pub series_id: Uuid,
        /// Its number there, once held.
        pub number: Option<i64>,
        /// Its day.
        pub day: Day,
        /// Whether it was held.
        pub state: SittingState,
        /// Why it was skipped.
        pub reason: Option<String>,
    }
}

/// The sittings of a series, newest first.
pub async fn sittings(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    series: Uuid,
) -> Result<Vec<SeriesSitting>> {
    let sql = "SELECT s.id, r.series_id, r.number, s.day, s.state, s.reason FROM sitting_roles r \
        JOIN sittings s ON s.jurisdiction_id = r.jurisdiction_id AND s.id = r.sitting_id \
        WHERE r.jurisdiction_id = $1 AND r.series_id = $2 ORDER BY s.day DESC, s.id LIMIT 500";
    tx.all(sql, args![city, series]).await
}

/// The series that a sitting carries.
pub async fn sitting_roles(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    sitting: Uuid,
) -> Result<Vec<SittingRoleRow>> {
    let sql = format!(
        "SELECT {} FROM sitting_roles WHERE jurisdiction_id = $1 AND sitting_id = $2 LIMIT 20",
        SittingRoleRow::sql().columns
    );
    tx.all(&sql, args![city, sitting]).await
}

/// The number that the next sitting of a series gets.
pub async fn next_number(tx: &mut Tx, city: Id<Jurisdiction>, series: Uuid) -> Result<i64> {
    let sql = "SELECT number FROM sitting_roles WHERE jurisdiction_id = $1 AND series_id = $2 \
        AND number IS NOT NULL ORDER BY number DESC LIMIT 1";
    let held: Option<(i64,)> = tx.opt(sql, args![city, series]).await?;
    let sql = "SELECT numbers_before FROM series WHERE jurisdiction_id = $1 AND id = $2";
    let before: Option<(i64,)> = tx.opt(sql, args![city, series]).await?;
    let last = |n: Option<(i64,)>| n.map_or(0, |(n,)| n);
    Ok(last(held).max(last(before)) + 1)
}
