//! The life of a month over HTTP: opened, computed, contested, computed again, frozen, approved,
//! published, re-examined; who sees what on the way.

use std::io::Cursor;

use files::Shelf;
use journal::{Engine, transfer};
use kernel::Role;
use serde_json::Value;
use testkit::{Caller, City, each_engine};

use crate::errata::corrected_by_the_leader;
use crate::life::Life;
use crate::plans;

pub(crate) const AT: &str = "/reviews/2021-10";
const RULES: &str = include_str!("rules.yaml");

/// A rule set is in force and two months have passed; it is the morning of 26 October.
pub(crate) async fn lived(city: &City) -> City {
    lived_by(city, RULES).await
}

/// The same by other rules.
pub(crate) async fn lived_by(city: &City, yaml: &str) -> City {
    city.set_clock("2021-08-30", "08:00");
    // A journal never goes back in time, so the city is founded anew.
    let city = &city.twin().await;
    adopted(city, yaml).await;
    Life::new(city, 42).live("2021-08-30".parse().unwrap(), "2021-10-26".parse().unwrap()).await;
    city.set_clock("2021-10-26", "15:00");
    city.clone()
}

/// Puts rules in force from October on.
pub(crate) async fn adopted(city: &City, yaml: &str) {
    let hands = rule_sets::demo::Hands {
        officer: city.as_(Role::Officer).actor().await,
        chief: city.as_(Role::Chief).actor().await,
    };
    let new = rule_sets::demo::NewRules {
        yaml,
        number: "漯督〔2021〕3号",
        office: "漯河市人民政府办公室",
        on: "2021-08-30".parse().unwrap(),
        from: "2021-10",
        supplies: None,
    };
    rule_sets::demo::adopt(city.db(), &hands, &new).await.unwrap();
}

pub(crate) async fn json(caller: &Caller, path: &str) -> Value {
    caller.json_get(path).await.is(200).json()
}

/// The groups of a month: unit, rank, total.
pub(crate) fn placed(page: &Value) -> Vec<(String, String, String)> {
    let groups = page["groups"].as_array().unwrap();
    let units = groups.iter().flat_map(|g| g["units"].as_array().unwrap());
    let text = |v: &Value| v.as_str().unwrap_or("—").to_owned();
    units.map(|u| (text(&u["unit"]), text(&u["rank"]), text(&u["total"]))).collect()
}

/// Opened and computed by the first officer, shown to units.
pub(crate) async fn drafted(city: &City) -> City {
    drafted_by(city, RULES).await
}

/// The same by other rules.
pub(crate) async fn drafted_by(city: &City, yaml: &str) -> City {
    let city = lived_by(city, yaml).await;
    let officer = city.post("officer of 督查局");
    officer.post("/reviews/new", &[("month", "2021-10")]).await.is(303);
    officer.post(&format!("{AT}/computations"), &[]).await.is(303);
    officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
    city
}

/// Frozen, submitted and approved, each consequence decided.
pub(crate) async fn approved(city: &City) {
    approved_at(city, AT).await;
}

/// The same for a month.
pub(crate) async fn approved_at(city: &City, at: &str) {
    let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
    chief.post(&format!("{at}/freeze"), &[]).await.is(303);
    // Nothing that is frozen is computed, frozen or contested once more.
    chief.post(&format!("{at}/computations"), &[]).await.is(409);
    chief.post(&format!("{at}/freeze"), &[("why", "再来一次")]).await.is(409);
    let said = [("cell", "A2|逾期未办结件数"), ("said", "其中1件已延期")];
    city.post("head of 源汇区").post(&format!("{at}/objections"), &said).await.is(409);
    chief.post(&format!("{at}/submission"), &[]).await.is(303);
    leader.post(&format!("{at}/approval"), &[("verdict", "agreed")]).await.is(303);
    let page = json(&leader, at).await;
    for c in page["consequences"].as_array().unwrap() {
        let named = c["named"].as_str().unwrap();
        let mut said = vec![("consequence", named), ("verdict", "taken")];
        if c["is_award"] == true {
            // An award lies within what the rules allow.
            for amount in ["", "49999", "300001"] {
                let out = [said[0], said[1], ("amount", amount)];
                leader.post(&format!("{at}/consequences"), &out).await.is(422);
            }
            said.push(("amount", "200000"));
        }
        leader.post(&format!("{at}/consequences"), &said).await.is(303);
    }
}

