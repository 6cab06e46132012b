//! How a city handles assignments: profiles, sign-off chains, supplements, what a week asks.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use kernel::Role;
use testkit::{Caller, City, each_engine};
use uuid::Uuid;

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

const LINE: [(&str, &str); 7] = [
    ("demand", "11月底前完成用地报批"),
    ("standard", "取得用地批复"),
    ("urgency", "urgent"),
    ("importance", "key"),
    ("rhythm", "weekly"),
    ("profile", "bureau"),
    ("due", "2021-11-12"),
];

/// A batch with one line for 临颍县, in draft.
async fn draft(city: &City, officer: &Caller, more: &[(&str, &str)]) -> String {
    let sitting = city.sitting(city.today()).await.to_string();
    let opened =
        officer.post("/batches/new", &[("kind", "weekly"), ("sitting", &sitting)]).await.is(303);
    let batch = opened.goes_to();
    let unit = city.unit("临颍县").to_string();
    let mut fields: Vec<_> =
        LINE.into_iter().filter(|(name, _)| more.iter().all(|(m, _)| m != name)).collect();
    fields.extend([("title", "产业园用地报批"), ("lead", unit.as_str())]);
    fields.extend(more);
    officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    batch
}

async fn sign_and_issue(city: &City, officer: &Caller, batch: &str) {
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
}

async fn only_item(officer: &Caller) -> String {
    let list = officer.json_get("/assignments").await.is(200).json();
    format!("/assignments/{}", list["items"][0]["id"].as_str().unwrap())
}

const PROFILE: [(&str, &str); 7] = [
    ("name", "企业问题"),
    ("verifier", "bureau"),
    ("hand_back_days", "2"),
    ("answer_days", "3"),
    ("verify_days", "5"),
    ("sort", "9"),
    ("reason", "万人助万企"),
];

#[test]
fn an_assignment_keeps_the_clocks_of_the_profile_it_was_issued_with() {
    each_engine(plans, async |city| {
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        officer.post("/profiles/new", &PROFILE).await.is(404);
        let mut offered = PROFILE.to_vec();
        offered.push(("in_use", "1"));
        chief.post("/profiles/new", &offered).await.is(303);
        // The four ways of verifying were recorded with the first change.
        let json = chief.json_get("/profiles").await.is(200).json();
        let profiles = json["profiles"].as_array().unwrap();
        assert_eq!(profiles.len(), 5);
        let code = profiles[4]["code"].as_str().unwrap().to_owned();
        let twice = chief.post("/profiles/new", &offered).await.is(422);
        assert!(twice.errors().join("").contains("同名"), "{:?}", twice.errors());

        let more = [("profile", code.as_str()), ("report_day", "3"), ("report_hour", "12")];
        let batch = draft(&city, &officer, &more).await;
        sign_and_issue(&city, &officer, &batch).await;
        let mut stricter = offered.clone();
        stricter[2] = ("hand_back_days", "0");
        chief.post(&format!("/profiles/{code}"), &stricter).await.is(303);
        let item = only_item(&officer).await;
        let clocks = officer.json_get(&item).await.is(200).json()["clocks"].clone();
        assert_eq!(clocks["profile"], "企业问题");
        assert_eq!((&clocks["report_day"], &clocks["report_hour"]), (&3.into(), &12.into()));
        assert_eq!(clocks["owed"]["state"], "awaited");
        assert_eq!(clocks["owed"]["closes_on"], "2021-11-03");
        // Issued on Monday the 1st: two working days, whatever the profile says now.
        city.set_clock("2021-11-03", "09:00");
        let back = [("reason", "属舞阳县职责")];
        let unit = city.post("liaison of 临颍县");
        unit.post(&format!("{item}/hand-back"), &back).await.is(303);
        let clocks = officer.json_get(&item).await.json()["clocks"].clone();
        assert_eq!(clocks["bureau_by"], "2021-11-08");
        city.verify().await;
    });
}

#[test]
fn a_batch_goes_through_the_hands_that_its_kind_demands() {
    each_engine(plans, async |city| {
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let chain = |weekly| {
            [
                ("weekly", weekly),
                ("interim", "officer,chief,leader"),
                ("supplement", "officer,chief,leader"),
                ("reason", "市长授权督查局审定"),
            ]
        };
        chief.post("/profiles/chain", &chain("officer")).await.is(422);
        chief.post("/profiles/chain", &chain("officer,chief")).await.is(303);
        chief.post("/profiles/chain", &chain("officer,chief")).await.is(409);
        let batch = draft(&city, &officer, &[]).await;
        officer.post(&format!("{batch}/review"), &[]).await.is(303);
        let agreed = [("verdict", "agreed")];
        chief.post(&format!("{batch}/signature"), &agreed).await.is(303);
        officer.post(&format!("{batch}/issue"), &[]).await.is(303);
        city.verify().await;
    });
}

