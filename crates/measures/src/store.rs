//! The two faces of a measure: its figures for all units, and the records of one cell. Each lays
//! the same reading over the same query.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use journal::{Result, Tx, Value};
use uuid::Uuid;

use crate::call::Call;
use crate::figure::Figure;
use crate::measure::Asked;
use crate::population::{Population, Reading, Record};

/// Units whose figures are read at once; a city has some hundreds.
const UNITS_MAX: i64 = 5_000;

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

/// The places of the journal behind every figure of all units, by the measures as asked: one
/// statement for each population. Each is a unit with the version of a record that counts.
pub async fn places(
    tx: &mut Tx,
    call: &Call,
    asked: &[Asked<'_>],
) -> Result<Vec<Vec<(Uuid, i64)>>> {
    let mut all = vec![Vec::new(); asked.len()];
    for (population, readers) in by_population(asked) {
        let rows = (population.rows)(tx.engine(), call);
        let mut flags = String::new();
        for one in readers.iter().filter_map(|i| asked.get(*i)) {
            // Writing to a String cannot fail.
            write!(flags, ", CAST(CASE WHEN {} THEN 1 ELSE 0 END AS BIGINT)", one.reading().counts)
                .unwrap_or_default();
        }
        let sql = format!(
            "SELECT r.unit_id, r.seq{flags} FROM ({}) r WHERE r.unit_id IS NOT NULL \
             ORDER BY r.unit_id, r.seq",
            rows.sql
        );
        tx.each(&sql, &rows.values, |row| {
            let (unit, seq): (Uuid, i64) = (row.get(0)?, row.get(1)?);
            for (flag, reader) in (2..).zip(&readers) {
                if row.get::<i64>(flag)? == 1
                    && let Some(slot) = all.get_mut(*reader)
                {
                    slot.push((unit, seq));
                }
            }
            Ok(())
        })
        .await?;
    }
    Ok(all)
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
