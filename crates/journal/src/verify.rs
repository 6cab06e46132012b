//! Proof that the tables are what the journal says: chain, rebuild, comparison by key; and that
//! the files are what the tables say.

use std::collections::BTreeMap;

use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::city::{SealRow, SealedRow, seal_hash};
use crate::compare::{compare, key_text};
use crate::entry::{FACTS, Head, hex};
use crate::replay::{Chain, Scratch};
use crate::room::Rooms;
use crate::table::read_any;
use crate::transfer::Blobs;
use crate::{Db, Entry, FromRow as _, Result, Row as _, TableKind, TableSpec, Tx, Value};
use crate::{args, contents, history};

/// Differences named at most; the rest is only counted.
const NAMED_MAX: usize = 100;
/// Facts read at once.
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
    /// How many files were read and held against their hashes.
    pub files: u64,
    /// The differences, at most a hundred of them.
    pub differences: Vec<Difference>,
    /// How many differences there are.
    pub found: u64,
}

impl Report {
    pub(crate) fn empty() -> Self {
        Self {
            facts: 0,
            head: Head::origin(),
            tables: 0,
            rows: 0,
            erased: 0,
            files: 0,
            differences: Vec::new(),
            found: 0,
        }
    }

    /// Whether everything is as the journal says.
    pub const fn is_whole(&self) -> bool {
        self.found == 0
    }

    pub(crate) fn note(
        &mut self,
        table: &str,
        row: impl Into<String>,
        column: &str,
        what: impl Into<String>,
    ) {
        self.found += 1;
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

/// Verifies one city on one snapshot, its files included. With `expect`, a head that was printed
/// earlier must be found at its place: this is what finds a file rolled back to yesterday.
pub async fn verify(
    db: &Db,
    jurisdiction: Id<Jurisdiction>,
    blobs: &dyn Blobs,
    expect: Option<&Head>,
) -> Result<Report> {
    let mut live = db.snapshot().await?;
    let outcome = verify_on(&mut live, db.rooms(), jurisdiction, (blobs, expect)).await;
    live.script("ROLLBACK").await?;
    outcome
}

/// Verifies one city as a transaction sees it.
pub async fn verify_on(
    live: &mut Tx,
    rooms: &Rooms,
    jurisdiction: Id<Jurisdiction>,
    (blobs, expect): (&dyn Blobs, Option<&Head>),
) -> Result<Report> {
    let mut report = Report::empty();
    let mut replay = Replay::new(rooms, jurisdiction, expect).await?;
    let whole = replay.run(live, jurisdiction, &mut report).await?;
    check_head(live, jurisdiction, expect, &mut report).await?;
    let of_kind = |kind| rooms.tables().filter(move |t| t.kind == kind);
    if whole {
        for spec in of_kind(TableKind::Record) {
            compare(spec, live, &mut replay.scratch.tx, jurisdiction, &mut report).await?;
        }
    }
    for spec in of_kind(TableKind::Sealed) {
        check_sealed(spec, live, jurisdiction, &mut report).await?;
    }
    contents::check(live, rooms, jurisdiction, blobs, &mut report).await?;
    Ok(report)
}

/// The journal read once: chain checked, every fact applied to the scratch file.
pub(crate) struct Replay<'a> {
    rooms: &'a Rooms,
    chain: Chain,
    pub(crate) scratch: Scratch,
    expect: Option<&'a Head>,
}

impl<'a> Replay<'a> {
    pub(crate) async fn new(
        rooms: &'a Rooms,
        jurisdiction: Id<Jurisdiction>,
        expect: Option<&'a Head>,
    ) -> Result<Self> {
        let scratch = Scratch::new(rooms).await?;
        Ok(Self { rooms, chain: Chain::new(jurisdiction), scratch, expect })
    }