#[test]
fn a_month_goes_from_opening_to_publication() {
    each_engine(plans, async |city| {
        let city = lived(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let (leader, head) = (city.as_(Role::Leader), city.post("head of 临颍县"));
        head.get(AT).await.is(404);
        officer.post("/reviews/new", &[("month", "2021-11")]).await.is(422);
        officer.post("/reviews/new", &[("month", "2021-09")]).await.is(422);
        officer.post("/reviews/new", &[("month", "2021-10")]).await.is(303);
        officer.post("/reviews/new", &[("month", "2021-10")]).await.is(422);
        // Nothing is shown before it was computed, and nothing to units before their draft.
        officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(409);
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        head.get(AT).await.is(404);
        leader.get(AT).await.is(404);
        officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
        let page = json(&officer, AT).await;
        assert_eq!(placed(&page).len(), 4, "{page}");
        assert_eq!(page["objections_until"], "2021-10-28");
        // A unit sees itself and no ranking.
        let own = city.unit("临颍县");
        assert_eq!(placed(&json(&head, AT).await).len(), 0);
        let sheet = head.get(&format!("{AT}/units/{own}")).await.is(200);
        assert!(sheet.text().contains("按期办结率"), "{}", sheet.text());
        head.get(&format!("{AT}/units/{}", city.unit("舞阳县"))).await.is(404);
        // It cannot be frozen while units may object.
        chief.post(&format!("{AT}/freeze"), &[]).await.is(409);
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        head.get("/reviews").await.is(200);
        assert_eq!(placed(&json(&head, AT).await).len(), 0);
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let page = json(&head, AT).await;
        assert_eq!(placed(&page).len(), 4);
        assert_eq!(page["circular"], "督查通报2021年第1期");
        assert_eq!(page["freezes"][0]["root"].as_str().unwrap().len(), 64);
        city.verify().await;
    });
}

#[test]
fn a_long_computing_goes_on_by_itself_and_is_seen_on_the_way() {
    each_engine(plans, async |city| {
        let city = lived(&city).await;
        let patience = Some(std::time::Duration::ZERO);
        let hasty = city.reached(web::Settings { patience, ..web::Settings::default() });
        let (officer, leader) = (hasty.post("officer of 督查局"), hasty.as_(Role::Leader));
        officer.post("/reviews/new", &[("month", "2021-10")]).await.is(303);
        let asked = officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        assert_eq!(asked.goes_to(), AT);
        let done = asked.location();
        let page = loop {
            let page = json(&officer, AT).await;
            if page["under_way"].is_null() {
                break page;
            }
            assert!(page["under_way"]["per_mille"].as_u64().unwrap() < 1_000, "{page}");
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        };
        assert_eq!(placed(&page).len(), 4, "{page}");
        assert!(officer.get(&done).await.is(200).text().contains("已完成：算分"));
        // Seen by who may begin it, and begun once at a time.
        let sql = "SELECT id FROM reviews WHERE jurisdiction_id = $1";
        let (id,): (uuid::Uuid,) =
            city.read().await.one(sql, journal::args![city.id()]).await.unwrap();
        let work = web::UnderWay::begin(id).unwrap();
        work.went_on(420, kernel::text!("取数", "Reading figures"));
        let html = officer.get(&done).await.is(200);
        assert!(!html.text().contains("已完成："), "not while it goes on");
        assert_eq!(html.header("refresh"), Some("2"));
        assert!(html.has("[role=status] progress[value='420']"), "{}", html.text());
        officer.post(&format!("{AT}/computations"), &[]).await.is(409);
        officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
        assert!(!leader.get(AT).await.is(200).has("progress[value='420']"));
        drop(work);
        let html = officer.get(AT).await.is(200);
        assert!(html.header("refresh").is_none() && !html.has("progress[value='420']"));
        city.verify().await;
    });
}

#[test]
fn a_unit_contests_a_figure_wins_and_the_ranks_move() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let (officer, other) = (city.post("officer of 督查局"), city.post("officer of 督查局 2"));
        let (chief, head) = (city.as_(Role::Chief), city.post("head of 源汇区"));
        let before = placed(&json(&officer, AT).await);
        let cell = "A1|按期办结率(权重=是)";
        let said = [("cell", cell), ("said", "3件事项已按期办结，核实在后")];
        head.post(&format!("{AT}/objections"), &[("cell", "A9|x"), ("said", "错")]).await.is(422);
        let at = head.post(&format!("{AT}/objections"), &said).await.is(303);
        assert!(at.goes_to().contains(&city.unit("源汇区").to_string()));
        head.post(&format!("{AT}/objections"), &said).await.is(422);
        let page = json(&officer, AT).await;
        let id = page["objections"][0]["id"].as_str().unwrap().to_owned();
        let decision = format!("/objections/{id}/decision");
        // Another unit does not see it; who computed does not decide it.
        city.post("head of 舞阳县").get(&format!("/objections/{id}")).await.is(404);
        let upheld = [
            ("verdict", "uphold"),
            ("numerator", "1"),
            ("denominator", "1"),
            ("words", "经核实，属实"),
        ];
        officer.post(&decision, &upheld).await.is(409);
        other.post(&decision, &[("verdict", "uphold"), ("words", "属实")]).await.is(422);
        other.post(&decision, &upheld).await.is(303);
        other.post(&decision, &upheld).await.is(409);
        // The same figure once more, while units may object: the last decision counts.
        head.post(&format!("{AT}/objections"), &said).await.is(303);
        let page = json(&officer, AT).await;
        let all = page["objections"].as_array().unwrap();
        let again = all.iter().find(|o| o["state"] == "open").unwrap()["id"].as_str().unwrap();
        let upheld = [
            ("verdict", "uphold"),
            ("numerator", "9"),
            ("denominator", "10"),
            ("words", "再次核实，其中1件逾期"),
        ];
        other.post(&format!("/objections/{again}/decision"), &upheld).await.is(303);
        city.set_clock("2021-10-29", "09:00");
        // What was decided counts only when it is computed again.
        chief.post(&format!("{AT}/freeze"), &[]).await.is(409);
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        let page = json(&officer, AT).await;
        assert_ne!(placed(&page), before);
        let moved = page["moves"].as_array().unwrap();
        assert!(moved.iter().any(|m| m["unit"] == "源汇区"), "{moved:?}");
        assert!(moved.iter().any(|m| m["rank_before"] != m["rank_after"]), "a place: {moved:?}");
        let sheet = json(&head, &format!("{AT}/units/{}", city.unit("源汇区"))).await;
        let adjusted = sheet["adjusted"].as_array().unwrap();
        assert_eq!(adjusted.len(), 1, "{adjusted:?}");
        assert_eq!(adjusted[0]["reason"], "再次核实，其中1件逾期");
        // Other rules are tried beside what the month came to in the end.
        let sets = json(&officer, "/rule-sets").await;
        let rules = sets["items"][0]["id"].as_str().unwrap();
        let next = format!("/rule-sets/{rules}/versions/new");
        officer.post(&next, &[("version", "1")]).await.is(303);
        let trial = format!("/rule-sets/{rules}/versions/2/trial?month=2021-10");
        let trial = json(&officer, &trial).await;
        let mut units =
            trial["groups"].as_array().unwrap().iter().flat_map(|g| g["units"].as_array().unwrap());
        let tried = units.find(|u| u["unit"] == "源汇区").unwrap();
        assert_eq!((&tried["old_total"], &tried["new_total"]), (&sheet["total"], &sheet["total"]));
        approved(&city).await;
        city.verify().await;
    });
}

