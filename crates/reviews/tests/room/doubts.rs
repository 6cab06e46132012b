//! What a month makes one ask, and how firm its places are: planted cases of each kind are found,
//! innocents are not; who sees what; the same numbers on the other engine.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Act, Engine, Fact};
use kernel::{Day, Role, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use testkit::{Caller, City, each_engine};
use uuid::Uuid;

use crate::plans;
use crate::story::{approved, copied};

const AT: &str = "/reviews/2021-10";

/// A fact by its word.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Raw(BTreeMap<String, Value>);

impl Fact for Raw {
    const KINDS: &'static [&'static str] = &[];
}

fn day(text: &str) -> Day {
    format!("2021-{text}").parse().unwrap()
}

/// What happens to items, day by day.
struct Planted<'c> {
    city: &'c City,
    events: Vec<(Day, usize, &'static str, Value)>,
    next: u128,
    items: usize,
}

impl<'c> Planted<'c> {
    const fn new(city: &'c City) -> Self {
        Self { city, events: Vec::new(), next: 7_000_000, items: 0 }
    }

    fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    fn push(&mut self, on: Day, item: usize, kind: &'static str, said: Value) {
        self.events.push((on, item, kind, said));
    }

    /// An item that is submitted on a day and closed on the next.
    fn item(&mut self, unit: &str, (issued, due): (Day, Day), done: Day) -> usize {
        let item = self.issued(unit, (issued, due));
        self.submitted(item, unit, done);
        self.verified(item, done.plus(1), "confirmed");
        item
    }

    fn issued(&mut self, unit: &str, (issued, due): (Day, Day)) -> usize {
        let (item, id) = (self.items, self.city.unit(unit));
        self.items += 1;
        let batch = Subject::new(SubjectKind::Batch, Uuid::from_u128(5));
        let brief = json!({
            "title": format!("{unit}事项{item}"), "demand": "", "standard": "", "work_line": null,
            "basis": "", "urgency": "plain", "importance": "normal", "leader": null,
            "raised_by": null, "rhythm": "once", "verifier": "bureau", "quantity_unit": "",
            "evidence": "", "contact": "", "restricted": false,
        });
        let part = json!({ "unit": id, "role": "lead", "part": "", "due": null, "goal": null });
        let said = json!({
            "batch": batch.id, "line": Uuid::from_u128(6), "parent": null,
            "label": format!("1-{item}"), "unit": id, "brief": brief, "goal": null,
            "parts": [part], "milestones": [], "source": batch, "on": issued, "due": due,
        });
        self.push(issued, item, "assignment_issued", said);
        self.push(issued, item, "assignment_accepted", json!({ "on": issued }));
        item
    }

    fn submitted(&mut self, item: usize, unit: &str, on: Day) {
        let id = self.city.unit(unit);
        let said = json!({
            "report": null, "unit": id, "on": on, "done": "", "quantity": null, "person": id,
            "files": [],
        });
        self.push(on, item, "submission_made", said);
    }

    fn verified(&mut self, item: usize, on: Day, result: &str) {
        let closes = result == "confirmed";
        let said = json!({
            "id": self.id(), "method": "documents", "result": result, "finding": "",
            "first": false, "closes": closes, "on": on, "on_time": closes.then_some(true),
        });
        self.push(on, item, "submission_verified", said);
    }

    fn reported(&mut self, (item, unit): (usize, &str), on: Day, (done, file): (&str, Value)) {
        let said = json!({
            "id": self.id(), "unit": self.city.unit(unit), "on": on, "done": done,
            "quantity": null, "next_step": "继续推进", "blocker": "", "files": file,
        });
        self.push(on, item, "assignment_reported", said);
    }

    async fn happen(mut self) {
        // Stable: what was planted first happens first.
        self.events.sort_by_key(|(on, ..)| *on);
        let days: BTreeSet<Day> = self.events.iter().map(|(on, ..)| *on).collect();
        for day in days {
            self.city.set_clock(day, "10:00");
            let today: Vec<_> = self.events.iter().filter(|(on, ..)| *on == day).collect();
            let run = async |act: &mut Act| {
                for (_, item, kind, said) in today {
                    let id = Uuid::from_u128(400_000 + *item as u128);
                    let fact = Raw(BTreeMap::from([((*kind).to_owned(), said.clone())]));
                    act.record(Subject::new(SubjectKind::Assignment, id), &fact).await?;
                }
                Ok(())
            };
            self.city.program(run).await.unwrap();
        }
    }
}

