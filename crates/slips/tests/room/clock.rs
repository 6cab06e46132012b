//! What the program records by the clock: once, on two nodes, after a standstill, over holidays.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use crate::common::{Line, card, issue, issued, lead, plans, round, slip, slips_of};
use journal::{Db, Engine};
use kernel::Role;
use slips::reconcile;
use testkit::{City, each_engine, on_engine};
use web::House;

const DAYS: &str = "SELECT days FROM reminders WHERE jurisdiction_id = $1 AND NOT co \
    ORDER BY reminded_on, days DESC LIMIT 100";
const CO_DAYS: &str = "SELECT days FROM reminders WHERE jurisdiction_id = $1 AND co \
    ORDER BY reminded_on, days DESC LIMIT 100";

/// The numbers that a query answers.
async fn column(city: &City, sql: &str) -> Vec<i64> {
    let rows: Vec<(i64,)> = city.read().await.all(sql, journal::args![city.id()]).await.unwrap();
    rows.into_iter().map(|r| r.0).collect()
}

/// An item of 临颍县 due on Friday, 12 November 2021.
async fn one(city: &City) {
    let more = [lead(city, "临颍县")];
    issued(city, &[Line { title: "产业园用地报批", due: "2021-11-12", more: &more }]).await;
}

#[test]
fn each_stage_is_reminded_of_once_and_never_twice() {
    each_engine(plans, async |city| {
        one(&city).await;
        assert_eq!(round(&city).await.sum(), 0);
        for (day, reminders) in [
            ("2021-11-04", 0),
            ("2021-11-05", 1), // 5 working days
            ("2021-11-06", 0), // a Saturday
            ("2021-11-08", 0),
            ("2021-11-09", 1), // 3
            ("2021-11-10", 0),
            ("2021-11-11", 1), // 1
            ("2021-11-12", 1), // the day
            ("2021-11-13", 0),
            ("2021-11-15", 1), // after it
            ("2021-11-16", 0),
        ] {
            city.set_clock(day, "08:00");
            assert_eq!(round(&city).await.reminders, reminders, "{day}");
            assert_eq!(round(&city).await.reminders, 0, "{day}, once more");
        }
        assert_eq!(column(&city, DAYS).await, [5, 3, 1, 0, -1]);
        city.verify().await;
    });
}

#[test]
fn after_a_standstill_only_the_stage_that_applies_is_recorded() {
    each_engine(plans, async |city| {
        one(&city).await;
        city.set_clock("2021-11-11", "09:00");
        assert_eq!(round(&city).await.reminders, 1);
        assert_eq!(column(&city, DAYS).await, [1]);
        city.set_clock("2021-12-06", "09:00");
        let done = round(&city).await;
        assert_eq!((done.reminders, done.slips), (1, 1));
        assert_eq!(column(&city, DAYS).await, [1, -1]);
        // One slip, by the first step; those after it need its own deadline.
        assert_eq!(slips_of(&city, "officer of 督查局", "").await[0]["colour"], "blue");
        assert_eq!(round(&city).await.sum(), 0);
        city.verify().await;
    });
}

/// Another program on the same database, with its own writer.
async fn other_node(city: &City) -> Db {
    let rooms = House::new(plans(), Box::new(people::Door)).rooms();
    Db::open(city.db().place().clone(), rooms, city.db().clock().clone()).await.unwrap()
}

#[test]
fn two_nodes_record_everything_once() {
    // SQLite has one writer by design; on PostgreSQL two programs share the journal.
    for engine in [Engine::Postgres, Engine::Sqlite] {
        on_engine(engine, plans, async |city| {
            let more = [
                lead(&city, "临颍县"),
                ("rhythm", "weekly".to_owned()),
                ("report_day", "5".to_owned()),
                ("report_hour", "17".to_owned()),
            ];
            let titles: Vec<_> = (1..=8).map(|n| format!("事项{n}")).collect();
            let lines: Vec<_> =
                titles.iter().map(|title| Line { title, due: "2021-11-12", more: &more }).collect();
            issued(&city, &lines).await;
            let node = if engine == Engine::Postgres {
                other_node(&city).await
            } else {
                city.db().clone()
            };
            city.set_clock("2021-11-16", "09:00");
            let (a, b, c) = tokio::join!(
                reconcile::record(city.db(), city.id()),
                reconcile::record(&node, city.id()),
                reconcile::record(&node, city.id()),
            );
            let sums = [a.unwrap(), b.unwrap(), c.unwrap()];
            let total = |of: fn(&reconcile::Recorded) -> usize| sums.iter().map(of).sum::<usize>();
            assert_eq!(total(|r| r.reminders), 8);
            assert_eq!(total(|r| r.missed), 8);
            assert_eq!(total(|r| r.slips), 8);
            assert_eq!(column(&city, DAYS).await, [-1; 8]);
            city.verify().await;
        });
    }
}

