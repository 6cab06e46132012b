//! Whatever is changed past the program is named: table, row and column.

use journal::transfer::NoBlobs;
use journal::{ColumnSpec, ColumnType, Head, Place, TableKind, TableSpec, verify};

use crate::common::{World, each_engine, on_sqlite};
use crate::notes::{a_lived_in_city, add, person};

/// Runs SQL with every trigger and foreign key out of the way.
async fn tamper(world: &World, sql: &str) {
    let off = if world.is_sqlite() {
        "PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS facts_no_update; \
         DROP TRIGGER IF EXISTS facts_no_delete; DROP TRIGGER IF EXISTS facts_in_order;"
    } else {
        "SET session_replication_role = replica;"
    };
    world.by_hand(&format!("{off} {sql}")).await;
}

/// Another value of a column's type, as an expression over the old one.
fn edited(column: &ColumnSpec, world: &World) -> String {
    let sqlite = world.is_sqlite();
    let name = column.name;
    match column.ty {
        ColumnType::Text => format!("coalesce({name}, '') || 'x'"),
        ColumnType::Int => format!("coalesce({name}, 0) + 1000"),
        ColumnType::Bool if sqlite => format!("1 - {name}"),
        ColumnType::Bool => format!("NOT {name}"),
        ColumnType::Day => "'2031-12-31'".to_owned(),
        ColumnType::Moment if sqlite => format!("{name} + 1"),
        ColumnType::Moment => format!("{name} + interval '1 microsecond'"),
        ColumnType::Bytes if sqlite => "x'00ff'".to_owned(),
        ColumnType::Bytes => "'\\x00ff'".to_owned(),
        ColumnType::Uuid if sqlite => "x'000000000000000000000000000000aa'".to_owned(),
        ColumnType::Uuid => "'00000000-0000-0000-0000-0000000000aa'::uuid".to_owned(),
    }
}

/// Edits one column of the row that stands second in the key's order, or of the only one.
async fn edit(world: &World, spec: &TableSpec, column: &str, to: &str) {
    let key = spec.key_columns().collect::<Vec<_>>().join(", ");
    let table = spec.name;
    let sql = format!(
        "CREATE TABLE saved AS SELECT * FROM {table}; UPDATE {table} SET {column} = {to} \
         WHERE ({key}) = (SELECT {key} FROM (SELECT * FROM {table} ORDER BY {key} LIMIT 2) t \
         ORDER BY {} DESC LIMIT 1)",
        key.replace(", ", " DESC, "),
    );
    tamper(world, &sql).await;
}

async fn mend(world: &World, table: &str) {
    let sql =
        format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved; DROP TABLE saved");
    tamper(world, &sql).await;
}

