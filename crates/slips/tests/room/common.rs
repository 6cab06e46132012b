//! An issued batch with late items, and what tests ask of it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end by what it did not find")]

use kernel::Role;
use serde_json::Value;
use slips::reconcile::{self, Recorded};
use testkit::{Caller, City};

pub(crate) fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan(), slips::plan()]
}

/// An item of a batch: title, due day, and what else its line says.
pub(crate) struct Line<'a> {
    pub(crate) title: &'a str,
    pub(crate) due: &'a str,
    pub(crate) more: &'a [(&'static str, String)],
}

/// Issues a batch with these lines, today.
pub(crate) async fn issued(city: &City, lines: &[Line<'_>]) {
    let sitting = city.sitting(city.today()).await.to_string();
    let officer = city.as_(Role::Officer);
    let opening = [("kind", "weekly"), ("sitting", sitting.as_str())];
    let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
    for line in lines {
        let mut fields = vec![
            ("title", line.title.to_owned()),
            ("demand", "完成报批".to_owned()),
            ("standard", "取得批复".to_owned()),
            ("importance", "key".to_owned()),
            ("profile", "bureau".to_owned()),
            ("due", line.due.to_owned()),
        ];
        let given = |name: &str| line.more.iter().any(|(n, _)| *n == name);
        for (name, value) in [("urgency", "plain"), ("rhythm", "once")] {
            if !given(name) {
                fields.push((name, value.to_owned()));
            }
        }
        fields.extend(line.more.iter().cloned());
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    }
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
}

/// A unit as the lead of a line.
pub(crate) fn lead(city: &City, unit: &str) -> (&'static str, String) {
    ("lead", city.unit(unit).to_string())
}

/// The address of an item by its title.
pub(crate) async fn card(city: &City, title: &str) -> String {
    let list = city.as_(Role::Officer).json_get("/assignments?limit=100").await.is(200).json();
    let items = list["items"].as_array().unwrap().clone();
    let item = items.iter().find(|i| i["title"] == title);
    let item = item.unwrap_or_else(|| panic!("no {title} in {items:?}"));
    format!("/assignments/{}", item["id"].as_str().unwrap())
}

/// The slips that a post sees, newest first.
pub(crate) async fn slips_of(city: &City, post: &str, query: &str) -> Vec<Value> {
    let list = city.post(post).json_get(&format!("/slips?limit=100&{query}")).await.is(200).json();
    list["items"].as_array().unwrap().clone()
}

/// The address of the newest slip about an item.
pub(crate) async fn slip(city: &City, title: &str) -> String {
    let all = slips_of(city, "officer of 督查局", "").await;
    let found = all.iter().find(|s| s["title"] == title);
    let found = found.unwrap_or_else(|| panic!("no slip about {title} in {all:?}"));
    format!("/slips/{}", found["id"].as_str().unwrap())
}

/// Signs a slip as far as the chief and issues it.
pub(crate) async fn issue(city: &City, slip: &str) {
    let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
    officer.post(&format!("{slip}/review"), &[]).await.is(303);
    chief.post(&format!("{slip}/signature"), &[("verdict", "agreed")]).await.is(303);
    officer.post(&format!("{slip}/issue"), &[]).await.is(303);
}

/// One round of the program.
pub(crate) async fn round(city: &City) -> Recorded {
    reconcile::record(city.db(), city.id()).await.unwrap()
}

/// A file that waits for its act, as an upload of the caller.
pub(crate) async fn staged(city: &City, by: &Caller, (name, bytes): (&str, Vec<u8>)) -> String {
    let account = by.held().account;
    files::stage(city.db(), city.id(), account, (name, bytes)).await.unwrap().to_string()
}