#[test]
fn a_leader_returns_a_review_and_a_unit_has_it_examined_again() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        chief.post(&format!("{AT}/freeze"), &[]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        let back = [("verdict", "returned"), ("note", "核实源汇区的数据")];
        leader.post(&format!("{AT}/approval"), &[("verdict", "returned")]).await.is(422);
        leader.post(&format!("{AT}/approval"), &back).await.is(303);
        chief.post(&format!("{AT}/freeze"), &[]).await.is(422);
        chief.post(&format!("{AT}/freeze"), &[("why", "已核实")]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        leader.post(&format!("{AT}/approval"), &[("verdict", "agreed")]).await.is(303);
        // Nothing is published before the leader decided on what follows.
        chief.post(&format!("{AT}/publication"), &[]).await.is(409);
        let page = json(&leader, AT).await;
        for c in page["consequences"].as_array().unwrap() {
            let said = [("consequence", c["named"].as_str().unwrap()), ("verdict", "exempt")];
            leader.post(&format!("{AT}/consequences"), &said).await.is(422);
            let said = [said[0], said[1], ("reason", "首次试行")];
            leader.post(&format!("{AT}/consequences"), &said).await.is(303);
        }
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        // 30 days for a re-examination, by somebody who took no part.
        city.set_clock("2021-11-10", "09:00");
        let head = city.post("head of 源汇区");
        let said = [("cell", "A2|逾期未办结件数"), ("said", "其中1件已延期")];
        head.post(&format!("{AT}/objections"), &said).await.is(303);
        let page = json(&leader, AT).await;
        let objection = &page["objections"][0];
        assert_eq!(
            (&objection["kind"], &objection["decide_by"]),
            (&"recheck".into(), &"2021-12-10".into())
        );
        let decision = format!("/objections/{}/decision", objection["id"].as_str().unwrap());
        let granted = [("verdict", "uphold"), ("number", "0"), ("words", "属实")];
        chief.post(&decision, &granted).await.is(409);
        city.post("officer of 督查局 2").post(&decision, &granted).await.is(303);
        let officer = city.post("officer of 督查局");
        // What is out stays as it is until the erratum is frozen.
        let out = placed(&json(&head, AT).await);
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        assert_eq!(placed(&json(&head, AT).await), out);
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        // An erratum goes to the leader like what it corrects, and is seen by nobody before.
        corrected_by_the_leader(&city, &out).await;
        let page = json(&head, AT).await;
        assert_eq!(
            (&page["state"], page["freezes"].as_array().unwrap().len()),
            (&"published".into(), 4)
        );
        assert_eq!(page["circular"], "督查通报2021年第1期");
        city.set_clock("2021-12-10", "09:00");
        head.post(&format!("{AT}/objections"), &said).await.is(409);
        city.verify().await;
    });
}