#[test]
fn what_stands_or_has_ended_is_not_reminded_of() {
    each_engine(plans, async |city| {
        let more = [lead(&city, "临颍县")];
        let line = |title| Line { title, due: "2021-11-12", more: &more };
        issued(&city, &[line("暂缓的"), line("撤销的"), line("报结的"), line("延期的")]).await;
        let (chief, head) = (city.as_(Role::Chief), city.post("head of 临颍县"));
        for title in ["暂缓的", "报结的", "延期的"] {
            let item = card(&city, title).await;
            head.post(&format!("{item}/acceptance"), &[]).await.is(303);
        }
        let stopped = card(&city, "暂缓的").await;
        let stop = [("reason", "汛情"), ("review", "2021-11-10")];
        chief.post(&format!("{stopped}/stop"), &stop).await.is(303);
        let withdrawn = card(&city, "撤销的").await;
        chief.post(&format!("{withdrawn}/withdrawal"), &[("reason", "重复")]).await.is(303);
        let submitted = card(&city, "报结的").await;
        head.post(&format!("{submitted}/submission"), &[("done", "已办")]).await.is(303);
        let item = card(&city, "延期的").await;
        let ask = [("new_due", "2021-11-30"), ("reason", "补件"), ("progress", "一半")];
        head.post(&format!("{item}/extensions"), &ask).await.is(303);
        city.set_clock("2021-11-15", "09:00");
        let done = round(&city).await;
        // The request for more time waits for the bureau: neither a reminder nor a slip.
        assert_eq!((done.reminders, done.slips, done.reviews), (0, 0, 1));
        let grant = [("verdict", "confirmed"), ("due", "2021-11-30")];
        chief.post(&format!("{item}/extensions/decision"), &grant).await.is(303);
        city.set_clock("2021-11-25", "09:00");
        let done = round(&city).await;
        assert_eq!((done.reminders, done.slips, done.reviews), (1, 0, 0), "of the new day");
        assert_eq!(column(&city, DAYS).await, [3]);
        let page = chief.get(&stopped).await.is(200);
        assert!(page.text().contains("暂缓研判 2021-11-10"), "{}", page.text());
        city.verify().await;
    });
}

#[test]
fn a_co_unit_is_reminded_of_its_own_day() {
    each_engine(plans, async |city| {
        let co = city.unit("舞阳县");
        let more = [
            lead(&city, "临颍县"),
            ("co", co.to_string()),
            ("parts.0.unit", co.to_string()),
            ("parts.0.part", "提供资料".to_owned()),
            ("parts.0.due", "2021-11-05".to_owned()),
        ];
        issued(&city, &[Line { title: "高速连接线", due: "2021-11-30", more: &more }]).await;
        city.set_clock("2021-11-04", "09:00");
        assert_eq!(round(&city).await.reminders, 1);
        city.set_clock("2021-11-08", "09:00");
        assert_eq!(round(&city).await.reminders, 1);
        assert_eq!(
            (column(&city, CO_DAYS).await, column(&city, DAYS).await),
            (vec![1, -1], vec![])
        );
        let item = card(&city, "高速连接线").await;
        let page = city.as_(Role::Officer).get(&item).await.is(200);
        assert!(page.text().contains("2021-11-04 催办舞阳县"), "{}", page.text());
        let done = [("done", "已提供")];
        city.post("liaison of 舞阳县").post(&format!("{item}/part"), &done).await.is(303);
        city.set_clock("2021-11-09", "09:00");
        assert_eq!(round(&city).await.reminders, 0);
        city.verify().await;
    });
}

