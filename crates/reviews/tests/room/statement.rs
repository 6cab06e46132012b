//! 表态发言: who has to make one and how often it came to that; written, returned, accepted; its
//! measures become assignments and come back with the next month. Former months of units and groups.

use kernel::Role;
use serde_json::Value;
use testkit::{Caller, City, each_engine};

use crate::circular::frozen;
use crate::life::Life;
use crate::paper::holds;
use crate::plans;
use crate::story::{approved_at, json};

const AT: &str = "/reviews/2021-10";
const NEXT: &str = "/reviews/2021-11";

/// Who makes a statement in a month: unit and its name, with the row of the review's page.
async fn called(caller: &Caller, at: &str) -> (String, String, Value) {
    let page = json(caller, at).await;
    let rows = page["consequences"].as_array().unwrap();
    let row = rows.iter().find(|c| c["is_award"] == false).unwrap().clone();
    let id = row["statement"]["unit_id"].as_str().unwrap().to_owned();
    (id, row["unit"].as_str().unwrap().to_owned(), row)
}

/// Who is told of what was decided on consequences.
async fn told(city: &City) -> Vec<String> {
    let mut tx = city.read().await;
    let mut seats = Vec::new();
    for entry in journal::history::after(&mut tx, city.id(), 0, 10_000).await.unwrap() {
        if entry.kind == "consequence_decided" {
            let told = reviews::notice::tell(&entry, &mut tx).await.unwrap();
            let seat = |n: &people::notice::Notice| {
                format!("{} {}", n.seat.word(), n.seat.owner(city.id()))
            };
            seats.extend(told.notices.iter().map(seat));
        }
    }
    seats
}

/// Head and liaison of each unit of which a statement is asked.
async fn asked(leader: &Caller) -> Vec<String> {
    let page = json(leader, AT).await;
    let rows = page["consequences"].as_array().unwrap().iter().filter(|c| c["is_award"] == false);
    let seats = rows.flat_map(|row| {
        let unit = row["statement"]["unit_id"].as_str().unwrap();
        [format!("head {unit}"), format!("liaison {unit}")]
    });
    seats.collect()
}

/// What the unit says, with a measure by a post of its own until a day.
fn said<'a>(post: &'a str, due: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("gap", "两件事项到期才报结"),
        ("measures.0.measure", "逐件清理逾期事项"),
        ("measures.0.responsible", post),
        ("measures.0.due", due),
        ("measures.1.measure", "每周核对时限"),
        ("measures.1.responsible", post),
        ("measures.1.due", "2021-12-10"),
        ("goal", "下期逾期清零"),
    ]
}

#[test]
fn a_unit_that_is_exempted_afterwards_learns_of_it() {
    each_engine(plans, async |city| {
        let city = frozen(&city).await;
        let leader = city.as_(Role::Leader);
        let (id, _, row) = called(&leader, AT).await;
        let named = row["named"].as_str().unwrap();
        let said = [("consequence", named), ("verdict", "exempt"), ("reason", "已说明原因")];
        leader.post(&format!("{AT}/consequences"), &said).await.is(303);
        let mut tx = city.read().await;
        let head = city.seq().await;
        let entry =
            journal::history::after(&mut tx, city.id(), head - 1, 1).await.unwrap().remove(0);
        let told = reviews::notice::tell(&entry, &mut tx).await.unwrap().notices;
        assert_eq!(told.len(), 2, "head and liaison");
        for notice in told {
            assert_eq!(notice.unit.unwrap().to_string(), id);
            assert!(notice.words.zh.starts_with("领导决定你单位不作“"), "{}", notice.words.zh);
            assert!(notice.words.en.contains("that there is no “"), "{}", notice.words.en);
        }
    });
}

