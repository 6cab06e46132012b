//! Typed values between the program and both engines.
//!
//! Storage: an identifier is `BLOB(16)`/`UUID`, a day is ISO text/`DATE`, a moment is integer
//! microseconds/`TIMESTAMPTZ`, a truth is 0/1/`BOOLEAN`, a word of an enum is text.

use bytes::BytesMut;
use jiff::civil::Date;
use kernel::{Day, Id, Moment, Money, Role, SubjectKind};
use rusqlite::types::{ToSqlOutput, Value as Lite};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::{Error, Result};

/// One value bound to a statement or compared by `verify`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// No value, of any type.
    Null,
    /// A truth.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An identifier.
    Uuid(Uuid),
    /// A day.
    Day(Day),
    /// A moment.
    Moment(Moment),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("∅"),
            Self::Bool(v) => v.fmt(f),
            Self::Int(v) => v.fmt(f),
            Self::Text(v) => v.fmt(f),
            Self::Bytes(v) => v.iter().try_for_each(|b| write!(f, "{b:02x}")),
            Self::Uuid(v) => v.fmt(f),
            Self::Day(v) => v.fmt(f),
            Self::Moment(v) => v.fmt(f),
        }
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Lite::Null),
            Self::Bool(v) => i64::from(*v).into(),
            Self::Int(v) => (*v).into(),
            Self::Text(v) => v.as_str().into(),
            Self::Bytes(v) => v.as_slice().into(),
            Self::Uuid(v) => v.as_bytes().as_slice().into(),
            Self::Day(v) => ToSqlOutput::Owned(Lite::Text(v.to_string())),
            Self::Moment(v) => v.micros().into(),
        })
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(v) => ToSql::to_sql(v, ty, out),
            Self::Int(v) => ToSql::to_sql(v, ty, out),
            Self::Text(v) => ToSql::to_sql(v, ty, out),
            Self::Bytes(v) => ToSql::to_sql(v, ty, out),
            Self::Uuid(v) => ToSql::to_sql(v, ty, out),
            Self::Day(v) => ToSql::to_sql(&v.date(), ty, out),
            Self::Moment(v) => ToSql::to_sql(&v.timestamp(), ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // The server's inferred type decides; a wrong pairing fails in the engine's own check.
        true
    }

    to_sql_checked!();
}

/// A result row of either engine.
pub enum RowRef<'a> {
    /// SQLite's row.
    Sqlite(&'a rusqlite::Row<'a>),
    /// PostgreSQL's row.
    Postgres(&'a tokio_postgres::Row),
}

impl RowRef<'_> {
    /// The value in column `i`, counted from 0.
    pub fn get<T: Column>(&self, i: usize) -> Result<T> {
        T::read(self, i)
    }

    /// Bytes, without a copy.
    pub(crate) fn bytes(&self, i: usize) -> Result<&[u8]> {
        match self {
            Self::Sqlite(row) => row.get_ref(i)?.as_blob().map_err(Error::fault),
            Self::Postgres(row) => Ok(row.try_get(i)?),
        }
    }
}

/// The type of a column, as declared in a table and rendered for each engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// `INTEGER` / `BOOLEAN`.
    Bool,
    /// `INTEGER` / `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
    /// `BLOB` / `BYTEA`.
    Bytes,
    /// `BLOB` / `UUID`.
    Uuid,
    /// `TEXT` / `DATE`.
    Day,
    /// `INTEGER` / `TIMESTAMPTZ`.
    Moment,
}

/// A Rust type that can stand in a column.
pub trait Column: Sized {
    /// Its column type.
    const TYPE: ColumnType;
    /// Whether NULL is allowed.
    const NULLABLE: bool = false;
    /// Reads it from a row.
    fn read(row: &RowRef<'_>, i: usize) -> Result<Self>;
    /// The value to bind.
    fn value(&self) -> Value;
}

macro_rules! plain_column {
    ($ty:ty, $kind:ident, $lite:ty, $pg:ty, |$v:ident| $value:expr, |$l:ident| $from_lite:expr, |$p:ident| $from_pg:expr) => {
        impl Column for $ty {
            const TYPE: ColumnType = ColumnType::$kind;

            fn read(row: &RowRef<'_>, i: usize) -> Result<Self> {
                match row {
                    RowRef::Sqlite(row) => {
                        let $l: $lite = row.get(i)?;
                        $from_lite
                    }
                    RowRef::Postgres(row) => {
                        let $p: $pg = row.try_get(i)?;
                        $from_pg
                    }
                }
            }

            fn value(&self) -> Value {
                let $v = self;
                $value
            }
        }
    };
}

plain_column!(bool, Bool, bool, bool, |v| Value::Bool(*v), |l| Ok(l), |p| Ok(p));
plain_column!(i64, Int, i64, i64, |v| Value::Int(*v), |l| Ok(l), |p| Ok(p));
plain_column!(String, Text, String, String, |v| Value::Text(v.clone()), |l| Ok(l), |p| Ok(p));
plain_column!(Vec<u8>, Bytes, Vec<u8>, Vec<u8>, |v| Value::Bytes(v.clone()), |l| Ok(l), |p| Ok(p));
plain_column!(
    Day,
    Day,
    String,
    Date,
    |v| Value::Day(*v),
    |l| l.parse().map_err(|e| Error::fault(format!("day {l:?}: {e}"))),
    |p| Ok(p.into())
);
plain_column!(
    Moment,
    Moment,
    i64,
    jiff::Timestamp,
    |v| Value::Moment(*v),
    |l| Ok(Self::from_micros(l)),
    |p| Ok(Self::new(p))
);
plain_column!(Money, Int, i64, i64, |v| Value::Int(v.fen), |l| Ok(Self { fen: l }), |p| Ok(Self {
    fen: p
}));

impl Column for Uuid {
    const TYPE: ColumnType = ColumnType::Uuid;

