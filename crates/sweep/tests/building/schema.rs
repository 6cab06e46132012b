//! The schema is what the rooms declare, on both engines, and every key contains the city.

use crate::{house, plans};
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
    });
}
