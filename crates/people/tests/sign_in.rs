//! Signing in: locks, equal answers, the way through code, new password and second factor.

use kernel::Role;
use testkit::{Caller, City, PASSWORD};

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

const NEW: &str = "River-2022-stone";

async fn sign_in(city: &City, name: &str, password: &str) -> (Caller, testkit::Page) {
    let nobody = city.anonymous();
    let page = nobody.post("/sign-in", &[("name", name), ("password", password)]).await;
    (nobody, page)
}

fn hidden(page: &testkit::Page, name: &str) -> String {
    let css = format!("input[name={name}]");
    page.attributes(&css, "value").into_iter().next().unwrap_or_default()
}

/// Goes on with a form on the way in, carrying its hidden fields.
async fn go_on(caller: &Caller, path: &str, fields: &[(&str, &str)]) -> testkit::Page {
    let form = caller.get(path).await.is(200);
    let (token, secret) = (hidden(&form, "token"), hidden(&form, "secret"));
    let mut all = vec![("token", token.as_str()), ("secret", secret.as_str())];
    all.extend_from_slice(fields);
    caller.post(path, &all).await
}

#[test]
fn a_sign_in_leads_to_where_one_wanted_to_go_and_nowhere_else() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("liaison of 临颍县").held().account_name.clone();
        for (next, leads) in [("/account", "/account"), ("//evil", "/"), ("/\\evil", "/")] {
            let nobody = city.anonymous();
            let fields = [("name", name.as_str()), ("password", PASSWORD), ("next", next)];
            let page = nobody.post("/sign-in", &fields).await.is(303);
            assert_eq!(page.goes_to(), leads);
            let cookie = page.header("set-cookie").unwrap();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            assert!(nobody.get("/account").await.is(200).text().contains("联络员"));
        }
        let account = city.post("liaison of 临颍县").get("/account").await.is(200);
        assert!(account.text().contains("当前设备"));
        city.verify().await;
    });
}

#[test]
fn five_wrong_passwords_lock_a_name_whether_it_exists_or_not() {
    testkit::each_engine(plans, async |city| {
        let known = city.post("liaison of 舞阳县").held().account_name.clone();
        let unknown = format!("nobody-{}", city.id());
        for _ in 0..5 {
            let (_, known) = sign_in(&city, &known, "Wrong-2021-river").await;
            let (_, unknown) = sign_in(&city, &unknown, "Wrong-2021-river").await;
            assert_eq!(known.is(422).errors(), unknown.is(422).errors());
        }
        let (_, locked) = sign_in(&city, &known, PASSWORD).await;
        let (_, unknown) = sign_in(&city, &unknown, PASSWORD).await;
        assert!(locked.text().contains("15 分钟后再试"), "{}", locked.text());
        assert_eq!(locked.is(409).errors(), unknown.is(409).errors());
        city.pass_minutes(16);
        let (_, open) = sign_in(&city, &known, PASSWORD).await;
        assert_eq!(open.is(303).goes_to(), "/");
    });
}

#[test]
fn each_sign_in_gets_a_new_token_and_the_one_before_is_void() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("head of 临颍县").held().account_name.clone();
        let fixed = city.anonymous().with_cookie("AAAAAAAAAAAAAAAAAAAAAA.fixed");
        fixed.post("/sign-in", &[("name", &name), ("password", PASSWORD)]).await.is(303);
        let first = fixed.cookie().await.unwrap();
        assert!(!first.ends_with(".fixed"));
        fixed.post("/sign-in", &[("name", &name), ("password", PASSWORD)]).await.is(303);
        let second = fixed.cookie().await.unwrap();
        assert_ne!(first, second);
        assert_eq!(fixed.with_cookie(&first).get("/account").await.goes_to(), "/sign-in");
        assert_eq!(fixed.with_cookie(&second).get("/account").await.status(), 200);
    });
}

#[test]
fn a_session_ends_when_idle_and_after_its_longest_time() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("head of 舞阳县").held().account_name.clone();
        let (idle, _) = sign_in(&city, &name, PASSWORD).await;
        let (busy, _) = sign_in(&city, &name, PASSWORD).await;
        city.pass_minutes(29);
        busy.get("/account").await.is(200);
        city.pass_minutes(2);
        assert_eq!(idle.get("/account").await.goes_to(), "/sign-in");
        busy.get("/account").await.is(200);
        for _ in 0..27 {
            city.pass_minutes(25);
            busy.get("/account").await.is(200);
        }
        city.pass_minutes(25);
        assert_eq!(busy.get("/account").await.goes_to(), "/sign-in");
    });
}

