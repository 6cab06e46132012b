//! Whom the facts of this room concern.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use crate::common::{RULES, adopt, begun, plans};
use kernel::Role;
use people::notice::{Need, Seat};
use testkit::{City, each_engine};

/// Whom the newest fact of a kind tells, and whether they have to act.
async fn told(city: &City, kind: &str) -> Vec<(Seat, Need)> {
    let facts = city.facts(40).await;
    let fact = facts.iter().find(|f| f.kind == kind).unwrap();
    let told = rule_sets::notice::tell(fact, &mut city.read().await).await.unwrap();
    told.notices.into_iter().map(|n| (n.seat, n.need)).collect()
}

#[test]
fn whoever_has_the_draft_in_hand_is_told_and_units_of_what_was_adopted() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-01", "09:00");
        let card = begun(&city, "XQ", RULES).await;
        assert_eq!(told(&city, "rule_set_version_begun").await, []);
        let officer = city.as_(Role::Officer);
        officer.post(&format!("{card}/submission"), &[]).await.is(303);
        assert_eq!(told(&city, "rule_set_sent").await, [(Seat::Chief, Need::Act)]);
        let back = [("verdict", "returned"), ("note", "再核")];
        city.as_(Role::Chief).post(&format!("{card}/check"), &back).await.is(303);
        assert_eq!(told(&city, "rule_set_checked").await, [(Seat::Officer, Need::Act)]);
        adopt(&city, &RULES.replace("编号: XQ", "编号: YY"), "2021-12").await;
        let known = told(&city, "rule_set_adopted").await;
        let head = |unit: &str| (Seat::Head(city.unit(unit)), Need::Know);
        assert!(known.contains(&(Seat::Leaders, Need::Know)) && known.contains(&head("临颍县")));
        // Only units of the groups that are scored.
        assert!(!known.contains(&head("督查局")), "{known:?}");
    });
}
