//! A city with eighty times the units, for the review alone: they and the records that are counted are
//! copied in the tables, without the journal. `duban verify` would rightly call it a forgery.

use journal::{Db, Place, Result};

use super::settle;

/// Copies of each unit; the 38 that are scored become three thousand.
const UNITS: u32 = 80;
/// Copies of each record, spread over the copies of its unit.
const RECORDS: u32 = 21;

/// What is copied: the table, the columns that name a record or a unit of the copy, and whose
/// copies they are.
const TABLES: [(&str, &[(&str, Of)]); 5] = [
    ("units", &[("id", Of::Unit)]),
    ("group_members", &[("unit_id", Of::Unit)]),
    ("assignments", &[("id", Of::Record), ("unit_id", Of::Owner("id"))]),
    (
        "assignment_versions",
        &[("assignment_id", Of::Record), ("unit_id", Of::Owner("assignment_id"))],
    ),
    (
        "assignment_part_versions",
        &[("assignment_id", Of::Record), ("unit_id", Of::Owner("assignment_id"))],
    ),
];

/// What a column of a copy names.
#[derive(Clone, Copy)]
enum Of {
    /// The copy of a unit.
    Unit,
    /// The copy of a record.
    Record,
    /// The unit of the copy of the record in this column.
    Owner(&'static str),
}

impl Of {
    fn sql(self, column: &str) -> String {
        let copy = |of: &str, n: &str| format!("CAST(md5(CAST({of} AS text) || {n}) AS uuid)");
        match self {
            Self::Unit | Self::Record => copy(&format!("t.{column}"), "n"),
            Self::Owner(record) => {
                let spread = format!(
                    "(n * 7 + get_byte(decode(md5(CAST(t.{record} AS text)), 'hex'), 0)) % {UNITS}"
                );
                let owner = copy("t.unit_id", &spread);
                format!("CASE WHEN {spread} = 0 THEN t.unit_id ELSE {owner} END")
            }
        }
    }

    /// How many copies there are beside the original.
    const fn copies(self) -> u32 {
        match self {
            Self::Unit => UNITS - 1,
            Self::Record | Self::Owner(_) => RECORDS - 1,
        }
    }
}

/// Makes the city larger and counts the records that a review may have to look at.
pub(crate) async fn grow(place: &Place) -> Result<i64> {
    let db = building::open(place).await?;
    for (table, columns) in TABLES {
        eprintln!("copying {table} …");
        copy(&db, table, columns).await?;
    }
    settle(&db).await?;
    let sql = "SELECT (SELECT COUNT(*) FROM assignments) + (SELECT COUNT(*) FROM assignment_versions) \
               + (SELECT COUNT(*) FROM assignment_part_versions)";
    let (records,): (i64,) = db.read().await?.one(sql, &[]).await?;
    Ok(records)
}

/// Fills a table without its indexes and makes them afterwards, which takes a tenth of the time.
async fn copy(db: &Db, table: &str, columns: &[(&str, Of)]) -> Result<()> {
    let mut tx = db.read().await?;
    tx.script("SET statement_timeout = 0; SET maintenance_work_mem = '1GB'").await?;
    let named = format!("'public.{table}'::regclass");
    let keys: Vec<(String, String)> = {
        let sql = format!(
            "SELECT CAST(conname AS text), pg_get_constraintdef(oid) FROM pg_constraint \
             WHERE conrelid = {named} AND contype IN ('p', 'u')"
        );
        tx.all(&sql, &[]).await?
    };
    let indexes: Vec<(String, String)> = {
        let sql = format!(
            "SELECT CAST(c.relname AS text), pg_get_indexdef(i.indexrelid) FROM pg_index i \
             JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = {named} \
             AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
        );
        tx.all(&sql, &[]).await?
    };
    let all: Vec<(String,)> = {
        let sql = format!(
            "SELECT CAST(attname AS text) FROM pg_attribute WHERE attrelid = {named} \
             AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
        );
        tx.all(&sql, &[]).await?
    };
    let said = |(column,): &(String,)| {
        let of = columns.iter().find(|(name, _)| name == column);
        of.map_or_else(|| format!("t.{column}"), |(name, of)| of.sql(name))
    };
    let names: Vec<&str> = all.iter().map(|(column,)| column.as_str()).collect();
    let values: Vec<String> = all.iter().map(said).collect();
    let copies = columns.first().map_or(0, |(_, of)| of.copies());
    // Only units that stand in a group are scored.
    let which = match table {
        "units" => "WHERE t.id IN (SELECT unit_id FROM group_members)",
        _ => "",
    };
    let mut script = String::new();
    for (name, _) in &keys {
        script.push_str(&format!("ALTER TABLE {table} DROP CONSTRAINT {name};"));
    }
    for (name, _) in &indexes {
        script.push_str(&format!("DROP INDEX {name};"));
    }
    script.push_str(&format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table} t, generate_series(1, {copies}) n {which};",
        names.join(", "),
        values.join(", "),
    ));
    for (name, definition) in &keys {
        script.push_str(&format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition};"));
    }
    for (_, definition) in &indexes {
        script.push_str(&format!("{definition};"));
    }
    tx.script(&script).await
}
