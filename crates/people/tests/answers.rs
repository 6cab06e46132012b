//! What an answer carries: compression where it is safe, and a form token that never looks the same.

use std::collections::BTreeSet;

use kernel::Role;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

#[test]
fn pages_are_compressed_unless_another_site_asked_for_them() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin).with("accept-encoding", "gzip, br");
        let own = admin.with("sec-fetch-site", "same-origin").get("/units").await.is(200);
        assert_eq!(own.header("content-encoding"), Some("gzip"));
        assert!(own.header("vary").unwrap_or_default().contains("Accept-Encoding"));
        let foreign = admin.with("sec-fetch-site", "cross-site").get("/units").await.is(200);
        assert_eq!(foreign.header("content-encoding"), None);
        assert!(foreign.text().contains("临颍县"));
        let plain = city.as_(Role::SystemAdmin).get("/units").await.is(200);
        assert_eq!(plain.header("content-encoding"), None);
        assert!(own.source().len() < plain.source().len());
    });
}

#[test]
fn a_form_token_looks_different_in_every_answer_and_each_works() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let mut seen = BTreeSet::new();
        for sort in ["1", "2", "3"] {
            let page = admin.get("/units/new").await.is(200);
            let token = page.attributes("main input[name=csrf]", "value").remove(0);
            assert!(seen.insert(token.clone()), "the same token twice");
            let name = format!("组{sort}");
            let fields = [
                ("csrf", token.as_str()),
                ("short_name", &name),
                ("name", &name),
                ("parent", &city.unit("漯河市").to_string()),
                ("kind", "department"),
                ("sort", sort),
                ("from", "2021-11-02"),
            ];
            admin.post("/units/new", &fields).await.is(303);
        }
        let raw = [("csrf", "AAAA.not-masked"), ("short_name", "x")];
        assert_eq!(admin.post("/units/new", &raw).await.status(), 403);
    });
}

#[test]
fn the_language_is_remembered_where_no_script_reads_it() {
    testkit::each_engine(plans, async |city| {
        let page = city.anonymous().get("/language?to=en&back=/sign-in").await.is(303);
        let cookie = page.header("set-cookie").unwrap_or_default();
        assert!(cookie.starts_with("duban_lang=en; Path=/;"), "{cookie}");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    });
}
