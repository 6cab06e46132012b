//! Persons, posts, watches and accounts: the security administrator's work and what follows at
//! once.

use journal::{Tx, args};
use kernel::Role;
use testkit::{City, Held, PASSWORD, Page};

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

fn id_of(page: &Page) -> String {
    page.goes_to().rsplit('/').next().unwrap_or_default().to_owned()
}

async fn new_person(city: &City, name: &str) -> String {
    let security = city.as_(Role::SecurityAdmin);
    let fields = [("name", name), ("phone", "13900001234")];
    id_of(&security.post("/persons/new", &fields).await.is(303))
}

async fn take(city: &City, person: &str, fields: &[(&str, &str)]) -> Page {
    let security = city.as_(Role::SecurityAdmin);
    let unit = city.unit("市发展改革委").to_string();
    let mut all = fields.to_vec();
    all.extend([("from", "2021-11-01"), ("title", "科长"), ("unit", unit.as_str())]);
    security.post(&format!("/persons/{person}/posts"), &all).await
}

#[test]
fn a_person_gets_a_post_an_account_and_a_one_time_code() {
    testkit::each_engine(plans, async |city| {
        let security = city.as_(Role::SecurityAdmin);
        let person = new_person(&city, "备岗人员").await;
        let open = format!("/persons/{person}/account");
        let name = format!("a{}", city.id().uuid().as_u128() % 1_000_000_000_000);
        let form = security.get(&open).await.is(200);
        let code = form.select("#one-time-code").remove(0);
        let fields = [("name", name.as_str()), ("code", &code)];
        assert!(security.post(&open, &fields).await.is(409).text().contains("先任职"));
        take(&city, &person, &[("role", "liaison")]).await.is(303);
        let bad = [("name", "Zhang San"), ("code", code.as_str())];
        assert_eq!(security.post(&open, &bad).await.status(), 422);
        let own = [("name", name.as_str()), ("code", "password")];
        assert_eq!(security.post(&open, &own).await.status(), 422);
        security.post(&open, &fields).await.is(303);
        assert_eq!(city.kinds(1).await, ["account_opened"]);
        assert_eq!(security.post(&open, &fields).await.status(), 409, "one account per person");

        let caller = city.anonymous();
        let page = caller.post("/sign-in", &[("name", &name), ("password", &code)]).await;
        assert_eq!(page.is(303).goes_to(), "/sign-in/password");
        let journal: String = city
            .facts(1_000)
            .await
            .iter()
            .map(|e| String::from_utf8_lossy(&e.payload).into_owned())
            .collect();
        for secret in [code.as_str(), "备岗人员", "13900001234"] {
            assert!(!journal.contains(secret), "{secret} stands in the journal");
        }
        city.verify().await;
    });
}

#[test]
fn who_holds_two_posts_acts_in_the_one_that_was_chosen() {
    testkit::each_engine(plans, async |city| {
        let held = city.post("liaison of 临颍县").held().clone();
        let person = held.person.to_string();
        let second = ("title", "招商局副局长");
        take(&city, &person, &[("role", "head"), second]).await.is(303);
        let caller = city.post("liaison of 临颍县");
        let shown = async || caller.get("/account").await.is(200).text();
        assert!(shown().await.contains("临颍县联络员"), "{}", shown().await);
        let form = caller.json_get("/post").await.is(200).json();
        let choices = form["fields"][0]["choices"].as_array().unwrap().clone();
        assert_eq!(choices.len(), 2);
        let other = choices.iter().find(|c| c["value"] != held.post.to_string()).unwrap();
        let other = other["value"].as_str().unwrap().to_owned();
        caller.post("/post", &[("post", &other)]).await.is(303);
        assert!(shown().await.contains("招商局副局长"), "{}", shown().await);
        // Another's post is not to be chosen, and one that has ended is left at once.
        let stranger = city.as_(Role::Chief).held().post.to_string();
        let refused = caller.post("/post", &[("post", &stranger)]).await.status();
        assert!(matches!(refused, 404 | 422), "{refused}");
        let leaving = [("from", "2021-11-02"), ("reason", "调整分工")];
        let path = format!("/posts/{other}/leaving");
        city.as_(Role::SecurityAdmin).post(&path, &leaving).await.is(303);
        city.set_clock("2021-11-02", "08:00");
        assert!(!shown().await.contains("市发展改革委招商局副局长 ·"), "{}", shown().await);
        assert!(shown().await.contains("临颍县联络员"));
        city.verify().await;
    });
}

