//! Erasing personal data: what goes, what stays, and that the whole stays provable.

use journal::transfer::NoBlobs;
use kernel::Role;
use testkit::{City, Page};

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

async fn new_person(city: &City) -> String {
    let fields = [("name", "离任人员"), ("phone", "13900001234")];
    let page = city.as_(Role::SecurityAdmin).post("/persons/new", &fields).await.is(303);
    page.goes_to()
}

async fn erase(city: &City, person: &str, fields: &[(&str, &str)]) -> Page {
    city.as_(Role::SecurityAdmin).post(&format!("{person}/erasure"), fields).await
}

#[test]
fn what_is_erased_is_gone_and_the_journal_stays_whole() {
    testkit::each_engine(plans, async |city| {
        let person = new_person(&city).await;
        let security = city.as_(Role::SecurityAdmin);
        let form = security.get(&format!("{person}/erasure")).await.is(200);
        assert!(form.text().contains("不能恢复") && form.text().contains("任职记录"));
        let sure = ("sure", "1");
        let unsure = [("fields", "phone"), ("reason", "本人申请")];
        assert_eq!(erase(&city, &person, &unsure).await.status(), 422);
        let told = [("fields", "phone"), ("reason", "离任人员本人申请"), sure];
        assert!(erase(&city, &person, &told).await.is(422).text().contains("永久保存"));
        let before = city.seq().await;
        let phone = [("fields", "phone"), ("reason", "本人申请"), sure];
        erase(&city, &person, &phone).await.is(303);
        let card = security.get(&person).await.is(200);
        assert!(card.text().contains("已删除") && card.text().contains("离任人员"));
        assert!(erase(&city, &person, &phone).await.is(422).text().contains("已经删除"));

        let name = [("fields", "name"), ("reason", "保存期限已满"), sure];
        erase(&city, &person, &name).await.is(303);
        for path in [person.as_str(), "/persons"] {
            let page = security.get(path).await.is(200);
            assert!(!page.source().contains("离任人员"), "{path}");
        }
        let english = security.with("accept-language", "en").get(&person).await.is(200);
        assert_eq!(english.select("h1"), ["Erased"]);
        assert_eq!(city.kinds(2).await, ["value_erased", "value_erased"]);
        assert_eq!(city.seq().await, before + 2);
        let report = journal::verify(city.db(), city.id(), &NoBlobs, None).await.expect("a report");
        assert!(report.is_whole() && report.erased == 2, "{report:?}");
        let sql = "SELECT value FROM sealed_values WHERE jurisdiction_id = $1 AND value LIKE $2";
        let values = journal::args![city.id(), "%离任%".to_owned()].to_vec();
        let left: Vec<(String,)> = city.read().await.all(sql, &values).await.expect("rows");
        assert!(left.is_empty());
        for role in [Role::SystemAdmin, Role::AuditAdmin, Role::Chief] {
            assert_eq!(city.as_(role).get(&format!("{person}/erasure")).await.status(), 404);
        }
    });
}

#[test]
fn who_holds_a_post_keeps_the_name_and_nobody_erases_the_own() {
    testkit::each_engine(plans, async |city| {
        let liaison = city.post("liaison of 临颍县").held().clone();
        let fields = [("fields", "name"), ("reason", "申请"), ("sure", "1")];
        let page = erase(&city, &format!("/persons/{}", liaison.person), &fields).await;
        assert!(page.is(409).text().contains("离任"));
        let own = city.as_(Role::SecurityAdmin).held().person;
        let page = erase(&city, &format!("/persons/{own}"), &fields).await;
        assert_eq!(page.status(), 409);
        city.verify().await;
    });
}
