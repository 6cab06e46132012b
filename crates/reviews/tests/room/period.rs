//! A review's month, period and cut-off are three things; each freeze can be replayed; what is
//! done on paper, paid, taken back or refused; what is sealed stays.

use journal::Tx;
use kernel::Role;
use serde_json::Value;
use testkit::{Caller, City, each_engine};

use crate::life::Life;
use crate::plans;
use crate::story::{AT, approved, drafted, json, lived, placed, replayed};

/// Two months of life until the morning of a day in November.
async fn lived_until(city: &City, day: &str) -> City {
    let city = lived(city).await;
    Life::beside(&city, 9).live("2021-10-27".parse().unwrap(), day.parse().unwrap()).await;
    city.set_clock(day, "15:00");
    city
}

#[test]
fn a_city_may_review_the_calendar_month_with_a_cut_off_of_its_own() {
    each_engine(plans, async |city| {
        let city = lived_until(&city, "2021-11-04").await;
        let officer = city.post("officer of 督查局");
        let open = async |first: &str, last: &str, cut: &str| {
            let said = [("month", "2021-10"), ("first", first), ("last", last), ("cut", cut)];
            let page = officer.post("/reviews/new", &said).await;
            (page.status(), page.errors().concat())
        };
        let (status, told) = open("2021-10-31", "2021-10-01", "").await;
        assert!(status == 422 && told.contains("从早到晚"), "{told}");
        let (status, told) = open("2021-08-01", "2021-10-31", "").await;
        assert!(status == 422 && told.contains("62"), "{told}");
        let (status, told) = open("2021-10-01", "2021-11-04", "").await;
        assert!(status == 422 && told.contains("次日起才能开启"), "{told}");
        let (status, told) = open("2021-10-01", "2021-10-31", "2021-10-30").await;
        assert!(status == 422 && told.contains("不能早于"), "{told}");
        // A month that the period does not touch is no name for it; the one that it ends in is offered.
        let far =
            serde_json::json!({ "month": "2031-01", "first": "2021-10-01", "last": "2021-10-31" });
        let refused = officer.json_post("/reviews/new", &far).await.is(422).text();
        assert!(refused.contains("与 2031-01 的") || refused.contains("2031-01"), "{refused}");
        let form = officer.get("/reviews/new").await.is(200);
        let offered = form.attributes("select[name=month] option", "value");
        assert!(offered.contains(&"2021-11".to_owned()), "{offered:?}");
        assert_eq!(form.attributes("select[name=month] option[selected]", "value"), ["2021-10"]);
        assert_eq!(open("2021-10-01", "2021-10-31", "2021-11-02").await.0, 303);
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
        let page = officer.get(AT).await.is(200).text();
        assert!(page.contains("2021-10-01 – 2021-10-31"), "{page}");
        assert!(page.contains("2021-11-02 24:00"), "{page}");
        city.set_clock("2021-11-09", "09:00");
        city.as_(Role::Chief).post(&format!("{AT}/freeze"), &[]).await.is(303);
        let report = replayed(&city).await;
        assert!(report.is_same(), "{report:?}");
        // The next one may not count a day twice.
        let said = [("month", "2021-11"), ("first", "2021-10-31"), ("last", "2021-11-05")];
        let refused = officer.post("/reviews/new", &said).await.is(422).errors().concat();
        assert!(refused.contains("不能计两次"), "{refused}");
        // A record of the sheet leads to the figure as the review has it, by its own month.
        let own = city.unit("临颍县");
        let sheet = officer.get(&format!("{AT}/units/{own}")).await.is(200);
        let hrefs = sheet.attributes("main a[href*='/records?']", "href");
        assert!(hrefs.iter().any(|href| href.contains("month=2021-10")), "{hrefs:?}");
        for href in hrefs {
            officer.get(&href).await.is(200);
        }
        // A page that is called by a month keeps it when its period or order is chosen again.
        let page = officer.get("/measures/on_time_rate?month=2021-10").await.is(200);
        assert_eq!(page.attributes("main input[name=month]", "value"), ["2021-10"]);
        city.verify().await;
    });
}

