//! Every route as every role in two twin cities, on both engines.

use std::collections::BTreeSet;

use crate::world::world;
use crate::{house, plans};
use kernel::Role;
use testkit::each_engine;

/// The few addresses that need no sign-in.
const PUBLIC: [&str; 5] =
    ["/language", "/sign-in", "/sign-in/code", "/sign-in/second-factor", "/sign-in/password"];

/// Addresses of which this world holds nothing.
const ELSEWHERE: &[&str] = &[
    "/assignments/import/{id}",
    "/assignments/import/{id}/columns",
    "/assignments/import/{id}/commit",
    "/assignments/import/{id}/discard",
    "/assignments/import/{id}/file",
    "/assignments/import/{id}/head",
    "/assignments/import/{id}/rows",
    "/assignments/import/{id}/rows/{row}",
    "/assignments/{id}/extensions/decision",
    "/assignments/{id}/files/{file}",
    "/assignments/{id}/hand-back/decision",
    "/batches/{id}/issued-copies/{file}",
    "/batches/{id}/scans/{file}",
    "/deliveries/{id}/attempt",
    "/inbox/{seq}/opening",
    "/inbox/{seq}/read",
    "/indicators/{id}/{month}/events",
    "/language",
    "/objections/{id}/files/{file}",
    "/observations/{id}/correction",
    "/observations/{id}/files/{file}",
    "/paper-templates/{kind}/file",
    "/paper-templates/{kind}/removal",
    "/persons/import/{id}",
    "/persons/import/{id}/columns",
    "/persons/import/{id}/commit",
    "/persons/import/{id}/discard",
    "/persons/import/{id}/file",
    "/persons/import/{id}/head",
    "/persons/import/{id}/rows",
    "/persons/import/{id}/rows/{row}",
    "/reviews/{month}/bundle",
    "/reviews/{month}/scans/{file}",
    "/rule-sets/{id}/versions/{n}/papers/{file}",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/password",
    "/sign-in/second-factor",
    "/slips/{id}/answers/scans/{file}",
    "/slips/{id}/scans/{file}",
    "/weekly/{id}",
    "/weekly/{id}/paper-signature",
    "/weekly/{id}/scans/{file}",
    "/weekly/{id}/signature",
];

#[test]
fn only_the_listed_addresses_are_public() {
    let mut public: Vec<_> = house()
        .addresses()
        .into_iter()
        .filter(|a| a.permission.is_none())
        .map(|a| a.path)
        .collect();
    public.sort_unstable();
    public.retain(|p| !PUBLIC.contains(p));
    assert!(public.is_empty(), "not listed as public: {public:?}");
}

#[test]
fn every_permission_is_granted_to_somebody_and_business_to_no_administrator() {
    let grants = house().grants();
    for address in house().addresses() {
        let Some(permission) = address.permission else { continue };
        let roles = grants.get(&permission).unwrap_or_else(|| panic!("nobody may {permission:?}"));
        assert!(!roles.is_empty());
        if permission.0.starts_with("assignments.")
            || permission.0.starts_with("slips.")
            || permission.0.starts_with("indicators.")
            || permission.0.starts_with("rule_sets.")
            || permission.0.starts_with("reviews.")
        {
            assert!(!roles.iter().any(|r| r.is_admin()), "{permission:?} for an administrator");
        }
    }
}

#[test]
fn anonymous_is_sent_to_sign_in_and_json_gets_401() {
    each_engine(plans, async |city| {
        let world = world(&city).await;
        let nobody = city.anonymous();
        for address in house().addresses() {
            if address.permission.is_none() {
                continue;
            }
            let path = world.path(address.path);
            let page = nobody.get(&path).await;
            assert_eq!(page.status(), 303, "GET {path}");
            assert!(page.location().starts_with("/sign-in"), "GET {path}");
            let json = nobody.with("accept", "application/json").raw("GET", &path, "").await;
            assert_eq!(json.status(), 401, "JSON {path}");
        }
    });
}

