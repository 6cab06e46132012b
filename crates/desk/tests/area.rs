//! Desks: an officer's opens on the units that the officer looks after, a unit's on what is asked of it.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use journal::Result;
use kernel::Role;
use testkit::{City, each_engine};

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan(), slips::plan(), messages::plan(), desk::plan()]
}

/// One item for a unit that the first officer looks after, and one for another.
async fn issued(city: &City) {
    issued_until(city, "2021-11-12").await;
}

/// The same, due on a day.
async fn issued_until(city: &City, due: &str) {
    let (day, series) = (city.today(), city.series("周交办会"));
    city.program(async |act| -> Result<()> {
        people::sitting::plan(act, day, vec![series]).await?;
        Ok(())
    })
    .await
    .unwrap();
    let rows = people::store::sittings(&mut city.read().await, city.id(), series).await.unwrap();
    let (officer, sitting) = (city.as_(Role::Officer), rows[0].id.to_string());
    let opened = officer.post("/batches/new", &[("kind", "weekly"), ("sitting", &sitting)]).await;
    let batch = opened.is(303).goes_to();
    for unit in ["临颍县", "市发展改革委"] {
        let lead = city.unit(unit).to_string();
        let line = [
            ("title", unit),
            ("demand", "按期完成"),
            ("standard", "达到标准"),
            ("urgency", "plain"),
            ("importance", "normal"),
            ("rhythm", "once"),
            ("profile", "bureau"),
            ("due", due),
            ("lead", lead.as_str()),
        ];
        officer.post(&format!("{batch}/lines/new"), &line).await.is(303);
    }
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
}

#[test]
fn an_officers_desk_opens_on_the_own_area_and_shows_all_on_demand() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let open = async |caller: &testkit::Caller, path: &str| {
            let json = caller.json_get(path).await.is(200).json();
            (json["totals"]["open"].clone(), json["units"].as_array().unwrap().len())
        };
        assert_eq!(open(&officer, "/").await, (1.into(), 1));
        assert_eq!(open(&officer, "/?area=all").await, (2.into(), 2));
        assert_eq!(open(&chief, "/").await, (2.into(), 2), "who looks after nobody sees all");
        let list = async |path: &str| officer.json_get(path).await.is(200).json()["count"].clone();
        assert_eq!(list("/assignments?area=mine&open=1").await, 1);
        assert_eq!(list("/assignments?open=1").await, 2);
        let page = officer.get("/").await.is(200);
        assert!(page.text().contains("我的片区"));
        assert!(page.source().contains("area=mine&amp;open=1"), "figures open what they count");
        // A request from outside the area is not on this desk.
        let json = officer.json_get("/assignments?open=1").await.json();
        let other = json["items"].as_array().unwrap().iter().find(|i| i["title"] != "临颍县");
        let path = format!("/assignments/{}", other.unwrap()["id"].as_str().unwrap());
        let unit = city.post("liaison of 市发展改革委");
        unit.post(&format!("{path}/hand-back"), &[("reason", "不属本单位职责")]).await.is(303);
        let waiting = async |path: &str| {
            officer.json_get(path).await.json()["hand_backs"].as_array().unwrap().len()
        };
        assert_eq!(waiting("/").await, 0);
        assert_eq!(waiting("/?area=all").await, 1);
        // Neither is a leader's note on it.
        let note = [("note", "remark"), ("words", "请关注进度")];
        city.as_(Role::Leader).post(&format!("{path}/notes"), &note).await.is(303);
        let notes = async |path: &str| {
            officer.json_get(path).await.json()["notes"].as_array().unwrap().len()
        };
        assert_eq!((notes("/").await, notes("/?area=all").await), (0, 1));
    });
}

