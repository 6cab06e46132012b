//! Whatever somebody changes past the program is named: every column, every row, of every record
//! and sealed table of every room, on both engines.
//!
//! The edits are made inside a transaction that is taken back, so that one rebuild serves all.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use journal::transfer::NoBlobs;
use journal::{
    ColumnSpec, ColumnType, Db, Difference, Engine, Error, Rebuilt, RowRef, TableKind, TableSpec,
    Tx, Value, args, schema, verify_on,
};
use kernel::{Id, Jurisdiction};
use testkit::each_place;

use crate::lived;

/// Rows of a table that are edited at most.
const ROWS: i64 = 90;

/// A row: its key as the comparison prints it, and as a condition of SQL.
#[derive(Clone, Debug)]
struct Place {
    shown: String,
    condition: String,
}

/// The city under test with its rebuild.
struct Bench {
    db: Db,
    city: Id<Jurisdiction>,
    rebuilt: Rebuilt,
}

#[test]
fn an_edit_of_any_row_of_any_table_is_named() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let archive = runtime.block_on(lived::archive());
    each_place(async |place| {
        let (db, city) = lived::brought(place, &archive).await;
        let mut live = db.snapshot().await.unwrap();
        assert_eq!(
            lived::empty(&mut live, &db, city).await,
            [""; 0],
            "let the room's demo.rs, or lived.rs here, fill these tables"
        );
        let rebuilt = Rebuilt::of(db.rooms(), &mut live, city).await.unwrap();
        drop(live);
        let mut bench = Bench { db, city, rebuilt };
        for spec in lived::proved(&bench.db) {
            assert_eq!(bench.after(spec, "SELECT 1").await, [], "{} is whole", spec.name);
            bench.columns(spec).await;
            bench.rows(spec).await;
        }
        bench.facts().await;
    });
}

impl Bench {
    /// What the comparison finds of a table after some SQL past the program, which is taken back.
    async fn after(&mut self, spec: &'static TableSpec, sql: &str) -> Vec<Difference> {
        let mut found = Vec::new();
        let rebuilt = &mut self.rebuilt;
        let taken_back = self
            .db
            .operate(self.city, async |tx| {
                disarm(tx).await?;
                tx.script(sql).await?;
                found = rebuilt.compare(tx, spec).await?;
                Err::<(), _>(Error::fault("taken back"))
            })
            .await;
        assert!(format!("{taken_back:?}").contains("taken back"), "{sql}: {taken_back:?}");
        found
    }

    /// Another value in each column, and nothing in each that may be empty: all are named, each
    /// with its row, and nothing else is.
    async fn columns(&mut self, spec: &'static TableSpec) {
        let engine = self.engine().await;
        let places = self.places(spec, "").await;
        let (mut sql, mut expected) = (String::new(), Vec::new());
        let columns = spec.columns.iter().skip(spec.key);
        for (column, place) in columns.clone().zip(places.iter().cycle()) {
            sql += &set(spec, column.name, &edited(column, engine), place);
            expected.push((place.shown.clone(), named(spec, column)));
        }
        let found = self.after(spec, &sql).await;
        check(spec, found, expected);
        for column in columns.filter(|c| c.nullable) {
            let some = format!("AND {} IS NOT NULL", column.name);
            if let Some(place) = self.places(spec, &some).await.first() {
                let found = self.after(spec, &set(spec, column.name, "NULL", place)).await;
                check(spec, found, vec![(place.shown.clone(), column.name)]);
            }
        }
    }

    /// A row taken out, one put in, and one whose key is another.
    async fn rows(&mut self, spec: &'static TableSpec) {
        let engine = self.engine().await;
        let places = self.places(spec, "").await;
        let place = places.last().unwrap();
        let (table, at) = (spec.name, &place.condition);
        let found = self.after(spec, &format!("DELETE FROM {table} WHERE {at}")).await;
        check(spec, found, vec![(place.shown.clone(), "*")]);
        for (i, column) in spec.columns.iter().enumerate().take(spec.key) {
            let moved = set(spec, column.name, &edited(column, engine), place);
            let found = self.after(spec, &moved).await;
            let there = found.iter().filter(|d| d.row == place.shown && d.column == "*").count();
            // Under another city it is not this city's row any more.
            assert_eq!((there, found.len()), (1, if i == 0 { 1 } else { 2 }), "{found:?}");
        }
        if spec.key > 1 {
            let last = spec.key - 1;
            let values = spec.columns.iter().enumerate().map(|(i, column)| {
                if i >= last { edited(column, engine) } else { column.name.to_owned() }
            });
            let values = values.collect::<Vec<_>>().join(", ");
            let copied = format!("INSERT INTO {table} SELECT {values} FROM {table} WHERE {at}");
            let found = self.after(spec, &copied).await;
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].what.contains("stands in the table"), "{found:?}");
        }
    }

    /// Each column of the journal itself.
    async fn facts(&self) {
        let engine = self.engine().await;
        for (i, column) in schema::FACTS.columns.iter().enumerate() {
            let to =
                if column.name == "seq" { "1000000".to_owned() } else { edited(column, engine) };
            let sql = format!("UPDATE facts SET {} = {to} WHERE seq = 300", column.name);
            let mut found = Vec::new();
            let taken_back = self
                .db
                .operate(self.city, async |tx| {
                    disarm(tx).await?;
                    tx.script(&sql).await?;
                    let rooms = self.db.rooms();
                    found = verify_on(tx, rooms, self.city, (&NoBlobs, None)).await?.differences;
                    Err::<(), _>(Error::fault("taken back"))
                })
                .await;
            assert!(format!("{taken_back:?}").contains("taken back"), "{sql}: {taken_back:?}");
            // Without its place the entry is missing, and the next one shows it.
            let row = if i < 2 { "seq 301" } else { "seq 300" };
            assert_eq!((found[0].table.as_str(), found[0].row.as_str()), ("facts", row), "{sql}");
        }
    }

    async fn engine(&self) -> Engine {
        self.db.read().await.unwrap().engine()
    }

    /// Rows of a table in the order of the key.
    async fn places(&self, spec: &TableSpec, condition: &str) -> Vec<Place> {
        let mut tx = self.db.read().await.unwrap();
        let engine = tx.engine();
        let keys = spec.key_columns().collect::<Vec<_>>().join(", ");
        let table = spec.name;
        let sql = format!(
            "SELECT {keys} FROM {table} WHERE jurisdiction_id = $1 {condition} ORDER BY {keys} LIMIT {ROWS}"
        );
        let mut places = Vec::new();
        tx.each(&sql, args![self.city], |row| {
            places.push(place(spec, row, engine)?);
            Ok(())
        })
        .await
        .unwrap();
        places
    }
}

