//! What was settled stays: who is scored, the order of months, what was decided and paid; and nobody
//! does through a stand-in what they may not do themselves.

use kernel::Role;
use serde_json::{Value, json as value};
use testkit::{Caller, City, Held, each_engine};

use crate::errata::erratum_out;
use crate::life::Life;
use crate::plans;
use crate::story::{AT, approved, drafted, drafted_by, json, lived, placed, replayed};

const CELL: (&str, &str) = ("cell", "A1|按期办结率(权重=是)");

/// October is out: contested by nobody, every award 200,000 yuan.
async fn published(city: &City) -> City {
    let city = drafted(city).await;
    city.set_clock("2021-10-29", "09:00");
    approved(&city).await;
    city.as_(Role::Chief).post(&format!("{AT}/publication"), &[]).await.is(303);
    city
}

/// A unit has its rate examined again, and it becomes `of` ten.
async fn upheld(city: &City, unit: &str, of: &str) {
    let head = city.post(&format!("head of {unit}"));
    head.post(&format!("{AT}/objections"), &[CELL, ("said", "请再核实")]).await.is(303);
    let other = city.post("officer of 督查局 2");
    let page = json(&other, AT).await;
    let open = page["objections"].as_array().unwrap().iter().find(|o| o["state"] == "open");
    let at = format!("/objections/{}/decision", open.unwrap()["id"].as_str().unwrap());
    let said = [("verdict", "uphold"), ("words", "属实"), ("numerator", of), ("denominator", "10")];
    let negative = [said[0], said[1], ("numerator", "-1"), said[3]];
    other.post(&at, &negative).await.is(422);
    other.post(&at, &said).await.is(303);
}

async fn computed(city: &City) {
    city.post("officer of 督查局").post(&format!("{AT}/computations"), &[]).await.is(303);
}

#[test]
fn who_is_scored_is_settled_when_a_month_is_opened() {
    each_engine(plans, async |city| {
        let city = published(&city).await;
        let (admin, out) =
            (city.as_(Role::SystemAdmin), placed(&json(&city.as_(Role::Chief), AT).await));
        // The group gets another name, a county leaves it and another unit joins, both backdated.
        let groups = ["县区组", "功能区组"].map(|name| city.group(name));
        let name = [("name", "县（区）组"), ("sort", "1")];
        admin.post(&format!("/groups/{}/change", groups[0]), &name).await.is(303);
        let joined = [("group", groups[1].to_string()), ("from", "2021-10-01".to_owned())];
        let joined: Vec<_> = joined.iter().map(|(name, said)| (*name, said.as_str())).collect();
        admin.post(&format!("/units/{}/group", city.unit("舞阳县")), &joined).await.is(303);
        let report = replayed(&city).await;
        assert!(report.is_same(), "{report:?}");
        assert_eq!(report.units, 4);
        // A correction scores the same units.
        city.set_clock("2021-11-10", "09:00");
        upheld(&city, "源汇区", "10").await;
        computed(&city).await;
        let chief = city.as_(Role::Chief);
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        erratum_out(&city, AT).await;
        let units = |placed: &[(String, String, String)]| {
            let mut units: Vec<_> = placed.iter().map(|p| p.0.clone()).collect();
            units.sort_unstable();
            units
        };
        assert_eq!(units(&placed(&json(&chief, AT).await)), units(&out));
        let report = replayed(&city).await;
        assert!(report.is_same(), "{report:?}");
        // The next month is not opened on rules that name a group which is no more.
        city.set_clock("2021-11-26", "09:00");
        let told = chief.post("/reviews/new", &[("month", "2021-11")]).await.is(422);
        assert!(told.text().contains("县区组"), "{}", told.text());
        city.verify().await;
    });
}

