//! Loading many rows: by COPY on PostgreSQL, row by row on SQLite.

use std::pin::Pin;

use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use crate::value::ColumnType;
use crate::{Error, Result, TableSpec, TableSql, Tx, Value};

/// A table that is being filled. On PostgreSQL the connection can do nothing else until
/// [`Load::finish`].
pub(crate) struct Load {
    spec: &'static TableSpec,
    by: How,
    rows: u64,
}

enum How {
    Insert(TableSql),
    Copy(Pin<Box<BinaryCopyInWriter>>),
}

impl Load {
    pub(crate) async fn new(tx: &mut Tx, spec: &'static TableSpec) -> Result<Self> {
        let by = match tx {
            Tx::Sqlite(_) => How::Insert(TableSql::of(spec)),
            Tx::Postgres(pg) => {
                let columns = TableSql::of(spec).columns;
                let sql = format!("COPY {} ({columns}) FROM STDIN BINARY", spec.name);
                let sink = pg.client().copy_in(sql.as_str()).await?;
                let types: Vec<_> = spec.columns.iter().map(|c| pg_type(c.ty)).collect();
                How::Copy(Box::pin(BinaryCopyInWriter::new(sink, &types)))
            }
        };
        Ok(Self { spec, by, rows: 0 })
    }

    /// The table.
    pub(crate) const fn spec(&self) -> &'static TableSpec {
        self.spec
    }

    /// Adds a row.
    pub(crate) async fn put(&mut self, tx: &mut Tx, values: &[Value]) -> Result<()> {
        self.rows += 1;
        match &mut self.by {
            How::Insert(sql) => match tx.run(&sql.insert, values).await? {
                1 => Ok(()),
                n => Err(Error::fault(format!("{}: {n} rows for one", self.spec.name))),
            },
            How::Copy(writer) => {
                let values = values.iter().map(|v| v as &(dyn ToSql + Sync));
                Ok(writer.as_mut().write_raw(values).await?)
            }
        }
    }

    /// Ends the table; the database must have taken every row.
    pub(crate) async fn finish(self) -> Result<()> {
        if let How::Copy(mut writer) = self.by {
            let taken = writer.as_mut().finish().await?;
            if taken != self.rows {
                let (name, given) = (self.spec.name, self.rows);
                return Err(Error::fault(format!("{name}: {taken} of {given} rows were taken")));
            }
        }
        Ok(())
    }
}

const fn pg_type(ty: ColumnType) -> Type {
    match ty {
        ColumnType::Bool => Type::BOOL,
        ColumnType::Int => Type::INT8,
        ColumnType::Text => Type::TEXT,
        ColumnType::Bytes => Type::BYTEA,
        ColumnType::Uuid => Type::UUID,
        ColumnType::Day => Type::DATE,
        ColumnType::Moment => Type::TIMESTAMPTZ,
    }
}
