//! Fixed figures about tables and indexes for SQLite's planner, made from the schema.
//!
//! Without figures SQLite takes the city in front of every key for selective, though all rows have
//! the same, and walks a whole table for the few rows of one record; with counted ones its plans
//! are those of the day on which they were counted. These say at every size what a large city
//! looks like: the city alone narrows nothing, each further column does. So a plan that was tested
//! is the plan in every office, from the first hour. Decision 0018.

use crate::{Result, Tx, args};

/// Rows of a table, as the planner is told.
const ROWS: u64 = 100_000;
/// Rows that agree in the first column behind the city: those of one record, unit or state.
const AGREEING: u64 = 100;

/// An index of a table, as it stands.
#[derive(Debug, PartialEq, Eq)]
struct Index {
    table: String,
    /// Its name; that of the table for the key of a table stored in the key's order.
    name: String,
    columns: usize,
    /// Whether all its columns together name one row.
    unique: bool,
    /// Whether the city comes first.
    of_city: bool,
}

/// Tells the planner about every table, when it was told something else. Later connections know it
/// from the start.
pub(crate) async fn fix(tx: &mut Tx) -> Result<()> {
    if !tx.is_sqlite() {
        return Ok(());
    }
    let mut wanted: Vec<(String, String, String)> =
        indexes(tx).await?.iter().map(|i| (i.table.clone(), i.name.clone(), figures(i))).collect();
    wanted.sort();
    let is_there = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'";
    if tx.one::<(i64,)>(is_there, args![]).await?.0 == 0 {
        // Makes the table of figures.
        tx.script("ANALYZE migrations").await?;
    }
    let sql = "SELECT tbl, COALESCE(idx, ''), stat FROM sqlite_stat1 \
        WHERE tbl <> 'migrations' ORDER BY 1, 2, 3 LIMIT 10000";
    let now: Vec<(String, String, String)> = tx.all(sql, args![]).await?;
    if now == wanted {
        return Ok(());
    }
    tx.script("BEGIN IMMEDIATE; DELETE FROM sqlite_stat1").await?;
    for (table, index, figures) in wanted {
        let row = args![table, index, figures].to_vec();
        tx.run("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)", &row).await?;
    }
    tx.script("COMMIT").await?;
    tx.script("ANALYZE sqlite_schema").await
}

async fn indexes(tx: &mut Tx) -> Result<Vec<Index>> {
    // Columns in the order of the index; a key of a table in its order is called like the table.
    let sql = "SELECT t.name, CASE WHEN t.wr AND i.origin = 'pk' THEN t.name ELSE i.name END,
          (SELECT COUNT(*) FROM pragma_index_info(i.name)),
          i.\"unique\" OR NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) k WHERE k.pk > 0
            AND k.name NOT IN (SELECT n.name FROM pragma_index_info(i.name) n)),
          EXISTS (SELECT 1 FROM pragma_index_info(i.name) f
            WHERE f.seqno = 0 AND f.name = 'jurisdiction_id')
        FROM pragma_table_list t JOIN pragma_index_list(t.name) i
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
          AND t.name <> 'migrations' ORDER BY 1, 2 LIMIT 10000";
    let rows: Vec<(String, String, i64, bool, bool)> = tx.all(sql, args![]).await?;
    let index = |(table, name, columns, unique, of_city): (String, String, i64, _, _)| Index {
        table,
        name,
        columns: usize::try_from(columns).unwrap_or_default(),
        unique,
        of_city,
    };
    Ok(rows.into_iter().map(index).collect())
}

/// Rows of the table, then rows that agree in the first column, in the first two, and so on: the
/// whole table for the city, then [`AGREEING`], less with each further column, down to one row of a
/// unique index.
fn figures(index: &Index) -> String {
    let dividing = index.columns - usize::from(index.of_city) + usize::from(!index.unique);
    let mut text = ROWS.to_string();
    for n in 1..=index.columns {
        let divided = n - usize::from(index.of_city);
        let rows = if divided == 0 && dividing > 0 {
            ROWS
        } else {
            root_power(dividing - divided, dividing.saturating_sub(1))
        };
        text.push_str(&format!(" {rows}"));
    }
    text
}

/// The number that agrees, to the power of `part / whole`.
fn root_power(part: usize, whole: usize) -> u64 {
    // Ten to a tenth, to two tenths, and so on, in hundredths; AGREEING is ten times ten.
    const TENTHS: [u64; 10] = [100, 126, 158, 200, 251, 316, 398, 501, 631, 794];
    let tenths = (part * 20).checked_div(whole).unwrap_or_default();
    let tens = (0..tenths / 10).fold(1, |n, _| n * 10);
    (tens * TENTHS.get(tenths % 10).copied().unwrap_or(100) / 100).min(AGREEING)
}

#[cfg(test)]
mod tests {
    use super::{Index, figures};

    /// An index that names one row of the city.
    fn index(columns: usize) -> Index {
        let (table, name) = (String::new(), String::new());
        Index { table, name, columns, unique: true, of_city: true }
    }

    #[test]
    fn the_city_alone_narrows_nothing_and_a_whole_key_names_one_row() {
        assert_eq!(figures(&index(2)), "100000 100000 1");
        assert_eq!(figures(&index(3)), "100000 100000 100 1");
        assert_eq!(figures(&index(4)), "100000 100000 100 10 1");
        assert_eq!(figures(&index(5)), "100000 100000 100 20 3 1");
        assert_eq!(figures(&index(1)), "100000 1");
    }

    #[test]
    fn an_index_that_is_not_unique_ends_with_several_rows() {
        assert_eq!(figures(&Index { unique: false, ..index(2) }), "100000 100000 100");
        assert_eq!(figures(&Index { unique: false, of_city: false, ..index(1) }), "100000 100");
        assert_eq!(figures(&Index { of_city: false, ..index(1) }), "100000 1");
    }
}
