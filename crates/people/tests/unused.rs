//! Accounts that nobody uses are disabled, and never the last one of an administrator.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

use journal::{Act, Result};
use kernel::Role;
use people::found::{self, NewAccount, NewPost};
use people::tables::AccountClass;
use people::unused;
use testkit::{City, PASSWORD, PASSWORD_HASH, Page};

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

async fn disabled(city: &City) -> Vec<String> {
    unused::disable(city.db(), city.id()).await.unwrap()
}

async fn sign_in(city: &City, name: &str) -> Page {
    city.anonymous().post("/sign-in", &[("name", name), ("password", PASSWORD)]).await
}

fn pass_days(city: &City, days: i64) {
    city.pass_minutes(days * 24 * 60);
}

/// Another auditor, opened now.
async fn second_auditor(city: &City) -> String {
    let name = format!("auditor-2-{}", city.id());
    let unit = city.unit("督查局");
    city.program(async |act: &mut Act| -> Result<()> {
        let (role, from) = (Role::AuditAdmin, act.today());
        let person = found::add_person(act, "审计管理员（备岗）", None).await?;
        let (represents, line, to) = (None, None, None);
        let title = "审计管理员";
        let post = NewPost { person, unit, role, title, represents, line, from, to };
        found::take_post(act, &post).await?;
        let account = NewAccount {
            person,
            name: &name,
            class: AccountClass::Audit,
            password_hash: PASSWORD_HASH.to_owned(),
            must_change: false,
        };
        found::open_account(act, account).await.map(drop)
    })
    .await
    .unwrap();
    name
}

#[test]
fn an_account_that_nobody_used_for_ninety_days_is_disabled_with_a_fact() {
    testkit::each_engine(plans, async |city| {
        let used = city.post("liaison of 临颍县").held().account_name.clone();
        let unused = city.post("liaison of 舞阳县").held().clone();
        pass_days(&city, 89);
        assert!(disabled(&city).await.is_empty());
        sign_in(&city, &used).await.is(303);
        pass_days(&city, 2);
        let names = disabled(&city).await;
        assert!(names.contains(&unused.account_name) && !names.contains(&used), "{names:?}");
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin] {
            let name = city.as_(role).held().account_name.clone();
            assert!(!names.contains(&name), "the only {role:?} stays");
        }
        let fact = city.facts(1).await.remove(0);
        assert_eq!(
            (fact.kind.as_str(), fact.act.as_str()),
            ("account_disabled", "people.disable_unused")
        );
        assert!(fact.reason.unwrap().contains("90 天未使用"));
        assert!(fact.actor.is_nil(), "the program did it");
        let page = sign_in(&city, &unused.account_name).await.is(409);
        assert!(page.text().contains("已停用"), "{}", page.text());
        let before = city.seq().await;
        assert!(disabled(&city).await.is_empty(), "the next round finds nothing");
        assert_eq!(city.seq().await, before);
        city.verify().await;
    });
}

#[test]
fn one_that_was_enabled_again_has_its_time_anew() {
    testkit::each_engine(plans, async |city| {
        let liaison = city.post("liaison of 舞阳县").held().clone();
        pass_days(&city, 91);
        assert!(disabled(&city).await.contains(&liaison.account_name));
        let enabling = format!("/accounts/{}/enabling", liaison.account);
        let security = city.as_(Role::SecurityAdmin);
        security.post(&enabling, &[("reason", "返岗")]).await.is(303);
        pass_days(&city, 89);
        assert!(!disabled(&city).await.contains(&liaison.account_name));
        pass_days(&city, 2);
        assert_eq!(disabled(&city).await, [liaison.account_name]);
    });
}

#[test]
fn of_several_administrators_the_one_used_last_stays() {
    testkit::each_engine(plans, async |city| {
        let first = city.as_(Role::AuditAdmin).held().account_name.clone();
        pass_days(&city, 10);
        let second = second_auditor(&city).await;
        pass_days(&city, 91);
        let names = disabled(&city).await;
        assert!(names.contains(&first) && !names.contains(&second), "{names:?}");
    });
}

#[test]
fn a_program_with_a_token_uses_its_account_too() {
    testkit::each_engine(plans, async |city| {
        let liaison = city.post("liaison of 源汇区");
        let name = liaison.held().account_name.clone();
        pass_days(&city, 60);
        liaison.json_get("/account").await.is(200);
        pass_days(&city, 60);
        assert!(!disabled(&city).await.contains(&name));
        pass_days(&city, 31);
        assert!(disabled(&city).await.contains(&name));
        assert_eq!(liaison.json_get("/account").await.status(), 401);
    });
}

#[test]
fn the_security_administrator_sets_the_days_within_bounds() {
    testkit::each_engine(plans, async |city| {
        let security = city.as_(Role::SecurityAdmin);
        let set = async |days: &str| {
            let fields = [
                ("second_factor", "required"),
                ("password_profile", "dengbao3"),
                ("unused_days", days),
                ("reason", "等保整改"),
            ];
            security.post("/settings/security", &fields).await.status()
        };
        assert_eq!(set("10").await, 422);
        assert_eq!(set("45").await, 303);
        assert!(security.get("/settings").await.is(200).text().contains("45"));
        pass_days(&city, 46);
        assert!(!disabled(&city).await.is_empty());
    });
}