#[test]
fn accounts_reach_down_to_the_level_that_is_set() {
    testkit::each_engine(plans, async |city| {
        let (system, security) = (city.as_(Role::SystemAdmin), city.as_(Role::SecurityAdmin));
        let county = city.unit("临颍县").to_string();
        let below = async |name: &str, kind: &str| {
            let fields = [
                ("short_name", name),
                ("name", name),
                ("parent", county.as_str()),
                ("kind", kind),
                ("sort", "90"),
                ("from", "2021-11-01"),
            ];
            let unit = id_of(&system.post("/units/new", &fields).await.is(303));
            let person = new_person(&city, name).await;
            take(&city, &person, &[("role", "liaison"), ("unit", &unit)]).await.is(303);
            person
        };
        let bureau = below("临颍县住建局", "county_department").await;
        let town = below("临颍县瓦店镇", "township").await;
        let open = async |person: &str| {
            let path = format!("/persons/{person}/account");
            let code = security.get(&path).await.is(200).select("#one-time-code").remove(0);
            let name = format!("b{}", person.rsplit('-').next().unwrap());
            security.post(&path, &[("name", &name), ("code", &code)]).await
        };
        let level = async |level: &str| {
            let fields = [("yellow_days", "3"), ("account_level", level), ("reason", "试行")];
            system.post("/settings/thresholds", &fields).await.is(303);
        };
        assert!(open(&town).await.is(409).text().contains("只开到县直部门"), "until it is set");
        level("unit").await;
        assert!(open(&bureau).await.is(409).text().contains("只开到县区和市直部门"));
        level("county_department").await;
        open(&bureau).await.is(303);
        open(&town).await.is(409);
        level("township").await;
        open(&town).await.is(303);
        city.verify().await;
    });
}

#[test]
fn administrators_exclude_each_other_in_the_acts_and_in_the_database() {
    testkit::each_engine(plans, async |city| {
        let person = new_person(&city, "兼任人员").await;
        take(&city, &person, &[("role", "liaison")]).await.is(303);
        let before = city.seq().await;
        for role in ["system_admin", "security_admin", "audit_admin"] {
            let page = take(&city, &person, &[("role", role)]).await.is(422);
            assert!(page.text().contains("互相排斥"), "{}", page.text());
        }
        assert_eq!(city.seq().await, before, "a refused act leaves nothing");
        let admin = city.as_(Role::AuditAdmin).held().person.to_string();
        assert_eq!(take(&city, &admin, &[("role", "officer")]).await.status(), 422);

        let held = city.as_(Role::Liaison).held().clone();
        let insert = "INSERT INTO posts (jurisdiction_id, id, person_id, unit_id, role, title, valid_from) \
            VALUES ($1, $2, $3, $4, 'audit_admin', 'x', $5)";
        let values = args![city.id(), uuid::Uuid::now_v7(), held.person, held.unit, city.today()];
        let inserted =
            city.db().operate(city.id(), async |tx: &mut Tx| tx.run(insert, values).await);
        let refused = inserted.await.unwrap_err().to_string();
        assert!(refused.contains("exclude each other"), "{refused}");
        let account = "INSERT INTO accounts (jurisdiction_id, id, person_id, name, class, disabled) \
            VALUES ($1, $2, $3, $4, 'system', $5)";
        let person: uuid::Uuid = person.parse().unwrap();
        let name = person.to_string();
        let values = args![city.id(), uuid::Uuid::now_v7(), person, name, false];
        let inserted =
            city.db().operate(city.id(), async |tx: &mut Tx| tx.run(account, values).await);
        assert!(inserted.await.unwrap_err().to_string().contains("exclude each other"));
        city.verify().await;
    });
}

#[test]
fn a_transfer_ends_the_rights_at_once() {
    testkit::each_engine(plans, async |city| {
        let liaison = city.post("liaison of 源汇区");
        let security = city.as_(Role::SecurityAdmin);
        liaison.get("/account").await.is(200);
        liaison.json_get("/account").await.is(200);
        let leave = format!("/posts/{}/leaving", liaison.held().post);
        assert_eq!(liaison.post(&leave, &[]).await.status(), 404);
        let never = [("from", "2019-01-01"), ("reason", "调离")];
        assert_eq!(security.post(&leave, &never).await.status(), 422);
        security.post(&leave, &[("from", "2021-11-01"), ("reason", "调离")]).await.is(303);
        assert_eq!(liaison.get("/account").await.goes_to(), "/sign-in");
        assert_eq!(
            liaison.json_get("/account").await.status(),
            401,
            "the token is bound to the post"
        );
        let name = liaison.held().account_name.as_str();
        let fields = [("name", name), ("password", PASSWORD)];
        let page = city.anonymous().post("/sign-in", &fields).await;
        assert!(page.is(409).text().contains("没有任职"));
        let own = format!("/posts/{}/leaving", security.held().post);
        let fields = [("from", "2021-11-01"), ("reason", "x")];
        assert_eq!(security.post(&own, &fields).await.status(), 409);
        let card = security.get(&format!("/persons/{}", liaison.held().person)).await.is(200);
        assert!(card.text().contains("2021-10-31"), "history keeps the post");
        city.verify().await;
    });
}