#[test]
fn the_head_finds_the_weekly_answer_that_waits() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let list = liaison.json_get("/assignments?state=issued").await.json();
        let own = list["items"].as_array().unwrap().iter().find(|i| i["title"] == "临颍县");
        let id = own.unwrap()["id"].as_str().unwrap().to_owned();
        liaison.post(&format!("/assignments/{id}/acceptance"), &[]).await.is(303);
        let row = [("items.0.assignment", id.as_str()), ("items.0.how", "plan")];
        let page = liaison.post("/weekly", &row).await.is(303).goes_to();
        let json = head.json_get("/").await.is(200).json();
        assert_eq!(json["signatures"][0]["href"], page);
        let none = liaison.json_get("/").await.json();
        assert!(none["signatures"].as_array().unwrap().is_empty());
        let back = [("verdict", "returned"), ("words", "补充数字")];
        head.post(&format!("{page}/signature"), &back).await.is(303);
        let json = liaison.json_get("/").await.json();
        assert_eq!(json["signatures"][0]["href"], page);
    });
}

#[test]
fn a_liaison_finds_what_is_due_what_to_accept_and_what_came_back() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        assert!(!liaison.get("/").await.is(200).text().contains("工作日历未确认"));
        let listed = async |what: &str| {
            let json = liaison.json_get("/").await.is(200).json();
            let lists = json["lists"].as_array().unwrap().clone();
            let list = lists.into_iter().find(|list| list["what"] == what).unwrap();
            let query = list["query"].as_str().unwrap().to_owned();
            let register = liaison.json_get(&format!("/assignments?{query}")).await.is(200).json();
            let found = list["items"].as_array().unwrap().len();
            assert_eq!(register["items"].as_array().unwrap().len(), found, "{what}");
            found
        };
        assert_eq!((listed("to_accept").await, listed("returned").await), (1, 0));
        let list = liaison.json_get("/assignments?state=issued").await.json();
        let own = list["items"].as_array().unwrap().iter().find(|i| i["title"] == "临颍县");
        let at = format!("/assignments/{}", own.unwrap()["id"].as_str().unwrap());
        liaison.post(&format!("{at}/acceptance"), &[]).await.is(303);
        assert_eq!((listed("to_accept").await, listed("due_today").await), (0, 0));
        head.post(&format!("{at}/submission"), &[("done", "已完成")]).await.is(303);
        let back = [("method", "documents"), ("result", "rework"), ("finding", "缺验收材料")];
        city.as_(Role::Officer).post(&format!("{at}/verifications"), &back).await.is(303);
        assert_eq!(listed("returned").await, 1);
        assert!(liaison.get("/").await.is(200).text().contains("被退办"));
        city.set_clock("2021-11-12", "09:00");
        assert_eq!((listed("due_today").await, listed("returned").await), (1, 1));
        head.post(&format!("{at}/submission"), &[("done", "已补齐")]).await.is(303);
        assert_eq!(listed("returned").await, 0);
    });
}

#[test]
fn a_day_in_a_year_without_a_notice_is_marked_wherever_it_stands() {
    each_engine(plans, async |city| {
        issued_until(&city, "2027-01-12").await;
        let liaison = city.post("liaison of 临颍县");
        let list = liaison.json_get("/assignments?state=issued").await.json();
        let own =
            list["items"].as_array().unwrap().iter().find(|i| i["title"] == "临颍县").unwrap();
        assert_eq!(own["is_unconfirmed"], true);
        let card = format!("/assignments/{}", own["id"].as_str().unwrap());
        let batch = liaison.json_get(&card).await.json()["batch_id"].as_str().unwrap().to_owned();
        for path in ["/", "/assignments", &card, &format!("/batches/{batch}")] {
            let page = liaison.get(path).await.is(200);
            assert!(page.text().contains("2027-01-12 工作日历未确认"), "{path}: {}", page.text());
        }
        let english = liaison.with("accept-language", "en").get(&card).await.is(200);
        assert!(english.text().contains("2027-01-12 calendar not confirmed"), "{}", english.text());
    });
}