    fn read(row: &RowRef<'_>, i: usize) -> Result<Self> {
        match row {
            RowRef::Sqlite(_) => Self::from_slice(row.bytes(i)?)
                .map_err(|e| Error::fault(format!("identifier: {e}"))),
            RowRef::Postgres(row) => Ok(row.try_get(i)?),
        }
    }

    fn value(&self) -> Value {
        Value::Uuid(*self)
    }
}

impl<T> Column for Id<T> {
    const TYPE: ColumnType = ColumnType::Uuid;

    fn read(row: &RowRef<'_>, i: usize) -> Result<Self> {
        Ok(Uuid::read(row, i)?.into())
    }

    fn value(&self) -> Value {
        Value::Uuid(self.uuid())
    }
}

impl<T: Column> Column for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    const NULLABLE: bool = true;

    fn read(row: &RowRef<'_>, i: usize) -> Result<Self> {
        let absent = match row {
            RowRef::Sqlite(row) => row.get_ref(i)? == rusqlite::types::ValueRef::Null,
            RowRef::Postgres(row) => row.try_get::<_, Present>(i)?.is_null(),
        };
        if absent { Ok(None) } else { T::read(row, i).map(Some) }
    }

    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Column::value)
    }
}

/// Reads only whether a PostgreSQL value is there.
enum Present {
    Null,
    Some,
}

impl Present {
    const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<'a> tokio_postgres::types::FromSql<'a> for Present {
    fn from_sql(
        _: &Type,
        _: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Some)
    }

    fn from_sql_null(
        _: &Type,
    ) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Makes an enum with `word()` and `of(&str)` a text column.
#[macro_export]
macro_rules! word_column {
    ($ty:ty) => {
        impl $crate::Column for $ty {
            const TYPE: $crate::ColumnType = $crate::ColumnType::Text;

            fn read(row: &$crate::RowRef<'_>, i: usize) -> $crate::Result<Self> {
                let word: String = row.get(i)?;
                Self::of(&word).ok_or_else(|| {
                    $crate::Error::fault(format!("unknown {} {word:?}", stringify!($ty)))
                })
            }

            fn value(&self) -> $crate::Value {
                $crate::Value::Text(self.word().to_owned())
            }
        }
    };
}

word_column!(Role);
word_column!(SubjectKind);

/// An enum whose members are words in facts, tables and addresses.
#[macro_export]
macro_rules! word_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$vmeta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All members, in the order of declaration.
            $vis const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in facts, tables and addresses.
            $vis const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The member of a word.
            $vis fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.word() == word)
            }
        }

        $crate::word_column!($name);
    };
}

/// Values to bind, in the order of `$1, $2, …`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::Column::value(&$value)),*] };
}

/// Anything that can be read from a whole result row, by position.
pub trait FromRow: Sized + Send {
    /// Reads the row.
    fn from_row(row: &RowRef<'_>) -> Result<Self>;
}

macro_rules! tuple_row {
    ($($t:ident $i:tt),+) => {
        impl<$($t: Column + Send),+> FromRow for ($($t,)+) {
            fn from_row(row: &RowRef<'_>) -> Result<Self> {
                Ok(($(row.get::<$t>($i)?,)+))
            }
        }
    };
}
tuple_row!(A 0);
tuple_row!(A 0, B 1);
tuple_row!(A 0, B 1, C 2);
tuple_row!(A 0, B 1, C 2, D 3);
tuple_row!(A 0, B 1, C 2, D 3, E 4);
tuple_row!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_row!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_row!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