#[test]
fn each_freeze_of_a_month_is_replayed_by_its_number() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        chief.post(&format!("{AT}/freeze"), &[]).await.is(303);
        let first = replayed(&city).await;
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        let back = [("verdict", "returned"), ("note", "核实源汇区")];
        leader.post(&format!("{AT}/approval"), &back).await.is(303);
        chief.post(&format!("{AT}/computations"), &[]).await.is(303);
        chief.post(&format!("{AT}/freeze"), &[("why", "已核实")]).await.is(303);
        let supplies: Vec<_> = plans().into_iter().filter_map(|p| p.measures).collect();
        let zone = City::zone();
        let replay = async |n: Option<i64>| {
            let asked = ("2021-10".parse().unwrap(), n);
            reviews::replay::replay(city.db(), (city.id(), &zone), asked, &supplies).await
        };
        for (n, wanted) in [(None, (2, 2)), (Some(2), (2, 2)), (Some(1), (1, 2))] {
            let report = replay(n).await.unwrap();
            assert!(report.is_same(), "{report:?}");
            assert_eq!(report.freeze, wanted);
        }
        assert_eq!(replay(Some(1)).await.unwrap().root, first.root);
        let told = replay(Some(3)).await.unwrap_err().to_string();
        assert!(told.contains("2021-10"), "{told}");
        let month = "2021-10".parse().unwrap();
        let file = reviews::replay::file(city.db(), city.id(), (month, Some(1))).await.unwrap();
        let (bundle, broken) = reviews::replay::check(&file).unwrap();
        assert!(broken.is_empty() && bundle.frozen.root().to_string() == first.root);
    });
}

async fn staged(city: &City, caller: &Caller, name: &str) -> String {
    let file = (name, b"%PDF-1.7 signed".to_vec());
    let account = caller.held().account;
    files::stage(city.db(), city.id(), account, file).await.unwrap().to_string()
}

#[test]
fn a_leader_approves_on_paper_and_what_is_paid_is_entered_once() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        chief.post(&format!("{AT}/freeze"), &[]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        let (paper, signer) = (format!("{AT}/paper-approval"), leader.held().post.to_string());
        let signed =
            [("signer", signer.as_str()), ("signed_on", "2021-10-29"), ("verdict", "agreed")];
        chief.post(&paper, &signed).await.is(422);
        let scan = staged(&city, &chief, "签批件.pdf").await;
        let scan = ("scan", scan.as_str());
        let own = chief.held().post.to_string();
        let wrong = [("signer", own.as_str()), signed[1], signed[2], scan];
        chief.post(&paper, &wrong).await.is(422);
        let tomorrow = [signed[0], ("signed_on", "2021-10-30"), signed[2], scan];
        chief.post(&paper, &tomorrow).await.is(422);
        let before = [signed[0], ("signed_on", "2021-10-28"), signed[2], scan];
        let told = chief.post(&paper, &before).await.is(422);
        assert!(told.text().contains("不能早于封存日期"), "{}", told.text());
        leader.post(&paper, &[signed[0], signed[1], signed[2], scan]).await.is(404);
        chief.post(&paper, &[signed[0], signed[1], signed[2], scan]).await.is(303);
        let page = json(&chief, AT).await;
        assert_eq!(page["state"], "approved", "{page}");
        assert!(chief.get(AT).await.is(200).text().contains("纸质签发"));
        let href = chief.get(AT).await.attributes("main a[href*='/scans/']", "href").remove(0);
        assert_eq!(chief.get(&href).await.is(200).source(), "%PDF-1.7 signed");
        city.post("head of 临颍县").get(&href).await.is(404);
        // What the paper says on awards and statements is entered from it, for who signed it.
        let page = json(&chief, AT).await;
        let named = page["consequences"][0]["named"].as_str().unwrap().to_owned();
        let exempt =
            [("consequence", named.as_str()), ("verdict", "exempt"), ("reason", "批示另行安排")];
        let on_paper = format!("{AT}/paper-consequences");
        leader.post(&on_paper, &exempt).await.is(404);
        city.post("officer of 督查局").post(&on_paper, &exempt).await.is(303);
        let decided_so = json(&leader, AT).await["consequences"][0]["decided"].clone();
        assert_eq!(
            (&decided_so["verdict"], &decided_so["is_on_paper"]),
            (&"exempt".into(), &true.into())
        );
        let award = decided(&leader).await;
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        paid(&chief, &award).await;
        city.verify().await;
    });
}

