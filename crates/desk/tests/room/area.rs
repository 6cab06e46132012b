//! Desks: an officer's opens on the units that the officer looks after, a unit's on what is asked of it.

use kernel::Role;
use people::found::{self, NewPost};
use serde_json::json;
use testkit::{City, Held, each_engine};

use crate::plans;

/// One item for a unit that the first officer looks after, and one for another.
async fn issued(city: &City) {
    issued_until(city, "2021-11-12").await;
}

/// The same, due on a day.
async fn issued_until(city: &City, due: &str) {
    issued_of(city, due, "").await;
}

/// The same, of a line of work.
async fn issued_of(city: &City, due: &str, work_line: &str) {
    let sitting = city.sitting(city.today()).await.to_string();
    let officer = city.as_(Role::Officer);
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
            ("work_line", work_line),
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

/// The items of two units, and what became of their days: 临颍县 was granted more time and
/// reopened, 市发展改革委 was stopped and resumed.
async fn days_moved(city: &City) {
    let (chief, officer) = (city.as_(Role::Chief), city.as_(Role::Officer));
    let list = officer.json_get("/assignments").await.json();
    let card = |title: &str| {
        let items = list["items"].as_array().unwrap();
        let item = items.iter().find(|i| i["title"] == title).unwrap();
        format!("/assignments/{}", item["id"].as_str().unwrap())
    };
    let (own, other) = (card("临颍县"), card("市发展改革委"));
    let head = city.post("head of 临颍县");
    head.post(&format!("{own}/acceptance"), &[]).await.is(303);
    let ask = [("new_due", "2021-11-20"), ("reason", "汛情影响施工"), ("progress", "过半")];
    head.post(&format!("{own}/extensions"), &ask).await.is(303);
    let grant = [("verdict", "confirmed"), ("due", "2021-11-19"), ("answer", "同意顺延")];
    chief.post(&format!("{own}/extensions/decision"), &grant).await.is(303);
    head.post(&format!("{own}/submission"), &[("done", "完成")]).await.is(303);
    let close = [("method", "documents"), ("result", "confirmed"), ("finding", "属实")];
    officer.post(&format!("{own}/verifications"), &close).await.is(303);
    let again = [("reason", "群众反映未完成"), ("due", "2021-11-26")];
    chief.post(&format!("{own}/reopening"), &again).await.is(303);
    city.post("head of 市发展改革委").post(&format!("{other}/acceptance"), &[]).await.is(303);
    let stop = [("reason", "等待批复"), ("review", "2021-11-10")];
    chief.post(&format!("{other}/stop"), &stop).await.is(303);
    city.set_clock("2021-11-03", "09:00");
    chief.post(&format!("{other}/resumption"), &[("reason", "已批复")]).await.is(303);
}

#[test]
fn an_inspectors_desk_begins_with_changes_of_due_days_within_the_inspection() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let (chief, inspector) = (city.as_(Role::Chief), city.as_(Role::Inspector));
        days_moved(&city).await;
        let json = inspector.json_get("/").await.is(200).json();
        assert_eq!(json["totals"]["open"], 0, "an inspection without subjects sees nothing");
        assert!(json["changes"].as_array().unwrap().is_empty());
        let unit = city.unit("临颍县").to_string();
        let watches = format!("/posts/{}/watches", inspector.held().post);
        let limited = [("units", unit.as_str()), ("reason", "专项检查")];
        city.as_(Role::SecurityAdmin).post(&watches, &limited).await.is(303);
        let json = inspector.json_get("/").await.is(200).json();
        let changes = json["changes"].as_array().unwrap().clone();
        let kinds: Vec<_> = changes.iter().map(|c| c["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["assignment_reopened", "extension_decided"]);
        let extension = &changes[1];
        assert_eq!(
            (&extension["from"], &extension["to"]),
            (&"2021-11-12".into(), &"2021-11-19".into())
        );
        assert_eq!(extension["reason"], "汛情影响施工");
        assert_eq!(extension["answer"], "同意顺延");
        assert!(extension["who"].as_str().unwrap().contains("督查局"), "{extension}");
        assert_eq!(json["units"].as_array().unwrap().len(), 1, "its one subject");
        let page = inspector.get("/").await.is(200).text();
        let (changed, units) =
            (page.find("时限变更").unwrap(), page.find("各单位办理情况").unwrap());
        assert!(changed < units, "changes come first");
        // The page behind it: everything within reach, by unit and by page.
        let all = async |caller: &testkit::Caller, query: &str| {
            let path = format!("/assignments/due-changes{query}");
            caller.json_get(&path).await.is(200).json()["changes"].as_array().unwrap().len()
        };
        assert_eq!((all(&inspector, "").await, all(&chief, "").await), (2, 3));
        let other = city.unit("市发展改革委");
        assert_eq!(all(&inspector, &format!("?unit={other}")).await, 0);
        assert_eq!(all(&chief, &format!("?unit={other}")).await, 1);
        let seq = changes[0]["seq"].as_i64().unwrap();
        assert_eq!(all(&chief, &format!("?before={seq}")).await, 1);
        assert_eq!(all(&chief, "?from=2021-11-03").await, 1);
        assert_eq!(all(&chief, "?to=2021-10-31").await, 0);
        city.post("head of 临颍县").get("/assignments/due-changes").await.is(404);
    });
}

