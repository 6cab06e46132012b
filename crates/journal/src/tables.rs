//! How `apply` writes: whole rows by primary key, each touching exactly one.

use crate::value::Value;
use crate::{Error, Result, Row, Tx};

/// The record tables, as `apply` may change them: no SQL text, no clock, no other input.
pub struct Tables<'a> {
    tx: &'a mut Tx,
}

impl<'a> Tables<'a> {
    pub(crate) const fn new(tx: &'a mut Tx) -> Self {
        Self { tx }
    }

    /// For operational and derived tables only, inside [`crate::Db::operate`] or beside an act:
    /// what is written to a record table this way is found by `verify`.
    pub const fn operational(tx: &'a mut Tx) -> Self {
        Self { tx }
    }

    /// The row of a key; its absence is a fault, because the journal says it is there.
    pub async fn get<R: Row>(&mut self, key: &[Value]) -> Result<R> {
        self.find(key).await?.ok_or_else(|| absent::<R>(key))
    }

    /// The row of a key, if there is one.
    pub async fn find<R: Row>(&mut self, key: &[Value]) -> Result<Option<R>> {
        self.tx.opt(&R::sql().get, key).await
    }

    /// A new row.
    pub async fn insert<R: Row>(&mut self, row: &R) -> Result<()> {
        let values = row.values();
        let touched = self.tx.run(&R::sql().insert, &values).await?;
        exactly_one::<R>(touched, &values)
    }

    /// A changed row; its key must be there.
    pub async fn replace<R: Row>(&mut self, row: &R) -> Result<()> {
        let values = row.values();
        let touched = self.tx.run(&R::sql().replace, &values).await?;
        exactly_one::<R>(touched, &values)
    }

    /// A changed row of which the former is known: only columns that differ are written, so that
    /// indexes of the others are left alone.
    pub async fn change<R: Row>(&mut self, former: &R, row: &R) -> Result<()> {
        let (former, values) = (former.values(), row.values());
        let (mut set, mut bound) = (String::new(), Vec::new());
        for (i, (column, value)) in R::SPEC.columns.iter().zip(&values).enumerate() {
            if i < R::SPEC.key {
                bound.push(value.clone());
            } else if former.get(i) != Some(value) {
                bound.push(value.clone());
                let comma = if set.is_empty() { "" } else { ", " };
                set.push_str(&format!("{comma}{} = ${}", column.name, bound.len()));
            }
        }
        if set.is_empty() {
            return Ok(());
        }
        let sql = R::sql().update(&set);
        let touched = self.tx.run(&sql, &bound).await?;
        exactly_one::<R>(touched, &values)
    }

    /// A new row or a changed one.
    pub async fn put<R: Row>(&mut self, row: &R) -> Result<()> {
        let values = row.values();
        match self.tx.run(&R::sql().replace, &values).await? {
            0 => exactly_one::<R>(self.tx.run(&R::sql().insert, &values).await?, &values),
            touched => exactly_one::<R>(touched, &values),
        }
    }

    /// Takes a row away.
    pub async fn remove<R: Row>(&mut self, key: &[Value]) -> Result<()> {
        let touched = self.tx.run(&R::sql().remove, key).await?;
        exactly_one::<R>(touched, key)
    }
}

fn absent<R: Row>(key: &[Value]) -> Error {
    let key: Vec<_> = key.iter().map(ToString::to_string).collect();
    Error::fault(format!("{}: no row {}", R::SPEC.name, key.join(", ")))
}

fn exactly_one<R: Row>(touched: u64, values: &[Value]) -> Result<()> {
    if touched == 1 {
        return Ok(());
    }
    let key: Vec<_> = values.iter().take(R::SPEC.key).map(ToString::to_string).collect();
    Err(Error::fault(format!("{}: {touched} rows for {}", R::SPEC.name, key.join(", "))))
}
