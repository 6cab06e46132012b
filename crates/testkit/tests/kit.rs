//! The kit itself: the city is founded, callers are who they say, cities do not meet.

use kernel::Role;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

#[test]
fn the_sign_in_page_renders_and_other_addresses_are_missing() {
    testkit::each_engine(plans, async |city| {
        let nobody = city.anonymous();
        let page = nobody.get("/sign-in").await.is(200);
        assert!(page.has("input[name=name]") && page.text().contains("登录"));
        assert_eq!(page.attributes("html", "lang"), ["zh-CN"]);
        let english = nobody.with("accept-language", "en").get("/sign-in").await;
        assert!(english.text().contains("Sign in"));
        assert_eq!(nobody.get("/nowhere").await.status(), 404);
        assert_eq!(city.as_(Role::Officer).get("/nowhere").await.status(), 404);
    });
}

#[test]
fn the_founded_city_is_whole_and_has_every_role() {
    testkit::each_engine(plans, async |city| {
        city.verify().await;
        for role in Role::ALL {
            let caller = city.as_(role);
            assert_eq!(caller.actor().await.role, role);
        }
        assert_eq!(city.post("liaison of 临颍县 2").held().title, "备岗联络员");
        assert_eq!(city.today().to_string(), "2021-11-01");
        city.set_clock("2021-11-03", "09:30");
        assert_eq!(city.today().to_string(), "2021-11-03");
        assert!(!city.unit("临颍县").is_nil() && !city.line("项目建设").is_nil());
    });
}

#[test]
fn a_post_acts_by_form_and_by_token() {
    testkit::each_engine(plans, async |city| {
        let secretary = city.post("secretary of 漯河市");
        assert!(secretary.actor().await.on_behalf.is_some());
        let page = secretary.get("/post").await.is(200);
        assert!(page.text().contains("市长秘书（受市长委托）"), "{}", page.text());
        let form = secretary.json_get("/post").await.is(200).json();
        assert_eq!(form["title"]["zh"], "切换任职");
        let answer = secretary.post("/sign-out", &[]).await.is(303);
        assert_eq!(answer.goes_to(), "/sign-in");
    });
}

#[test]
fn two_cities_live_in_one_database() {
    testkit::each_engine(plans, async |city| {
        let twin = city.twin().await;
        assert_ne!(city.id(), twin.id());
        assert_ne!(city.unit("临颍县"), twin.unit("临颍县"));
        city.verify().await;
        twin.verify().await;
    });
}
