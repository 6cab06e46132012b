//! One table read in the order of its key, in parts, so that memory stays small and no statement
//! runs long.

use kernel::{Id, Jurisdiction};

use crate::table::{read_any, read_raw, values_of};
use crate::value::Column as _;
use crate::{Result, RowRef, TableSpec, Tx, Value};

/// Rows read at once.
const CHUNK: i64 = 1_000;

/// How a row is read, and which values it has.
type Reading<T> = (fn(&TableSpec, &RowRef<'_>) -> Result<T>, fn(&TableSpec, &T) -> Vec<Value>);

/// The rows of a city in a table, or all rows of a table that belongs to no city.
pub(crate) struct Stream<T = Vec<Value>> {
    spec: &'static TableSpec,
    first: String,
    after: String,
    scope: Option<Value>,
    /// How many columns of the key are given by the scope.
    skip: usize,
    reading: Reading<T>,
    rows: std::vec::IntoIter<T>,
    last: Option<Vec<Value>>,
    ended: bool,
}

impl Stream {
    /// Row by row as values.
    pub(crate) fn new(spec: &'static TableSpec, jurisdiction: Id<Jurisdiction>) -> Self {
        Self::read_by(spec, jurisdiction, (read_any, |_, row| row.clone()))
    }
}

impl Stream<Vec<u8>> {
    /// Row by row as bytes.
    pub(crate) fn raw(spec: &'static TableSpec, jurisdiction: Id<Jurisdiction>) -> Self {
        Self::read_by(spec, jurisdiction, (read_raw, |spec, row| values_of(spec, row)))
    }
}

impl<T: Send> Stream<T> {
    fn read_by(
        spec: &'static TableSpec,
        jurisdiction: Id<Jurisdiction>,
        reading: Reading<T>,
    ) -> Self {
        let columns: Vec<_> = spec.columns.iter().map(|c| c.name).collect();
        let keys: Vec<_> = spec.key_columns().collect();
        let select = format!("SELECT {} FROM {}", columns.join(", "), spec.name);
        let order = format!("ORDER BY {} LIMIT {CHUNK}", keys.join(", "));
        // The city by equality and the rest of the key by a range: only so does SQLite go straight
        // to the place instead of reading from the city's first row.
        let (of_city, range) = match keys.split_first() {
            Some((&"jurisdiction_id", rest)) => (true, rest),
            _ => (false, &keys[..]),
        };
        let scope = columns.contains(&"jurisdiction_id");
        let first_place = if scope { 2 } else { 1 };
        let places = (first_place..).take(range.len()).map(|n| format!("${n}"));
        let beyond =
            format!("({}) > ({})", range.join(", "), places.collect::<Vec<_>>().join(", "));
        let (first, after) = match (scope, range.is_empty()) {
            (true, true) => (format!("{select} WHERE jurisdiction_id = $1 {order}"), String::new()),
            (true, false) => (
                format!("{select} WHERE jurisdiction_id = $1 {order}"),
                format!("{select} WHERE jurisdiction_id = $1 AND {beyond} {order}"),
            ),
            (false, _) => (format!("{select} {order}"), format!("{select} WHERE {beyond} {order}")),
        };
        Self {
            spec,
            first,
            after,
            skip: usize::from(of_city),
            scope: scope.then(|| jurisdiction.value()),
            reading,
            rows: Vec::new().into_iter(),
            last: None,
            ended: false,
        }
    }

    /// The next row.
    pub(crate) async fn next(&mut self, tx: &mut Tx) -> Result<Option<T>> {
        if let Some(row) = self.rows.next() {
            return Ok(Some(row));
        }
        if self.ended {
            return Ok(None);
        }
        // On SQLite nothing here waits by itself; others want to be served as well.
        tokio::task::yield_now().await;
        let mut values: Vec<Value> = self.scope.iter().cloned().collect();
        let sql = match &self.last {
            None => &self.first,
            Some(row) => {
                values.extend(row.iter().take(self.spec.key).skip(self.skip).cloned());
                &self.after
            }
        };
        let mut rows = Vec::new();
        let (spec, (read, values_of)) = (self.spec, self.reading);
        tx.each(sql, &values, |row| {
            rows.push(read(spec, row)?);
            Ok(())
        })
        .await?;
        self.ended = i64::try_from(rows.len()).is_ok_and(|n| n < CHUNK);
        self.last = rows.last().map(|row| values_of(spec, row));
        self.rows = rows.into_iter();
        Ok(self.rows.next())
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;
    use crate::city::{ActKeyRow, JurisdictionRow, LinkRow};
    use crate::migrate::MIGRATIONS;
    use crate::replay::Scratch;
    use crate::room::Rooms;
    use crate::{Row as _, TableSpec};

    /// How SQLite reads on from the last row.
    async fn plan(spec: &'static TableSpec) -> String {
        let scratch = Scratch::new(&Rooms::new([])).await.unwrap();
        let stream = Stream::new(spec, kernel::Id::new());
        let crate::Tx::Sqlite(lite) = &scratch.tx else { unreachable!() };
        let sql = format!("EXPLAIN QUERY PLAN {}", stream.after);
        let mut statement = lite.connection().prepare(&sql).unwrap();
        let mut rows = statement.raw_query();
        let mut plan = String::new();
        while let Some(row) = rows.next().unwrap() {
            plan += &row.get::<_, String>(3).unwrap();
        }
        plan
    }

    #[tokio::test]
    async fn reading_on_goes_straight_to_the_place() {
        assert!(
            plan(&ActKeyRow::SPEC).await.ends_with("(jurisdiction_id=? AND (actor,act_id)>(?,?))")
        );
        assert!(
            plan(&LinkRow::SPEC)
                .await
                .ends_with("(jurisdiction_id=? AND (from_id,to_id,kind)>(?,?,?))")
        );
        assert!(plan(&MIGRATIONS).await.ends_with("((room,name)>(?,?))"));
        assert_eq!(Stream::new(&JurisdictionRow::SPEC, kernel::Id::new()).after, "");
    }
}