    /// Whether the journal could be read to its end.
    pub(crate) async fn run(
        &mut self,
        live: &mut Tx,
        jurisdiction: Id<Jurisdiction>,
        report: &mut Report,
    ) -> Result<bool> {
        if let Some(seq) = out_of_place(live, jurisdiction).await? {
            report.note("facts", format!("seq {seq}"), "seq", "stands before the first place");
        }
        loop {
            let after = self.chain.head.seq;
            let entries = match history::after(live, jurisdiction, after, CHUNK).await {
                Ok(entries) => entries,
                Err(e) => return unreadable(live, jurisdiction, after, e, report).await,
            };
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
            // On SQLite nothing here waits by itself; others want to be served as well.
            tokio::task::yield_now().await;
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

/// A place before the first, where nothing reads but lists without limits.
async fn out_of_place(live: &mut Tx, jurisdiction: Id<Jurisdiction>) -> Result<Option<i64>> {
    let sql = "SELECT seq FROM facts WHERE jurisdiction_id = $1 AND seq < 1 ORDER BY seq LIMIT 1";
    let first: Option<(i64,)> = live.opt(sql, args![jurisdiction]).await?;
    Ok(first.map(|(seq,)| seq))
}

/// Names the entry and column that cannot be read, or gives back the fault when all can.
async fn unreadable(
    live: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    after: i64,
    fault: crate::Error,
    report: &mut Report,
) -> Result<bool> {
    if !matches!(fault, crate::Error::Fault(_)) {
        return Err(fault);
    }
    let columns = Entry::COLUMNS;
    let sql = format!(
        "SELECT {columns} FROM facts WHERE jurisdiction_id = $1 AND seq > $2 ORDER BY seq LIMIT {CHUNK}"
    );
    let mut named = false;
    live.each(&sql, args![jurisdiction, after], |row| {
        if !named && let Err(e) = Entry::from_row(row) {
            let values = read_any(&FACTS, row)?;
            let wrong =
                FACTS.columns.iter().zip(&values).find(|(column, value)| !column.takes(value));
            let column = wrong.map_or("subject_kind", |(column, _)| column.name);
            let seq = values.get(1).map_or_else(String::new, ToString::to_string);
            report.note("facts", format!("seq {seq}"), column, format!("cannot be read: {e}"));
            named = true;
        }
        Ok(())
    })
    .await?;
    if named { Ok(false) } else { Err(fault) }
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
    let head = report.head;
    let column = if stored.seq != head.seq {
        "seq"
    } else if stored.hash != head.hash {
        "hash"
    } else {
        "at"
    };
    if report.is_whole() && stored != head {
        let what =
            format!("is {stored} at {}, the journal ends at {head} at {}", stored.at, head.at);
        report.note("heads", jurisdiction.to_string(), column, what);
    }
    if let Some(expect) = expect.filter(|e| e.seq > report.head.seq) {
        let what = format!("ends at {}, but {} was printed", report.head.seq, expect.seq);
        report.note("facts", format!("seq {}", expect.seq), "*", what);
    }
    Ok(())
}

/// A sealed table against what proves it.
pub(crate) async fn check_sealed(
    spec: &TableSpec,
    live: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    report: &mut Report,
) -> Result<()> {
    if spec.name == SealedRow::SPEC.name {
        return check_seals(live, jurisdiction, report).await;
    }
    report.note(spec.name, "", "*", "is sealed, but nothing proves it; use `Act::seal`");
    Ok(())
}

/// Each seal has its value with the right hash, or was erased and has none.
pub(crate) async fn check_seals(
    live: &mut Tx,
    jurisdiction: Id<Jurisdiction>,
    report: &mut Report,
) -> Result<()> {
    report.tables += 1;
    let seals = format!(
        "SELECT {} FROM seals WHERE jurisdiction_id = $1 ORDER BY owner_id, field",
        SealRow::sql().columns
    );
    let seals = match live.all::<SealRow>(&seals, args![jurisdiction]).await {
        Ok(seals) => seals,
        // The comparison has named it already.
        Err(crate::Error::Fault(_)) if !report.is_whole() => return Ok(()),
        Err(e) => return Err(e),
    };
    let sql = format!(
        "SELECT {} FROM sealed_values WHERE jurisdiction_id = $1 ORDER BY owner_id, field",
        SealedRow::sql().columns
    );
    let mut values: BTreeMap<(Uuid, String), Sealed> = BTreeMap::new();
    live.each(&sql, args![jurisdiction], |row| {
        let value = read_any(&SealedRow::SPEC, row)?;
        match <[Value; 5]>::try_from(value) {
            Ok([_, Value::Uuid(owner), Value::Text(field), value, salt]) => {
                values.insert((owner, field), (value, salt));
            }
            Ok(row) => {
                let row = key_text(&SealedRow::SPEC, &row);
                report.note("sealed_values", row, "*", "cannot be read");
            }
            Err(_other) => {}
        }
        Ok(())
    })
    .await?;
    for seal in &seals {
        report.rows += 1;
        let row = format!("owner_id={} field={}", seal.owner_id, seal.field);
        match (values.remove(&(seal.owner_id, seal.field.clone())), seal.erased) {
            (None, true) => report.erased += 1,
            (None, false) => report.note("sealed_values", row, "*", "is missing"),
            (Some(_), true) => report.note("sealed_values", row, "*", "was erased but is there"),
            (Some(v), false) if !fits(&v, &seal.hash) => {
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

/// A sealed value and its salt, as they stand.
type Sealed = (Value, Value);

fn fits(sealed: &Sealed, hash: &[u8]) -> bool {
    match sealed {
        (Value::Text(value), Value::Bytes(salt)) => seal_hash(salt, value).as_slice() == hash,
        _ => false,
    }
}
