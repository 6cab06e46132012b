//! Proof that the tables are what the journal says: chain, rebuild, comparison by key.

use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::city::{SealRow, SealedRow, seal_hash};
use crate::entry::{Head, hex};
use crate::replay::{Chain, Scratch};
use crate::room::Rooms;
use crate::table::read_values;
use crate::{Db, Entry, Result, Row as _, TableKind, TableSpec, Tx, Value, args, history};

/// Differences named at most; the rest is only counted.
const NAMED_MAX: usize = 100;
/// Rows read at once from each side.
const CHUNK: i64 = 1_000;

/// One place where the database is not what the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// The row's key.
    pub row: String,
    /// The column, or `*` for a whole row.
    pub column: String,
    /// What stands there and what should.
    pub what: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}] {}: {}", self.table, self.row, self.column, self.what)
    }
}

/// What a verification found.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many facts were checked.
    pub facts: i64,
    /// The head of the chain as far as it is whole.
    pub head: Head,
    /// How many tables were compared.
    pub tables: usize,
    /// How many rows were compared.
    pub rows: u64,
    /// Values that were erased lawfully.
    pub erased: u64,
    /// The differences, at most a hundred of them.
    pub differences: Vec<Difference>,
}

impl Report {
    /// Whether everything is as the journal says.
    pub const fn is_whole(&self) -> bool {
        self.differences.is_empty()
    }

    fn note(&mut self, table: &str, row: impl Into<String>, column: &str, what: impl Into<String>) {
        if self.differences.len() < NAMED_MAX {
            self.differences.push(Difference {
                table: table.to_owned(),
                row: row.into(),
                column: column.to_owned(),
                what: what.into(),
            });
        }
    }
}

/// Verifies one city on one snapshot. With `expect`, a head that was printed earlier must be
/// found at its place: this is what finds a file rolled back to yesterday.
pub async fn verify(
    db: &Db,
    jurisdiction: Id<Jurisdiction>,
    expect: Option<&Head>,
) -> Result<Report> {
    let mut live = db.snapshot().await?;
    let outcome = check(db, &mut live, jurisdiction, expect).await;
    live.script("ROLLBACK").await?;
    outcome
}

async fn check(
    db: &Db,
    live: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    expect: Option<&Head>,
) -> Result<Report> {
    let mut report = Report {
        facts: 0,
        head: Head::origin(),
        tables: 0,
        rows: 0,
        erased: 0,
        differences: Vec::new(),
    };
    let mut replay = Replay {
        rooms: db.rooms(),
        chain: Chain::new(jurisdiction),
        scratch: Scratch::new(db.rooms()).await?,
        expect,
    };
    let whole = replay.run(live, jurisdiction, &mut report).await?;
    check_head(live, jurisdiction, expect, &mut report).await?;
    if whole {
        for spec in db.rooms().tables().filter(|t| t.kind == TableKind::Record) {
            compare(spec, live, &mut replay.scratch.tx, jurisdiction, &mut report).await?;
        }
    }
    check_seals(live, jurisdiction, &mut report).await?;
    Ok(report)
}

/// The journal read once: chain checked, every fact applied to the scratch file.
struct Replay<'a> {
    rooms: &'a Rooms,
    chain: Chain,
    scratch: Scratch,
    expect: Option<&'a Head>,
}

impl Replay<'_> {
    /// Whether the journal could be read to its end.
    async fn run(
        &mut self,
        live: &mut Tx,
        jurisdiction: Id<Jurisdiction>,
        report: &mut Report,
    ) -> Result<bool> {
        loop {
            let entries = history::after(live, jurisdiction, self.chain.head.seq, CHUNK).await?;
            for entry in &entries {
                if let Some((column, what)) = self.take(entry).await {
                    report.note("facts", format!("seq {}", entry.seq), column, what);
                    return Ok(false);
                }
                report.facts += 1;
                report.head = self.chain.head;
            }
            if entries.is_empty() {
                return Ok(true);
            }
        }
    }

    /// The column and what is wrong with it, if the journal cannot be read on from here.
    async fn take(&mut self, entry: &Entry) -> Option<(&'static str, String)> {
        if let Err(broken) = self.chain.next(entry) {
            return Some((broken.column, broken.what));
        }
        if self.expect.is_some_and(|e| e.seq == entry.seq && e.hash != entry.hash) {
            return Some(("hash", format!("is {}, another was printed", hex(&entry.hash))));
        }
        let applied = self.scratch.apply(self.rooms, entry).await;
        applied.err().map(|e| ("payload", e.to_string()))
    }
}

async fn check_head(
    live: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    expect: Option<&Head>,
    report: &mut Report,
) -> Result<()> {
    let sql = "SELECT seq, hash, at FROM heads WHERE jurisdiction_id = $1";
    let stored: Option<Head> = live.opt(sql, args![jurisdiction]).await?;
    let stored = stored.unwrap_or_else(Head::origin);
    if report.is_whole() && (stored.seq, stored.hash) != (report.head.seq, report.head.hash) {
        let what = format!("is {stored}, the journal ends at {}", report.head);
        report.note("heads", jurisdiction.to_string(), "seq", what);
    }
    if let Some(expect) = expect.filter(|e| e.seq > report.head.seq) {
        let what = format!("ends at {}, but {} was printed", report.head.seq, expect.seq);
        report.note("facts", format!("seq {}", expect.seq), "*", what);
    }
    Ok(())
}

