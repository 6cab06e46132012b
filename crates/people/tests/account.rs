//! The own account over HTTP: password, sessions, tokens, and what the doors refuse.

use serde_json::json;
use testkit::PASSWORD;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    testkit::each_engine(plans, async |city| {
        let head = city.post("head of 源汇区");
        let name = head.held().account_name.clone();
        head.get("/account").await.is(200);
        let here = city.anonymous();
        here.post("/sign-in", &[("name", &name), ("password", PASSWORD)]).await.is(303);
        let new = "River-2022-stone";
        let wrong = [("current", "no"), ("new", new), ("again", new)];
        assert!(here.post("/account/password", &wrong).await.is(422).text().contains("当前密码"));
        let fields = [("current", PASSWORD), ("new", new), ("again", new)];
        let page = here.post("/account/password", &fields).await.is(303);
        assert_eq!(page.goes_to(), "/account");
        here.get("/account").await.is(200);
        assert_eq!(head.get("/account").await.goes_to(), "/sign-in", "the other session is over");
    });
}

#[test]
fn sessions_are_listed_and_ended_by_their_owner_only() {
    testkit::each_engine(plans, async |city| {
        let head = city.post("head of 经开区");
        let name = head.held().account_name.clone();
        let (one, two) = (city.anonymous(), city.anonymous());
        for caller in [&one, &two] {
            caller.post("/sign-in", &[("name", &name), ("password", PASSWORD)]).await.is(303);
        }
        let list = one.get("/account").await.is(200);
        let ends = list.attributes("a[href$='/end']", "href");
        assert_eq!(ends.len(), 2, "one other session and all others: {ends:?}");
        let single = ends.iter().find(|href| *href != "/account/sessions/end").unwrap();
        let stranger = city.post("head of 临颍县");
        assert_eq!(stranger.post(single, &[]).await.status(), 404);
        one.post(single, &[]).await.is(303);
        assert_eq!(two.get("/account").await.goes_to(), "/sign-in");
        two.post("/sign-in", &[("name", &name), ("password", PASSWORD)]).await.is(303);
        one.post("/account/sessions/end", &[]).await.is(303);
        assert_eq!(two.get("/account").await.goes_to(), "/sign-in");
        one.get("/account").await.is(200);
    });
}

#[test]
fn a_token_works_from_the_form_that_showed_it_until_it_is_revoked() {
    testkit::each_engine(plans, async |city| {
        let liaison = city.post("liaison of 市金融工作局");
        let form = liaison.get("/account/tokens").await.is(200);
        let token = form.select("#token").remove(0);
        let secret = form.attributes("input[name=secret]", "value").remove(0);
        let as_program = async || {
            let program = city.anonymous().with("authorization", &format!("Bearer {token}"));
            program.with("accept", "application/json").raw("GET", "/account", "").await
        };
        assert_eq!(as_program().await.status(), 401);
        let fields = [("name", "大屏"), ("days", "30"), ("current", PASSWORD), ("secret", &secret)];
        liaison.post("/account/tokens", &fields).await.is(303);
        let seen = as_program().await.is(200).json();
        assert_eq!(seen["tokens"][0]["name"], "大屏");
        let page = liaison.get("/account").await.is(200);
        let revoke = page.attributes("a[href$='/revocation']", "href").remove(0);
        liaison.post(&revoke, &[]).await.is(303);
        assert_eq!(as_program().await.status(), 401);
        liaison.post("/account/tokens", &fields).await.is(303);
        city.set_clock("2021-12-15", "08:00");
        assert_eq!(as_program().await.status(), 401, "it expires");
    });
}

#[test]
fn a_cookie_is_no_token_and_both_together_are_refused() {
    testkit::each_engine(plans, async |city| {
        let head = city.post("head of 市发展改革委");
        let cookie = format!("duban={}", head.cookie().await.unwrap());
        let bearer = format!("Bearer {}", head.token().await);
        let nobody = city.anonymous();
        let json = nobody.with("accept", "application/json");
        let status = json.with("cookie", &cookie).raw("GET", "/account", "").await.status();
        assert_eq!(status, 401, "a cookie does not authenticate JSON");
        let both = json.with("cookie", &cookie).with("authorization", &bearer);
        assert_eq!(both.raw("GET", "/account", "").await.status(), 400);
        let html = nobody.with("accept", "text/html").with("authorization", &bearer);
        assert_eq!(html.raw("GET", "/account", "").await.goes_to(), "/sign-in");
        let revoked = head.json_post("/account/sessions/end", &json!({})).await;
        assert_eq!(revoked.status(), 404, "a token has no session to keep");
    });
}

#[test]
fn a_form_from_elsewhere_or_without_its_token_is_refused() {
    testkit::each_engine(plans, async |city| {
        let head = city.post("head of 市金融工作局");
        let before = city.seq().await;
        let foreign = head.with("origin", "https://evil.example").with("host", "duban.example");
        assert_eq!(foreign.post("/sign-out", &[]).await.status(), 403);
        let cross = head.with("sec-fetch-site", "cross-site");
        assert_eq!(cross.post("/sign-out", &[]).await.status(), 403);
        assert_eq!(head.post("/sign-out", &[("csrf", "wrong")]).await.status(), 403);
        head.get("/account").await.is(200);
        let own = head.with("origin", "https://duban.example").with("host", "duban.example");
        own.post("/sign-out", &[]).await.is(303);
        assert_eq!(head.get("/account").await.goes_to(), "/sign-in");
        assert_eq!(city.seq().await, before, "sessions leave no facts");
    });
}

#[test]
fn the_command_line_makes_lists_and_revokes_tokens() {
    testkit::each_engine(plans, async |city| {
        let head = city.post("head of 市发展改革委");
        let name = &head.held().account_name;
        let token = people::token::make(city.db(), name, "取数", 30).await.unwrap();
        let program = city.anonymous().with("authorization", &format!("Bearer {token}"));
        let program = program.with("accept", "application/json");
        program.raw("GET", "/account", "").await.is(200);
        let lines = people::token::list(city.db()).await.unwrap();
        let line = lines.iter().find(|l| l.contains(name.as_str())).unwrap();
        let id = line.split(' ').next().unwrap().parse().unwrap();
        assert!(line.contains("取数") && !line.contains(&token));
        assert!(people::token::revoke(city.db(), id).await.unwrap());
        assert!(!people::token::revoke(city.db(), id).await.unwrap());
        assert_eq!(program.raw("GET", "/account", "").await.status(), 401);
        assert!(people::token::make(city.db(), "nobody", "x", 1).await.is_err());
    });
}