#[test]
fn a_missed_report_is_found_at_its_closing_hour_and_listed() {
    each_engine(plans, async |city| {
        let more = [
            lead(&city, "临颍县"),
            ("rhythm", "weekly".to_owned()),
            ("report_day", "5".to_owned()),
            ("report_hour", "17".to_owned()),
        ];
        issued(&city, &[Line { title: "每周反馈的", due: "2021-12-31", more: &more }]).await;
        let item = card(&city, "每周反馈的").await;
        let liaison = city.post("liaison of 临颍县");
        liaison.post(&format!("{item}/acceptance"), &[]).await.is(303);
        city.set_clock("2021-11-05", "16:59");
        assert_eq!(round(&city).await.missed, 0);
        city.set_clock("2021-11-05", "17:00");
        assert_eq!(round(&city).await.missed, 1);
        assert_eq!(round(&city).await.missed, 0);
        city.set_clock("2021-11-09", "09:00");
        liaison.post(&format!("{item}/reports"), &[("done", "推进中")]).await.is(303);
        city.set_clock("2021-11-12", "18:00");
        assert_eq!(round(&city).await.missed, 0, "reported in time");
        // Two closings pass while the program stands: the last one is recorded.
        city.set_clock("2021-11-29", "09:00");
        assert_eq!(round(&city).await.missed, 1);
        let list = city.as_(Role::Chief).json_get("/missed-reports").await.is(200).json();
        let days: Vec<_> =
            list["items"].as_array().unwrap().iter().map(|i| i["closed_on"].clone()).collect();
        assert_eq!(days, ["2021-11-26", "2021-11-05"]);
        assert_eq!(list["items"][1]["made_up"], true);
        city.as_(Role::Chief).get("/missed-reports").await.is(200);
        liaison.get("/missed-reports").await.is(404);
        city.verify().await;
    });
}

#[test]
fn the_ladder_is_climbed_only_after_each_slips_own_deadline() {
    each_engine(plans, async |city| {
        one(&city).await;
        city.set_clock("2021-11-15", "08:30");
        assert_eq!(round(&city).await.slips, 1);
        let first = slip(&city, "产业园用地报批").await;
        city.set_clock("2021-11-22", "09:00");
        assert_eq!(round(&city).await.slips, 0, "it was not issued yet");
        issue(&city, &first).await;
        // Three working days: until Thursday, 25 November.
        city.set_clock("2021-11-25", "09:00");
        assert_eq!(round(&city).await.slips, 0);
        city.set_clock("2021-11-26", "09:00");
        assert_eq!(round(&city).await.slips, 1);
        let second = slip(&city, "产业园用地报批").await;
        assert_ne!(first, second);
        issue(&city, &second).await;
        assert_eq!(city.kinds(2).await, ["slip_superseded", "slip_issued"]);
        let head = city.post("head of 临颍县");
        let post = head.held().post.to_string();
        let answer = [("done", "晚了"), ("responsible", post.as_str())];
        head.post(&format!("{first}/answers"), &answer).await.is(409);
        city.set_clock("2021-12-02", "09:00");
        assert_eq!(round(&city).await.slips, 1);
        let third = slip(&city, "产业园用地报批").await;
        let colours: Vec<_> = slips_of(&city, "officer of 督查局", "")
            .await
            .iter()
            .map(|s| s["colour"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(colours, ["red", "yellow", "blue"]);
        // Red is signed by the chief and then by the leader.
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        officer.post(&format!("{third}/review"), &[]).await.is(303);
        officer.post(&format!("{third}/issue"), &[]).await.is(409);
        let agreed = [("verdict", "agreed")];
        chief.post(&format!("{third}/signature"), &agreed).await.is(303);
        officer.post(&format!("{third}/issue"), &[]).await.is(409);
        chief.post(&format!("{third}/signature"), &agreed).await.is(404);
        city.as_(Role::Leader).post(&format!("{third}/signature"), &agreed).await.is(303);
        officer.post(&format!("{third}/issue"), &[]).await.is(303);
        let labels: Vec<_> = slips_of(&city, "officer of 督查局", "year=2021")
            .await
            .iter()
            .map(|s| s["label"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(labels, ["督办〔2021〕3号", "督办〔2021〕2号", "督办〔2021〕1号"]);
        city.set_clock("2021-12-20", "09:00");
        assert_eq!(round(&city).await.slips, 0, "nothing comes after red");
        let due = city.as_(Role::Chief).json_get(&card(&city, "产业园用地报批").await).await.json();
        assert_eq!(due["item"]["due_on"], "2021-11-12", "a slip never moves the due day");
        city.verify().await;
    });
}

#[test]
fn a_jump_of_the_clock_is_told_to_the_bureau_for_half_an_hour() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        assert!(!officer.get("/slips").await.is(200).text().contains("时钟跳变"));
        slips::clock::keep(city.db(), city.id(), 7_200).await.unwrap();
        let page = officer.get("/slips").await.is(200);
        assert!(page.text().contains("时钟跳变了 120 分钟"), "{}", page.text());
        assert!(!city.as_(Role::Leader).get("/slips").await.text().contains("时钟跳变"));
        city.pass_minutes(31);
        assert!(!officer.get("/slips").await.is(200).text().contains("时钟跳变"));
    });
}
