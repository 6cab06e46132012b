//! The schema as it stands in the database, held against what the rooms declare.
//!
//! Both lists are empty in a sound building; the sweep calls them on both engines.

use std::collections::{BTreeMap, BTreeSet};

pub use crate::entry::FACTS;
use crate::migrate::{MIGRATIONS, type_name};
use crate::room::Rooms;
use crate::value::ColumnType;
use crate::{Engine, Result, TableSpec, Tx, args};

/// One column as the database has it: name, type, whether NULL is allowed.
type Found = (String, String, bool);

/// Tables and columns that stand in the database but not in the rooms, or the other way round,
/// or of another type; one sentence each.
pub async fn undeclared(tx: &mut Tx, rooms: &Rooms) -> Result<Vec<String>> {
    let mut found = tables(tx).await?;
    let mut wrong = Vec::new();
    for spec in [&MIGRATIONS, &FACTS].into_iter().chain(rooms.tables()) {
        let Some(table) = found.remove(spec.name) else {
            wrong.push(format!("{} is declared, but not in the database", spec.name));
            continue;
        };
        compare(spec, &table, tx.engine(), &mut wrong);
        let key: Vec<_> = spec.key_columns().collect();
        if table.key != key && !table.shapeless {
            wrong.push(format!(
                "{}: the primary key is {:?}, declared {key:?}",
                spec.name, table.key
            ));
        }
    }
    wrong.extend(found.into_keys().map(|name| format!("{name} is in the database, not declared")));
    Ok(wrong)
}

fn compare(spec: &TableSpec, table: &Table, engine: Engine, wrong: &mut Vec<String>) {
    let names: Vec<_> = table.columns.iter().map(|(name, ..)| name.as_str()).collect();
    let declared: Vec<_> = spec.columns.iter().map(|c| c.name).collect();
    if names != declared {
        wrong.push(format!("{}: the columns are {names:?}, declared {declared:?}", spec.name));
        return;
    }
    for (column, (name, ty, nullable)) in spec.columns.iter().zip(&table.columns) {
        // A search vector is written as text and read only by the engine; a virtual table has no
        // types at all.
        let vector = ty == "tsvector" && column.ty == ColumnType::Text;
        if table.shapeless || vector {
            continue;
        }
        if !ty.eq_ignore_ascii_case(type_name(column.ty, engine)) {
            wrong.push(format!("{}.{name} is {ty}, declared {:?}", spec.name, column.ty));
        }
        if *nullable != column.nullable {
            let may = if *nullable { "may" } else { "must not" };
            wrong.push(format!("{}.{name} {may} be NULL, declared otherwise", spec.name));
        }
    }
}

/// Primary keys, unique indexes and foreign keys without `jurisdiction_id`, by which the data
/// could not be divided by city: `table (columns)`, a foreign key `table (columns) -> other`.
pub async fn keys_without_city(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = if tx.is_sqlite() { SQLITE_KEYS } else { POSTGRES_KEYS };
    let rows: Vec<(String, String, String, String)> = tx.all(sql, &[]).await?;
    let mut keys: BTreeMap<(String, String, String), BTreeSet<String>> = BTreeMap::new();
    for (table, key, to, column) in rows {
        keys.entry((table, key, to)).or_default().insert(column);
    }
    let list = |columns: &BTreeSet<String>| columns.iter().cloned().collect::<Vec<_>>().join(", ");
    Ok(keys
        .iter()
        .filter(|((table, ..), columns)| {
            table != MIGRATIONS.name && !columns.contains("jurisdiction_id")
        })
        .map(|((table, _, to), columns)| format!("{table} ({}){to}", list(columns)))
        .collect())
}

/// A table as it stands.
#[derive(Default)]
struct Table {
    columns: Vec<Found>,
    key: Vec<String>,
    /// A virtual table, for searching.
    shapeless: bool,
}

async fn tables(tx: &mut Tx) -> Result<BTreeMap<String, Table>> {
    let sql = if tx.is_sqlite() { SQLITE_COLUMNS } else { POSTGRES_COLUMNS };
    // Table, column, type, nullable, place in the key (0 for none), virtual.
    let rows: Vec<(String, String, String, bool, i64, bool)> = tx.all(sql, args![]).await?;
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeMap<i64, String>> = BTreeMap::new();
    for (name, column, ty, nullable, place, shapeless) in rows {
        if place > 0 {
            keys.entry(name.clone()).or_default().insert(place, column.clone());
        }
        let table = tables.entry(name).or_default();
        table.shapeless = shapeless;
        table.columns.push((column, ty, nullable));
    }
    for (name, key) in keys {
        if let Some(table) = tables.get_mut(&name) {
            table.key = key.into_values().collect();
        }
    }
    Ok(tables)
}

const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0, c.pk, \
    t.type = 'virtual' \
    FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
    WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    ORDER BY t.name, c.cid";

const POSTGRES_COLUMNS: &str = "SELECT c.table_name::text, c.column_name::text, c.data_type::text, \
    c.is_nullable = 'YES', coalesce(k.ordinal_position, 0)::int8, false \
    FROM information_schema.columns c \
    JOIN information_schema.tables t USING (table_schema, table_name) \
    LEFT JOIN (SELECT k.table_schema, k.table_name, k.column_name, k.ordinal_position \
        FROM information_schema.key_column_usage k \
        JOIN information_schema.table_constraints p USING (constraint_schema, constraint_name, table_name) \
        WHERE p.constraint_type = 'PRIMARY KEY') k \
        ON (k.table_schema, k.table_name, k.column_name) = (c.table_schema, c.table_name, c.column_name) \
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
    ORDER BY 1, c.ordinal_position";

/// Table, key, foreign table, column. A rowid's own key has no index, so it is asked for as well.
const SQLITE_KEYS: &str = "SELECT t.name, i.name, '', coalesce(c.name, '') \
    FROM pragma_table_list t JOIN pragma_index_list(t.name) i ON i.\"unique\" \
    JOIN pragma_index_info(i.name) c \
    WHERE t.schema = 'main' AND t.type = 'table' \
    UNION ALL \
    SELECT t.name, 'primary key', '', c.name \
    FROM pragma_table_list t JOIN pragma_table_info(t.name) c ON c.pk > 0 \
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    UNION ALL \
    SELECT t.name, 'foreign key ' || f.id, ' -> ' || f.\"table\", f.\"from\" \
    FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f \
    WHERE t.schema = 'main' AND t.type = 'table'";

const POSTGRES_KEYS: &str = "SELECT t.relname::text, x.relname::text, '', coalesce(a.attname::text, '') \
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid \
    JOIN pg_namespace n ON n.oid = t.relnamespace \
    CROSS JOIN LATERAL unnest(i.indkey::int2[]) AS k (attnum) \
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum \
    WHERE i.indisunique AND n.nspname = current_schema() \
    UNION ALL \
    SELECT t.relname::text, c.conname::text, ' -> ' || f.relname, a.attname::text \
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid \
    JOIN pg_namespace n ON n.oid = t.relnamespace \
    CROSS JOIN LATERAL unnest(c.conkey) AS k (attnum) \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum \
    WHERE c.contype = 'f' AND n.nspname = current_schema()";
