//! What auditors read: the journal, the access log, verifications.

use journal::{Tx, args};
use kernel::Role;
use testkit::PASSWORD;

use crate::plans;

#[test]
fn the_journal_shows_every_fact_with_who_what_and_why() {
    testkit::each_engine(plans, async |city| {
        let security = city.as_(Role::SecurityAdmin);
        let liaison = city.post("liaison of 临颍县");
        let disable = format!("/accounts/{}/disabling", liaison.held().account);
        security.post(&disable, &[("reason", "离岗核查")]).await.is(303);
        let auditor = city.as_(Role::AuditAdmin);
        let page = auditor.get("/journal").await.is(200);
        let head = city.db().head(city.id()).await.unwrap().to_string();
        assert_eq!(page.select("#head"), std::slice::from_ref(&head));
        let first = page.select("tbody tr").remove(0);
        for word in [
            "停用账号",
            "people.disable_account",
            "督查局安全管理员",
            "account_disabled",
            "离岗核查",
        ] {
            assert!(first.contains(word), "{word} in {first}");
        }
        let account = format!("/accounts/{}", liaison.held().account);
        assert!(page.attributes("tbody tr:first-child a", "href").contains(&account));
        let json = auditor.json_get("/journal").await.is(200).json();
        assert_eq!(json["head"], head.as_str());
        assert_eq!(json["facts"][0]["kind"], "account_disabled");
        assert_eq!(
            json["facts"][1]["who"],
            serde_json::Value::Null,
            "the program founded the city"
        );

        let kind = auditor.json_get("/journal?kind=post_taken").await.json();
        let facts = kind["facts"].as_array().unwrap();
        assert!(facts.len() > 10 && facts.iter().all(|f| f["kind"] == "post_taken"));
        let post = security.held().post;
        let by = auditor.json_get(&format!("/journal?actor={post}")).await.json();
        assert_eq!(by["facts"].as_array().unwrap().len(), 1);
        let about = format!("/journal?subject={}", liaison.held().person);
        assert!(auditor.json_get(&about).await.json()["facts"].as_array().unwrap().len() >= 4);
        let older = page.attributes("#page-next", "href").remove(0);
        let next = auditor.get(&older).await.is(200);
        assert!(!next.text().contains("account_disabled 账号"), "the next page is older");
        assert!(auditor.get("/journal?kind=nothing").await.is(200).text().contains("没有符合条件"));
        city.as_(Role::Inspector).get("/journal").await.is(200);
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::Leader, Role::Chief] {
            assert_eq!(city.as_(role).get("/journal").await.status(), 404);
        }
        let twin = city.twin().await;
        let other = twin.as_(Role::AuditAdmin).json_get(&about).await.json();
        assert_eq!(
            other["facts"].as_array().unwrap().len(),
            0,
            "another city's facts are not there"
        );
    });
}

#[test]
fn every_link_of_the_journal_opens_for_who_reads_it() {
    testkit::each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let series = city.series("周交办会").to_string();
        let plan = [("day", "2021-11-08"), ("series", series.as_str())];
        officer.post("/sittings/new", &plan).await.is(303);
        officer.post("/batches/new", &[("kind", "special"), ("title", "防汛救灾")]).await;
        let security = city.as_(Role::SecurityAdmin);
        let liaison = city.post("liaison of 临颍县");
        let disable = format!("/accounts/{}/disabling", liaison.held().account);
        security.post(&disable, &[("reason", "离岗核查")]).await.is(303);
        for reader in [city.as_(Role::AuditAdmin), city.as_(Role::Inspector)] {
            let page = reader.get("/journal").await.is(200);
            let links = page.attributes("tbody a", "href");
            let (own, others): (Vec<_>, Vec<_>) =
                links.into_iter().partition(|href| href.starts_with("/journal"));
            assert!(!own.is_empty());
            for href in others {
                assert_eq!(reader.get(&href).await.status(), 200, "{href}");
            }
        }
        // What one reader may not open is named all the same.
        let facts = city.as_(Role::Inspector).json_get("/journal").await.json();
        let account = &facts["facts"][0];
        assert_eq!(account["kind"], "account_disabled");
        assert!(account["subject_title"].is_string() && account["subject_href"].is_null());
    });
}