/// Walks both sides in key order and names every row and column that differs.
async fn compare(
    spec: &'static TableSpec,
    live: &mut Tx,
    rebuilt: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    report: &mut Report,
) -> Result<()> {
    let mut left = Stream::new(spec, jurisdiction);
    let mut right = Stream::new(spec, jurisdiction);
    report.tables += 1;
    let (mut l, mut r) = (left.next(live).await?, right.next(rebuilt).await?);
    loop {
        let order = match (&l, &r) {
            (None, None) => return Ok(()),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => order_of(spec, a, b),
        };
        report.rows += 1;
        if order.is_eq()
            && let (Some(a), Some(b)) = (&l, &r)
        {
            note_columns(spec, a, b, report);
        } else if let (true, Some(a)) = (order.is_lt(), &l) {
            report.note(
                spec.name,
                key_text(spec, a),
                "*",
                "stands in the table, not in the journal",
            );
        } else if let Some(b) = &r {
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

/// One side of a comparison, read in chunks by key.
struct Stream {
    spec: &'static TableSpec,
    first: String,
    after: String,
    jurisdiction: Id<Jurisdiction>,
    rows: std::vec::IntoIter<Vec<Value>>,
    last: Option<Vec<Value>>,
    ended: bool,
}

impl Stream {
    fn new(spec: &'static TableSpec, jurisdiction: Id<Jurisdiction>) -> Self {
        let columns: Vec<_> = spec.columns.iter().map(|c| c.name).collect();
        let columns = columns.join(", ");
        let key = spec.key_columns().collect::<Vec<_>>().join(", ");
        let places: Vec<_> = (1..=spec.key).map(|n| format!("${n}")).collect();
        let table = spec.name;
        Self {
            first: format!(
                "SELECT {columns} FROM {table} WHERE jurisdiction_id = $1 ORDER BY {key} LIMIT {CHUNK}"
            ),
            after: format!(
                "SELECT {columns} FROM {table} WHERE jurisdiction_id = $1 AND ({key}) > ({}) \
                 ORDER BY {key} LIMIT {CHUNK}",
                places.join(", ")
            ),
            spec,
            jurisdiction,
            rows: Vec::new().into_iter(),
            last: None,
            ended: false,
        }
    }

    async fn next(&mut self, tx: &mut Tx) -> Result<Option<Vec<Value>>> {
        if let Some(row) = self.rows.next() {
            return Ok(Some(row));
        }
        if self.ended {
            return Ok(None);
        }
        let (sql, values) = match &self.last {
            None => (&self.first, args![self.jurisdiction].to_vec()),
            Some(row) => (&self.after, row.iter().take(self.spec.key).cloned().collect()),
        };
        let mut rows = Vec::new();
        let spec = self.spec;
        tx.each(sql, &values, |row| {
            rows.push(read_values(spec, row)?);
            Ok(())
        })
        .await?;
        self.ended = rows.is_empty();
        self.last = rows.last().cloned().or_else(|| self.last.take());
        self.rows = rows.into_iter();
        Ok(self.rows.next())
    }
}

fn order_of(spec: &TableSpec, a: &[Value], b: &[Value]) -> std::cmp::Ordering {
    let pairs = a.iter().zip(b).take(spec.key);
    pairs.map(|(x, y)| order_value(x, y)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

/// The order in which both engines sort keys.
fn order_value(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a, b) {
        (Value::Bool(x), Value::Bool(y)) => x.cmp(y),
        (Value::Int(x), Value::Int(y)) => x.cmp(y),
        (Value::Text(x), Value::Text(y)) => x.as_bytes().cmp(y.as_bytes()),
        (Value::Bytes(x), Value::Bytes(y)) => x.cmp(y),
        (Value::Uuid(x), Value::Uuid(y)) => x.cmp(y),
        (Value::Day(x), Value::Day(y)) => x.cmp(y),
        (Value::Moment(x), Value::Moment(y)) => x.cmp(y),
        _ => std::cmp::Ordering::Equal,
    }
}

fn key_text(spec: &TableSpec, row: &[Value]) -> String {
    let rest = if spec.key > 1 { 1 } else { 0 };
    let parts = spec.columns.iter().zip(row).take(spec.key).skip(rest);
    parts.map(|(c, v)| format!("{}={v}", c.name)).collect::<Vec<_>>().join(" ")
}

/// Each seal has its value with the right hash, or was erased and has none.
async fn check_seals(
    live: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    report: &mut Report,
) -> Result<()> {
    report.tables += 1;
    let seals = format!(
        "SELECT {} FROM seals WHERE jurisdiction_id = $1 ORDER BY owner_id, field",
        SealRow::sql().columns
    );
    let seals: Vec<SealRow> = live.all(&seals, args![jurisdiction]).await?;
    let values = format!(
        "SELECT {} FROM sealed_values WHERE jurisdiction_id = $1 ORDER BY owner_id, field",
        SealedRow::sql().columns
    );
    let values: Vec<SealedRow> = live.all(&values, args![jurisdiction]).await?;
    let mut values: std::collections::BTreeMap<(Uuid, String), SealedRow> =
        values.into_iter().map(|v| ((v.owner_id, v.field.clone()), v)).collect();
    for seal in &seals {
        report.rows += 1;
        let row = format!("owner_id={} field={}", seal.owner_id, seal.field);
        match (values.remove(&(seal.owner_id, seal.field.clone())), seal.erased) {
            (None, true) => report.erased += 1,
            (None, false) => report.note("sealed_values", row, "*", "is missing"),
            (Some(_), true) => report.note("sealed_values", row, "*", "was erased but is there"),
            (Some(v), false) if seal_hash(&v.salt, &v.value).as_slice() != seal.hash => {
                report.note("sealed_values", row, "value", "is not what was sealed");
            }
            (Some(_), false) => {}
        }
    }
    for (owner, field) in values.into_keys() {
        let row = format!("owner_id={owner} field={field}");
        report.note("sealed_values", row, "*", "stands in the table, not in the journal");
    }
    Ok(())
}