#[test]
fn a_stand_in_is_shown_as_such_and_ends_by_itself() {
    testkit::each_engine(plans, async |city| {
        let security = city.as_(Role::SecurityAdmin);
        let (head, deputy) = (city.post("head of 舞阳县"), city.post("liaison of 舞阳县"));
        let path = format!("/posts/{}/stand-in", head.held().post);
        let person = deputy.held().person.to_string();
        let mut fields =
            vec![("person", person.as_str()), ("from", "2021-11-01"), ("reason", "出差")];
        assert_eq!(security.post(&path, &fields).await.status(), 422, "it needs a last day");
        fields.push(("to", "2021-11-05"));
        security.post(&path, &fields).await.is(303);
        let mut tx = city.read().await;
        let posts = people::store::posts_of(&mut tx, city.id(), deputy.held().person, city.today());
        let posts = posts.await.unwrap();
        drop(tx);
        let post = posts.iter().find(|p| p.represents.is_some()).unwrap().id;
        let caller = city.caller(Held { post, role: Role::Head, ..deputy.held().clone() });
        let page = caller.get("/account").await.is(200).text();
        assert!(page.contains("舞阳县县长（代县长）"), "{page}");
        let actor = caller.actor().await;
        assert_eq!(actor.on_behalf.unwrap().post, head.held().post);
        city.set_clock("2021-11-05", "23:50");
        caller.get("/account").await.is(200);
        city.set_clock("2021-11-06", "00:01");
        assert_eq!(caller.get("/account").await.goes_to(), "/sign-in");
        deputy.get("/account").await.is(200);
        city.verify().await;
    });
}

#[test]
fn a_secretary_needs_a_leader_and_an_inspector_an_end() {
    testkit::each_engine(plans, async |city| {
        let person = new_person(&city, "秘书").await;
        let page = take(&city, &person, &[("role", "secretary")]).await.is(422);
        assert!(page.text().contains("哪位领导"));
        let leader = city.as_(Role::Leader).held().post.to_string();
        let fields = [("role", "liaison"), ("represents", leader.as_str())];
        assert_eq!(take(&city, &person, &fields).await.status(), 422);
        let fields = [("role", "secretary"), ("represents", leader.as_str())];
        take(&city, &person, &fields).await.is(303);
        let other = new_person(&city, "检查").await;
        assert_eq!(take(&city, &other, &[("role", "inspector")]).await.status(), 422);
        take(&city, &other, &[("role", "inspector"), ("to", "2021-12-31")]).await.is(303);
        city.verify().await;
    });
}

#[test]
fn a_disabled_account_is_out_at_once_and_comes_back() {
    testkit::each_engine(plans, async |city| {
        let (security, head) = (city.as_(Role::SecurityAdmin), city.post("head of 经开区"));
        head.get("/account").await.is(200);
        let token = head.token().await;
        let base = format!("/accounts/{}", head.held().account);
        let reason = [("reason", "离岗核查")];
        security.post(&format!("{base}/disabling"), &reason).await.is(303);
        assert_eq!(head.get("/account").await.goes_to(), "/sign-in");
        let program = city.anonymous().with("authorization", &format!("Bearer {token}"));
        let program = program.with("accept", "application/json");
        assert_eq!(program.raw("GET", "/account", "").await.status(), 401);
        let name = head.held().account_name.as_str();
        let fields = [("name", name), ("password", PASSWORD)];
        let told = city.anonymous().post("/sign-in", &fields).await.is(409);
        assert!(told.text().contains("已停用"), "who knows the password is told why");
        let wrong = [("name", name), ("password", "Wrong-2021-river")];
        let told = city.anonymous().post("/sign-in", &wrong).await.is(422);
        assert!(!told.text().contains("已停用"), "who does not is told nothing");
        assert_eq!(security.post(&format!("{base}/disabling"), &reason).await.status(), 409);
        security.post(&format!("{base}/enabling"), &reason).await.is(303);
        city.anonymous().post("/sign-in", &fields).await.is(303);
        let own = format!("/accounts/{}/disabling", security.held().account);
        assert_eq!(security.post(&own, &reason).await.status(), 409);
        assert_eq!(city.kinds(2).await, ["account_enabled", "account_disabled"]);
        city.verify().await;
    });
}