#[test]
fn months_are_frozen_one_after_the_other() {
    each_engine(plans, async |city| {
        let city = lived(&city).await;
        Life::beside(&city, 7)
            .live("2021-10-27".parse().unwrap(), "2021-11-26".parse().unwrap())
            .await;
        city.set_clock("2021-11-26", "15:00");
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let opened = async |month: &str| {
            let at = format!("/reviews/{month}");
            officer.post("/reviews/new", &[("month", month)]).await.is(303);
            officer.post(&format!("{at}/computations"), &[]).await.is(303);
            officer.post(&format!("{at}/draft"), &[("window", "1")]).await.is(303);
            at
        };
        let (october, november) = (opened("2021-10").await, opened("2021-11").await);
        city.set_clock("2021-11-30", "09:00");
        let told = chief.post(&format!("{november}/freeze"), &[]).await.is(409);
        assert!(told.text().contains("请先封存 2021-10"), "{}", told.text());
        chief.post(&format!("{october}/freeze"), &[]).await.is(303);
        // The root before is another one now.
        chief.post(&format!("{november}/freeze"), &[]).await.is(409);
        officer.post(&format!("{november}/computations"), &[]).await.is(303);
        chief.post(&format!("{november}/freeze"), &[]).await.is(303);
        let told = officer.post("/reviews/new", &[("month", "2021-09")]).await.is(422);
        assert!(told.text().contains("不能再补"), "{}", told.text());
        let report = replayed(&city).await;
        assert!(report.is_same(), "{report:?}");
        city.verify().await;
    });
}

#[test]
fn a_month_that_was_passed_over_holds_up_no_later_one() {
    each_engine(plans, async |city| {
        let city = lived(&city).await;
        Life::beside(&city, 7)
            .live("2021-10-27".parse().unwrap(), "2021-12-26".parse().unwrap())
            .await;
        city.set_clock("2021-12-26", "15:00");
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let at = |month: &str, path: &str| format!("/reviews/{month}/{path}");
        for month in ["2021-10", "2021-11", "2021-12"] {
            officer.post("/reviews/new", &[("month", month)]).await.is(303);
            officer.post(&at(month, "computations"), &[]).await.is(303);
        }
        // October was never shown; November is frozen, and October goes no further.
        officer.post(&at("2021-11", "draft"), &[("window", "1")]).await.is(303);
        city.set_clock("2021-12-29", "09:00");
        chief.post(&at("2021-11", "freeze"), &[]).await.is(303);
        let told = officer.post(&at("2021-10", "draft"), &[("window", "1")]).await.is(409);
        assert!(told.text().contains("2021-11 已经封存"), "{}", told.text());
        officer.post(&at("2021-12", "computations"), &[]).await.is(303);
        officer.post(&at("2021-12", "draft"), &[("window", "1")]).await.is(303);
        city.set_clock("2021-12-31", "09:00");
        chief.post(&at("2021-12", "freeze"), &[]).await.is(303);
        city.verify().await;
    });
}

#[test]
fn what_the_leader_returned_is_shown_and_contested_again() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        let (head, window) = (city.post("head of 源汇区"), [("window", "1")]);
        chief.post(&format!("{AT}/draft"), &window).await.is(409);
        chief.post(&format!("{AT}/freeze"), &[]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        let back = [("verdict", "returned"), ("note", "源汇区的数据再听一次意见")];
        leader.post(&format!("{AT}/approval"), &back).await.is(303);
        head.post(&format!("{AT}/objections"), &[CELL, ("said", "请再核实")]).await.is(409);
        let before = placed(&json(&chief, AT).await);
        assert!(chief.get(AT).await.is(200).text().contains("再次公示"));
        chief.post(&format!("{AT}/draft"), &window).await.is(303);
        chief.post(&format!("{AT}/draft"), &window).await.is(409);
        upheld(&city, "源汇区", "10").await;
        // Friday's window closes on Monday.
        city.set_clock("2021-11-02", "09:00");
        computed(&city).await;
        assert_ne!(placed(&json(&chief, AT).await), before);
        chief.post(&format!("{AT}/freeze"), &[("why", "按领导意见核实")]).await.is(303);
        city.verify().await;
    });
}

#[test]
fn what_is_out_is_corrected_only_where_a_re_examination_was_upheld() {
    each_engine(plans, async |city| {
        let city = published(&city).await;
        city.set_clock("2021-11-10", "09:00");
        let (chief, why) = (city.as_(Role::Chief), [("why", "再封一次")]);
        let told = chief.post(&format!("{AT}/freeze"), &why).await.is(409);
        assert!(told.text().contains("没有采纳的复核"), "{}", told.text());
        upheld(&city, "源汇区", "9").await;
        computed(&city).await;
        chief.post(&format!("{AT}/freeze"), &why).await.is(303);
        erratum_out(&city, AT).await;
        // The same one does not do for another correction.
        chief.post(&format!("{AT}/freeze"), &why).await.is(409);
        city.verify().await;
    });
}