const COPIED: &str = "沙澧河治理二期工程已完成堤防加固三点二公里，护岸混凝土浇筑一千二百立方，\
    河道清淤四万立方，累计完成投资六千万元，剩余标段正在办理施工许可";

/// A city with one planted case of each kind, on the morning of 26 October.
async fn planted(city: &City) -> City {
    city.set_clock("2021-08-30", "08:00");
    let city = &city.twin().await;
    let hands = rule_sets::demo::Hands {
        officer: city.as_(Role::Officer).actor().await,
        chief: city.as_(Role::Chief).actor().await,
    };
    let new = rule_sets::demo::NewRules {
        yaml: include_str!("rules.yaml"),
        number: "漯督〔2021〕3号",
        office: "漯河市人民政府办公室",
        on: "2021-08-30".parse().unwrap(),
        from: "2021-10",
        supplies: None,
    };
    rule_sets::demo::adopt(city.db(), &hands, &new).await.unwrap();
    let hash = files::write(city.db(), city.id(), b"%PDF-1.7 a permit".to_vec()).await.unwrap();
    let mut p = Planted::new(city);
    let (issued, due) = (day("09-27"), day("10-15"));
    for n in 0..8 {
        // One unit reports on the due day, its peers well before; one of each is late.
        p.item("临颍县", (issued, due), due);
        p.item("舞阳县", (issued, due), day("10-09").plus(n % 3));
        p.item("源汇区", (issued, due), day("10-08").plus(n % 3));
    }
    p.item("舞阳县", (issued, due), day("10-19"));
    // 19 of 20 in time is exactly the target.
    for n in 0..20 {
        p.item("经开区", (issued, due), if n == 7 { day("10-18") } else { day("10-08") });
    }
    back_and_forth(&mut p);
    for _ in 0..3 {
        p.item("舞阳县", (day("10-18"), day("10-19")), day("10-19"));
    }
    p.item("源汇区", (day("09-26"), day("10-25")), day("09-30"));
    for (n, unit) in [(0, "临颍县"), (2, "源汇区")] {
        p.reported((n, unit), day("10-05"), (COPIED, json!([])));
    }
    p.reported((1, "舞阳县"), day("10-05"), ("已协调完成征地，正在办理手续", json!([])));
    for (n, on) in [(2, "10-06"), (5, "10-07")] {
        let id = p.id();
        let file = json!([{
            "id": id, "name": "批复.pdf", "media": "application/pdf", "size": 17,
            "hash": journal::hex(&hash),
        }]);
        p.reported((n, "源汇区"), day(on), ("见附件", file));
    }
    p.happen().await;
    city.set_clock("2021-10-26", "15:00");
    let officer = city.post("officer of 督查局");
    officer.post("/reviews/new", &[("month", "2021-10")]).await.is(303);
    officer.post(&format!("{AT}/computations"), &[]).await.is(303);
    city.clone()
}

/// An item that is sent back twice before it is closed.
fn back_and_forth(p: &mut Planted<'_>) {
    let item = p.issued("源汇区", (day("09-27"), day("10-20")));
    for (on, result) in [("10-08", "rework"), ("10-10", "rework"), ("10-12", "confirmed")] {
        p.submitted(item, "源汇区", day(on));
        p.verified(item, day(on).plus(1), result);
    }
}

async fn json(caller: &Caller, path: &str) -> Value {
    caller.json_get(path).await.is(200).json()
}

/// The kinds and units that are asked about.
fn asked(page: &Value) -> BTreeSet<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let items = page["items"].as_array().unwrap();
    items.iter().map(|i| (text(&i["kind"]), text(&i["unit_name"]))).collect()
}

/// The value by which a form names the question of a kind.
fn named(page: &Value, kind: &str, unit: &str) -> String {
    let items = page["items"].as_array().unwrap();
    let found = items.iter().find(|i| i["kind"] == kind && i["unit_name"] == unit).unwrap();
    let text = |name: &str| found[name].as_str().unwrap();
    format!("{kind}|{}|{}", text("unit"), text("evidence"))
}

