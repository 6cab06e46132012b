//! Tables declared once in Rust: columns, key, reading, writing and comparing.

use std::fmt::Write as _;

use jiff::civil::Date;
use kernel::{Day, Moment};
use rusqlite::types::{ToSqlOutput, ValueRef};
use uuid::Uuid;

use crate::value::{ColumnType, FromRow, RowRef, Value};
use crate::{Error, Result};

/// What a table is for, and so how it may change and how it is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// A reading of the journal: written by `apply` only, rebuilt and compared by `verify`.
    Record,
    /// Personal data that may be erased; the journal holds a salted hash.
    Sealed,
    /// Made by followers; dropped and refilled at will.
    Derived,
    /// Sessions, credentials, counters, cursors; never evidence.
    Operational,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: ColumnType,
    /// Whether NULL is allowed.
    pub nullable: bool,
}

impl ColumnSpec {
    /// Whether a value is of this column's type.
    pub(crate) const fn takes(&self, value: &Value) -> bool {
        matches!(
            (self.ty, value),
            (ColumnType::Bool, Value::Bool(_))
                | (ColumnType::Int, Value::Int(_))
                | (ColumnType::Text, Value::Text(_))
                | (ColumnType::Bytes, Value::Bytes(_))
                | (ColumnType::Uuid, Value::Uuid(_))
                | (ColumnType::Day, Value::Day(_))
                | (ColumnType::Moment, Value::Moment(_))
        ) || (self.nullable && matches!(value, Value::Null))
    }
}

/// One table. The first `key` columns are the primary key, `jurisdiction_id` first.
#[derive(Clone, Copy, Debug)]
pub struct TableSpec {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub kind: TableKind,
    /// All columns in order.
    pub columns: &'static [ColumnSpec],
    /// How many of the first columns are the primary key.
    pub key: usize,
}

impl TableSpec {
    /// The names of the primary key's columns.
    pub fn key_columns(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().take(self.key).map(|c| c.name)
    }
}

/// The statements of one table, made once.
#[derive(Debug)]
pub struct TableSql {
    /// `a, b, c`: all columns, for `SELECT`.
    pub columns: String,
    pub(crate) get: String,
    pub(crate) insert: String,
    pub(crate) replace: String,
    pub(crate) remove: String,
    by_key: String,
    table: &'static str,
}