/// Copies a city to another database on an engine.
pub(crate) async fn copied(city: &City, engine: Engine) -> City {
    let elsewhere = city.elsewhere(engine).await;
    let mut file = Cursor::new(Vec::new());
    let (here, there) = (Shelf::of(city.db()), Shelf::of(elsewhere.db()));
    transfer::export(city.db(), city.id(), &here, &mut file).await.unwrap();
    let file = Cursor::new(file.into_inner());
    let arrived = transfer::import(elsewhere.db(), &there, file).await.unwrap();
    assert!(arrived.differences.is_empty(), "{:?}", arrived.differences);
    city.moved(&elsewhere)
}

pub(crate) async fn replayed(city: &City) -> reviews::replay::Report {
    let supplies: Vec<_> = plans().into_iter().filter_map(|p| p.measures).collect();
    let (of, month) = ((city.id(), &City::zone()), "2021-10".parse().unwrap());
    reviews::replay::replay(city.db(), of, (month, None), &supplies).await.unwrap()
}

#[test]
fn a_frozen_month_replays_here_and_on_the_other_engine() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        city.as_(Role::Chief).post(&format!("{AT}/publication"), &[]).await.is(303);
        // Life goes on after the cut-off.
        Life::beside(&city, 7)
            .live("2021-10-29".parse().unwrap(), "2021-11-20".parse().unwrap())
            .await;
        let report = replayed(&city).await;
        assert!(report.is_same(), "{report:?}");
        assert_eq!((report.units, report.figures), (4, 12));
        let there = match city.read().await.engine() {
            Engine::Sqlite => Engine::Postgres,
            Engine::Postgres => Engine::Sqlite,
        };
        let moved = copied(&city, there).await;
        let again = replayed(&moved).await;
        assert!(again.is_same(), "{again:?}");
        assert_eq!(again.root, report.root);
        // The file can be checked with nothing else, and not one byte of it may change.
        let month = "2021-10".parse().unwrap();
        let bytes = reviews::replay::file(city.db(), city.id(), (month, None)).await.unwrap();
        let (bundle, broken) = reviews::replay::check(&bytes).unwrap();
        assert!(broken.is_empty(), "{broken:?}");
        assert_eq!(bundle.frozen.root().to_string(), report.root);
        let mut spoilt = bundle.frozen.clone();
        spoilt.parts[0].sheet = spoilt.parts[0].sheet.replacen("\"total\":\"", "\"total\":\"1", 1);
        assert!(!spoilt.check(&bundle.manifest).is_empty());
    });
}

