//! The faces of a measure: its figures for all units, those figures with the places behind them,
//! and the records of one cell. Each lays the same reading over the same query.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use journal::{Error, Result, Tx, Value};
use kernel::{Refusal, msg};
use uuid::Uuid;

use crate::call::Call;
use crate::figure::Figure;
use crate::measure::Asked;
use crate::population::{Population, Reading, Record};

/// Units whose figures are read at once; a city has some hundreds.
const UNITS_MAX: i64 = 5_000;
/// Places of one population at most: five for every record of a city with a million in one month.
const PLACES_MAX: usize = 5_000_000;

/// The figures of all units that have any, by the measures as asked: one statement for each
/// population, however many measures read it. `within` is the condition on rows `r` that the
/// reader's scope sets, with its values behind those that are there.
pub async fn figures(
    tx: &mut Tx,
    call: &Call,
    asked: &[Asked<'_>],
    within: impl Fn(&mut Vec<Value>) -> String,
) -> Result<Vec<Vec<Figure>>> {
    let mut all = vec![Vec::new(); asked.len()];
    for (population, places) in by_population(asked) {
        let readings: Vec<_> =
            places.iter().filter_map(|i| asked.get(*i)).map(Asked::reading).collect();
        let found = together(tx, call, (population, &readings), &within).await?;
        for (place, figures) in places.into_iter().zip(found) {
            if let Some(slot) = all.get_mut(place) {
                *slot = figures;
            }
        }
    }
    Ok(all)
}

/// The populations of the measures as asked, each with the places of those that read it.
fn by_population<'a>(asked: &[Asked<'a>]) -> Vec<(&'a Population, Vec<usize>)> {
    let mut found: BTreeMap<&str, (&Population, Vec<usize>)> = BTreeMap::new();
    for (i, one) in asked.iter().enumerate() {
        let population = one.measure.population;
        found.entry(population.code).or_insert((population, Vec::new())).1.push(i);
    }
    found.into_values().collect()
}

async fn together(
    tx: &mut Tx,
    call: &Call,
    (population, readings): (&Population, &[Reading]),
    within: impl Fn(&mut Vec<Value>) -> String,
) -> Result<Vec<Vec<Figure>>> {
    let mut rows = (population.rows)(tx.engine(), call);
    let condition = within(&mut rows.values);
    let mut sums = String::new();
    for reading in readings {
        // SUM over integers is NUMERIC on PostgreSQL. Writing to a String cannot fail.
        write!(
            sums,
            ", CAST(COALESCE(SUM(CASE WHEN {counts} THEN {n} END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN {counts} THEN {d} END), 0) AS BIGINT), \
             COUNT(CASE WHEN {counts} THEN 1 END)",
            counts = reading.counts,
            n = reading.numerator,
            d = reading.denominator.as_deref().unwrap_or("0"),
        )
        .unwrap_or_default();
    }
    let sql = format!(
        "SELECT r.unit_id{sums} FROM ({}) r WHERE r.unit_id IS NOT NULL{condition} \
         GROUP BY r.unit_id ORDER BY r.unit_id LIMIT {UNITS_MAX}",
        rows.sql
    );
    let mut found = vec![Vec::new(); readings.len()];
    tx.each(&sql, &rows.values, |row| {
        let unit: Uuid = row.get(0)?;
        for (i, (reading, figures)) in readings.iter().zip(&mut found).enumerate() {
            let (numerator, denominator, n) =
                (row.get(i * 3 + 1)?, row.get::<i64>(i * 3 + 2)?, row.get(i * 3 + 3)?);
            let denominator = reading.denominator.as_ref().map(|_| denominator);
            if n > 0 {
                figures.push(Figure { unit, numerator, denominator, n });
            }
        }
        Ok(())
    })
    .await?;
    Ok(found)
}

/// A measure as asked, for all units: what it comes to, and what that rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traced {
    /// The figures of the units that have any, in the order of units.
    pub figures: Vec<Figure>,
    /// The versions of records that count: unit and place in the journal, in the order of both.
    pub places: Vec<(Uuid, i64)>,
}