/// The consequence of a unit that is an award.
async fn award(caller: &Caller, unit: &str) -> Value {
    let page = json(caller, AT).await;
    let all = page["consequences"].as_array().unwrap();
    all.iter().find(|c| c["is_award"] == true && c["unit"] == unit).unwrap().clone()
}

#[test]
fn what_was_paid_stays_told_when_an_award_falls_away() {
    each_engine(plans, async |city| {
        let city = published(&city).await;
        let chief = city.as_(Role::Chief);
        let page = json(&chief, AT).await;
        let counties = page["groups"].as_array().unwrap().iter().find(|g| g["code"] == "XQ");
        let units = counties.unwrap()["units"].as_array().unwrap().clone();
        let (first, second) =
            (units[0]["unit"].as_str().unwrap(), units[1]["unit"].as_str().unwrap());
        let given = award(&chief, first).await;
        let named = given["named"].as_str().unwrap();
        let payment = [
            ("award", named),
            ("document", "漯财预〔2021〕88号"),
            ("budget", "督查考评工作经费"),
            ("voucher", "2021-11-0042"),
            ("on", "2021-10-29"),
        ];
        chief.post(&format!("{AT}/payments"), &payment).await.is(303);
        // The first falls to the second place: its award no longer follows and was paid.
        city.set_clock("2021-11-10", "09:00");
        upheld(&city, first, "0").await;
        upheld(&city, second, "10").await;
        computed(&city).await;
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        erratum_out(&city, AT).await;
        let now = json(&chief, AT).await;
        let all = now["consequences"].as_array().unwrap();
        let fallen = all.iter().find(|c| c["named"] == named).unwrap();
        assert_eq!(fallen["decided"]["verdict"], "exempt");
        let decided = &fallen["decided"];
        assert_eq!(
            (&decided["paid_fen"], &decided["unpaid_fen"], &decided["voucher"]),
            (&value!(20_000_000), &value!(-20_000_000), &value!("2021-11-0042"))
        );
        assert_eq!(decided["budget"], "督查考评工作经费");
        assert!(chief.get(AT).await.is(200).text().contains("多拨 200,000 元"));
        // The circular says what was decided when it went out.
        let circular = json(&chief, &format!("{AT}/circular")).await;
        assert!(circular["awards"].as_array().unwrap().iter().any(|a| a["unit"] == first));
        city.verify().await;
    });
}

#[test]
fn an_award_is_decided_anew_where_the_place_moved() {
    each_engine(plans, async |city| {
        let rules = include_str!("rules.yaml").replace("名次: {前: 1}", "名次: {前: 2}");
        let city = drafted_by(&city, &rules).await;
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        let page = json(&chief, AT).await;
        let counties = page["groups"].as_array().unwrap().iter().find(|g| g["code"] == "XQ");
        let units = counties.unwrap()["units"].as_array().unwrap().clone();
        let two = [0, 1].map(|n| units[n]["unit"].as_str().unwrap().to_owned());
        let head = city.post(&format!("head of {}", two[0]));
        let decisions = format!("{AT}/consequences");
        let decide = async |unit: &str, amount: &str| {
            let named = award(&leader, unit).await["named"].as_str().unwrap().to_owned();
            let said = [
                ("consequence", named.as_str()),
                ("verdict", "taken"),
                ("amount", amount),
                ("reason", "按名次定档"),
            ];
            leader.post(&decisions, &said).await.is(303);
        };
        decide(&two[0], "300000").await;
        // Nobody outside reads what the leader said before it is out.
        let seen = json(&head, AT).await;
        assert!(!seen.to_string().contains("按名次定档"), "{seen}");
        assert_eq!(seen["consequences"], value!([]));
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let amount = async |caller: &Caller, unit: &str| {
            award(caller, unit).await["decided"]["amount_fen"].as_i64().unwrap() / 100
        };
        assert_eq!(amount(&head, &two[0]).await, 300_000);
        // Both change places: each is decided anew, and units see the former amounts meanwhile.
        city.set_clock("2021-11-10", "09:00");
        upheld(&city, &two[0], "0").await;
        upheld(&city, &two[1], "10").await;
        computed(&city).await;
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        leader.post(&format!("{AT}/approval"), &[("verdict", "agreed")]).await.is(303);
        let page = json(&leader, AT).await;
        let after: Vec<_> = placed(&page).into_iter().map(|p| p.0).collect();
        let is_still_second = after.iter().position(|unit| *unit == two[0]) == Some(1);
        for c in page["consequences"].as_array().unwrap() {
            let named = c["named"].as_str().unwrap();
            if c["has_moved"] == true || c["decided"].is_null() || c["has_fallen"] == true {
                chief.post(&format!("{AT}/publication"), &[]).await.is(409);
                let exempt = [("consequence", named), ("verdict", "exempt"), ("reason", "更正")];
                leader.post(&decisions, &exempt).await.is(303);
            }
        }
        decide(&two[1], "300000").await;
        assert_eq!(amount(&head, &two[0]).await, 300_000, "as it is out");
        assert_eq!(amount(&head, &two[1]).await, 200_000, "as it is out");
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        assert_eq!(amount(&head, &two[1]).await, 300_000);
        if is_still_second {
            assert_eq!(award(&head, &two[0]).await["decided"]["verdict"], "exempt");
        }
        city.verify().await;
    });
}