#[test]
fn a_reset_gives_a_code_once_and_voids_everything_else() {
    testkit::each_engine(plans, async |city| {
        let (security, head) = (city.as_(Role::SecurityAdmin), city.post("head of 源汇区"));
        head.json_get("/account").await.is(200);
        head.get("/account").await.is(200);
        let path = format!("/accounts/{}/reset", head.held().account);
        let code = security.get(&path).await.is(200).select("#one-time-code").remove(0);
        security.post(&path, &[("code", &code), ("reason", "忘记密码")]).await.is(303);
        assert_eq!(city.kinds(1).await, ["password_reset"]);
        assert_eq!(head.get("/account").await.goes_to(), "/sign-in");
        assert_eq!(head.json_get("/account").await.status(), 401);
        let name = head.held().account_name.as_str();
        let old = [("name", name), ("password", PASSWORD)];
        assert_eq!(city.anonymous().post("/sign-in", &old).await.status(), 422);
        let new = [("name", name), ("password", code.as_str())];
        let page = city.anonymous().post("/sign-in", &new).await.is(303);
        assert_eq!(page.goes_to(), "/sign-in/password");
        assert_ne!(
            security.get(&path).await.select("#one-time-code"),
            [code],
            "another code next time"
        );
        assert_eq!(city.as_(Role::SystemAdmin).get(&path).await.status(), 404);
        city.verify().await;
    });
}

#[test]
fn the_chief_arranges_areas_and_the_security_administrator_limits_inspectors() {
    testkit::each_engine(plans, async |city| {
        let (chief, security) = (city.as_(Role::Chief), city.as_(Role::SecurityAdmin));
        let officer = format!("/posts/{}/watches", city.as_(Role::Officer).held().post);
        let inspector = format!("/posts/{}/watches", city.as_(Role::Inspector).held().post);
        let unit = city.unit("经开区").to_string();
        let line = city.line("招商引资").to_string();
        let fields = [("units", unit.as_str()), ("lines", line.as_str())];
        chief.post(&officer, &fields).await.is(303);
        let mut kinds = city.kinds(4).await;
        kinds.sort();
        assert_eq!(kinds, ["watch_ended", "watch_ended", "watch_set", "watch_set"]);
        assert_eq!(chief.post(&officer, &fields).await.status(), 409);
        assert_eq!(chief.post(&officer, &[("units", &city.id().to_string())]).await.status(), 422);
        assert_eq!(chief.post(&inspector, &fields).await.status(), 404);
        security.post(&inspector, &fields).await.is(303);
        assert_eq!(city.as_(Role::Officer).post(&officer, &fields).await.status(), 404);
        let card = chief.get(&format!("/persons/{}", city.as_(Role::Officer).held().person)).await;
        assert!(card.is(200).text().contains("经开区、招商引资"));
        city.verify().await;
    });
}

#[test]
fn a_number_is_masked_but_for_the_security_administrator_who_is_noted() {
    testkit::each_engine(plans, async |city| {
        let person = new_person(&city, "联系人").await;
        let path = format!("/persons/{person}");
        let chief = city.as_(Role::Chief).get(&path).await.is(200).text();
        assert!(chief.contains("139****1234") && !chief.contains("13900001234"));
        let security = city.as_(Role::SecurityAdmin);
        assert!(security.get(&path).await.text().contains("13900001234"));
        let mut tx = city.read().await;
        let filter = people::store::AccessFilter {
            event: Some("personal_seen".to_owned()),
            ..Default::default()
        };
        let lines = people::store::access_lines(&mut tx, city.id(), &filter, 10).await.unwrap();
        drop(tx);
        assert_eq!(lines.len(), 1);
        assert_eq!(
            (lines[0].account, lines[0].detail.as_str()),
            (Some(security.held().account), person.as_str())
        );
        let renamed = [("name", "新姓名"), ("phone", "0395-3131313")];
        security.post(&format!("{path}/name"), &renamed).await.is(303);
        let found = security.get("/persons").await.is(200);
        assert!(found.text().contains("新姓名"), "persons without a post are listed");
        let search = security.get("/persons?q=联络员&role=liaison").await.is(200);
        assert!(search.text().contains("备岗联络员") && !search.text().contains("县长"));
        assert!(security.get("/persons?q=没有这人").await.is(200).text().contains("没有符合条件"));
        city.verify().await;
    });
}
