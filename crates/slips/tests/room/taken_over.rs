//! 期初接续: what a ledger brings in late is its own history; what becomes late after that is
//! supervised like everything else.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use kernel::Role;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use testkit::{Caller, City, each_engine};

use crate::common::{card, issue, plans, round, slip, slips_of};

const HEADER: [&str; 9] = [
    "次别",
    "事项编号",
    "交办事项",
    "工作要求",
    "牵头单位",
    "交办日期",
    "完成时限",
    "反馈频次",
    "状态",
];

/// A running ledger: titles with their due days.
fn ledger(items: &[(&str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let tab = book.add_worksheet();
    let row = |n: usize, (title, due): &(&str, &str)| {
        let label = format!("36-{n}");
        ["36", &label, title, "完成报批", "临颍县", "2021-10-11", due, "每周", "办理中"]
            .map(str::to_owned)
    };
    let rows = (1..).zip(items).map(|(n, item)| row(n, item));
    let rows = std::iter::once(HEADER.map(str::to_owned)).chain(rows);
    for (r, cells) in (0..).zip(rows) {
        for (c, text) in (0..).zip(&cells) {
            tab.write_string(r, c, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

async fn settled(who: &Caller, one: &str) -> Value {
    loop {
        let import = who.json_get(one).await.is(200).json();
        if import["busy"] == false {
            return import;
        }
        tokio::task::yield_now().await;
    }
}

/// Brings a ledger in, today.
async fn taken_over(city: &City, items: &[(&str, &str)]) {
    let officer = city.as_(Role::Officer);
    let file = ("周交办台账.xlsx", ledger(items));
    let file = files::stage(city.db(), city.id(), officer.held().account, file).await.unwrap();
    let sent = officer.post("/assignments/import", &[("file", &file.to_string())]).await.is(303);
    let one = sent.goes_to();
    settled(&officer, &one).await;
    let form = officer.json_get(&format!("{one}/columns")).await.is(200).json();
    let fields = form["fields"].as_array().unwrap();
    let columns = fields.iter().find(|f| f["name"] == "columns").unwrap()["rows"].clone();
    let column = |row: &Value| row["to"].as_str().unwrap().to_owned();
    let columns = columns.as_array().unwrap().iter().map(column).enumerate();
    let mut said: Vec<_> = columns.map(|(n, to)| (format!("columns.{n}.to"), to)).collect();
    said.push(("answer".to_owned(), city.series("周交办会").to_string()));
    said.push(("year".to_owned(), "2021".to_owned()));
    let said: Vec<_> = said.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    officer.post(&format!("{one}/columns"), &said).await.is(303);
    let checked = settled(&officer, &one).await;
    assert_eq!(checked["errors"], 0, "{checked}");
    officer.post(&format!("{one}/commit"), &[]).await.is(303);
    assert_eq!(settled(&officer, &one).await["state"], "done");
}

#[test]
fn a_ledger_that_comes_in_late_does_not_flood_the_bureau_on_its_first_day() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-15", "09:00");
        let items = [
            ("早已逾期的", "2021-10-29"),
            ("上周五到期的", "2021-11-12"),
            ("今天到期的", "2021-11-15"),
            ("四个工作日后到期的", "2021-11-19"),
        ];
        taken_over(&city, &items).await;
        assert_eq!(round(&city).await.sum(), 0, "nothing on the first day");
        // What became late after it is reminded of and supervised; what is due is reminded of.
        city.set_clock("2021-11-16", "09:00");
        let done = round(&city).await;
        assert_eq!((done.reminders, done.missed, done.slips), (2, 0, 1));
        let slips = slips_of(&city, "officer of 督查局", "").await;
        assert_eq!(slips[0]["title"], "今天到期的");
        // The first closing after it, and none before, is asked for.
        city.set_clock("2021-11-19", "17:30");
        assert_eq!(round(&city).await.missed, 4);
        let list = city.as_(Role::Chief).json_get("/missed-reports").await.is(200).json();
        let items = list["items"].as_array().unwrap();
        assert!(items.iter().all(|i| i["closed_on"] == "2021-11-19"), "{items:?}");
        city.set_clock("2021-12-06", "09:00");
        let done = round(&city).await;
        assert_eq!((done.reminders, done.slips), (1, 1), "the fourth, and nothing of the old ones");
        city.verify().await;
    });
}

#[test]
fn an_officer_may_begin_with_what_came_late_and_then_the_ladder_goes_on() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-15", "09:00");
        taken_over(&city, &[("早已逾期的", "2021-10-29")]).await;
        assert_eq!(round(&city).await.sum(), 0);
        let officer = city.post("officer of 督查局");
        let item = card(&city, "早已逾期的").await;
        assert!(officer.get(&item).await.is(200).text().contains("草拟督办单"));
        let words = [("finding", "未开工"), ("demand", "整改"), ("consequence", "升级")];
        officer.post(&format!("{item}/slips/new"), &words).await.is(303);
        issue(&city, &slip(&city, "早已逾期的").await).await;
        city.set_clock("2021-11-19", "09:00");
        assert_eq!(round(&city).await.slips, 1, "its own deadline passed");
        let slips = slips_of(&city, "officer of 督查局", "").await;
        assert_eq!(slips[0]["colour"], "yellow");
        city.verify().await;
    });
}
