//! Mail addresses are personal data: checked, sealed, masked, erased; and the daily digest is
//! everybody's own choice.

use kernel::Role;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

#[test]
fn an_address_is_checked_sealed_masked_and_erased() {
    testkit::each_engine(plans, async |city| {
        let security = city.as_(Role::SecurityAdmin);
        let wrong = [("name", "联系人"), ("mail", "联系人@luohe")];
        let refused = security.post("/persons/new", &wrong).await.is(422);
        assert!(
            refused.errors().iter().any(|e| e.contains("name@example.gov.cn")),
            "{}",
            refused.text()
        );
        let right = [("name", "联系人"), ("mail", "contact@luohe.example")];
        let person = security.post("/persons/new", &right).await.is(303).goes_to();
        assert!(security.get(&person).await.is(200).text().contains("contact@luohe.example"));
        let chief = city.as_(Role::Chief).get(&person).await.is(200).text();
        assert!(chief.contains("c***@luohe.example") && !chief.contains("contact@"), "{chief}");
        for path in ["/persons", "/persons?q=联系人"] {
            assert!(!security.json_get(path).await.is(200).text().contains("contact@"), "{path}");
        }
        let wrong = [("name", "联系人"), ("mail", "contact@@luohe.example")];
        security.post(&format!("{person}/name"), &wrong).await.is(422);
        let changed = [("name", "联系人"), ("mail", "other@luohe.example")];
        security.post(&format!("{person}/name"), &changed).await.is(303);
        assert!(security.get(&person).await.text().contains("other@luohe.example"));
        let facts = city.facts(20).await;
        let written = facts.iter().any(|f| String::from_utf8_lossy(&f.payload).contains("other@"));
        assert!(!written, "the journal holds a salted hash only");
        let erased = [("fields", "mail"), ("reason", "本人申请"), ("sure", "1")];
        security.post(&format!("{person}/erasure"), &erased).await.is(303);
        assert!(!security.get(&person).await.text().contains("other@luohe.example"));
        city.verify().await;
    });
}

#[test]
fn everybody_chooses_the_daily_digest_for_themselves() {
    testkit::each_engine(plans, async |city| {
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let before = city.seq().await;
        let wants = async |caller: &testkit::Caller| {
            caller.json_get("/account").await.is(200).json()["wants_digest"].as_bool()
        };
        assert_eq!(wants(&liaison).await, Some(true), "unless somebody says otherwise");
        for _ in 0..2 {
            liaison.post("/account/digest", &[]).await.is(303);
            assert_eq!(wants(&liaison).await, Some(false));
        }
        assert_eq!(wants(&head).await, Some(true), "not the other's choice");
        liaison.post("/account/digest", &[("digest", "1")]).await.is(303);
        assert_eq!(wants(&liaison).await, Some(true));
        assert_eq!(city.seq().await, before, "nothing of it is in the journal");
    });
}