impl TableSql {
    /// The statements of a table.
    pub fn of(spec: &TableSpec) -> Self {
        let names: Vec<_> = spec.columns.iter().map(|c| c.name).collect();
        let columns = names.join(", ");
        let by_key = conjunction(spec.key_columns());
        let places = (1..=names.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
        let mut set = String::new();
        for (i, name) in names.iter().enumerate().skip(spec.key) {
            let comma = if set.is_empty() { "" } else { ", " };
            // Writing to a String cannot fail.
            write!(set, "{comma}{name} = ${}", i + 1).unwrap_or_default();
        }
        let table = spec.name;
        Self {
            get: format!("SELECT {columns} FROM {table} WHERE {by_key}"),
            insert: format!("INSERT INTO {table} ({columns}) VALUES ({places})"),
            replace: format!("UPDATE {table} SET {set} WHERE {by_key}"),
            remove: format!("DELETE FROM {table} WHERE {by_key}"),
            columns,
            by_key,
            table,
        }
    }

    /// The statement that changes some columns of the row of a key.
    pub(crate) fn update(&self, set: &str) -> String {
        format!("UPDATE {} SET {set} WHERE {}", self.table, self.by_key)
    }
}

fn conjunction(names: impl Iterator<Item = &'static str>) -> String {
    names.enumerate().map(|(i, n)| format!("{n} = ${}", i + 1)).collect::<Vec<_>>().join(" AND ")
}

/// A row of a declared table.
pub trait Row: FromRow + Sync {
    /// Its table.
    const SPEC: TableSpec;
    /// Its statements.
    fn sql() -> &'static TableSql;
    /// All values, in the order of the columns.
    fn values(&self) -> Vec<Value>;
    /// The columns with a table's short name in front, for joins: `a.id, a.title`.
    fn columns_of(alias: &str) -> String {
        let names: Vec<_> =
            Self::SPEC.columns.iter().map(|c| format!("{alias}.{}", c.name)).collect();
        names.join(", ")
    }
}

fn read_value(column: &ColumnSpec, row: &RowRef<'_>, i: usize) -> Result<Value> {
    use crate::value::Column;
    let value = match column.ty {
        ColumnType::Bool => row.get::<Option<bool>>(i)?.value(),
        ColumnType::Int => row.get::<Option<i64>>(i)?.value(),
        ColumnType::Text => row.get::<Option<String>>(i)?.value(),
        ColumnType::Bytes => row.get::<Option<Vec<u8>>>(i)?.value(),
        ColumnType::Uuid => row.get::<Option<Uuid>>(i)?.value(),
        ColumnType::Day => row.get::<Option<Day>>(i)?.value(),
        ColumnType::Moment => row.get::<Option<Moment>>(i)?.value(),
    };
    if value == Value::Null && !column.nullable {
        return Err(Error::fault(format!("column {} is empty", column.name)));
    }
    Ok(value)
}

/// Reads a row whatever stands in it: a value that is not of its column's type comes as it is, so
/// that `verify` can name it.
pub(crate) fn read_any(spec: &TableSpec, row: &RowRef<'_>) -> Result<Vec<Value>> {
    // Not collected: a fallible iterator promises no length, and the list would grow by halves.
    let mut values = Vec::with_capacity(spec.columns.len());
    for (i, column) in spec.columns.iter().enumerate() {
        values.push(match row {
            RowRef::Sqlite(lite) => read_lite(column, lite.get_ref(i)?),
            RowRef::Postgres(_) => read_value(column, row, i)
                .unwrap_or_else(|e| Value::Text(format!("unreadable, {e}"))),
        });
    }
    Ok(values)
}

/// A row as one piece of bytes, the same on both engines when every value is; a rebuild is compared
/// piece by piece, and taken apart by [`values_of`] only where it differs.
pub(crate) fn read_raw(spec: &TableSpec, row: &RowRef<'_>) -> Result<Vec<u8>> {
    let mut raw = Vec::with_capacity(24 * spec.columns.len());
    if let RowRef::Sqlite(lite) = row {
        for i in 0..spec.columns.len() {
            put_raw(&mut raw, lite.get_ref(i)?);
        }
        return Ok(raw);
    }
    for value in read_any(spec, row)? {
        // As SQLite would store it.
        match rusqlite::ToSql::to_sql(&value)? {
            ToSqlOutput::Borrowed(stored) => put_raw(&mut raw, stored),
            ToSqlOutput::Owned(stored) => put_raw(&mut raw, ValueRef::from(&stored)),
            _ => return Err(Error::fault(format!("{}: a value of no kind", spec.name))),
        }
    }
    Ok(raw)
}

fn put_raw(raw: &mut Vec<u8>, value: ValueRef<'_>) {
    let mut sized = |tag: u8, bytes: &[u8]| {
        raw.push(tag);
        raw.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        raw.extend_from_slice(bytes);
    };
    match value {
        ValueRef::Null => sized(0, &[]),
        ValueRef::Integer(v) => sized(1, &v.to_be_bytes()),
        ValueRef::Real(v) => sized(2, &v.to_be_bytes()),
        ValueRef::Text(v) => sized(3, v),
        ValueRef::Blob(v) => sized(4, v),
    }
}

/// The values of a row that was read as one piece.
pub(crate) fn values_of(spec: &TableSpec, raw: &[u8]) -> Vec<Value> {
    let mut rest = raw;
    let mut values = Vec::with_capacity(spec.columns.len());
    for column in spec.columns {
        let Some((value, after)) = take_raw(rest) else { break };
        values.push(read_lite(column, value));
        rest = after;
    }
    values
}

fn take_raw(raw: &[u8]) -> Option<(ValueRef<'_>, &[u8])> {
    let (tag, rest) = raw.split_first()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (bytes, rest) =
        rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
    let number = || <[u8; 8]>::try_from(bytes).ok();
    let value = match tag {
        0 => ValueRef::Null,
        1 => ValueRef::Integer(i64::from_be_bytes(number()?)),
        2 => ValueRef::Real(f64::from_be_bytes(number()?)),
        3 => ValueRef::Text(bytes),
        _ => ValueRef::Blob(bytes),
    };
    Some((value, rest))
}

fn read_lite(column: &ColumnSpec, raw: ValueRef<'_>) -> Value {
    match (column.ty, raw) {
        (_, ValueRef::Null) => Value::Null,
        (ColumnType::Bool, ValueRef::Integer(v @ 0..=1)) => Value::Bool(v == 1),
        (ColumnType::Moment, ValueRef::Integer(v)) => {
            let moment = Moment::from_micros(v);
            if moment.micros() == v { Value::Moment(moment) } else { Value::Int(v) }
        }
        (_, ValueRef::Integer(v)) => Value::Int(v),
        (ColumnType::Day, ValueRef::Text(v)) => {
            let text = String::from_utf8_lossy(v).into_owned();
            match text.parse::<Date>().map(Day::from) {
                // Written in one way only.
                Ok(day) if day.to_string() == text => Value::Day(day),
                _ => Value::Text(text),
            }
        }
        (_, ValueRef::Text(v)) => std::str::from_utf8(v)
            .map_or_else(|_bad| Value::Bytes(v.into()), |v| Value::Text(v.into())),
        (ColumnType::Uuid, ValueRef::Blob(v)) => {
            Uuid::from_slice(v).map_or_else(|_bad| Value::Bytes(v.into()), Value::Uuid)
        }
        (_, ValueRef::Blob(v)) => Value::Bytes(v.into()),
        (_, ValueRef::Real(v)) => Value::Text(v.to_string()),
    }
}

/// Declares a table and its row:
/// `table! { /// Doc. pub struct UnitRow: Record "units" key 2 { … } }`.
/// The first columns are the primary key.
#[macro_export]
macro_rules! table {
    ($(#[$meta:meta])* $vis:vis struct $name:ident : $kind:ident $table:literal key $key:literal {
        $($(#[$fmeta:meta])* $fvis:vis $field:ident : $ty:ty,)+
    }) => {
        $crate::query_row! {
            $(#[$meta])* $vis struct $name { $($(#[$fmeta])* $fvis $field: $ty,)+ }
        }

        impl $crate::Row for $name {
            const SPEC: $crate::TableSpec = $crate::TableSpec {
                name: $table,
                kind: $crate::TableKind::$kind,
                columns: &[$($crate::ColumnSpec {
                    name: stringify!($field),
                    ty: <$ty as $crate::Column>::TYPE,
                    nullable: <$ty as $crate::Column>::NULLABLE,
                }),+],
                key: $key,
            };

            fn sql() -> &'static $crate::TableSql {
                static SQL: std::sync::OnceLock<$crate::TableSql> = std::sync::OnceLock::new();
                SQL.get_or_init(|| $crate::TableSql::of(&Self::SPEC))
            }

            fn values(&self) -> Vec<$crate::Value> {
                vec![$($crate::Column::value(&self.$field)),+]
            }
        }
    };
}

/// Declares the row of a query, read by position.
#[macro_export]
macro_rules! query_row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident : $ty:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $ty,)+ }

        impl $crate::FromRow for $name {
            fn from_row(row: &$crate::RowRef<'_>) -> $crate::Result<Self> {
                let mut i = 0..;
                Ok(Self { $($field: row.get::<$ty>(i.next().unwrap_or_default())?,)+ })
            }
        }
    };
}