#[test]
fn a_bureau_post_sets_up_its_second_factor_and_each_code_works_once() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("officer of 督查局").held().account_name.clone();
        let (caller, page) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(page.is(303).goes_to(), "/sign-in/second-factor");
        assert_eq!(caller.get("/account").await.goes_to(), "/sign-in");
        let form = caller.get("/sign-in/second-factor").await.is(200);
        let secret = hidden(&form, "secret");
        assert!(form.has("#factor-key") && form.text().contains("otpauth://totp/"));
        let now = || city.db().clock().now();
        let code = people::factor::code(&secret, now()).unwrap();
        let wrong = go_on(&caller, "/sign-in/second-factor", &[("code", "000000")]).await;
        assert_eq!(wrong.status(), 422);
        let fields = [("secret", secret.as_str()), ("code", &code)];
        let token = hidden(&form, "token");
        let fields = [fields[0], fields[1], ("token", token.as_str())];
        assert_eq!(caller.post("/sign-in/second-factor", &fields).await.is(303).goes_to(), "/");
        caller.get("/account").await.is(200);

        let (again, page) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(page.is(303).goes_to(), "/sign-in/code");
        let replayed = go_on(&again, "/sign-in/code", &[("code", &code)]).await;
        assert!(replayed.is(422).text().contains("已经用过"));
        city.pass_minutes(1);
        let code = people::factor::code(&secret, now()).unwrap();
        assert_eq!(go_on(&again, "/sign-in/code", &[("code", &code)]).await.is(303).goes_to(), "/");
        again.get("/account").await.is(200);

        let (third, _) = sign_in(&city, &name, PASSWORD).await;
        let replayed = go_on(&third, "/sign-in/code", &[("code", &code)]).await;
        assert_eq!(replayed.status(), 422, "another session cannot use the code either");
        secret_is_nowhere(&city, &secret).await;
    });
}

async fn secret_is_nowhere(city: &City, secret: &str) {
    for entry in city.facts(10_000).await {
        let payload = String::from_utf8_lossy(&entry.payload).into_owned();
        for word in [secret, PASSWORD, NEW, "argon2"] {
            assert!(!payload.contains(word), "{}: {payload}", entry.kind);
        }
    }
}

#[test]
fn wrong_codes_lock_the_account_as_well() {
    testkit::each_engine(plans, async |city| {
        city.program(async |act| people::found::set(act, "second_factor", "off").await)
            .await
            .unwrap();
        let liaison = city.post("liaison of 源汇区");
        let form = liaison.get("/account/second-factor").await.is(200);
        let secret = hidden(&form, "secret");
        let code = people::factor::code(&secret, city.db().clock().now()).unwrap();
        let fields = [("current", PASSWORD), ("secret", &secret), ("code", &code)];
        assert_eq!(
            liaison.post("/account/second-factor", &fields).await.is(303).goes_to(),
            "/account"
        );
        let name = liaison.held().account_name.clone();
        let (caller, _) = sign_in(&city, &name, PASSWORD).await;
        for _ in 0..5 {
            assert_eq!(go_on(&caller, "/sign-in/code", &[("code", "1")]).await.status(), 422);
        }
        assert_eq!(caller.get("/sign-in/code").await.status(), 409);
        let (_, locked) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(locked.status(), 409);
        city.pass_minutes(16);
        let drop = liaison.post("/account/second-factor/removal", &[("current", PASSWORD)]).await;
        assert_eq!(drop.is(303).goes_to(), "/account");
        let (_, open) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(open.is(303).goes_to(), "/");
    });
}

#[test]
fn an_old_password_must_be_changed_on_the_way_in() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("liaison of 经开区").held().account_name.clone();
        city.set_clock("2022-03-01", "08:00");
        let (caller, page) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(page.is(303).goes_to(), "/sign-in/password");
        let same = [("new", PASSWORD), ("again", PASSWORD)];
        let page = go_on(&caller, "/sign-in/password", &same).await;
        assert!(page.is(422).text().contains("最近用过"));
        let weak = go_on(&caller, "/sign-in/password", &[("new", "short"), ("again", "short")]);
        assert!(weak.await.is(422).text().contains("至少 10 位"));
        let typo = go_on(&caller, "/sign-in/password", &[("new", NEW), ("again", "else")]).await;
        assert!(typo.is(422).text().contains("不一致"));
        let page = go_on(&caller, "/sign-in/password", &[("new", NEW), ("again", NEW)]).await;
        assert_eq!(page.is(303).goes_to(), "/");
        caller.get("/account").await.is(200);
        let (_, old) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(old.status(), 422);
        let (_, new) = sign_in(&city, &name, NEW).await;
        assert_eq!(new.is(303).goes_to(), "/");
        secret_is_nowhere(&city, NEW).await;
    });
}