#[test]
fn a_decision_on_an_erratum_that_was_returned_neither_holds_nor_is_paid() {
    each_engine(plans, async |city| {
        let city = published(&city).await;
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        // The only zone keeps its place whatever the counties do.
        let first = "经开区".to_owned();
        let named = award(&chief, &first).await["named"].as_str().unwrap().to_owned();
        city.set_clock("2021-11-10", "09:00");
        upheld(&city, "源汇区", "9").await;
        computed(&city).await;
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        let more = [("consequence", named.as_str()), ("verdict", "taken"), ("amount", "300000")];
        leader.post(&format!("{AT}/consequences"), &more).await.is(303);
        // Another unit is heard while it is with the leader, and waits for the next correction.
        upheld(&city, "临颍县", "9").await;
        let back = [("verdict", "returned"), ("note", "再核")];
        leader.post(&format!("{AT}/approval"), &back).await.is(303);
        let head = city.post(&format!("head of {first}"));
        for caller in [&head, &chief] {
            assert_eq!(award(caller, &first).await["decided"]["amount_fen"], 20_000_000);
        }
        let own = json(&head, &format!("/reviews/units/{}", city.unit(&first))).await;
        assert!(
            own.to_string().contains("20000000") && !own.to_string().contains("30000000"),
            "{own}"
        );
        let payment = [
            ("award", named.as_str()),
            ("document", "漯财预〔2021〕88号"),
            ("budget", "督查考评工作经费"),
            ("voucher", "2021-11-0042"),
            ("on", "2021-11-10"),
        ];
        chief.post(&format!("{AT}/payments"), &payment).await.is(303);
        assert_eq!(award(&chief, &first).await["decided"]["paid_fen"], 20_000_000);
        computed(&city).await;
        chief.post(&format!("{AT}/freeze"), &[("why", "两件复核一并更正")]).await.is(303);
        // It is decided anew, although the place is the same.
        assert_eq!(award(&leader, &first).await["has_moved"], true);
        erratum_out(&city, AT).await;
        assert_eq!(award(&head, &first).await["decided"]["verdict"], "exempt");
        chief.post(&format!("{AT}/freeze"), &[("why", "再一次")]).await.is(409);
        city.verify().await;
    });
}

/// A post by which one officer stands in for another.
async fn standing_in(city: &City, who: &Caller, for_whom: &Caller) -> Caller {
    let path = format!("/posts/{}/stand-in", for_whom.held().post);
    let person = who.held().person.to_string();
    let said = [
        ("person", person.as_str()),
        ("from", "2021-10-26"),
        ("to", "2021-11-30"),
        ("reason", "出差"),
    ];
    city.as_(Role::SecurityAdmin).post(&path, &said).await.is(303);
    let mut tx = city.read().await;
    let posts = people::store::posts_of(&mut tx, city.id(), who.held().person, city.today());
    let posts = posts.await.unwrap();
    let post = posts.iter().find(|p| p.represents.is_some()).unwrap().id;
    let (unit_name, role) = (for_whom.held().unit_name.clone(), for_whom.held().role);
    city.caller(Held { post, role, unit_name, ..who.held().clone() })
}