#[test]
fn a_record_that_was_changed_by_hand_is_found_by_a_replay() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        city.as_(Role::Chief).post(&format!("{AT}/freeze"), &[]).await.is(303);
        let unit = city.unit("临颍县");
        let tamper = async |tx: &mut journal::Tx| {
            let sql = "UPDATE assignment_versions SET due_on = $3 \
                WHERE jurisdiction_id = $1 AND unit_id = $2";
            let day: kernel::Day = "2021-12-01".parse().unwrap();
            let changed = tx.run(sql, journal::args![city.id(), unit, day]).await?;
            assert!(changed > 0);
            Ok(())
        };
        city.db().operate(city.id(), tamper).await.unwrap();
        let report = replayed(&city).await;
        assert!(report.engine.is_empty(), "{report:?}");
        assert!(report.measures.iter().any(|m| m.zh.contains("临颍县")), "{report:?}");
    });
}

#[test]
fn a_draft_is_tried_on_a_month_that_is_over() {
    each_engine(plans, async |city| {
        let city = lived(&city).await;
        let officer = city.post("officer of 督查局");
        let sets = json(&officer, "/rule-sets").await;
        let id = sets["items"][0]["id"].as_str().unwrap().to_owned();
        officer.post(&format!("/rule-sets/{id}/versions/new"), &[("version", "1")]).await.is(303);
        // Overdue items weigh ten times as much: who has more of them falls.
        let yaml = RULES.replace("每件: \"-1\"", "每件: \"-10\"").replace("版本: 1", "版本: 2");
        officer.post(&format!("/rule-sets/{id}/text"), &[("yaml", &yaml)]).await.is(303);
        let at = format!("/rule-sets/{id}/versions/2/trial");
        let trial = json(&officer, &format!("{at}?month=2021-10")).await;
        let units: Vec<_> = trial["groups"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|g| g["units"].as_array().unwrap().clone())
            .collect();
        assert_eq!(units.len(), 4, "{trial}");
        assert!(units.iter().any(|u| u["old_total"] != u["new_total"]), "{trial}");
        assert!(units.iter().all(|u| u["old_rank"].is_string()), "{trial}");
        assert!(units.iter().any(|u| u["why"]["zh"].as_str().is_some_and(|w| w.contains("A2"))));
        // No rule set was in force in September, and November is not over.
        let before = json(&officer, &format!("{at}?month=2021-09")).await;
        assert!(before["groups"][0]["units"][0]["old_rank"].is_null());
        officer.get(&format!("{at}?month=2021-11")).await.is(422);
        city.as_(Role::Head).get(&at).await.is(404);
        assert_eq!(officer.get(&at).await.is(200).select("h1").len(), 1);
    });
}

#[test]
fn how_often_a_unit_was_last_is_known_as_at_the_cut() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        let chief = city.as_(Role::Chief);
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let page = json(&chief, AT).await;
        let groups = page["groups"].as_array().unwrap();
        let counties = groups.iter().find(|g| g["code"] == "XQ").unwrap();
        let last = counties["units"].as_array().unwrap().last().unwrap();
        let (last, last_id) = (last["unit"].as_str().unwrap(), last["unit_id"].as_str().unwrap());
        let of = async |measure: &str, period: &str| {
            let path = format!("/measures/{measure}?{period}");
            cells(&json(&chief, &path).await)
        };
        let november = "from=2021-10-26&to=2021-11-25";
        city.set_clock("2021-11-26", "09:00");
        for measure in ["last_in_a_row", "last_this_year"] {
            // A zone alone in its group is not the last of it.
            assert_eq!(of(measure, november).await, [(last.to_owned(), 1)], "{measure}");
            assert_eq!(of(measure, "from=2021-09-26&to=2021-10-25").await, [], "{measure}");
            let records = format!("/measures/{measure}/records?unit={last_id}&{november}");
            assert_eq!(json(&chief, &records).await["items"].as_array().unwrap().len(), 1);
        }
    });
}

/// The units of a measure's page that have a figure above nought.
fn cells(page: &Value) -> Vec<(String, i64)> {
    let groups = page["groups"].as_array().unwrap();
    let units = groups.iter().flat_map(|group| group["units"].as_array().unwrap());
    let cell = |u: &Value| (u["unit"].as_str().unwrap().to_owned(), u["number"].as_i64().unwrap());
    units.map(cell).filter(|(_, n)| *n > 0).collect()
}