/// Every consequence is taken; the name of an award.
async fn decided(leader: &Caller) -> String {
    let page = json(leader, AT).await;
    let mut award = None;
    for c in page["consequences"].as_array().unwrap() {
        let named = c["named"].as_str().unwrap();
        let mut said = vec![("consequence", named), ("verdict", "taken")];
        if c["is_award"] == true {
            said.push(("amount", "200000"));
            award.get_or_insert(named.to_owned());
        }
        leader.post(&format!("{AT}/consequences"), &said).await.is(303);
    }
    award.unwrap()
}

async fn paid(chief: &Caller, award: &str) {
    let path = format!("{AT}/payments");
    let payment = [
        ("award", award),
        ("document", "漯财预〔2021〕88号"),
        ("budget", "年度督查考评工作经费"),
        ("voucher", "2021-11-0042"),
        ("on", "2021-10-29"),
    ];
    for missing in ["award", "document", "budget", "voucher"] {
        let some: Vec<_> = payment.into_iter().filter(|(name, _)| *name != missing).collect();
        chief.post(&path, &some).await.is(422);
    }
    let late: Vec<_> =
        payment.iter().map(|p| if p.0 == "on" { ("on", "2021-10-30") } else { *p }).collect();
    chief.post(&path, &late).await.is(422);
    chief.post(&path, &payment).await.is(303);
    let again = chief.post(&path, &payment).await.status();
    assert!(matches!(again, 409 | 422), "paid once: {again}");
    let page = json(chief, AT).await;
    let all = page["consequences"].as_array().unwrap();
    let paid: Vec<_> = all.iter().filter(|c| c["named"] == award).collect();
    assert!(paid[0].to_string().contains("2021-11-0042"), "{}", paid[0]);
}

#[test]
fn an_objection_comes_with_its_file_and_is_taken_back_or_refused() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let head = city.post("head of 源汇区");
        let file = staged(&city, &head, "延期批复.pdf").await;
        let cell = ("cell", "A2|逾期未办结件数");
        let said = [cell, ("said", "其中1件已延期"), ("files", file.as_str())];
        head.post(&format!("{AT}/objections"), &said).await.is(303);
        let newest = async || {
            let page = json(&head, AT).await;
            let all = page["objections"].as_array().unwrap();
            let of = |one: &Value| one["id"].as_str().unwrap().to_owned();
            format!("/objections/{}", all.iter().map(of).max().unwrap())
        };
        let at = newest().await;
        // It waits for the bureau, and nobody else.
        let waiting = async |caller: &Caller| {
            let actor = caller.actor().await;
            reviews::waiting::objections(&mut city.read().await, &actor).await.unwrap()
        };
        let chief = city.as_(Role::Chief);
        let one = waiting(&chief).await;
        assert_eq!((one.len(), one[0].unit.as_str()), (1, "源汇区"));
        assert!(waiting(&head).await.is_empty());
        let href =
            head.get(&at).await.is(200).attributes("main a[href*='/files/']", "href").remove(0);
        assert_eq!(head.get(&href).await.is(200).source(), "%PDF-1.7 signed");
        let other = city.post("officer of 督查局 2");
        other.get(&href).await.is(200);
        city.post("head of 临颍县").get(&href).await.is(404);
        // Taken back it is decided no more, and may be said again.
        city.post("head of 舞阳县").post(&format!("{at}/withdrawal"), &[]).await.is(404);
        head.post(&format!("{at}/withdrawal"), &[]).await.is(303);
        head.post(&format!("{at}/withdrawal"), &[]).await.is(409);
        let refuse = [("verdict", "refuse"), ("words", "延期申请未获批准")];
        other.post(&format!("{at}/decision"), &refuse).await.is(409);
        let again = [cell, ("said", "请再核实")];
        head.post(&format!("{AT}/objections"), &again).await.is(303);
        let at = newest().await;
        // Late once its day has passed, and to be decided all the same.
        let one = waiting(&chief).await;
        assert_eq!(one.len(), 1, "what was taken back waits no more");
        let late = async || {
            let all = json(&chief, AT).await["objections"].as_array().unwrap().clone();
            all.iter().any(|one| one["is_late"] == true)
        };
        assert!(!late().await);
        city.set_clock(one[0].decide_by.plus(1), "09:00");
        assert!(late().await);
        assert!(chief.get(AT).await.is(200).text().contains("已超期"));
        // Refused with a reason; the ranking stays.
        let before = placed(&json(&other, AT).await);
        other.post(&format!("{at}/decision"), &[refuse[0]]).await.is(422);
        other.post(&format!("{at}/decision"), &refuse).await.is(303);
        assert_eq!(json(&head, &at).await["state"], "refused");
        let officer = city.post("officer of 督查局");
        let computed = officer.post(&format!("{AT}/computations"), &[]).await.status();
        assert!(matches!(computed, 303 | 409), "{computed}");
        assert_eq!(placed(&json(&other, AT).await), before);
        city.verify().await;
    });
}

