//! A batch that is issued, and what its units do with it.

use kernel::Role;
use serde_json::Value;
use testkit::{Caller, City};

/// A batch with an item for 临颍县 with 舞阳县 beside it, and an urgent one for 舞阳县.
pub(crate) async fn issued(city: &City) -> String {
    let batch = drafted(city).await;
    issue(city, &batch).await;
    batch
}

/// Signs a draft and issues it.
pub(crate) async fn issue(city: &City, batch: &str) {
    let officer = city.as_(Role::Officer);
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
}

/// The same, in draft.
pub(crate) async fn drafted(city: &City) -> String {
    let (linying, wuyang) = (city.unit("临颍县").to_string(), city.unit("舞阳县").to_string());
    let first = [("title", "产业园用地报批"), ("lead", linying.as_str()), ("co", wuyang.as_str())];
    let second = [("title", "高速连接线拆迁"), ("lead", wuyang.as_str()), ("urgency", "urgent")];
    drafted_with(city, &[&first, &second]).await
}

/// A batch in draft with lines of these fields.
pub(crate) async fn drafted_with(city: &City, lines: &[&[(&'static str, &str)]]) -> String {
    let planned = city.sitting(city.today()).await.to_string();
    let officer = city.as_(Role::Officer);
    let opening =
        [("kind", "weekly"), ("sitting", planned.as_str()), ("proposals_until", "2021-11-30")];
    let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
    for own in lines {
        let usual = [
            ("demand", "按期完成"),
            ("standard", "取得批复"),
            ("importance", "normal"),
            ("rhythm", "once"),
            ("profile", "bureau"),
            ("due", "2021-11-12"),
            ("urgency", "plain"),
        ];
        let unsaid = |name: &str| !own.iter().any(|(said, _)| *said == name);
        let mut fields: Vec<_> = usual.into_iter().filter(|(name, _)| unsaid(name)).collect();
        fields.extend_from_slice(own);
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    }
    batch
}

/// The address of an assignment by its title.
pub(crate) async fn card(city: &City, title: &str) -> String {
    let list = city.as_(Role::Officer).json_get("/assignments?limit=100").await.is(200).json();
    let item = list["items"].as_array().unwrap().iter().find(|i| i["title"] == title).unwrap();
    format!("/assignments/{}", item["id"].as_str().unwrap())
}

/// What a list of a tray holds: about and words of each message.
pub(crate) async fn told(caller: &Caller, show: &str) -> Vec<String> {
    let page = caller.json_get(&format!("/inbox?show={show}")).await.is(200).json();
    let line =
        |i: &Value| format!("{} {}", i["about"].as_str().unwrap(), i["words"].as_str().unwrap());
    page["items"].as_array().unwrap().iter().map(line).collect()
}

/// How many messages are new.
pub(crate) async fn unread(caller: &Caller) -> i64 {
    caller.json_get("/inbox").await.is(200).json()["unread"].as_i64().unwrap()
}
