//! Two readings of one table walked side by side, in the order of the key.

use kernel::{Id, Jurisdiction};

use crate::stream::Stream;
use crate::table::values_of;
use crate::verify::Report;
use crate::{Result, TableSpec, Tx, Value};

/// Walks both sides in key order and names every row and column that differs.
pub(crate) async fn compare(
    spec: &'static TableSpec,
    live: &mut Tx,
    rebuilt: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    report: &mut Report,
) -> Result<()> {
    let mut left = Stream::raw(spec, jurisdiction);
    let mut right = Stream::raw(spec, jurisdiction);
    report.tables += 1;
    let (mut l, mut r) = (left.next(live).await?, right.next(rebuilt).await?);
    loop {
        if l.is_some() && l == r {
            report.rows += 1;
            (l, r) = (left.next(live).await?, right.next(rebuilt).await?);
            continue;
        }
        let (a, b) = (
            l.as_ref().map(|row| values_of(spec, row)),
            r.as_ref().map(|row| values_of(spec, row)),
        );
        let order = match (&a, &b) {
            (None, None) => return Ok(()),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => order_of(spec, a, b),
        };
        report.rows += 1;
        if order.is_eq()
            && let (Some(a), Some(b)) = (&a, &b)
        {
            note_columns(spec, a, b, report);
        } else if let (true, Some(a)) = (order.is_lt(), &a) {
            report.note(
                spec.name,
                key_text(spec, a),
                "*",
                "stands in the table, not in the journal",
            );
        } else if let Some(b) = &b {
            report.note(spec.name, key_text(spec, b), "*", "is missing from the table");
        }
        if order.is_le() {
            l = left.next(live).await?;
        }
        if order.is_ge() {
            r = right.next(rebuilt).await?;
        }
    }
}

fn note_columns(spec: &TableSpec, live: &[Value], rebuilt: &[Value], report: &mut Report) {
    for (column, (a, b)) in spec.columns.iter().zip(live.iter().zip(rebuilt)) {
        if a != b {
            let what = format!("is {a}, the journal says {b}");
            report.note(spec.name, key_text(spec, live), column.name, what);
        }
    }
}

fn order_of(spec: &TableSpec, a: &[Value], b: &[Value]) -> std::cmp::Ordering {
    let pairs = a.iter().zip(b).take(spec.key);
    pairs.map(|(x, y)| order_value(x, y)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

/// The order in which both engines sort keys; what is not of the column's type is put where
/// SQLite puts it.
fn order_value(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a, b) {
        (Value::Bool(x), Value::Bool(y)) => x.cmp(y),
        (Value::Int(x), Value::Int(y)) => x.cmp(y),
        (Value::Text(x), Value::Text(y)) => x.as_bytes().cmp(y.as_bytes()),
        (Value::Bytes(x), Value::Bytes(y)) => x.cmp(y),
        (Value::Uuid(x), Value::Uuid(y)) => x.cmp(y),
        (Value::Day(x), Value::Day(y)) => x.cmp(y),
        (Value::Moment(x), Value::Moment(y)) => x.cmp(y),
        (Value::Bytes(x), Value::Uuid(y)) => x.as_slice().cmp(y.as_bytes()),
        (Value::Uuid(x), Value::Bytes(y)) => x.as_bytes().as_slice().cmp(y),
        (Value::Text(x), Value::Day(y)) => x.cmp(&y.to_string()),
        (Value::Day(x), Value::Text(y)) => x.to_string().cmp(y),
        _ => rank(a).cmp(&rank(b)),
    }
}

const fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) | Value::Int(_) | Value::Moment(_) => 1,
        Value::Text(_) | Value::Day(_) => 2,
        Value::Bytes(_) | Value::Uuid(_) => 3,
    }
}

pub(crate) fn key_text(spec: &TableSpec, row: &[Value]) -> String {
    let rest = if spec.key > 1 { 1 } else { 0 };
    let parts = spec.columns.iter().zip(row).take(spec.key).skip(rest);
    parts.map(|(c, v)| format!("{}={v}", c.name)).collect::<Vec<_>>().join(" ")
}