#[test]
fn nobody_decides_through_a_stand_in_what_they_had_a_hand_in() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let computed = city.post("officer of 督查局");
        let stands_in = standing_in(&city, &computed, &city.post("officer of 督查局 2")).await;
        let head = city.post("head of 源汇区");
        head.post(&format!("{AT}/objections"), &[CELL, ("said", "请再核实")]).await.is(303);
        let page = json(&computed, AT).await;
        let at = format!("/objections/{}/decision", page["objections"][0]["id"].as_str().unwrap());
        let refuse = [("verdict", "refuse"), ("words", "不属实")];
        let told = stands_in.post(&at, &refuse).await.is(409);
        assert!(told.text().contains("含代理"), "{}", told.text());
        // Nor who was stood in for, once it was computed in the other's name.
        stands_in.post(&format!("{AT}/computations"), &[]).await.is(303);
        city.post("officer of 督查局 2").post(&at, &refuse).await.is(409);
        city.as_(Role::Chief).post(&at, &refuse).await.is(303);
        city.verify().await;
    });
}

#[test]
fn a_chief_who_stands_in_for_the_leader_does_not_approve_what_they_submitted() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        let (chief, leader) = (city.as_(Role::Chief), city.as_(Role::Leader));
        let stands_in = standing_in(&city, &chief, &leader).await;
        chief.post(&format!("{AT}/freeze"), &[]).await.is(303);
        chief.post(&format!("{AT}/submission"), &[]).await.is(303);
        let told =
            stands_in.post(&format!("{AT}/approval"), &[("verdict", "agreed")]).await.is(409);
        assert!(told.text().contains("同一人不能签两个环节"), "{}", told.text());
        leader.post(&format!("{AT}/approval"), &[("verdict", "agreed")]).await.is(303);
        // What the leader approved in the program is not decided from a paper that there is not.
        let named = json(&chief, AT).await["consequences"][0]["named"].as_str().unwrap().to_owned();
        let exempt =
            [("consequence", named.as_str()), ("verdict", "exempt"), ("reason", "另行安排")];
        let told = chief.post(&format!("{AT}/paper-consequences"), &exempt).await.is(409);
        assert!(told.text().contains("不是在纸上审批的"), "{}", told.text());
        city.verify().await;
    });
}

#[test]
fn a_month_that_is_being_corrected_is_still_the_one_before() {
    each_engine(plans, async |city| {
        let city = published(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        city.set_clock("2021-11-20", "09:00");
        upheld(&city, "源汇区", "10").await;
        computed(&city).await;
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        Life::beside(&city, 7)
            .live("2021-11-20".parse().unwrap(), "2021-11-26".parse().unwrap())
            .await;
        city.set_clock("2021-11-26", "15:00");
        let next = "/reviews/2021-11";
        officer.post("/reviews/new", &[("month", "2021-11")]).await.is(303);
        officer.post(&format!("{next}/computations"), &[]).await.is(303);
        let of = async |unit: &str| {
            let sheet = json(&officer, &format!("{next}/units/{}", city.unit(unit))).await;
            sheet["dimensions"][0]["items"][0]["before"].clone()
        };
        let was =
            json(&city.post("head of 源汇区"), &format!("{AT}/units/{}", city.unit("源汇区")))
                .await;
        assert_eq!(of("源汇区").await, was["dimensions"][0]["items"][0]["points"], "as it is out");
        // What the leader did not approve counts as no place of October.
        let last = "/measures/last_in_a_row?from=2021-10-26&to=2021-11-25";
        let page = json(&officer, last).await;
        let is_last = |page: &Value| {
            let groups = page["groups"].as_array().unwrap().clone();
            let units = groups.into_iter().flat_map(|g| g["units"].as_array().unwrap().clone());
            units
                .filter(|u| u["number"].as_i64() == Some(1))
                .map(|u| u["unit"].clone())
                .collect::<Vec<_>>()
        };
        let october = json(&city.post("head of 源汇区"), AT).await;
        let groups = october["groups"].as_array().unwrap();
        let counties = groups.iter().find(|g| g["code"] == "XQ").unwrap();
        let last = counties["units"].as_array().unwrap().last().unwrap();
        assert_eq!(is_last(&page), [last["unit"].clone()]);
        city.verify().await;
    });
}
