//! 事项台账: filters, orders and pages; items that are merged, carried over, handed on.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{City, each_engine};

use crate::world::{card, draft, issue, issued, line, plans};

fn titles(json: &Value) -> Vec<String> {
    let items = json["items"].as_array().unwrap();
    items.iter().map(|i| i["title"].as_str().unwrap().to_owned()).collect()
}

async fn listed(city: &City, query: &str) -> Vec<String> {
    let path = format!("/assignments?limit=100&{query}");
    let json = city.as_(Role::Officer).json_get(&path).await.is(200).json();
    let titles = titles(&json);
    assert_eq!(json["count"], titles.len(), "{query}");
    titles
}

/// Five items of two units, in three states and with different days.
async fn five(city: &City) -> String {
    let (work, leader) = (city.line("项目建设"), city.as_(Role::Leader).held().post);
    let due = |day: &str| json!({ "due": day });
    let lines = [
        line(city, "甲", "临颍县", &due("2021-11-03")),
        line(city, "乙", "舞阳县", &json!({ "due": "2021-11-05", "work_line": work })),
        line(city, "丙", "临颍县", &json!({ "due": "2021-11-20", "leader": leader })),
        line(city, "丁", "舞阳县", &due("2021-11-20")),
        line(city, "戊", "临颍县", &due("2021-11-25")),
    ];
    let batch = issued(city, &lines).await;
    let item = card(city, "丁").await;
    city.post("head of 舞阳县").post(&format!("{item}/acceptance"), &[]).await.is(303);
    let item = card(city, "戊").await;
    let why = [("reason", "情况变化")];
    city.as_(Role::Chief).post(&format!("{item}/withdrawal"), &why).await.is(303);
    batch
}

#[test]
fn every_filter_of_the_register_narrows_it() {
    each_engine(plans, async |city| {
        let batch = five(&city).await;
        let batch = batch.rsplit('/').next().unwrap().to_owned();
        let (work, leader) = (city.line("项目建设"), city.as_(Role::Leader).held().post);
        let unit = city.unit("舞阳县");
        city.set_clock("2021-11-04", "09:00");
        let cases = [
            ("state=issued".to_owned(), "甲乙丙"),
            ("state=handling".to_owned(), "丁"),
            ("open=0".to_owned(), "戊"),
            ("light=red".to_owned(), "甲"),
            ("light=yellow".to_owned(), "乙"),
            ("light=green".to_owned(), "丙丁"),
            ("light=void".to_owned(), "戊"),
            (format!("unit={unit}"), "乙丁"),
            (format!("unit={unit}&state=handling"), "丁"),
            (format!("line={work}"), "乙"),
            (format!("leader={leader}"), "丙"),
            (format!("session={batch}"), "甲乙丙丁戊"),
            (format!("source=batch:{batch}&open=1"), "甲乙丙丁"),
            ("source=slip".to_owned(), ""),
            ("due_from=2021-11-05&due_to=2021-11-20".to_owned(), "乙丙丁"),
            ("returned=1".to_owned(), ""),
            // What cannot be read does not limit, and never fails.
            ("light=purple&unit=x&due_from=yesterday".to_owned(), "甲乙丙丁戊"),
        ];
        for (query, wanted) in cases {
            let mut found = listed(&city, &query).await;
            let mut wanted: Vec<_> = wanted.chars().map(String::from).collect();
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted, "{query}");
        }
        // What narrows the list and stands in no field of the filter is named and can be taken away.
        let narrowed = "/assignments?returned=1&due_from=2021-11-05&open=1";
        let page = city.as_(Role::Officer).get(narrowed).await.is(200);
        let shown = page.select(".narrowed a").concat();
        assert!(shown.contains("被退办") && shown.contains("2021-11-05"), "{shown}");
        let away = page.attributes(".narrowed a", "href");
        assert!(away.iter().any(|a| !a.contains("returned") && a.contains("due_from")), "{away:?}");
    });
}

#[test]
fn pages_by_key_show_each_item_once_in_every_order() {
    each_engine(plans, async |city| {
        five(&city).await;
        // The two orders by day of issue differ only where there are two such days.
        city.set_clock("2021-11-02", "09:00");
        issued(&city, &[line(&city, "己", "临颍县", &json!({ "due": "2021-11-10" }))]).await;
        let officer = city.as_(Role::Officer);
        let day = |i: &Value, name: &str| i[name].as_str().unwrap().to_owned();
        for (sort, key, falling) in
            [("due", "due_on", false), ("-due", "due_on", true), ("-issued", "issued_on", true)]
        {
            for limit in [1, 2, 3, 100] {
                let (mut items, mut after) = (Vec::new(), String::new());
                loop {
                    let path = format!("/assignments?sort={sort}&limit={limit}{after}");
                    let json = officer.json_get(&path).await.is(200).json();
                    assert_eq!(json["count"], 6);
                    let page = json["items"].as_array().unwrap().clone();
                    assert!(page.len() <= limit && !page.is_empty());
                    items.extend(page);
                    let Some(next) = json["next"].as_str() else { break };
                    after = format!("&after={next}");
                }
                let mut days: Vec<_> = items.iter().map(|i| day(i, key)).collect();
                if falling {
                    days.reverse();
                }
                assert!(days.is_sorted(), "{sort} {days:?}");
                let mut ids: Vec<_> = items.iter().map(|i| day(i, "id")).collect();
                ids.sort();
                ids.dedup();
                assert_eq!((items.len(), ids.len()), (6, 6), "{sort} by {limit}");
            }
        }
        // A limit out of bounds is the nearest one within.
        for (asked, shown) in [("0", 1), ("-3", 1), ("1000", 6), ("many", 6)] {
            let path = format!("/assignments?limit={asked}");
            let json = officer.json_get(&path).await.is(200).json();
            assert_eq!(json["items"].as_array().unwrap().len(), shown, "{asked}");
        }
    });
}