#[test]
fn planted_cases_of_each_kind_are_found_and_innocents_are_not() {
    each_engine(plans, async |city| {
        let city = planted(&city).await;
        let officer = city.post("officer of 督查局");
        let page = json(&officer, &format!("{AT}/doubts")).await;
        let expected = [
            ("surge", "临颍县"),
            ("rework", "源汇区"),
            ("alike", "临颍县"),
            ("alike", "源汇区"),
            ("reused", "源汇区"),
            ("threshold", "经开区"),
            ("short_days", "舞阳县"),
            ("ahead", "源汇区"),
        ];
        let expected: BTreeSet<_> =
            expected.iter().map(|(k, u)| ((*k).to_owned(), (*u).to_owned())).collect();
        assert_eq!(asked(&page), expected, "{page:#}");
        assert_eq!((&page["count"], &page["open_count"]), (&8.into(), &8.into()));
        // Each opens the records behind it, but for a figure, which the sheet explains.
        for item in page["items"].as_array().unwrap() {
            let is_figure = item["figure"].is_string();
            assert_eq!(item["titles"].as_array().unwrap().is_empty(), is_figure, "{item}");
        }
        let one = format!("{AT}/doubts?kind=alike&unit={}", city.unit("源汇区"));
        assert_eq!(json(&officer, &one).await["count"], 1);
        for lang in ["zh-CN", "en"] {
            let html = officer.with("accept-language", lang).get(&format!("{AT}/doubts")).await;
            assert!(html.is(200).has("table a[href]"));
        }
        // What happened after the cut-off asks nothing more of this month.
        city.set_clock("2021-10-27", "10:00");
        let mut later = Planted::new(&city);
        later.next = 8_000_000;
        later.reported((1, "舞阳县"), day("10-27"), (COPIED, json!([])));
        later.happen().await;
        assert_eq!(asked(&json(&officer, &format!("{AT}/doubts")).await), expected);
    });
}

#[test]
fn somebody_looks_and_the_unit_sees_only_what_it_is_asked() {
    each_engine(plans, async |city| {
        let city = planted(&city).await;
        let (officer, leader) = (city.post("officer of 督查局"), city.as_(Role::Leader));
        let head = city.post("head of 源汇区");
        let (doubts, form) = (format!("{AT}/doubts"), format!("{AT}/doubts/outcomes"));
        leader.get(&doubts).await.is(404);
        // A unit that sees no sheet yet cannot be asked.
        let page = json(&officer, &doubts).await;
        let ahead = named(&page, "ahead", "源汇区");
        let early = [("doubt", ahead.as_str()), ("outcome", "请说明"), ("asks_unit", "1")];
        officer.post(&form, &early).await.is(422);
        officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
        leader.get(&doubts).await.is(200);
        for path in [&doubts, &format!("{AT}/robustness")] {
            head.get(path).await.is(404);
            city.as_(Role::Inspector).get(path).await.is(404);
        }
        let alike = named(&page, "alike", "源汇区");
        officer.post(&form, &[("doubt", &alike)]).await.is(422);
        let unknown = [("doubt", "alike|x|y"), ("outcome", "已核")];
        officer.post(&form, &unknown).await.is(422);
        leader.post(&form, &[("doubt", &alike), ("outcome", "已核")]).await.is(404);
        let sheet = format!("{AT}/units/{}", city.unit("源汇区"));
        let said = [("doubt", ahead.as_str()), ("outcome", "提前完成，属实")];
        officer.post(&form, &said).await.is(303);
        assert_eq!(json(&head, &sheet).await["beside"]["questions"], json!([]));
        let said = [("doubt", alike.as_str()), ("outcome", "请说明"), ("asks_unit", "1")];
        officer.post(&form, &said).await.is(303);
        let own = json(&head, &sheet).await;
        let questions = own["beside"]["questions"].as_array().unwrap();
        assert_eq!((questions.len(), &questions[0]["outcome"]), (1, &"请说明".into()));
        // Of the records behind it the unit sees its own.
        let titles = questions[0]["titles"].to_string();
        assert!(titles.contains("源汇区") && !titles.contains("临颍县"), "{titles}");
        assert!(head.get(&sheet).await.is(200).text().contains("请说明"));
        let other = format!("{AT}/units/{}", city.unit("临颍县"));
        let other = json(&city.post("head of 临颍县"), &other).await;
        assert_eq!(other["beside"]["questions"], json!([]));
        // Looking again says what came of it in the end; the unit stays asked.
        let said = [("doubt", alike.as_str()), ("outcome", "同一工程，已分清")];
        city.post("officer of 督查局 2").post(&form, &said).await.is(303);
        let own = json(&head, &sheet).await;
        assert_eq!(own["beside"]["questions"][0]["outcome"], "同一工程，已分清");
        let page = json(&officer, &format!("{doubts}?open=0")).await;
        assert_eq!((&page["count"], &page["open_count"]), (&2.into(), &6.into()));
        // No score moved, and the public page of the month knows nothing of it.
        let month = head.get(AT).await.is(200).text();
        assert!(!month.contains("雷同") && !month.contains("存疑"), "{month}");
        city.verify().await;
    });
}

