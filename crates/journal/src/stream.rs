//! One table read in the order of its key, in parts, so that memory stays small and no statement
//! runs long.

use kernel::{Id, Jurisdiction};

use crate::table::read_any;
use crate::value::Column as _;
use crate::{Result, TableSpec, Tx, Value};

/// Rows read at once.
const CHUNK: i64 = 1_000;

/// The rows of a city in a table, or all rows of a table that belongs to no city.
pub(crate) struct Stream {
    spec: &'static TableSpec,
    first: String,
    after: String,
    scope: Option<Value>,
    rows: std::vec::IntoIter<Vec<Value>>,
    last: Option<Vec<Value>>,
    ended: bool,
}

impl Stream {
    pub(crate) fn new(spec: &'static TableSpec, jurisdiction: Id<Jurisdiction>) -> Self {
        let scope = spec.columns.iter().any(|c| c.name == "jurisdiction_id");
        let columns: Vec<_> = spec.columns.iter().map(|c| c.name).collect();
        let columns = columns.join(", ");
        let key = spec.key_columns().collect::<Vec<_>>().join(", ");
        let places: Vec<_> = (1..=spec.key).map(|n| format!("${n}")).collect();
        let places = places.join(", ");
        let select = format!("SELECT {columns} FROM {}", spec.name);
        let order = format!("ORDER BY {key} LIMIT {CHUNK}");
        let (first, after) = if scope {
            let n = spec.key + 1;
            (
                format!("{select} WHERE jurisdiction_id = $1 {order}"),
                format!("{select} WHERE ({key}) > ({places}) AND jurisdiction_id = ${n} {order}"),
            )
        } else {
            (format!("{select} {order}"), format!("{select} WHERE ({key}) > ({places}) {order}"))
        };
        Self {
            spec,
            first,
            after,
            scope: scope.then(|| jurisdiction.value()),
            rows: Vec::new().into_iter(),
            last: None,
            ended: false,
        }
    }

    /// The next row.
    pub(crate) async fn next(&mut self, tx: &mut Tx) -> Result<Option<Vec<Value>>> {
        if let Some(row) = self.rows.next() {
            return Ok(Some(row));
        }
        if self.ended {
            return Ok(None);
        }
        // On SQLite nothing here waits by itself; others want to be served as well.
        tokio::task::yield_now().await;
        let mut values: Vec<Value> = Vec::with_capacity(self.spec.key + 1);
        let sql = match &self.last {
            None => &self.first,
            Some(row) => {
                values.extend(row.iter().take(self.spec.key).cloned());
                &self.after
            }
        };
        values.extend(self.scope.clone());
        let mut rows = Vec::new();
        let spec = self.spec;
        tx.each(sql, &values, |row| {
            rows.push(read_any(spec, row)?);
            Ok(())
        })
        .await?;
        self.ended = i64::try_from(rows.len()).is_ok_and(|n| n < CHUNK);
        self.last = rows.last().cloned();
        self.rows = rows.into_iter();
        Ok(self.rows.next())
    }
}