#[test]
fn a_statement_is_written_returned_accepted_and_its_measures_become_assignments() {
    each_engine(plans, async |city| {
        let city = frozen(&city).await;
        let (officer, leader) = (city.post("officer of 督查局"), city.as_(Role::Leader));
        let (id, name, row) = called(&leader, AT).await;
        assert_eq!((&row["times"]["nth"], &row["times"]["months"]), (&1.into(), &1.into()));
        assert_eq!(told(&city).await, asked(&leader).await);
        let (head, liaison) =
            (city.post(&format!("head of {name}")), city.post(&format!("liaison of {name}")));
        let at = format!("{AT}/statements/{id}");
        let path = |more: &str| format!("{at}/{more}");
        // Who does not have to has none; nobody else's is found.
        let others = ["临颍县", "舞阳县", "源汇区"].into_iter().filter(|u| *u != name);
        for other in others {
            let caller = city.post(&format!("head of {other}"));
            caller.get(&at).await.is(404);
            let unit = city.unit(other);
            caller.get(&format!("{AT}/statements/{unit}")).await.is(404);
            let post = caller.held().post.to_string();
            let text = format!("{AT}/statements/{unit}/text");
            caller.post(&text, &said(&post, "2021-11-20")).await.is(404);
            caller.post(&path("text"), &said(&post, "2021-11-20")).await.is(404);
        }
        assert_eq!(json(&head, &at).await["state"], Value::Null);
        head.get(&path("print")).await.is(409);
        // Written by the liaison, submitted by the head.
        let post = head.held().post.to_string();
        liaison.post(&path("text"), &[("gap", "略"), ("goal", "略")]).await.is(422);
        liaison.post(&path("text"), &said(&post, "2021-10-01")).await.is(422);
        let stranger = city.post("head of 经开区").held().post.to_string();
        liaison.post(&path("text"), &said(&stranger, "2021-11-20")).await.is(422);
        head.post(&path("submission"), &[]).await.is(404);
        liaison.post(&path("text"), &said(&post, "2021-11-20")).await.is(303);
        liaison.post(&path("submission"), &[]).await.is(404);
        officer.post(&path("verdict"), &[("verdict", "agreed")]).await.is(409);
        head.post(&path("submission"), &[]).await.is(303);
        head.post(&path("text"), &said(&post, "2021-11-20")).await.is(409);
        officer.post(&path("verdict"), &[("verdict", "returned")]).await.is(422);
        let back = [("verdict", "returned"), ("remark", "措施不具体")];
        officer.post(&path("verdict"), &back).await.is(303);
        head.post(&path("submission"), &[]).await.is(409);
        holds(&head.get(&at).await.is(200).text(), &["措施不具体", "退回修改"]);
        head.post(&path("text"), &said(&post, "2021-11-25")).await.is(303);
        head.post(&path("submission"), &[]).await.is(303);
        officer.post(&path("assignments"), &[("batch", &id)]).await.is(409);
        officer.post(&path("verdict"), &[("verdict", "agreed")]).await.is(303);
        for lang in ["zh-CN", "en"] {
            let print = leader.with("accept-language", lang).get(&path("print")).await.is(200);
            holds(&print.text(), &["逐件清理逾期事项", "下期逾期清零"]);
        }
        issued(&city, &path("assignments")).await;
        let card = json(&head, &at).await;
        let measures = card["measures"].as_array().unwrap();
        assert_eq!(measures.len(), 2);
        for measure in measures {
            let made = &measure["assignments"][0];
            let item = format!("/assignments/{}", made["id"].as_str().unwrap());
            let item = json(&head, &item).await.to_string();
            holds(&item, &["2021年10月讲评表态发言", measure["measure"].as_str().unwrap()]);
        }
        assert_eq!(measures[0]["due_on"], "2021-11-25");
        holds(&officer.get(AT).await.is(200).text(), &["已认可", "首次"]);
        kept_in_the_next_month(&city, &name, measures).await;
        city.verify().await;
    });
}

/// One of two measures is done by its day: the next review shows both, and a measure counts them.
async fn kept_in_the_next_month(city: &City, name: &str, measures: &[Value]) {
    let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
    let head = city.post(&format!("head of {name}"));
    let made = |n: usize| {
        let id = measures[n]["assignments"][0]["id"].as_str().unwrap();
        format!("/assignments/{id}")
    };
    for n in [0, 1] {
        head.post(&format!("{}/acceptance", made(n)), &[]).await.is(303);
    }
    head.post(&format!("{}/submission", made(0)), &[("done", "已清零")]).await.is(303);
    chief.post(&format!("{AT}/publication"), &[]).await.is(303);
    city.set_clock("2021-11-26", "15:00");
    let own = city.unit(name).to_string();
    let counted = async |day: &str| {
        let path = format!("/measures/promise_rate/records?unit={own}&from={day}&to={day}");
        let page = json(&officer, &path).await;
        let number = |field: &str| page[field].as_i64().unwrap();
        (number("numerator"), number("denominator"), page["items"].as_array().unwrap().len())
    };
    let day = |n: usize| measures[n]["due_on"].as_str().unwrap();
    assert_eq!(counted(day(0)).await, (1, 1, 1), "kept by its day");
    officer.post("/reviews/new", &[("month", "2021-11")]).await.is(303);
    officer.post(&format!("{NEXT}/computations"), &[]).await.is(303);
    let page = json(&officer, NEXT).await;
    let promised = page["promised"].as_array().unwrap();
    assert_eq!((promised.len(), &promised[0]["month"]), (2, &"2021-10".into()), "{page}");
    assert_eq!(promised[0]["assignments"][0]["id"], measures[0]["assignments"][0]["id"]);
    holds(&officer.get(NEXT).await.is(200).text(), &["表态的整改措施", "逐件清理逾期事项"]);
    // What was promised is for those who review.
    head.get(NEXT).await.is(404);
    city.set_clock("2022-01-10", "09:00");
    assert_eq!(counted(day(1)).await, (0, 1, 1), "not kept");
}

