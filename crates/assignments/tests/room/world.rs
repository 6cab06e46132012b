//! What the tests of this room begin with.

use kernel::Role;
use serde_json::{Value, json};
use testkit::{Caller, City};

pub(crate) fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

/// A scanned page that was uploaded beside a form.
pub(crate) async fn scan(city: &City, officer: &Caller) -> String {
    let (account, page) = (officer.held().account, b"%PDF-1.7 signed".to_vec());
    files::stage(city.db(), city.id(), account, ("签批稿.pdf", page)).await.unwrap().to_string()
}

/// A line for one lead unit, with more said or said otherwise.
pub(crate) fn line(city: &City, title: &str, unit: &str, more: &Value) -> Value {
    let mut line = json!({
        "title": title, "demand": "11月底前完成", "standard": "取得批复", "urgency": "plain",
        "importance": "normal", "rhythm": "once", "profile": "bureau", "due": "2021-11-12",
        "lead": city.unit(unit),
    });
    for (name, value) in more.as_object().unwrap() {
        line[name] = value.clone();
    }
    line
}

/// A weekly batch of a day in draft, with these lines.
pub(crate) async fn draft(city: &City, lines: &[Value]) -> String {
    let officer = city.as_(Role::Officer);
    let sitting = city.sitting(city.today()).await;
    let opened = json!({ "kind": "weekly", "sitting": sitting });
    let batch = posted(&officer, "/batches/new", &opened).await;
    for line in lines {
        officer.json_post(&format!("{batch}/lines/new"), line).await.is(200);
    }
    batch
}

/// The same, issued.
pub(crate) async fn issued(city: &City, lines: &[Value]) -> String {
    let batch = draft(city, lines).await;
    issue(city, &batch).await;
    batch
}

/// A draft goes through everybody's hands and is issued.
pub(crate) async fn issue(city: &City, batch: &str) {
    let officer = city.as_(Role::Officer);
    officer.json_post(&format!("{batch}/review"), &json!({})).await.is(200);
    let agreed = json!({ "verdict": "agreed" });
    for role in [Role::Chief, Role::Leader] {
        city.as_(role).json_post(&format!("{batch}/signature"), &agreed).await.is(200);
    }
    officer.json_post(&format!("{batch}/issue"), &json!({})).await.is(200);
}

/// Does an act as JSON and says where its subject is.
pub(crate) async fn posted(caller: &Caller, path: &str, body: &Value) -> String {
    let done = caller.json_post(path, body).await.is(200).json();
    done["location"].as_str().unwrap().to_owned()
}

/// The address of the assignment with a title.
pub(crate) async fn card(city: &City, title: &str) -> String {
    let list = city.as_(Role::Officer).json_get("/assignments?limit=100").await.is(200).json();
    let items = list["items"].as_array().unwrap();
    let item = items.iter().find(|i| i["title"] == title);
    let item = item.unwrap_or_else(|| panic!("no {title} in {items:?}"));
    format!("/assignments/{}", item["id"].as_str().unwrap())
}