#[test]
fn a_chiefs_desk_and_a_leaders_show_what_is_theirs() {
    each_engine(plans, async |city| {
        issued_of(&city, "2021-11-12", &city.line("项目建设").to_string()).await;
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        let json = leader.json_get("/").await.is(200).json();
        let lines = json["lines"].as_array().unwrap();
        assert!((1..=7).contains(&lines.len()), "what fits a phone: {lines:?}");
        assert!(json["units"].as_array().unwrap().is_empty());
        assert_eq!(json["totals"]["open"], 2);
        // Beyond its day one is red: for the chief by unit, for the leader as a list.
        city.set_clock("2021-11-15", "09:00");
        let json = chief.json_get("/").await.is(200).json();
        let units = json["units"].as_array().unwrap();
        assert_eq!(units.len(), 2);
        assert!(units.iter().all(|u| u["red"] == 1), "{units:?}");
        let json = leader.json_get("/").await.json();
        let red = &json["lists"][0];
        assert_eq!((&red["what"], red["items"].as_array().unwrap().len()), (&"overdue".into(), 2));
        // A batch that waits for the leader stands first, and is gone once it is signed.
        let series = city.series("周交办会").to_string();
        let officer = city.as_(Role::Officer);
        officer.post("/sittings/new", &[("day", "2021-11-22"), ("series", &series)]).await.is(303);
        let opening = [("kind", "interim")];
        let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
        let lead = city.unit("临颍县").to_string();
        let line = [
            ("title", "临时交办"),
            ("demand", "按期完成"),
            ("standard", "达到标准"),
            ("urgency", "express"),
            ("importance", "key"),
            ("rhythm", "once"),
            ("profile", "bureau"),
            ("due", "2021-11-19"),
            ("lead", lead.as_str()),
        ];
        officer.post(&format!("{batch}/lines/new"), &line).await.is(303);
        officer.post(&format!("{batch}/review"), &[]).await.is(303);
        let waiting = async |caller: &testkit::Caller| {
            caller.json_get("/").await.json()["signatures"].as_array().unwrap().len()
        };
        assert_eq!((waiting(&chief).await, waiting(&leader).await), (1, 0));
        let agreed = [("verdict", "agreed")];
        chief.post(&format!("{batch}/signature"), &agreed).await.is(303);
        assert_eq!((waiting(&chief).await, waiting(&leader).await), (0, 1));
        leader.post(&format!("{batch}/signature"), &agreed).await.is(303);
        assert_eq!(waiting(&leader).await, 0);
    });
}