/// The figures of all units with the places of the journal behind them, by the measures as asked:
/// one statement for each population. The figures are those of [`figures`], for everybody.
pub async fn traced(tx: &mut Tx, call: &Call, asked: &[Asked<'_>]) -> Result<Vec<Traced>> {
    let mut all = vec![Traced::default(); asked.len()];
    for (population, readers) in by_population(asked) {
        let rows = (population.rows)(tx.engine(), call);
        let readings: Vec<(usize, Reading)> =
            readers.iter().filter_map(|i| Some((*i, asked.get(*i)?.reading()))).collect();
        let mut places = 0;
        let shares: String = readings.iter().map(|(_, reading)| shares(reading)).collect();
        let sql = format!(
            "SELECT r.unit_id, r.seq{shares} FROM ({}) r WHERE r.unit_id IS NOT NULL \
             ORDER BY r.unit_id, r.seq",
            rows.sql
        );
        tx.each(&sql, &rows.values, |row| {
            let (unit, seq): (Uuid, i64) = (row.get(0)?, row.get(1)?);
            for (column, (reader, reading)) in (2..).step_by(2).zip(&readings) {
                let Some(numerator) = row.get::<Option<i64>>(column)? else { continue };
                let denominator = match reading.denominator {
                    Some(_) => Some(row.get(column + 1)?),
                    None => None,
                };
                places += 1;
                if places > PLACES_MAX {
                    return Err(too_many());
                }
                if let Some(traced) = all.get_mut(*reader) {
                    traced.places.push((unit, seq));
                    add(&mut traced.figures, Figure { unit, numerator, denominator, n: 1 })?;
                }
            }
            Ok(())
        })
        .await?;
    }
    Ok(all)
}

fn too_many() -> Error {
    let why = msg!(
        "这一期的数据涉及超过 {PLACES_MAX} 条记录，请减少考评办法的取数",
        "the figures of this period rest on more than {PLACES_MAX} records; let the rules read fewer measures"
    );
    Refusal::Rule(why).into()
}

/// A row's shares of numerator and denominator, where it counts.
fn shares(reading: &Reading) -> String {
    let Reading { counts, numerator, denominator } = reading;
    let denominator = denominator.as_deref().unwrap_or("0");
    format!(
        ", CASE WHEN {counts} THEN CAST(COALESCE({numerator}, 0) AS BIGINT) END, \
         CASE WHEN {counts} THEN CAST(COALESCE({denominator}, 0) AS BIGINT) END"
    )
}

/// Adds one record to the figure of its unit, which is the last of those there are or a new one.
fn add(figures: &mut Vec<Figure>, one: Figure) -> Result<()> {
    let Some(last) = figures.last_mut().filter(|last| last.unit == one.unit) else {
        figures.push(one);
        return Ok(());
    };
    let sum =
        |a: i64, b: i64| a.checked_add(b).ok_or_else(|| Error::fault("a figure is too large"));
    last.numerator = sum(last.numerator, one.numerator)?;
    last.denominator = match (last.denominator, one.denominator) {
        (Some(a), Some(b)) => Some(sum(a, b)?),
        (_, _) => None,
    };
    last.n = sum(last.n, one.n)?;
    Ok(())
}

/// The records of one cell in the order of their identifiers, at most `limit`, after the record and
/// version given.
pub async fn records(
    tx: &mut Tx,
    call: &Call,
    (asked, unit): (&Asked<'_>, Uuid),
    (after, limit): (Option<(Uuid, i64)>, i64),
    within: impl Fn(&mut Vec<Value>) -> String,
) -> Result<Vec<Record>> {
    let mut rows = (asked.measure.population.rows)(tx.engine(), call);
    let reading = asked.reading();
    let mut condition = within(&mut rows.values);
    rows.values.push(Value::Uuid(unit));
    let own = rows.values.len();
    if let Some((id, seq)) = after {
        rows.values.extend([Value::Uuid(id), Value::Int(seq)]);
        let n = rows.values.len();
        condition.push_str(&format!(" AND (r.record_id, r.seq) > (${}, ${n})", n - 1));
    }
    rows.values.push(Value::Int(limit));
    let denominator = reading.denominator.as_deref().unwrap_or("NULL");
    let sql = format!(
        "SELECT r.record_id, r.seq, r.first_on, r.last_on, CAST({} AS BIGINT), \
         CAST({denominator} AS BIGINT) FROM ({}) r WHERE r.unit_id = ${own} AND {}{condition} \
         ORDER BY r.record_id, r.seq LIMIT ${}",
        reading.numerator,
        rows.sql,
        reading.counts,
        rows.values.len(),
    );
    tx.scan(&sql, &rows.values).await
}

/// The records of all units by one measure, those with the largest share first, at most `limit`.
pub async fn largest(
    tx: &mut Tx,
    call: &Call,
    asked: &Asked<'_>,
    limit: i64,
) -> Result<Vec<(Uuid, Record)>> {
    let mut rows = (asked.measure.population.rows)(tx.engine(), call);
    let reading = asked.reading();
    rows.values.push(Value::Int(limit));
    let denominator = reading.denominator.as_deref().unwrap_or("NULL");
    let sql = format!(
        "SELECT r.unit_id, r.record_id, r.seq, r.first_on, r.last_on, CAST({} AS BIGINT) AS share, \
         CAST({denominator} AS BIGINT) FROM ({}) r WHERE r.unit_id IS NOT NULL AND {} \
         ORDER BY share DESC, r.unit_id, r.record_id, r.seq LIMIT ${}",
        reading.numerator,
        rows.sql,
        reading.counts,
        rows.values.len(),
    );
    let mut found = Vec::new();
    tx.each(&sql, &rows.values, |row| {
        let record = Record {
            id: row.get(1)?,
            seq: row.get(2)?,
            first_on: row.get(3)?,
            last_on: row.get(4)?,
            numerator: row.get(5)?,
            denominator: row.get(6)?,
        };
        found.push((row.get(0)?, record));
        Ok(())
    })
    .await?;
    Ok(found)
}