/// The measures go into a batch between sittings, which is signed and issued.
async fn issued(city: &City, assignments: &str) {
    let officer = city.post("officer of 督查局");
    let opening = [("kind", "interim"), ("title", "整改措施交办")];
    let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
    let id = batch.rsplit('/').next().unwrap().to_owned();
    officer.post(assignments, &[("batch", &id)]).await.is(303);
    officer.post(assignments, &[("batch", &id)]).await.is(409);
    holds(&officer.get(&batch).await.is(200).text(), &["逐件清理逾期事项", "每周核对时限"]);
    let agreed = [("verdict", "agreed")];
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await;
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
}

/// October is published, and November approved after another month of life.
async fn two_months(city: &City) -> City {
    let city = frozen(city).await;
    let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
    chief.post(&format!("{AT}/publication"), &[]).await.is(303);
    Life::beside(&city, 11)
        .live("2021-10-29".parse().unwrap(), "2021-11-25".parse().unwrap())
        .await;
    city.set_clock("2021-11-26", "15:00");
    officer.post("/reviews/new", &[("month", "2021-11")]).await.is(303);
    officer.post(&format!("{NEXT}/computations"), &[]).await.is(303);
    officer.post(&format!("{NEXT}/draft"), &[("window", "1")]).await.is(303);
    city.set_clock("2021-12-01", "09:00");
    approved_at(&city, NEXT).await;
    city
}

#[test]
fn former_months_are_counted_and_compared() {
    each_engine(plans, async |city| {
        let city = two_months(&city).await;
        let (leader, chief) = (city.as_(Role::Leader), city.as_(Role::Chief));
        let (first, ..) = called(&leader, AT).await;
        let (second, name, row) = called(&leader, NEXT).await;
        let n = if first == second { 2 } else { 1 };
        assert_eq!((&row["times"]["nth"], &row["times"]["months"]), (&n.into(), &n.into()));
        // Not published yet: November stands in no history.
        let history = format!("/reviews/units/{second}");
        assert_eq!(json(&leader, &history).await["months"].as_array().unwrap().len(), 1);
        chief.post(&format!("{NEXT}/publication"), &[]).await.is(303);
        let page = json(&city.post(&format!("head of {name}")), &history).await;
        let months = page["months"].as_array().unwrap();
        assert_eq!((months.len(), &months[0]["month"]), (2, &"2021-11".into()));
        for (month, at) in months.iter().zip([NEXT, AT]) {
            let sheet = json(&leader, &format!("{at}/units/{second}")).await;
            assert_eq!((&month["rank"], &month["total"]), (&sheet["rank"], &sheet["total"]));
        }
        let followed = months[0]["followed"].as_array().unwrap();
        assert!(followed.iter().any(|f| f["is_award"] == false), "{followed:?}");
        let html = leader.get(&history).await.is(200);
        assert!(html.has("svg.sparkline"), "places as a line");
        let matrix = json(&leader, "/reviews/compare?group=XQ-XQ").await;
        assert_eq!(matrix["months"], serde_json::json!(["2021-10", "2021-11"]));
        let units = matrix["units"].as_array().unwrap();
        assert_eq!(units.len(), 3);
        let line = units.iter().find(|u| u["unit_id"] == second.as_str()).unwrap();
        for (n, month) in months.iter().rev().enumerate() {
            assert_eq!(line["months"][n]["rank"], month["rank"]);
        }
        for lang in ["zh-CN", "en"] {
            leader.with("accept-language", lang).get("/reviews/compare").await.is(200);
        }
        for role in [Role::Head, Role::Liaison, Role::Inspector] {
            city.as_(role).get("/reviews/compare").await.is(404);
        }
        city.verify().await;
    });
}

#[test]
fn the_months_are_empty_before_anything_was_published() {
    each_engine(plans, async |city| {
        let (leader, unit) = (city.as_(Role::Leader), city.unit("临颍县"));
        holds(&leader.get("/reviews/compare").await.is(200).text(), &["还没有可以对照的月份"]);
        let history = leader.get(&format!("/reviews/units/{unit}")).await.is(200);
        holds(&history.text(), &["还没有通报过的考评"]);
    });
}