#[test]
fn the_access_log_tells_who_came_and_who_failed() {
    testkit::each_engine(plans, async |city| {
        let head = city.post("head of 临颍县");
        let name = head.held().account_name.as_str();
        let nobody = city.anonymous();
        nobody.post("/sign-in", &[("name", name), ("password", "wrong")]).await.is(422);
        nobody.post("/sign-in", &[("name", name), ("password", PASSWORD)]).await.is(303);
        nobody.post("/sign-out", &[]).await.is(303);
        let auditor = city.as_(Role::AuditAdmin);
        let log = auditor.json_get("/access").await.is(200).json();
        let events: Vec<_> =
            log["lines"].as_array().unwrap().iter().map(|l| l["event"].clone()).collect();
        assert_eq!(events, ["signed_out", "signed_in", "failed"]);
        let failed = auditor.get("/access?event=failed").await.is(200);
        assert!(failed.text().contains(name) && failed.select("tbody tr").len() == 1);
        assert!(!failed.source().contains("wrong"), "never what was typed");
        let none = auditor.get("/access?account=nobody").await.is(200);
        assert!(none.text().contains("没有符合条件"));
        assert_eq!(city.as_(Role::Inspector).get("/access").await.status(), 404);
        let english = auditor.with("accept-language", "en").get("/access").await.is(200);
        assert!(english.text().contains("Access log"));
    });
}

#[test]
fn a_verification_is_kept_and_names_what_differs() {
    testkit::each_engine(plans, async |city| {
        let auditor = city.as_(Role::AuditAdmin);
        assert!(auditor.get("/verification").await.is(200).text().contains("还没有校验过"));
        let run = "/verification/runs";
        assert_eq!(auditor.post(run, &[("expect", "nonsense")]).await.status(), 422);
        let head = city.db().head(city.id()).await.unwrap().to_string();
        let before = city.seq().await;
        auditor.post(run, &[("expect", &head)]).await.is(303);
        assert_eq!(city.seq().await, before, "a verification leaves no fact");
        let page = auditor.get("/verification").await.is(200).text();
        assert!(page.contains("完整") && page.contains(&head) && !page.contains("发现差异"));

        let future = format!("{}:{}", before + 5, "ab".repeat(32));
        auditor.post(run, &[("expect", &future)]).await.is(303);
        assert!(auditor.get("/verification").await.text().contains("发现差异"));

        let sql = "UPDATE units SET short_name = $2 WHERE jurisdiction_id = $1 AND id = $3";
        let values = args![city.id(), "别名".to_owned(), city.unit("临颍县")];
        let forged = async |tx: &mut Tx| tx.run(sql, values).await;
        city.db().operate(city.id(), forged).await.unwrap();
        auditor.post(run, &[]).await.is(303);
        let page = auditor.json_get("/verification").await.is(200).json();
        let found = page["verifications"][0]["differences"][0].as_str().unwrap();
        assert!(found.contains("units") && found.contains("short_name"), "{found}");
        assert_eq!(page["verifications"].as_array().unwrap().len(), 3);
        assert_eq!(city.as_(Role::SystemAdmin).post(run, &[]).await.status(), 404);
    });
}

#[test]
fn each_days_access_log_is_held_against_its_fact() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("head of 临颍县").held().account_name.clone();
        for _ in 0..2 {
            let wrong = [("name", name.as_str()), ("password", "wrong")];
            city.anonymous().post("/sign-in", &wrong).await.is(422);
        }
        city.set_clock("2021-11-02", "09:00");
        assert_eq!(people::digest::record(city.db(), city.id()).await.unwrap(), 1);
        let auditor = city.as_(Role::AuditAdmin);
        let page = auditor.get("/access").await.is(200);
        let day = page.select("tbody tr").remove(0);
        assert!(day.contains("2021-11-01") && day.contains("相符"), "{day}");
        let sql = "DELETE FROM access_log WHERE jurisdiction_id = $1 AND id = (
            SELECT id FROM access_log WHERE jurisdiction_id = $1 LIMIT 1)";
        let values = args![city.id()];
        city.db().operate(city.id(), async |tx: &mut Tx| tx.run(sql, values).await).await.unwrap();
        let day = auditor.get("/access").await.is(200).select("tbody tr").remove(0);
        assert!(day.contains("不符") && day.contains("现有 1 条"), "{day}");
        let json = auditor.json_get("/access").await.is(200).json();
        assert_eq!(
            (&json["days"][0]["finding"], &json["days"][0]["lines"]),
            (&"differs".into(), &2.into())
        );
        assert!(!auditor.get("/access?event=failed").await.text().contains("每日摘要"));
        let english = auditor.with("accept-language", "en").get("/access?days=190").await.is(200);
        assert!(english.text().contains("there are 1 now"));
    });
}
