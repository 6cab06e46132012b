//! What measures are read from, and how.

use journal::{Engine, Value, query_row};
use kernel::{Day, SubjectKind, Text};
use uuid::Uuid;

use crate::call::Call;

/// The records that a period asks about, read by one query.
#[derive(Debug)]
pub struct Population {
    /// Its word: measures of one population are read together.
    pub code: &'static str,
    /// What its records are, for their titles and addresses.
    pub subject: SubjectKind,
    /// What the two days of a record are called.
    pub days: (Text, Text),
    /// The query: a row for each unit and record with at least `unit_id`, `record_id`, `seq` (the
    /// place of the version in the journal), `work_line_id`, `first_on` and `last_on` (the two days).
    pub rows: fn(Engine, &Call) -> Rows,
}

/// A query with its values.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Its text, with places from `$1`.
    pub sql: String,
    /// Their values.
    pub values: Vec<Value>,
}

/// Which rows of a population, called `r`, count, and how much: expressions of its room's store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The condition under which a row counts.
    pub counts: String,
    /// Its share of the numerator.
    pub numerator: String,
    /// Its share of the denominator; none for counts and sums.
    pub denominator: Option<String>,
}

query_row! {
    /// A record behind a figure.
    pub struct Record {
        /// The record.
        pub id: Uuid,
        /// The place of its version in the journal.
        pub seq: i64,
        /// The first of its two days.
        pub first_on: Option<Day>,
        /// The second.
        pub last_on: Option<Day>,
        /// Its share of the numerator.
        pub numerator: i64,
        /// Its share of the denominator.
        pub denominator: Option<i64>,
    }
}

/// The days from one day to a later one, as an expression of either engine.
pub fn days_between(engine: Engine, from: &str, to: &str) -> String {
    match engine {
        Engine::Sqlite => format!("CAST(julianday({to}) - julianday({from}) AS INTEGER)"),
        Engine::Postgres => {
            format!("CAST(CAST({to} AS DATE) - CAST({from} AS DATE) AS BIGINT)")
        }
    }
}