async fn columns_named(world: &World) -> Vec<(String, String)> {
    let report = verify(&world.db, world.city, &NoBlobs, None).await.unwrap();
    report.differences.into_iter().map(|d| (d.table, d.column)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_of_any_column_of_any_record_table_is_named() {
    each_engine(async |world| {
        a_lived_in_city(&world.db, world.city).await;
        world.is_whole().await;
        let specs: Vec<_> =
            world.db.rooms().tables().filter(|t| t.kind == TableKind::Record).copied().collect();
        assert_eq!(specs.len(), 5);
        for spec in specs {
            for (i, column) in spec.columns.iter().enumerate() {
                let mut edits = vec![edited(column, &world)];
                if column.nullable {
                    edits
                        .push(format!("CASE WHEN {0} IS NULL THEN {1} END", column.name, edits[0]));
                }
                for to in edits {
                    edit(&world, &spec, column.name, &to).await;
                    let named = columns_named(&world).await;
                    let name = if i < spec.key { "*" } else { column.name };
                    let expected = (spec.name.to_owned(), name.to_owned());
                    assert!(
                        named.contains(&expected),
                        "{}.{} = {to}: {named:?}",
                        spec.name,
                        column.name
                    );
                    mend(&world, spec.name).await;
                }
            }
        }
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_row_of_an_edit_is_named_with_both_values() {
    each_engine(async |world| {
        let (id, _) = add(&world.db, world.city, "修路").await.unwrap();
        tamper(&world, "UPDATE notes SET changes = 9").await;
        assert_eq!(
            world.differences().await,
            [format!("notes [id={id}] changes: is 9, the journal says 0")]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_of_any_column_of_the_journal_is_named() {
    each_engine(async |world| {
        a_lived_in_city(&world.db, world.city).await;
        for (i, column) in journal::schema::FACTS.columns.iter().enumerate() {
            let to = edited(column, &world);
            let sql = format!(
                "CREATE TABLE saved AS SELECT * FROM facts; UPDATE facts SET {} = {to} WHERE seq = 5",
                column.name
            );
            tamper(&world, &sql).await;
            let named = world.differences().await;
            // Without its place the entry is missing, and the next one shows it.
            let place = if i < 2 { "facts [seq 6] seq" } else { "facts [seq 5]" };
            assert!(named[0].starts_with(place), "{}: {named:?}", column.name);
            mend(&world, "facts").await;
        }
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_added_and_removed_are_named() {
    each_engine(async |world| {
        let ids = a_lived_in_city(&world.db, world.city).await;
        let copy = if world.is_sqlite() {
            "x'000000000000000000000000000000aa'"
        } else {
            "'00000000-0000-0000-0000-0000000000aa'"
        };
        tamper(
            &world,
            &format!(
                "CREATE TABLE saved AS SELECT * FROM notes ORDER BY id LIMIT 1; \
                 DELETE FROM notes WHERE id = (SELECT id FROM saved); \
                 UPDATE saved SET id = {copy}; INSERT INTO notes SELECT * FROM saved"
            ),
        )
        .await;
        assert_eq!(
            world.differences().await,
            [
                "notes [id=00000000-0000-0000-0000-0000000000aa] *: stands in the table, not in the journal"
                    .to_owned(),
                format!("notes [id={}] *: is missing from the table", ids[0]),
            ]
        );
    })
    .await;
}

/// What happens to a journal by hand, and where it must be found.
const JOURNAL_EDITS: &[(&str, &str)] = &[
    ("DELETE FROM facts WHERE seq = (SELECT max(seq) FROM facts)", "heads"),
    ("DELETE FROM facts WHERE seq = 1", "facts [seq 2] seq: follows 0"),
    ("DELETE FROM facts WHERE seq = 4", "facts [seq 5] seq: follows 3"),
    ("DELETE FROM facts", "heads"),
    (
        "UPDATE facts SET seq = 99 WHERE seq = 4; UPDATE facts SET seq = 4 WHERE seq = 5; \
         UPDATE facts SET seq = 5 WHERE seq = 99",
        "facts [seq 4] prev_hash",
    ),
    (
        "CREATE TABLE one AS SELECT * FROM facts WHERE seq = 3; UPDATE one SET seq = 16; \
         INSERT INTO facts SELECT * FROM one; DROP TABLE one",
        "facts [seq 16] prev_hash",
    ),
    (
        "CREATE TABLE one AS SELECT * FROM facts WHERE seq = 3; UPDATE one SET seq = -1; \
         INSERT INTO facts SELECT * FROM one; DROP TABLE one",
        "facts [seq -1] seq",
    ),
    ("UPDATE heads SET seq = seq - 1", "heads"),
    ("DELETE FROM heads", "heads"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facts_removed_added_and_reordered_are_found() {
    each_engine(async |world| {
        a_lived_in_city(&world.db, world.city).await;
        for (sql, expected) in JOURNAL_EDITS {
            let table = if sql.contains("heads") { "heads" } else { "facts" };
            tamper(&world, &format!("CREATE TABLE saved AS SELECT * FROM {table}; {sql}")).await;
            let named = world.differences().await;
            assert!(named.iter().any(|d| d.starts_with(expected)), "{sql}: {named:?}");
            mend(&world, table).await;
        }
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journal_rolled_back_to_yesterday_is_found_by_the_printed_head() {
    each_engine(async |world| {
        add(&world.db, world.city, "昨天").await.unwrap();
        let yesterday = world.db.head(world.city).await.unwrap();
        let tables = ["facts", "heads", "notes", "note_versions", "act_keys"];
        for table in tables {
            tamper(&world, &format!("CREATE TABLE y_{table} AS SELECT * FROM {table}")).await;
        }
        add(&world.db, world.city, "今天").await.unwrap();
        let today = world.db.head(world.city).await.unwrap();
        for table in tables {
            let back = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM y_{table}");
            tamper(&world, &back).await;
        }
        let found = async |head: &Head| {
            let report = verify(&world.db, world.city, &NoBlobs, Some(head)).await.unwrap();
            report.differences.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        world.is_whole().await;
        assert_eq!(found(&yesterday).await, [""; 0]);
        assert_eq!(found(&today).await, ["facts [seq 3] *: ends at 2, but 3 was printed"]);
        // Written on from there, the chain is whole but another than the printed one.
        add(&world.db, world.city, "另一个今天").await.unwrap();
        world.is_whole().await;
        assert!(found(&today).await[0].contains("another was printed"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sealed_values_are_held_against_their_hashes() {
    each_engine(async |world| {
        a_lived_in_city(&world.db, world.city).await;
        let report = verify(&world.db, world.city, &NoBlobs, None).await.unwrap();
        assert_eq!((report.is_whole(), report.erased), (true, 1));
        let owner = person(1).id;
        let edits = [
            ("UPDATE sealed_values SET value = '王五' WHERE field = 'name'", "name", "value: is not what was sealed"),
            ("UPDATE sealed_values SET salt = value_of_bytes WHERE field = 'phone'", "phone", "value: is not what was sealed"),
            ("DELETE FROM sealed_values WHERE field = 'phone'", "phone", "*: is missing"),
        ];
        let bytes = if world.is_sqlite() { "x'00'" } else { "'\\x00'" };
        for (sql, field, what) in edits {
            let sql = sql.replace("value_of_bytes", bytes);
            tamper(&world, &format!("CREATE TABLE saved AS SELECT * FROM sealed_values; {sql}")).await;
            assert_eq!(
                world.differences().await,
                [format!("sealed_values [owner_id={owner} field={field}] {what}")]
            );
            mend(&world, "sealed_values").await;
        }
        // An erased value that somebody had kept and put back.
        tamper(
            &world,
            "CREATE TABLE saved AS SELECT * FROM sealed_values WHERE field = 'name'; \
             UPDATE saved SET owner_id = (SELECT owner_id FROM seals ORDER BY owner_id DESC LIMIT 1); \
             INSERT INTO sealed_values SELECT * FROM saved",
        )
        .await;
        let named = world.differences().await;
        assert!(named[0].ends_with("*: was erased but is there"), "{named:?}");
    })
    .await;
}

/// What no program wrote may not be readable at all; then it is named, not a fault.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_that_cannot_be_read_are_named() {
    on_sqlite(async |place: Place| {
        let world = World::new(place).await;
        a_lived_in_city(&world.db, world.city).await;
        let edits = [
            ("notes", "author", "x'01'"),
            ("notes", "due_on", "'gestern'"),
            ("notes", "due_on", "'2021-11-5'"),
            ("notes", "urgent", "7"),
            ("notes", "changed_at", "9223372036854775807"),
            ("notes", "title", "CAST(x'ff' AS TEXT)"),
            ("facts", "act_id", "x'01'"),
            ("facts", "act", "CAST(x'ff' AS TEXT)"),
            ("facts", "subject_kind", "'tree'"),
            ("sealed_values", "salt", "zeroblob(0)"),
            ("sealed_values", "value", "CAST(x'ff' AS TEXT)"),
        ];
        for (table, column, to) in edits {
            tamper(
                &world,
                &format!("CREATE TABLE saved AS SELECT * FROM {table}; UPDATE {table} SET {column} = {to}"),
            )
            .await;
            let named = columns_named(&world).await;
            let column = if column == "salt" { "value" } else { column };
            assert!(named.contains(&(table.to_owned(), column.to_owned())), "{table}.{column}: {named:?}");
            mend(&world, table).await;
        }
        tamper(&world, "UPDATE notes SET id = x'0102' WHERE title = '事项3'").await;
        assert!(columns_named(&world).await.contains(&("notes".to_owned(), "*".to_owned())));
    })
    .await;
    crate::common::on_postgres(async |place: Place| {
        let world = World::new(place).await;
        a_lived_in_city(&world.db, world.city).await;
        tamper(&world, "UPDATE notes SET due_on = 'infinity', changed_at = '-infinity'").await;
        let named = columns_named(&world).await;
        assert!(named.contains(&("notes".to_owned(), "due_on".to_owned())));
        assert!(named.contains(&("notes".to_owned(), "changed_at".to_owned())));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_taken_off_the_list_is_still_found() {
    each_engine(async |world| {
        let other = crate::common::found(&world.db, "许昌市").await;
        tamper(&world, "DELETE FROM jurisdictions; DELETE FROM heads").await;
        assert_eq!(world.db.jurisdictions().await.unwrap(), []);
        assert_eq!(world.db.journals().await.unwrap(), [world.city, other]);
        let named = columns_named(&world).await;
        assert!(named.contains(&("jurisdictions".to_owned(), "*".to_owned())), "{named:?}");
    })
    .await;
}

/// A thousand rows and more are read in parts; none may be left out between them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn differences_at_the_edges_of_what_is_read_at_once_are_found() {
    each_engine(async |world| {
        let adding = (0..24).map(async |_| {
            for _ in 0..90 {
                add(&world.db, world.city, "事项").await.unwrap();
            }
        });
        futures_util::future::join_all(adding).await;
        for place in [0, 999, 1_000, 1_001, 1_999, 2_000, 2_159] {
            let row = format!("(SELECT id FROM notes ORDER BY id LIMIT 1 OFFSET {place})");
            tamper(&world, &format!("UPDATE notes SET changes = 5 WHERE id = {row}")).await;
        }
        assert_eq!(world.differences().await.len(), 7);
        let report = verify(&world.db, world.city, &NoBlobs, None).await.unwrap();
        assert_eq!((report.facts, report.rows), (2_161, 2_160 * 2 + 1));
        tamper(&world, "UPDATE notes SET changes = 5").await;
        let report = verify(&world.db, world.city, &NoBlobs, None).await.unwrap();
        assert_eq!((report.differences.len(), report.found), (100, 2_160));
    })
    .await;
}