#[test]
fn a_form_on_the_way_in_needs_its_own_session() {
    testkit::each_engine(plans, async |city| {
        let nobody = city.anonymous();
        for path in ["/sign-in/code", "/sign-in/password", "/sign-in/second-factor"] {
            assert!(nobody.get(path).await.is(409).text().contains("重新登录"));
        }
        let name = city.post("officer of 督查局 2").held().account_name.clone();
        let (caller, _) = sign_in(&city, &name, PASSWORD).await;
        let form = caller.get("/sign-in/second-factor").await.is(200);
        let secret = hidden(&form, "secret");
        let code = people::factor::code(&secret, city.db().clock().now()).unwrap();
        let fields = [("token", "another"), ("secret", &secret), ("code", &code)];
        assert_eq!(caller.post("/sign-in/second-factor", &fields).await.status(), 409);
        city.pass_minutes(11);
        assert_eq!(caller.get("/sign-in/second-factor").await.status(), 409);
    });
}

#[test]
fn behind_tls_the_cookies_go_no_other_way() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("liaison of 临颍县").held().account_name.clone();
        let safe = city.reached(web::Settings { secure: true, ..web::Settings::default() });
        let nobody = safe.anonymous();
        let fields = [("name", name.as_str()), ("password", PASSWORD)];
        let page = nobody.post("/sign-in", &fields).await.is(303);
        let cookie = page.header("set-cookie").unwrap();
        assert!(cookie.starts_with("__Host-duban=") && cookie.contains("; Secure"), "{cookie}");
        let account = nobody.get("/account").await.is(200);
        assert_eq!(account.header("strict-transport-security"), Some("max-age=31536000"));
        let language = nobody.get("/language?to=en&next=%2F").await.is(303);
        let cookie = language.header("set-cookie").unwrap();
        assert!(cookie.contains("; Secure"), "{cookie}");
        // Below a path of a host that others share, which the proxy takes away, the name that binds
        // to the whole host is not allowed.
        let base = "/duban".to_owned();
        let shared = city.reached(web::Settings { secure: true, base, ..web::Settings::default() });
        let page = shared.anonymous().post("/sign-in", &fields).await.is(303);
        let cookie = page.header("set-cookie").unwrap();
        assert!(cookie.starts_with("duban=") && cookie.contains("Path=/duban;"), "{cookie}");
    });
}

#[test]
fn a_body_that_never_comes_is_not_waited_for() {
    testkit::each_engine(plans, async |city| {
        let body_time_max = Some(std::time::Duration::from_millis(20));
        let impatient = city.reached(web::Settings { body_time_max, ..web::Settings::default() });
        let page = impatient.as_(Role::SystemAdmin).post_nothing("/units/new").await.is(408);
        assert!(page.text().contains("时间"), "{}", page.text());
        impatient.as_(Role::SystemAdmin).get("/units/new").await.is(200);
    });
}

#[test]
fn a_sixth_session_ends_the_one_that_was_used_least_recently() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("liaison of 舞阳县").held().account_name.clone();
        let mut devices = Vec::new();
        for _ in 0..5 {
            devices.push(sign_in(&city, &name, PASSWORD).await.0);
            city.pass_minutes(1);
        }
        devices[0].get("/account").await.is(200);
        city.pass_minutes(2);
        devices[0].get("/account").await.is(200);
        let (sixth, _) = sign_in(&city, &name, PASSWORD).await;
        sixth.get("/account").await.is(200);
        devices[1].get("/account").await.is(303);
        for living in [0, 2, 3, 4] {
            devices[living].get("/account").await.is(200);
        }
    });
}

#[test]
fn a_city_may_ask_everybody_for_a_second_factor() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("liaison of 临颍县").held().account_name.clone();
        let (_, page) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(page.is(303).location(), "/");
        let fields = [
            ("second_factor", "everyone"),
            ("password_profile", "dengbao3"),
            ("reason", "等保测评整改"),
        ];
        city.as_(Role::SecurityAdmin).post("/settings/security", &fields).await.is(303);
        let (_, page) = sign_in(&city, &name, PASSWORD).await;
        assert_eq!(page.is(303).goes_to(), "/sign-in/second-factor");
        city.verify().await;
    });
}