/// Lets an account in where its city arrived without passwords.
async fn admit(city: &City, account: Uuid) {
    let now = city.db().clock().now();
    let admit = async |tx: &mut journal::Tx| {
        let sql = "INSERT INTO credentials (jurisdiction_id, account_id, password_hash, \
            must_change, changed_at, totp_step, failures, epoch) \
            VALUES ($1, $2, '', $3, $4, 0, 0, 0)";
        tx.run(sql, journal::args![city.id(), account, false, now]).await
    };
    city.db().operate(city.id(), admit).await.unwrap();
}

#[test]
fn the_same_seed_gives_the_same_numbers_on_the_other_engine() {
    each_engine(plans, async |city| {
        let city = planted(&city).await;
        let officer = city.post("officer of 督查局");
        let (firm, doubts) = (format!("{AT}/robustness"), format!("{AT}/doubts"));
        let (here, asked_here) = (json(&officer, &firm).await, json(&officer, &doubts).await);
        assert_eq!(here["seed"].as_str(), here["root"].as_str().unwrap().get(..16));
        assert_eq!(here["weight_draws"], 1_000);
        let groups = here["groups"].as_array().unwrap();
        assert_eq!((groups.len(), groups[0]["units"].as_array().unwrap().len()), (2, 3));
        for unit in groups.iter().flat_map(|group| group["units"].as_array().unwrap()) {
            assert!(unit["weights"]["from"].as_u64() <= unit["weights"]["to"].as_u64());
        }
        // What was kept is what is drawn.
        assert_eq!(json(&officer, &firm).await, here);
        for lang in ["zh-CN", "en"] {
            let html = officer.with("accept-language", lang).get(&firm).await.is(200);
            assert!(html.has("table svg"), "the intervals are drawn");
        }
        let there = match city.read().await.engine() {
            Engine::Sqlite => Engine::Postgres,
            Engine::Postgres => Engine::Sqlite,
        };
        let moved = copied(&city, there).await;
        admit(&moved, officer.held().account).await;
        let officer = moved.post("officer of 督查局");
        let again = json(&officer, &firm).await;
        assert_eq!((&again["groups"], &again["seed"]), (&here["groups"], &here["seed"]));
        assert_eq!(json(&officer, &doubts).await["items"], asked_here["items"]);
    });
}

#[test]
fn a_frozen_month_tells_the_unit_what_would_have_gained_a_place() {
    each_engine(plans, async |city| {
        let city = planted(&city).await;
        let officer = city.post("officer of 督查局");
        officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
        let last = "舞阳县";
        let sheet = format!("{AT}/units/{}", city.unit(last));
        let head = city.post(&format!("head of {last}"));
        let page = json(&head, &sheet).await;
        assert_eq!((&page["rank"], &page["beside"]["gain"]), (&"3".into(), &Value::Null));
        assert!(page["beside"]["firm"]["zh"].as_str().unwrap().contains("1000次"), "{page:#}");
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        let page = json(&head, &sheet).await;
        let gain = &page["beside"]["gain"]["gain"];
        assert_eq!(gain["records"].as_array().unwrap().len(), 1, "{page:#}");
        assert_eq!((&gain["rank_before"], &gain["rank"]), (&"3".into(), &"1".into()));
        let html = head.get(&sheet).await.is(200);
        assert!(html.has("a[href^='/assignments/']"), "the record opens");
        // Leaders and bureau see how firm a place is, not what is the unit's own.
        for other in [city.as_(Role::Leader), officer] {
            let page = json(&other, &sheet).await;
            assert_eq!(page["beside"]["gain"], Value::Null);
            assert!(page["beside"]["firm"].is_object());
        }
        // Who is first has nothing to gain.
        let first = format!("{AT}/units/{}", city.unit("临颍县"));
        let first = json(&city.post("head of 临颍县"), &first).await;
        assert_eq!(first["beside"]["gain"], Value::Null);
        city.verify().await;
    });
}