#[test]
fn a_supplement_belongs_to_the_sitting_at_which_it_was_spoken() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let batch = draft(&city, &officer, &[]).await;
        let supplement = |sitting| [("kind", "supplement"), ("sitting", sitting)];
        officer.post("/batches/new", &supplement("")).await.is(422);
        let planned = city.sitting(city.today().plus(7)).await.to_string();
        officer.post("/batches/new", &supplement(&planned)).await.is(422);
        sign_and_issue(&city, &officer, &batch).await;
        let series = city.series("周交办会");
        let rows =
            people::store::sittings(&mut city.read().await, city.id(), series).await.unwrap();
        let held = rows.iter().find(|s| s.day == city.today()).unwrap().id.to_string();
        let spoken = officer.post("/batches/new", &supplement(&held)).await.is(303).goes_to();
        let unit = city.unit("舞阳县").to_string();
        let mut fields = LINE.to_vec();
        fields.extend([("title", "会上补充事项"), ("lead", unit.as_str())]);
        officer.post(&format!("{spoken}/lines/new"), &fields).await.is(303);
        sign_and_issue(&city, &officer, &spoken).await;
        let at = |query: &str| format!("/assignments?{query}");
        let count = async |query: &str| {
            officer.json_get(&at(query)).await.is(200).json()["items"].as_array().unwrap().len()
        };
        assert_eq!(count(&format!("sitting={held}")).await, 2);
        assert_eq!(count(&format!("session={}", spoken.trim_start_matches("/batches/"))).await, 1);
        assert_eq!(count("source=batch").await, 2);
        assert_eq!(count(&format!("source=batch:{}", Uuid::nil())).await, 0);
        assert_eq!(count("source=assignment").await, 0);
        city.verify().await;
    });
}

#[test]
fn before_issue_the_bureau_sees_what_the_week_asks_of_every_unit() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let first = draft(&city, &officer, &[("due", "2021-11-10")]).await;
        sign_and_issue(&city, &officer, &first).await;
        city.set_clock("2021-11-08", "09:00");
        let second = draft(&city, &officer, &[("due", "2021-11-30")]).await;
        let json = officer.json_get(&second).await.is(200).json();
        let overview = &json["overview"];
        assert_eq!(overview["former"]["outcome"]["items"], 1);
        assert_eq!(overview["week"][1], "2021-11-14");
        let units = overview["units"].as_array().unwrap();
        assert_eq!(units.len(), 1, "{units:?}");
        let asked = |name: &str| units[0][name].as_i64().unwrap();
        assert_eq!((asked("fresh"), asked("open"), asked("red")), (1, 1, 0));
        // What falls due in the week reports by that; it is not asked twice.
        assert_eq!((asked("due"), asked("reports")), (1, 0));
        let page = officer.get(&second).await.is(200);
        assert!(page.text().contains("各单位本周任务") && page.text().contains("上次清单办理结果"));
        // Units see neither before issue nor after what others are asked.
        sign_and_issue(&city, &officer, &second).await;
        let json = city.post("liaison of 舞阳县").json_get(&second).await.is(200).json();
        assert!(json["overview"].is_null());
    });
}

#[test]
fn a_proposal_that_is_taken_begins_the_item() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let day = city.sitting(city.today()).await.to_string();
        let opening =
            [("kind", "weekly"), ("sitting", day.as_str()), ("proposals_until", "2021-11-30")];
        let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
        let liaison = city.post("liaison of 临颍县");
        let said = [("title", "打通断头路"), ("demand", "年底前通车")];
        liaison.post(&format!("{batch}/proposals/new"), &said).await.is(303);
        let json = officer.json_get(&batch).await.json();
        let id = json["proposals"][0]["id"].as_str().unwrap().to_owned();
        let taken = officer.post(&format!("/proposals/{id}/answer"), &[("answer", "taken")]).await;
        let form = officer.get(&taken.is(303).location()).await.is(200);
        assert!(form.source().contains("打通断头路") && form.source().contains("年底前通车"));
        let unit = city.unit("临颍县").to_string();
        let chosen = format!("value=\"{unit}\" selected");
        assert!(form.source().contains(&chosen), "its unit leads");
    });
}

#[test]
fn the_scan_of_a_signed_paper_is_kept_for_those_who_sign() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let batch = draft(&city, &officer, &[]).await;
        officer.post(&format!("{batch}/review"), &[]).await.is(303);
        let path = format!("{batch}/paper-signature");
        let form = officer.get(&path).await.is(200);
        let token = form.attributes("main input[name=csrf]", "value")[0].clone();
        let chief = city.as_(Role::Chief).held().post.to_string();
        let part = |head: &str, body: &str| {
            format!("--B\r\ncontent-disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let body = [
            part("name=\"csrf\"", &token),
            part("name=\"act_key\"", &Uuid::now_v7().to_string()),
            part("name=\"signer\"", &chief),
            part("name=\"signed_on\"", "2021-11-01"),
            part("name=\"verdict\"", "agreed"),
            part("name=\"scan\"; filename=\"签批稿.pdf\"", "%PDF-1.7 signed"),
            "--B--\r\n".to_owned(),
        ];
        let cookie = officer.cookie().await.unwrap();
        let sender = officer
            .with("cookie", &format!("duban={cookie}"))
            .with("content-type", "multipart/form-data; boundary=B");
        sender.raw("POST", &path, &body.concat()).await.is(303);
        let json = officer.json_get(&batch).await.json();
        let scan = json["chain"][1]["scans"][0].clone();
        assert_eq!(scan["name"], "签批稿.pdf");
        let path = format!("{batch}/scans/{}", scan["id"].as_str().unwrap());
        assert_eq!(city.as_(Role::Leader).get(&path).await.is(200).source(), "%PDF-1.7 signed");
        city.post("liaison of 临颍县").get(&path).await.is(404);
        city.verify().await;
    });
}