/// Holds what was found against what was edited.
fn check(spec: &TableSpec, found: Vec<Difference>, expected: Vec<(String, &str)>) {
    assert!(found.iter().all(|d| d.table == spec.name), "{found:?}");
    let mut found: Vec<_> = found.into_iter().map(|d| (d.row, d.column)).collect();
    let mut expected: Vec<_> = expected.into_iter().map(|(r, c)| (r, c.to_owned())).collect();
    found.sort();
    expected.sort();
    expected.dedup();
    assert_eq!(found, expected, "{}", spec.name);
}

/// The column that is named for an edit: value and salt of a sealed value are proved together.
fn named(spec: &TableSpec, column: &ColumnSpec) -> &'static str {
    if spec.kind == TableKind::Sealed { "value" } else { column.name }
}

/// Takes triggers and foreign keys out of the way, as somebody who owns the database can.
async fn disarm(tx: &mut Tx) -> journal::Result<()> {
    if !tx.is_sqlite() {
        return tx.script("SET LOCAL session_replication_role = replica").await;
    }
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1000";
    let triggers: Vec<(String,)> = tx.all(sql, &[]).await?;
    for (name,) in triggers {
        tx.script(&format!("DROP TRIGGER {name}")).await?;
    }
    tx.script("PRAGMA defer_foreign_keys = ON").await
}

fn set(spec: &TableSpec, column: &str, to: &str, place: &Place) -> String {
    format!("UPDATE {} SET {column} = {to} WHERE {};\n", spec.name, place.condition)
}

fn place(spec: &TableSpec, row: &RowRef<'_>, engine: Engine) -> journal::Result<Place> {
    let (mut shown, mut conditions) = (Vec::new(), Vec::new());
    for (i, column) in spec.columns.iter().enumerate().take(spec.key) {
        let value = value(row, i, column.ty)?;
        let literal = match &value {
            Value::Uuid(id) if engine == Engine::Sqlite => format!("x'{}'", id.simple()),
            Value::Int(n) => n.to_string(),
            Value::Bool(b) => b.to_string(),
            Value::Null
            | Value::Text(_)
            | Value::Bytes(_)
            | Value::Uuid(_)
            | Value::Day(_)
            | Value::Moment(_) => format!("'{value}'"),
        };
        conditions.push(format!("{} = {literal}", column.name));
        if i > 0 || spec.key == 1 {
            shown.push(format!("{}={value}", column.name));
        }
    }
    Ok(Place { shown: shown.join(" "), condition: conditions.join(" AND ") })
}

fn value(row: &RowRef<'_>, i: usize, ty: ColumnType) -> journal::Result<Value> {
    Ok(match ty {
        ColumnType::Bool => Value::Bool(row.get(i)?),
        ColumnType::Int => Value::Int(row.get(i)?),
        ColumnType::Text => Value::Text(row.get(i)?),
        ColumnType::Bytes => Value::Bytes(row.get(i)?),
        ColumnType::Uuid => Value::Uuid(row.get(i)?),
        ColumnType::Day => Value::Day(row.get(i)?),
        ColumnType::Moment => Value::Moment(row.get(i)?),
    })
}

/// Another value of a column's type, as an expression over the old one.
fn edited(column: &ColumnSpec, engine: Engine) -> String {
    let (name, sqlite) = (column.name, engine == Engine::Sqlite);
    match column.ty {
        ColumnType::Text => format!("coalesce({name}, '') || 'x'"),
        ColumnType::Int => format!("coalesce({name}, 0) + 1000"),
        ColumnType::Bool if sqlite => format!("1 - coalesce({name}, 0)"),
        ColumnType::Bool => format!("NOT coalesce({name}, false)"),
        ColumnType::Day => "'2031-12-31'".to_owned(),
        ColumnType::Moment if sqlite => format!("coalesce({name}, 0) + 1"),
        ColumnType::Moment => format!("coalesce({name}, 'epoch') + interval '1 microsecond'"),
        ColumnType::Bytes if sqlite => "x'00ff'".to_owned(),
        ColumnType::Bytes => "'\\x00ff'".to_owned(),
        ColumnType::Uuid if sqlite => "x'000000000000000000000000000000aa'".to_owned(),
        ColumnType::Uuid => "'00000000-0000-0000-0000-0000000000aa'::uuid".to_owned(),
    }
}
