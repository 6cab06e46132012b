//! One SQL text for both engines.

use std::collections::HashMap;

use futures_util::TryStreamExt;

use tokio_postgres::types::ToSql;

use crate::pool::{Lite, Pg};
use crate::room::Boxed;
use crate::value::{FromRow, RowRef, Value};
use crate::{Error, Result};

/// One of the two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// An open connection, inside a transaction when it was lent by the writer.
///
/// Statements use `$1, $2, …` on both engines. SQLite takes such a place as a *name* numbered by
/// first appearance, so values are bound by name there.
pub enum Tx {
    /// Embedded SQLite.
    Sqlite(Lite),
    /// PostgreSQL.
    Postgres(Pg),
}

impl Tx {
    /// Runs a statement and returns how many rows it touched.
    pub async fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        tracing::trace!(target: "journal::sql", sql);
        match self {
            Self::Sqlite(lite) => {
                let outcome = run_sqlite(lite, sql, args);
                lite.noted(outcome)
            }
            Self::Postgres(pg) => run_postgres(pg, sql, args).await,
        }
    }

    /// All rows of a query; the query itself must have a limit.
    pub async fn all<R: FromRow>(&mut self, sql: &str, args: &[Value]) -> Result<Vec<R>> {
        let mut rows = Vec::new();
        self.each(sql, args, |row| {
            rows.push(R::from_row(row)?);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// A query that reads many rows: lets others have their turn first. It stays on its thread, for
    /// handing the thread over costs more than a page's reading; so the program has more threads
    /// than readers.
    pub async fn scan<R: FromRow>(&mut self, sql: &str, args: &[Value]) -> Result<Vec<R>> {
        if let Self::Sqlite(_) = self {
            tokio::task::yield_now().await;
        }
        self.all(sql, args).await
    }

    /// The first row, if there is one.
    pub async fn opt<R: FromRow>(&mut self, sql: &str, args: &[Value]) -> Result<Option<R>> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// Exactly the first row; none is a fault of ours.
    pub async fn one<R: FromRow>(&mut self, sql: &str, args: &[Value]) -> Result<R> {
        self.opt(sql, args).await?.ok_or_else(|| Error::fault(format!("no row for: {sql}")))
    }

    /// Calls `f` for each row without keeping them.
    pub async fn each(
        &mut self,
        sql: &str,
        args: &[Value],
        mut f: impl FnMut(&RowRef<'_>) -> Result<()> + Send,
    ) -> Result<()> {
        tracing::trace!(target: "journal::sql", sql);
        match self {
            Self::Sqlite(lite) => each_sqlite(lite, sql, args, &mut f),
            Self::Postgres(pg) => each_postgres(pg, sql, args, &mut f).await,
        }
    }

    /// Runs several statements without values, for example a migration.
    pub async fn script(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(lite) => lite.script(sql),
            Self::Postgres(pg) => script_postgres(pg, sql).await,
        }
    }

    /// Which engine this is, where a text must differ.
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether this is the embedded engine.
    pub const fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

fn borrow(args: &[Value]) -> impl ExactSizeIterator<Item = &(dyn ToSql + Sync)> {
    args.iter().map(|v| v as &(dyn ToSql + Sync))
}

fn as_many(values: usize, places: usize) -> Result<()> {
    if values == places {
        return Ok(());
    }
    Err(Error::fault(format!("{values} values for {places} places")))
}

/// At which parameters of a statement its places `$1`, `$2`, … stand: SQLite numbers them as they
/// occur. Looking a name up walks all of them, so the order is kept with the statement's text.
pub(crate) type Orders = HashMap<String, Box<[usize]>, foldhash::fast::RandomState>;

/// Orders kept at most; statements whose text varies with the columns they write are many.
const ORDERS_MAX: usize = 2_000;

fn bind(
    orders: &mut Orders,
    statement: &mut rusqlite::CachedStatement<'_>,
    (sql, args): (&str, &[Value]),
) -> Result<()> {
    as_many(args.len(), statement.parameter_count())?;
    if !orders.contains_key(sql) {
        if orders.len() >= ORDERS_MAX {
            orders.clear();
        }
        orders.insert(sql.to_owned(), order_of(statement, args.len())?);
    }
    let order = orders.get(sql).map(AsRef::as_ref).unwrap_or_default();
    for (value, at) in args.iter().zip(order) {
        statement.raw_bind_parameter(*at, value)?;
    }
    Ok(())
}

fn order_of(statement: &rusqlite::CachedStatement<'_>, places: usize) -> Result<Box<[usize]>> {
    let at = |i: usize| {
        let name = PLACES.get(i).ok_or_else(|| Error::fault("too many values"))?;
        let at = statement.parameter_index(name)?;
        at.ok_or_else(|| Error::fault(format!("no place {name}")))
    };
    (0..places).map(at).collect()
}

/// The names of the places, so that binding allocates nothing.
const PLACES: [&str; 72] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
    "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28",
    "$29", "$30", "$31", "$32", "$33", "$34", "$35", "$36", "$37", "$38", "$39", "$40", "$41",
    "$42", "$43", "$44", "$45", "$46", "$47", "$48", "$49", "$50", "$51", "$52", "$53", "$54",
    "$55", "$56", "$57", "$58", "$59", "$60", "$61", "$62", "$63", "$64", "$65", "$66", "$67",
    "$68", "$69", "$70", "$71", "$72",
];

fn run_sqlite(lite: &mut Lite, sql: &str, args: &[Value]) -> Result<u64> {
    let (connection, orders) = lite.parts()?;
    let mut statement = connection.prepare_cached(sql)?;
    bind(orders, &mut statement, (sql, args))?;
    Ok(u64::try_from(statement.raw_execute()?).unwrap_or_default())
}

// Futures of these would be compiled again by every crate that waits for them; boxed they are not.

fn run_postgres<'a>(pg: &'a Pg, sql: &'a str, args: &'a [Value]) -> Boxed<'a, Result<u64>> {
    Box::pin(async move {
        let client = pg.client();
        let statement = client.prepare_cached(sql).await?;
        as_many(args.len(), statement.params().len())?;
        Ok(client.execute_raw(&statement, borrow(args)).await?)
    })
}

fn script_postgres<'a>(pg: &'a mut Pg, sql: &'a str) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        pg.in_transaction |= sql.contains("BEGIN");
        pg.client().batch_execute(sql).await?;
        pg.in_transaction &= !matches!(sql, "COMMIT" | "ROLLBACK");
        Ok(())
    })
}

/// What is done with each row. Not generic, so that queries are compiled once and not again for
/// every kind of row.
type Take<'a> = &'a mut (dyn FnMut(&RowRef<'_>) -> Result<()> + Send);

fn each_postgres<'a>(
    pg: &'a Pg,
    sql: &'a str,
    args: &'a [Value],
    f: Take<'a>,
) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let client = pg.client();
        let statement = client.prepare_cached(sql).await?;
        as_many(args.len(), statement.params().len())?;
        let rows = client.query_raw(&statement, borrow(args)).await?;
        futures_util::pin_mut!(rows);
        while let Some(row) = rows.try_next().await? {
            f(&RowRef::Postgres(&row))?;
        }
        Ok(())
    })
}

fn each_sqlite(lite: &mut Lite, sql: &str, args: &[Value], f: Take<'_>) -> Result<()> {
    let (connection, orders) = lite.parts()?;
    let mut statement = connection.prepare_cached(sql)?;
    bind(orders, &mut statement, (sql, args))?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        f(&RowRef::Sqlite(row))?;
    }
    Ok(())
}