#[test]
fn what_is_sealed_stays_whatever_becomes_of_records() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        let chief = city.as_(Role::Chief);
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let own = city.unit("源汇区");
        let seen = async || {
            let mut all = Vec::new();
            for path in [AT.to_owned(), format!("{AT}/units/{own}"), format!("{AT}/circular")] {
                all.push(placed_or_total(&json(&chief, &path).await));
            }
            all
        };
        let before = seen().await;
        assert!(before.iter().all(|page| !page.is_empty()), "{before:?}");
        let root = replayed(&city).await.root;
        Life::beside(&city, 11)
            .live("2021-10-29".parse().unwrap(), "2021-11-25".parse().unwrap())
            .await;
        // A unit gets another name besides.
        let name = [("short_name", "源汇"), ("name", "漯河市源汇区人民政府"), ("sort", "9")];
        city.as_(Role::SystemAdmin).post(&format!("/units/{own}/name"), &name).await.is(303);
        assert_eq!(seen().await, before);
        let report = replayed(&city).await;
        assert!(report.is_same(), "{report:?}");
        assert_eq!(report.root, root);
        // Nobody can do anything more with it but have it examined again.
        let leader = city.as_(Role::Leader);
        for path in ["draft", "submission", "publication"] {
            let window = [("window", "2")];
            let status = chief.post(&format!("{AT}/{path}"), &window).await.status();
            assert!(matches!(status, 409 | 422), "{path}: {status}");
        }
        leader.post(&format!("{AT}/approval"), &[("verdict", "agreed")]).await.is(409);
        let no_change = async |tx: &mut Tx| {
            let sql = "SELECT COUNT(*) FROM review_freezes WHERE jurisdiction_id = $1";
            tx.one::<(i64,)>(sql, journal::args![city.id()]).await
        };
        assert_eq!(city.db().operate(city.id(), no_change).await.unwrap().0, 1);
        city.verify().await;
    });
}

/// Places and totals of a page, wherever they stand.
fn placed_or_total(page: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut walk = vec![page];
    while let Some(value) = walk.pop() {
        match value {
            Value::Object(map) => {
                if let (Some(rank), Some(total)) = (map.get("rank"), map.get("total")) {
                    all.push((rank.to_string(), total.to_string()));
                }
                walk.extend(map.values());
            }
            Value::Array(list) => walk.extend(list),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    all
}
