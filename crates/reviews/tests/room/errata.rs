//! What was published is corrected: by the leader's word, with every difference, and with what follows.

use kernel::Role;
use serde_json::{Value, json as value};
use testkit::{City, each_engine};

use crate::plans;
use crate::story::{AT, approved, drafted, json, placed, replayed};

/// The erratum that was frozen is approved and published: what is decided anew, what is seen when.
pub(crate) async fn corrected_by_the_leader(city: &City, out: &[(String, String, String)]) {
    let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
    let head = city.post("head of 源汇区");
    let is_still_out = async || {
        let page = json(&head, AT).await;
        assert_eq!((&*placed(&page), &page["state"]), (out, &"published".into()));
        assert_eq!(page["freezes"].as_array().unwrap().len(), 2);
        assert!(page["errata"].as_array().unwrap().is_empty() && page["moves"] == value!([]));
        let list = json(&head, "/reviews").await;
        assert_eq!(list["items"][0]["state"], "published");
        assert!(!head.get(AT).await.is(200).text().contains("正在办理更正"));
        // Nor is anything told of the erratum: neither its computing nor who did what.
        let computed = json(&chief, AT).await["computation"]["n"].as_u64().unwrap();
        assert!(page["computation"]["n"].as_u64().unwrap() < computed, "{page}");
        let newest = page["history"].as_array().unwrap().iter().find(|e| {
            let waits = ["review_computed", "review_frozen", "review_submitted", "review_judged"];
            e["kind"] == "review_published" || waits.iter().any(|kind| e["kind"] == *kind)
        });
        assert_eq!(newest.unwrap()["kind"], "review_published", "{}", page["history"]);
        let sheet = format!("{AT}/units/{}", city.unit("源汇区"));
        assert_eq!(json(&head, &sheet).await["state"], "published");
    };
    is_still_out().await;
    chief.post(&format!("{AT}/publication"), &[]).await.is(409);
    chief.post(&format!("{AT}/submission"), &[]).await.is(303);
    // Sent back it is as it was, and goes up again.
    let back = [("verdict", "returned"), ("note", "写明原因")];
    leader.post(&format!("{AT}/approval"), &back).await.is(303);
    is_still_out().await;
    chief.post(&format!("{AT}/freeze"), &[("why", "复核更正，原因已写明")]).await.is(303);
    chief.post(&format!("{AT}/submission"), &[]).await.is(303);
    leader.post(&format!("{AT}/approval"), &[("verdict", "agreed")]).await.is(303);
    is_still_out().await;
    published_as_an_erratum(city, out).await;
}

/// Whether the leader has to decide on it now.
fn is_due(c: &Value) -> bool {
    c["decided"].is_null() || c["has_fallen"] == true || c["has_moved"] == true
}

/// An erratum that was frozen goes to the leader, who exempts what follows anew or no longer, and out.
pub(crate) async fn erratum_out(city: &City, at: &str) {
    let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
    chief.post(&format!("{at}/submission"), &[]).await.is(303);
    leader.post(&format!("{at}/approval"), &[("verdict", "agreed")]).await.is(303);
    let page = json(&leader, at).await;
    let all = page["consequences"].as_array().unwrap().iter();
    for c in all.filter(|c| is_due(c)) {
        let named = c["named"].as_str().unwrap();
        let said = [("consequence", named), ("verdict", "exempt"), ("reason", "更正")];
        leader.post(&format!("{at}/consequences"), &said).await.is(303);
    }
    chief.post(&format!("{at}/publication"), &[]).await.is(303);
}

/// The leader sees what changes and decides what follows; then everybody sees it.
async fn published_as_an_erratum(city: &City, out: &[(String, String, String)]) {
    let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
    let (head, decisions) = (city.post("head of 源汇区"), format!("{AT}/consequences"));
    let page = json(&leader, AT).await;
    let moves = page["moves"].as_array().unwrap().clone();
    assert!(moves.iter().any(|m| m["unit"] == "源汇区"), "{moves:?}");
    assert!(leader.get(AT).await.is(200).text().contains("正在办理更正"));
    // What follows now is decided; what was exempted and follows no more needs nothing.
    for c in page["consequences"].as_array().unwrap() {
        if is_due(c) {
            chief.post(&format!("{AT}/publication"), &[]).await.is(409);
            let named = c["named"].as_str().unwrap();
            let said = [("consequence", named), ("verdict", "exempt"), ("reason", "首次试行")];
            leader.post(&decisions, &said).await.is(303);
        }
    }
    chief.post(&format!("{AT}/publication"), &[]).await.is(303);
    let page = json(&head, AT).await;
    assert_ne!(placed(&page), out);
    let erratum = &page["errata"][0];
    assert_eq!(
        (&erratum["moves"], &erratum["why"], &erratum["on"]),
        (&Value::from(moves), &"复核更正，原因已写明".into(), &"2021-11-10".into())
    );
    assert!(head.get(AT).await.is(200).text().contains("第1次更正（2021-11-10）"));
    // The paper that went out stays, and says that it was corrected.
    let circular = json(&chief, &format!("{AT}/circular")).await;
    assert_eq!(circular["corrected"], 4, "{}", circular["corrected"]);
}

#[test]
fn what_no_longer_follows_after_an_erratum_is_exempted_before_it_is_published() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        city.set_clock("2021-11-10", "09:00");
        let page = json(&leader, AT).await;
        let all = page["consequences"].as_array().unwrap();
        let last = all.iter().find(|c| c["is_award"] == false).unwrap();
        let (unit, named) = (last["unit"].as_str().unwrap(), last["named"].as_str().unwrap());
        // The last of its group has everything on time after all.
        let head = city.post(&format!("head of {unit}"));
        let said = [("cell", "A1|按期办结率(权重=是)"), ("said", "已按期办结")];
        head.post(&format!("{AT}/objections"), &said).await.is(303);
        let page = json(&leader, AT).await;
        let decision =
            format!("/objections/{}/decision", page["objections"][0]["id"].as_str().unwrap());
        let upheld =
            [("verdict", "uphold"), ("words", "属实"), ("numerator", "1"), ("denominator", "1")];
        city.post("officer of 督查局 2").post(&decision, &upheld).await.is(303);
        city.post("officer of 督查局").post(&format!("{AT}/computations"), &[]).await.is(303);
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        leader.post(&format!("{AT}/approval"), &[("verdict", "agreed")]).await.is(303);
        let page = json(&leader, AT).await;
        let all = page["consequences"].as_array().unwrap();
        let fallen: Vec<_> = all.iter().filter(|c| c["has_fallen"] == true).collect();
        assert!(fallen.iter().any(|c| c["named"] == named), "{all:?}");
        let decisions = format!("{AT}/consequences");
        for c in all.iter().filter(|c| c["decided"].is_null() || c["has_moved"] == true) {
            let named = c["named"].as_str().unwrap();
            let said = [("consequence", named), ("verdict", "exempt"), ("reason", "更正后新增")];
            leader.post(&decisions, &said).await.is(303);
        }
        let told = chief.post(&format!("{AT}/publication"), &[]).await.is(409);
        assert!(told.text().contains("按更正后的名次不再成立"), "{}", told.text());
        for c in fallen {
            let named = c["named"].as_str().unwrap();
            leader.post(&decisions, &[("consequence", named), ("verdict", "taken")]).await.is(422);
            let said =
                [("consequence", named), ("verdict", "exempt"), ("reason", "更正后不是末位")];
            leader.post(&decisions, &said).await.is(303);
        }
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let replayed = replayed(&city).await;
        assert!(replayed.is_same(), "{replayed:?}");
        city.verify().await;
    });
}
