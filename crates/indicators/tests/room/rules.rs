//! Four eyes over HTTP, and what becomes of indicators themselves.

use kernel::Role;
use serde_json::json;
use testkit::each_engine;

use crate::common::{
    added, agreeing, borrowed, early, enter, enterer, form, october, plans, post, sheet, value,
};

const RANK: &str = "全省位次";

#[test]
fn nobody_checks_what_they_entered() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let path = format!("{card}/2021-10/check");
        let officer = city.as_(Role::Officer);
        let fields = sheet(&city, "numbers", &[&[("numerator", "12")], &[], &[]]);
        post(&officer, &format!("{card}/2021-10/values"), &fields).await.is(303);
        let before = city.seq().await;
        let agreeing = agreeing(&officer, &card, "2021-10").await;
        assert_eq!(agreeing.len(), 2, "one waits");
        let page = post(&officer, &path, &agreeing).await.is(422);
        assert!(page.text().contains("不能核对自己填的值"), "{}", page.text());
        let sheet = officer.get(&format!("{card}/2021-10")).await.is(200);
        assert!(!sheet.attributes("a", "href").contains(&path), "no button for whom it is not");
        for stranger in ["head of 临颍县", "head of 市工业和信息化局"] {
            post(&city.post(stranger), &path, &agreeing).await.is(404);
        }
        for other in ["leader of 漯河市", "liaison of 市发展改革委", "department of 市发展改革委"]
        {
            post(&city.post(other), &path, &agreeing).await.is(404);
        }
        assert_eq!(city.seq().await, before, "nothing was checked");
        post(&city.post("head of 市发展改革委"), &path, &agreeing).await.is(303);
        assert_eq!(value(&officer, (&card, "2021-10"), "临颍县").await["state"], "checked");
        city.verify().await;
    });
}

#[test]
fn a_stand_in_of_who_entered_does_not_check() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        enter(&city, &card, "2021-10", ["12", "3", ""]).await;
        // The same person takes a second post in the bureau, as a stand-in.
        let (who, chief) = (enterer(&city), city.as_(Role::Chief));
        let chief_post = chief.held().post;
        let (person, unit) = (who.held().person, chief.held().unit);
        let mut made = None;
        city.program(async |act| {
            let from = act.today();
            let post = people::found::NewPost {
                person,
                unit,
                role: Role::Officer,
                title: "督查专员（代）",
                represents: Some(chief_post),
                line: None,
                from,
                to: Some(from.plus(30)),
            };
            made = Some(people::found::take_post(act, &post).await?);
            Ok(())
        })
        .await
        .unwrap();
        let held = testkit::Held {
            post: made.unwrap(),
            unit,
            unit_name: "督查局".to_owned(),
            role: Role::Officer,
            title: "督查专员（代）".to_owned(),
            ..who.held().clone()
        };
        let stand_in = city.caller(held);
        let agreeing = agreeing(&city.as_(Role::Officer), &card, "2021-10").await;
        let page = post(&stand_in, &format!("{card}/2021-10/check"), &agreeing).await.is(422);
        assert!(page.text().contains("含代理"), "{}", page.text());
        assert_eq!(city.kinds(1).await, ["post_taken"], "nothing was checked");
    });
}

#[test]
fn an_indicator_is_added_changed_and_ended_and_keeps_its_meaning() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let (chief, officer) = (city.as_(Role::Chief), city.as_(Role::Officer));
        let seen = chief.json_get(&card).await.is(200).json();
        assert_eq!((&seen["number"], &seen["kind"]), (&json!(1), &json!("number")));
        assert_eq!(seen["measure"], "/measures/entered_number?indicator=1");
        // A second one of the same name, or of a name in the library.
        for name in [RANK, "填报数值", "位次(月)"] {
            let fields = form(&city, (name, "number"));
            let page = officer.post("/indicators/new", &borrowed(&fields)).await.is(422);
            assert!(page.has("[name=name][aria-invalid]"), "{name}");
            assert_eq!(page.attributes("[name=name]", "value"), [name], "what was typed stays");
        }
        let bad = [("kind", "other"), ("department", "x"), ("groups", "y"), ("from", "10月")];
        for (field, wrong) in bad {
            let mut fields = form(&city, ("别的指标", "number"));
            fields.retain(|(name, _)| *name != field);
            fields.push((field, wrong.to_owned()));
            officer.post("/indicators/new", &borrowed(&fields)).await.is(422);
        }
        enter(&city, &card, "2021-10", ["12", "", ""]).await;
        let change = |more: &[(&'static str, &str)]| {
            let mut fields = form(&city, (RANK, "number"));
            fields.retain(|(name, _)| *name != "from" && more.iter().all(|(n, _)| n != name));
            fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
            fields
        };
        let at = format!("{card}/definition");
        let renamed = change(&[("name", "新名称"), ("kind", "rate")]);
        let page = officer.post(&at, &borrowed(&renamed)).await.is(422);
        assert!(page.has("[name=name][aria-invalid]") && page.has("[name=kind][aria-invalid]"));
        officer.post(&at, &borrowed(&change(&[]))).await.is(409);
        let zones = city.group("功能区组").to_string();
        let moved = change(&[("groups", zones.as_str()), ("sort", "7")]);
        officer.post(&at, &borrowed(&moved)).await.is(303);
        assert_eq!(city.kinds(1).await, ["indicator_changed"]);
        let end = format!("{card}/end");
        officer.get(&end).await.is(404);
        let reason = ("reason", "省里不再通报");
        chief.post(&end, &[("to", "2021-09"), reason]).await.is(422);
        chief.post(&end, &[("to", "2021-10"), reason]).await.is(303);
        chief.post(&end, &[("to", "2021-10"), reason]).await.is(409);
        city.set_clock("2021-10-26", "09:00");
        enterer(&city).get(&format!("{card}/2021-11/values")).await.is(409);
        let left = indicators::store::by_name(&mut city.read().await, city.id()).await.unwrap();
        assert!(left.iter().all(|row| row.name != RANK), "no new rule set calls it");
        city.verify().await;
    });
}

#[test]
fn a_value_that_came_late_is_marked() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let officer = city.as_(Role::Officer);
        let of = (card.as_str(), "2021-10");
        enter(&city, &card, "2021-10", ["12", "3", ""]).await;
        city.set_clock("2021-10-18", "09:00");
        assert_eq!(value(&officer, of, "临颍县").await["late"], json!(["waits"]));
        city.set_clock("2021-10-22", "09:00");
        crate::common::check(&city, &card, "2021-10").await;
        let late = json!(["checked", "shown"]);
        assert_eq!(value(&city.post("head of 临颍县"), of, "临颍县").await["late"], late);
        let page = city.post("head of 临颍县").get(&format!("{card}/2021-10")).await.is(200);
        assert!(page.text().contains("告知晚"), "{}", page.text());
        assert_eq!(october(&city, RANK, city.seq().await).await[0].n, 1, "it counts all the same");
    });
}