#[test]
fn an_item_is_merged_into_another_open_one_of_its_unit() {
    each_engine(plans, async |city| {
        five(&city).await;
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let (from, into) = (card(&city, "甲").await, card(&city, "丙").await);
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let merge = format!("{from}/merger");
        let said = |into: &str| json!({ "into": id(into), "reason": "同一件事" });
        // Not into itself, another unit's, or what has ended.
        for wrong in [&from, &card(&city, "乙").await, &card(&city, "戊").await] {
            let told = chief.json_post(&merge, &said(wrong)).await.is(422).json();
            assert_eq!(told["error"]["fields"][0]["field"], "into", "{told}");
        }
        city.post("head of 临颍县").json_post(&merge, &said(&into)).await.is(404);
        chief.json_post(&merge, &said(&into)).await.is(200);
        let json = officer.json_get(&from).await.is(200).json();
        assert_eq!(json["item"]["state"], "merged");
        assert_eq!(json["item"]["light"], "void");
        chief.json_post(&merge, &said(&into)).await.is(409);
        assert_eq!(listed(&city, "open=1").await.len(), 3);
        city.verify().await;
    });
}

#[test]
fn what_is_carried_over_stays_the_same_item_with_its_clock() {
    each_engine(plans, async |city| {
        five(&city).await;
        let officer = city.as_(Role::Officer);
        let item = card(&city, "丙").await;
        let id = item.rsplit('/').next().unwrap().to_owned();
        let before = officer.json_get(&item).await.json()["item"].clone();
        let seq = city.seq().await;
        city.set_clock("2021-11-08", "08:00");
        let batch = draft(&city, &[line(&city, "新", "临颍县", &json!({}))]).await;
        let carry = format!("{batch}/carried/new");
        officer.json_post(&carry, &json!({ "assignments": [id] })).await.is(200);
        issue(&city, &batch).await;
        let json = officer.json_get(&batch).await.is(200).json();
        assert_eq!(json["lines"].as_array().unwrap().len(), 2, "{json}");
        let after = officer.json_get(&item).await.json()["item"].clone();
        for same in ["id", "label", "issued_on", "first_due_on", "due_on", "state"] {
            assert_eq!(after[same], before[same], "{same}");
        }
        let facts = city.facts(200).await;
        let own = facts.iter().filter(|f| f.seq > seq && f.subject.id.to_string() == id);
        assert_eq!(own.count(), 0, "nothing was done to the item itself");
        // The list names it beside the new one; the register still has it once.
        let of_batch = format!("session={}", batch.rsplit('/').next().unwrap());
        assert_eq!(listed(&city, &of_batch).await.len(), 2);
        assert_eq!(listed(&city, "open=1").await.iter().filter(|t| *t == "丙").count(), 1);
        city.verify().await;
    });
}

#[test]
fn what_is_printed_bears_the_head_of_the_journal() {
    each_engine(plans, async |city| {
        let batch = five(&city).await;
        let item = card(&city, "甲").await;
        let officer = city.as_(Role::Officer);
        let head = city.db().head(city.id()).await.unwrap();
        for path in ["/assignments", "/assignments/due-changes", &batch, &item] {
            let page = officer.get(path).await.is(200);
            let seal = page.select(".seal code").concat();
            assert_eq!(seal, head.to_string(), "{path}");
        }
    });
}

#[test]
fn an_export_of_many_rows_says_who_sees_to_each() {
    each_engine(plans, async |city| {
        let many: Vec<_> = (1..=75)
            .map(|n| {
                let seen_to = format!("科长{n}，内线 {n:04}");
                let unit = json!({ "unit": city.unit("临颍县"), "responsible": seen_to });
                line(&city, &format!("事项{n}"), "临颍县", &json!({ "parts": [unit] }))
            })
            .collect();
        issued(&city, &many).await;
        let file = city.as_(Role::Leader).get("/assignments/export").await.is(200);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes().to_vec())).unwrap();
        let range = book.worksheet_range("事项台账").unwrap();
        for n in 1..=75 {
            let (title, post) = (format!("事项{n}"), format!("科长{n}，内线 {n:04}"));
            let row = range.rows().find(|r| r.contains(&Data::String(title.clone())));
            assert!(row.unwrap().contains(&Data::String(post.clone())), "{title}: {post}");
        }
    });
}
