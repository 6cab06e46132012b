//! A full disk over HTTP: what was typed stays, and the same page does it once there is room.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use journal::{Engine, Tx};
use kernel::Role;
use serde_json::json;
use testkit::{City, on_engine};
use uuid::Uuid;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

/// Lets the database file grow by some pages from where it is now, or without end.
async fn allow_pages(city: &City, more: Option<i64>) {
    let count =
        async |tx: &mut Tx| tx.one::<(i64,)>("SELECT page_count FROM pragma_page_count", &[]).await;
    let (now,) = city.db().operate(city.id(), count).await.unwrap();
    let pages = more.map_or(i64::from(u32::MAX - 1), |more| now + more);
    let sql = format!("PRAGMA max_page_count = {pages}");
    city.db().operate(city.id(), async |tx: &mut Tx| tx.script(&sql).await).await.unwrap();
}

#[test]
fn a_full_disk_is_said_on_the_form_and_nothing_is_lost() {
    on_engine(Engine::Sqlite, plans, async |city| {
        let system = city.as_(Role::SystemAdmin);
        // Signed in before the disk is full.
        system.get("/groups/new").await.is(200);
        let token = system.token().await;
        assert!(!token.is_empty());
        allow_pages(&city, Some(0)).await;
        let before = city.seq().await;
        let mut full = None;
        // Room inside the last pages is used up first.
        for n in 0..400 {
            let key = Uuid::now_v7().to_string();
            let name = format!("组别{n}");
            let fields = [("name", name.as_str()), ("sort", "7"), ("act_key", key.as_str())];
            let page = system.post("/groups/new", &fields).await;
            if page.status() == 507 {
                full = Some((page, name, key));
                break;
            }
            page.is(303);
        }
        let (page, name, key) = full.unwrap();
        assert!(page.text().contains("磁盘空间不足"), "{}", page.text());
        assert_eq!(page.attributes("main input[name=name]", "value"), [name.as_str()]);
        assert_eq!(page.attributes("main input[name=act_key]", "value"), [key.as_str()]);
        let kept = city.seq().await;
        let told = system.json_post("/groups/new", &json!({ "name": "再来", "sort": 1 })).await;
        let told = told.is(507).json();
        assert_eq!(told["error"]["kind"], "full");
        assert_eq!(city.seq().await, kept, "nothing was done");
        assert!(kept >= before);
        // Reading goes on.
        system.get("/groups").await.is(200);
        allow_pages(&city, None).await;
        let again = [("name", name.as_str()), ("sort", "7"), ("act_key", key.as_str())];
        system.post("/groups/new", &again).await.is(303);
        system.post("/groups/new", &again).await.is(303);
        assert_eq!(city.seq().await, kept + 1, "once");
        city.verify().await;
    });
}