#[test]
fn a_role_without_the_permission_finds_nothing_and_changes_nothing() {
    each_engine(plans, async |city| {
        let world = world(&city).await;
        let (house, grants) = (house(), house().grants());
        for role in Role::ALL {
            let caller = city.as_(role);
            // The first request of a session may note that it was seen.
            caller.get("/").await;
            let before = city.seq().await;
            for address in house.addresses() {
                let Some(permission) = address.permission else { continue };
                if grants[&permission].contains(&role) {
                    continue;
                }
                let path = world.path(address.path);
                let page = caller.get(&path).await;
                assert_eq!(page.status(), 404, "{role:?} GET {path}");
                if address.is_act {
                    let page = caller.post(&path, &[]).await;
                    assert_eq!(page.status(), 404, "{role:?} POST {path}");
                }
            }
            assert_eq!(city.seq().await, before, "{role:?} changed something");
        }
    });
}

#[test]
fn a_role_with_the_permission_meets_no_fault_and_reading_leaves_no_fact() {
    each_engine(plans, async |city| {
        let world = world(&city).await;
        let (house, grants) = (house(), house().grants());
        let mut unreached: BTreeSet<&str> = house.addresses().iter().map(|a| a.path).collect();
        for role in Role::ALL {
            let caller = city.as_(role);
            let before = city.seq().await;
            for address in house.addresses() {
                let Some(permission) = address.permission else { continue };
                if !grants[&permission].contains(&role) {
                    continue;
                }
                let path = world.path(address.path);
                for english in ["zh-CN", "en"] {
                    let page = caller.with("accept-language", english).get(&path).await;
                    let status = page.status();
                    let fine = matches!(status, 200 | 303 | 404 | 409);
                    assert!(fine, "{role:?} GET {path}: {status} {}", page.text());
                    if !address.path.contains('{') && !address.is_act {
                        assert_ne!(status, 404, "{role:?} GET {path}");
                    }
                    if status != 404 {
                        unreached.remove(address.path);
                    }
                    let is_file = page.header("content-disposition").is_some();
                    if status == 200 && is_file {
                        check_file(&path, &page);
                    } else if status == 200 {
                        check_html(&path, &page);
                    }
                }
                let json = caller.json_get(&path).await;
                assert!(json.status() < 500, "{role:?} JSON {path}: {}", json.text());
            }
            assert_eq!(city.seq().await, before, "{role:?}: reading left a fact");
        }
        // What this world does not hold is found by tests of its room.
        assert_eq!(unreached.into_iter().collect::<Vec<_>>(), ELSEWHERE);
    });
}

/// A file is never shown inside the product's own pages, and is no page.
fn check_file(path: &str, page: &testkit::Page) {
    let how = page.header("content-disposition").unwrap_or_default();
    assert!(how.starts_with("attachment;"), "{path}: {how}");
    let media = page.header("content-type").unwrap_or_default();
    assert!(media.starts_with("application/"), "{path}: {media}");
    assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{path}");
}

fn check_html(path: &str, page: &testkit::Page) {
    assert_eq!(page.select("h1").len(), 1, "{path}: one heading");
    assert!(page.has("html[lang]"), "{path}: language");
    let banner =
        page.text().contains("严禁录入国家秘密") || page.text().contains("Not for state secrets");
    // A sheet to be printed has no navigation, and nothing is entered on it.
    assert!(banner || !page.has(".sidebar"), "{path}: what must not be entered is said");
    assert!(!page.has("[style]"), "{path}: inline style");
    let mut ids = BTreeSet::new();
    for id in page.attributes("[id]", "id") {
        assert!(!ids.contains(&id), "{path}: #{id} twice");
        ids.insert(id);
    }
    assert!(!page.has("script:not([src]):not([type='application/json'])"), "{path}: inline script");
    let csp = page.header("content-security-policy").unwrap_or_default();
    assert!(csp.contains("default-src 'self'") && !csp.contains("unsafe"), "{path}: {csp}");
    assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{path}");
}

#[test]
fn the_api_description_covers_every_address() {
    each_engine(plans, async |city| {
        let api = city.anonymous().raw("GET", "/api/openapi.json", "").await.is(200).json();
        for address in house().addresses() {
            let method = if address.is_act { "post" } else { "get" };
            assert!(api["paths"][address.path][method].is_object(), "{method} {}", address.path);
        }
    });
}
