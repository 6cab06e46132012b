//! Schema changes: numbered, additive, forward only, one text for both engines.
//!
//! A text names types by `@uuid @int @bool @text @bytes @day @moment`, ends a table with `@strict`
//! or `@clustered` (small rows, stored in the key's order), and may hold parts for one engine
//! after a line `--@sqlite` or `--@postgres`, until `--@both`.

use kernel::Clock;

use crate::room::Rooms;
use crate::{Engine, Result, Tx, args};

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
    if !tx.is_sqlite() {
        // Two nodes that start together must not both create the schema.
        tx.script("SELECT pg_advisory_lock(7411)").await?;
    }
    tx.script(&render(list, tx.engine())).await?;
    let done: Vec<(String, String)> = tx.all("SELECT room, name FROM migrations", &[]).await?;
    for room in rooms.list() {
        for migration in room.migrations {
            if done.iter().any(|(r, n)| r == room.name && n == migration.name) {
                continue;
            }
            let sql = render(migration.sql, tx.engine());
            tx.script("BEGIN").await?;
            tx.script(&sql).await?;
            tx.run(
                "INSERT INTO migrations (room, name, at) VALUES ($1, $2, $3)",
                args![room.name.to_owned(), migration.name.to_owned(), clock.now()],
            )
            .await?;
            tx.script("COMMIT").await?;
        }
    }
    if !tx.is_sqlite() {
        tx.script("SELECT pg_advisory_unlock(7411)").await?;
    }
    Ok(())
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