#[test]
fn what_was_prepared_is_on_the_desk_of_whoever_signs_it() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let (spare, unit) = (city.post("liaison of 临颍县 2"), city.unit("临颍县"));
        let posts = [&spare, &head].map(|caller| caller.held().post.to_string());
        let chain = [
            ("steps.0.post", posts[0].as_str()),
            ("steps.1.post", posts[1].as_str()),
            ("reason", "逐级审签"),
        ];
        head.post(&format!("/units/{unit}/signing-posts"), &chain).await.is(303);
        let list = liaison.json_get("/assignments?state=issued").await.json();
        let own = list["items"].as_array().unwrap().iter().find(|i| i["title"] == "临颍县");
        let at = format!("/assignments/{}", own.unwrap()["id"].as_str().unwrap());
        liaison.post(&format!("{at}/acceptance"), &[]).await.is(303);
        liaison.post(&format!("{at}/submission"), &[("done", "已完成")]).await.is(303);
        let to_sign = async |caller: &testkit::Caller| {
            let json = caller.json_get("/").await.json();
            let lists = json["lists"].as_array().unwrap().clone();
            let list = lists.into_iter().find(|list| list["what"] == "to_sign").unwrap();
            list["items"].as_array().unwrap().len()
        };
        let all = async || (to_sign(&liaison).await, to_sign(&spare).await, to_sign(&head).await);
        assert_eq!(all().await, (0, 1, 0));
        spare.post(&format!("{at}/signature"), &[("verdict", "confirmed")]).await.is(303);
        assert_eq!(all().await, (0, 0, 1));
        head.post(&format!("{at}/signature"), &[("verdict", "confirmed")]).await.is(303);
        assert_eq!(all().await, (0, 0, 0));
    });
}

/// How many submissions a caller's desk gives to sign.
async fn to_sign(caller: &testkit::Caller) -> usize {
    let desk = caller.json_get("/").await.is(200).json();
    let lists = desk["lists"].as_array().unwrap();
    let list = lists.iter().find(|list| list["what"] == "to_sign").unwrap();
    list["items"].as_array().unwrap().len()
}

#[test]
fn a_desk_gives_to_sign_what_its_post_may_sign_whoever_has_left_or_come() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let unit = city.unit("临颍县");
        let list = head.json_get(&format!("/assignments?unit={unit}")).await.is(200).json();
        let item = format!("/assignments/{}", list["items"][0]["id"].as_str().unwrap());
        head.post(&format!("{item}/acceptance"), &[]).await.is(303);
        liaison.post(&format!("{item}/submission"), &[("done", "已办")]).await.is(303);
        assert_eq!((to_sign(&liaison).await, to_sign(&head).await), (0, 1));
        // A chain that is set later does not take away what waits for any head.
        let post = |caller: &testkit::Caller| json!({ "post": caller.held().post });
        let chain = json!({ "steps": [post(&liaison), post(&head)], "reason": "先审后签" });
        head.json_post(&format!("/units/{unit}/signing-posts"), &chain).await.is(200);
        assert_eq!((to_sign(&liaison).await, to_sign(&head).await), (0, 1));
        // The chain's head leaves: whoever comes signs.
        let cadre = city.as_(Role::Cadre).held().clone();
        let taken = NewPost {
            person: cadre.person,
            unit,
            role: Role::Head,
            title: "县长",
            represents: None,
            line: None,
            from: city.today(),
            to: None,
        };
        let mut come = None;
        city.program(async |act| {
            come = Some(found::take_post(act, &taken).await?);
            found::leave_post(act, head.held().post, city.today().plus(-1)).await
        })
        .await
        .unwrap();
        let successor = city.caller(Held { post: come.unwrap(), role: Role::Head, ..cadre });
        let returned = [("verdict", "rework")];
        successor.post(&format!("{item}/signature"), &returned).await.is(303);
        assert_eq!(to_sign(&successor).await, 0);
        liaison.post(&format!("{item}/submission"), &[("done", "已办结")]).await.is(303);
        assert_eq!((to_sign(&liaison).await, to_sign(&successor).await), (0, 1));
        let agreed = [("verdict", "confirmed")];
        liaison.post(&format!("{item}/signature"), &agreed).await.is(404);
        successor.post(&format!("{item}/signature"), &agreed).await.is(303);
        assert_eq!(successor.json_get(&item).await.json()["item"]["state"], "submitted");
        city.verify().await;
    });
}
