//! The schema is what the rooms declare, on both engines, and every key contains the city.

use crate::{house, plans};
use journal::{BlobColumn, TableKind};
use testkit::each_engine;

#[test]
fn every_table_is_declared_and_every_key_contains_the_city() {
    each_engine(plans, async |city| {
        let rooms = house().rooms();
        let wrong = journal::schema::undeclared(&mut city.read().await, &rooms).await.unwrap();
        let wrong: Vec<_> = wrong
            .into_iter()
            // The text index's own tables, and the one look-up that spans cities.
            .filter(|w| !w.contains("assignment_fts") && !w.contains("sign_in_names"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let keys = journal::schema::keys_without_city(&mut city.read().await).await.unwrap();
        let keys: Vec<_> = keys
            .into_iter()
            // Whoever signs in does not say which city, and the text index has no keys of its own.
            .filter(|k| !k.starts_with("sign_in_names ") && !k.starts_with("assignment_fts"))
            .collect();
        assert!(keys.is_empty(), "keys without jurisdiction_id: {keys:#?}");
    });
}

/// A record that names a file would else be proved without its content.
#[test]
fn every_column_that_names_a_file_is_declared() {
    let rooms = house().rooms();
    for room in rooms.list().iter().filter(|room| room.name != "journal") {
        for table in room.tables.iter().filter(|t| t.kind == TableKind::Record) {
            for column in table.columns.iter().filter(|c| c.name.ends_with("hash")) {
                let is_this =
                    |b: &BlobColumn| (b.table.name, b.column) == (table.name, column.name);
                let declared = room.blobs.iter().any(is_this);
                assert!(declared, "{}.{}: list it in ROOM.blobs", table.name, column.name);
            }
        }
        for named in room.blobs {
            let column = named.table.columns.iter().find(|c| c.name == named.column);
            assert!(column.is_some(), "{} has no {}", named.table.name, named.column);
        }
    }
}
