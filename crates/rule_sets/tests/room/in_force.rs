//! What is in force for a period: the version that began last, until the rule set ends.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use crate::common::{RULES, adopt, plans};
use kernel::Role;
use rule_sets::store::in_force;
use rules::rule_set::RuleSet;
use testkit::{City, each_engine};

async fn holding(city: &City, period: &str) -> Vec<(i64, String)> {
    let found = in_force(&mut city.read().await, city.id(), period).await.unwrap();
    found.into_iter().map(|one| (one.n, one.name)).collect()
}

#[test]
fn each_period_keeps_the_version_that_had_begun() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-01", "09:00");
        let id = adopt(&city, RULES, "2021-12").await;
        assert_eq!(city.kinds(1).await, ["rule_set_adopted"]);
        let second = RULES.replace("县区周交办月讲评办法", "县区月讲评办法").replace("0.95", "0.9");
        assert_eq!(adopt(&city, &second, "2022-02").await, id);
        assert!(holding(&city, "2021-11").await.is_empty());
        let first = vec![(1, "县区周交办月讲评办法".to_owned())];
        assert_eq!(holding(&city, "2021-12").await, first);
        assert_eq!(holding(&city, "2022-01").await, first);
        let next = vec![(2, "县区月讲评办法".to_owned())];
        assert_eq!(holding(&city, "2022-02").await, next);
        // What is stored says itself what is recorded of it.
        let found = in_force(&mut city.read().await, city.id(), "2022-02").await.unwrap();
        let rule = RuleSet::stored(&found[0].document).unwrap();
        assert_eq!((rule.hash(), rule.version), (found[0].hash.clone(), 2));
        assert_eq!((rule.from.0.as_str(), found[0].from.as_str()), ("2022-02", "2022-02"));
        let issued = rule.issued.unwrap();
        assert_eq!(
            (issued.number.0, issued.on.0.as_str()),
            (found[0].issued_number.clone(), "2021-11-01")
        );
        let ending = [("from", "2022-04"), ("reason", "办法合并")];
        city.as_(Role::Chief).post(&format!("/rule-sets/{id}/ending"), &ending).await.is(303);
        assert_eq!(holding(&city, "2022-03").await, next);
        assert!(holding(&city, "2022-04").await.is_empty());
        city.verify().await;
    });
}
