//! Events: each one entered, checked, corrected and withdrawn by itself; none is 0.

use kernel::Role;
use measures::{State, Value};
use serde_json::json;
use testkit::{City, each_engine};

use crate::common::{SOURCE, added, agreeing, check, early, enterer, items, october, plans, post};

const UNTRUE: &str = "抽查不实件数";

async fn event(city: &City, card: &str, (unit, on, what): (&str, &str, &str)) -> u16 {
    let unit = city.unit(unit).to_string();
    let mut fields = vec![("unit", unit.as_str()), ("happened_on", on), ("happening", what)];
    fields.extend(SOURCE);
    enterer(city).post(&format!("{card}/2021-10/events"), &fields).await.status()
}

async fn counts(city: &City, cut: i64) -> Vec<State> {
    october(city, UNTRUE, cut).await.into_iter().map(|fact| fact.state).collect()
}

fn known(numbers: [i64; 3]) -> Vec<State> {
    numbers.map(|n| State::Known(Value::Number(n))).to_vec()
}

#[test]
fn events_are_counted_one_by_one_and_none_is_nought() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (UNTRUE, "event")).await;
        let officer = city.as_(Role::Officer);
        assert_eq!(event(&city, &card, ("临颍县", "2021-10-11", "现场未开工")).await, 303);
        assert_eq!(event(&city, &card, ("临颍县", "2021-09-03", "迟到的核查")).await, 303);
        assert_eq!(event(&city, &card, ("舞阳县", "2021-10-12", "未交地")).await, 303);
        assert_eq!(counts(&city, city.seq().await).await, known([0, 0, 0]), "not checked yet");
        check(&city, &card, "2021-10").await;
        let before = city.seq().await;
        assert_eq!(counts(&city, before).await, known([2, 1, 0]));
        assert_eq!(items(&city.post("head of 临颍县"), &card, "2021-10").await.len(), 2);
        // A number is not entered for it, nor an event in a sheet of numbers.
        enterer(&city).get(&format!("{card}/2021-10/values")).await.is(404);
        for (unit, on) in
            [("经开区", "2021-10-11"), ("临颍县", "2021-10-14"), ("临颍县", "10月1日")]
        {
            assert_eq!(event(&city, &card, (unit, on, "x")).await, 422, "{unit} {on}");
        }
        let seen = items(&officer, &card, "2021-10").await;
        let wuyang = seen.iter().find(|item| item["unit"] == "舞阳县").unwrap();
        let id = wuyang["value"]["id"].as_str().unwrap().to_owned();
        let correct = format!("/observations/{id}/correction");
        let mut fields = vec![("happened_on", "2021-10-12"), ("happening", "未交地3户")];
        fields.extend(SOURCE);
        enterer(&city).post(&correct, &fields).await.is(422);
        fields.push(("reason", "补充户数"));
        enterer(&city).post(&correct, &fields).await.is(303);
        enterer(&city).post(&correct, &fields).await.is(409);
        assert_eq!(counts(&city, city.seq().await).await, known([2, 1, 0]), "once, not twice");
        check(&city, &card, "2021-10").await;
        assert_eq!(counts(&city, city.seq().await).await, known([2, 1, 0]));
        let seen = items(&officer, &card, "2021-10").await;
        let wuyang = seen.iter().find(|item| item["unit"] == "舞阳县").unwrap();
        assert_eq!(
            (&wuyang["value"]["n"], &wuyang["value"]["state"]),
            (&json!(2), &json!("checked"))
        );
        let id = wuyang["value"]["id"].as_str().unwrap();
        let away = format!("/observations/{id}/withdrawal");
        officer.post(&away, &[("reason", "复核属实")]).await.is(303);
        assert_eq!(counts(&city, city.seq().await).await, known([2, 0, 0]));
        assert_eq!(counts(&city, before).await, known([2, 1, 0]), "as known then");
        assert_eq!(agreeing(&officer, &card, "2021-10").await.len(), 1);
        city.verify().await;
    });
}

#[test]
fn rates_keep_their_fraction() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, ("按期解决率", "rate")).await;
        let fields = crate::common::sheet(
            &city,
            "rates",
            &[
                &[("numerator", "19"), ("denominator", "20")],
                &[("numerator", "1.5"), ("denominator", "3")],
                &[("missing", "没有到期的问题")],
            ],
        );
        post(&enterer(&city), &format!("{card}/2021-10/values"), &fields).await.is(303);
        check(&city, &card, "2021-10").await;
        let facts = october(&city, "按期解决率", city.seq().await).await;
        let ratio = |numerator, denominator| State::Known(Value::Ratio { numerator, denominator });
        assert_eq!(facts[0].state, ratio(190_000, 200_000));
        assert_eq!(facts[1].state, ratio(15_000, 30_000));
        assert!(matches!(facts[2].state, State::Missing(_)));
        let page = city.as_(Role::Officer).get(&format!("{card}/2021-10")).await.is(200);
        assert!(page.text().contains("95.0% (19/20)"), "{}", page.text());
        assert!(page.text().contains("暂缺：没有到期的问题"), "{}", page.text());
        city.verify().await;
    });
}
