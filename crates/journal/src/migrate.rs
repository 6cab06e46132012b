//! Schema changes: numbered, additive, forward only, one text for both engines.
//!
//! A text names types by `@uuid @int @bool @text @bytes @day @moment`, ends a table with `@strict`
//! or `@clustered` (small rows, stored in the key's order), and may hold parts for one engine
//! after a line `--@sqlite` or `--@postgres`, until `--@both`.

use kernel::Clock;

use crate::room::{Migration, Room, Rooms};
use crate::value::ColumnType;
use crate::{ColumnSpec, Engine, Error, Result, TableKind, TableSpec, Tx, args};

const SQLITE: [(&str, &str); 9] = [
    ("@uuid", "BLOB"),
    ("@int", "INTEGER"),
    ("@bool", "INTEGER"),
    ("@text", "TEXT"),
    ("@bytes", "BLOB"),
    ("@day", "TEXT"),
    ("@moment", "INTEGER"),
    ("@strict", "STRICT"),
    ("@clustered", "STRICT, WITHOUT ROWID"),
];

const POSTGRES: [(&str, &str); 9] = [
    ("@uuid", "UUID"),
    ("@int", "BIGINT"),
    ("@bool", "BOOLEAN"),
    ("@text", "TEXT COLLATE \"C\""),
    ("@bytes", "BYTEA"),
    ("@day", "DATE"),
    ("@moment", "TIMESTAMPTZ"),
    ("@strict", ""),
    ("@clustered", ""),
];

/// The list of changes made; the one table that belongs to no city.
pub(crate) const MIGRATIONS: TableSpec = {
    const fn column(name: &'static str, ty: ColumnType) -> ColumnSpec {
        ColumnSpec { name, ty, nullable: false }
    }
    TableSpec {
        name: "migrations",
        kind: TableKind::Operational,
        columns: &[
            column("room", ColumnType::Text),
            column("name", ColumnType::Text),
            column("at", ColumnType::Moment),
        ],
        key: 2,
    }
};

/// The name of a column's type on one engine.
pub(crate) fn type_name(ty: ColumnType, engine: Engine) -> &'static str {
    let sqlite = engine == Engine::Sqlite;
    match ty {
        ColumnType::Bool if sqlite => "INTEGER",
        ColumnType::Bool => "BOOLEAN",
        ColumnType::Int | ColumnType::Moment if sqlite => "INTEGER",
        ColumnType::Int => "BIGINT",
        ColumnType::Moment => "TIMESTAMP WITH TIME ZONE",
        ColumnType::Text | ColumnType::Day if sqlite => "TEXT",
        ColumnType::Text => "TEXT",
        ColumnType::Day => "DATE",
        ColumnType::Bytes | ColumnType::Uuid if sqlite => "BLOB",
        ColumnType::Bytes => "BYTEA",
        ColumnType::Uuid => "UUID",
    }
}

/// The text of a migration for one engine.
fn render(sql: &str, engine: Engine) -> String {
    let sqlite = engine == Engine::Sqlite;
    let mut here = true;
    let mut out = String::with_capacity(sql.len());
    for line in sql.lines() {
        match line.trim() {
            "--@sqlite" => here = sqlite,
            "--@postgres" => here = !sqlite,
            "--@both" => here = true,
            _ if here => {
                out.push_str(line);
                out.push('\n');
            }
            _ => {}
        }
    }
    let types = if sqlite { SQLITE } else { POSTGRES };
    types.iter().fold(out, |text, (from, to)| text.replace(from, to))
}

/// Brings the schema up to what the rooms declare. Each change is its own transaction, so a
/// program that is killed in between goes on from there.
pub(crate) async fn migrate(tx: &mut Tx, rooms: &Rooms, clock: &Clock) -> Result<()> {
    let list = "CREATE TABLE IF NOT EXISTS migrations (
        room @text NOT NULL, name @text NOT NULL, at @moment NOT NULL, PRIMARY KEY (room, name)) @clustered";
    tx.script(BEGIN[usize::from(tx.is_sqlite())]).await?;
    tx.script(&render(list, tx.engine())).await?;
    tx.script("COMMIT").await?;
    for room in rooms.list() {
        let known = |name: &str| room.migrations.iter().any(|m| m.name == name);
        let sql = "SELECT name FROM migrations WHERE room = $1";
        let done: Vec<(String,)> = tx.all(sql, args![room.name.to_owned()]).await?;
        if let Some((newer,)) = done.iter().find(|(name,)| !known(name)) {
            return Err(Error::fault(format!(
                "the database was changed by a newer program: {} {newer}",
                room.name
            )));
        }
        for migration in room.migrations {
            if !done.iter().any(|(name,)| name == migration.name) {
                change(tx, room, migration, clock).await?;
            }
        }
    }
    Ok(())
}

/// Begins a change: [PostgreSQL, SQLite]. Two nodes that start together must not both make it, so
/// the second waits here as long as the first needs.
const BEGIN: [&str; 2] = [
    "BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; \
     SELECT pg_advisory_xact_lock(7411)",
    "BEGIN IMMEDIATE",
];

async fn change(tx: &mut Tx, room: &Room, migration: &Migration, clock: &Clock) -> Result<()> {
    tx.script(BEGIN[usize::from(tx.is_sqlite())]).await?;
    let key = args![room.name.to_owned(), migration.name.to_owned()].to_vec();
    let sql = "SELECT count(*) FROM migrations WHERE room = $1 AND name = $2";
    let (made,): (i64,) = tx.one(sql, &key).await?;
    if made == 0 {
        tx.script(&render(migration.sql, tx.engine())).await?;
        let row = args![room.name.to_owned(), migration.name.to_owned(), clock.now()].to_vec();
        tx.run("INSERT INTO migrations (room, name, at) VALUES ($1, $2, $3)", &row).await?;
    }
    tx.script("COMMIT").await
}

#[cfg(test)]
mod tests {
    use super::{Engine, render};

    #[test]
    fn a_part_for_one_engine_is_left_out_on_the_other() {
        let sql = "a @uuid\n--@sqlite\nb @int\n--@postgres\nc @int\n--@both\nd @day";
        assert_eq!(render(sql, Engine::Sqlite), "a BLOB\nb INTEGER\nd TEXT\n");
        assert_eq!(render(sql, Engine::Postgres), "a UUID\nc BIGINT\nd DATE\n");
    }
}
