//! Who entered or checked a value does not decide what its unit says against it.

use kernel::Role;
use testkit::{City, each_engine};

use crate::plans;
use crate::story::{AT, adopted, json};

const RULES: &str = include_str!("rules.yaml");
const UNIT: &str = "临颍县";

/// A month with a value that 市发展改革委 entered and the second officer checked, shown as a draft.
async fn drafted(city: &City) -> City {
    city.set_clock("2021-08-30", "08:00");
    let city = city.twin().await;
    let rules =
        RULES.replace("取数: {取数: 逾期未办结件数, 单位: 件}", "取数: {取数: 全省位次, 单位: 位}");
    adopted(&city, &rules).await;
    city.set_clock("2021-10-13", "09:00");
    let (department, group) =
        (city.unit("市发展改革委").to_string(), city.group("县区组").to_string());
    let indicator = [
        ("name", "全省位次"),
        ("name_en", "Rank in the province"),
        ("kind", "number"),
        ("measured_in", "位"),
        ("better", "low"),
        ("definition", "省里通报的位次"),
        ("source", "省统计局月报"),
        ("department", &department),
        ("groups", &group),
        ("sort", "1"),
        ("from", "2021-09"),
    ];
    let card = city.as_(Role::Chief).post("/indicators/new", &indicator).await.is(303).goes_to();
    let unit = city.unit(UNIT).to_string();
    let value = [
        ("source_title", "全省通报"),
        ("source_reference", "豫统〔2021〕9号"),
        ("source_on", "2021-10-12"),
        ("numbers.0.unit", unit.as_str()),
        ("numbers.0.numerator", "3"),
    ];
    let enterer = city.post("department of 市发展改革委");
    enterer.post(&format!("{card}/2021-10/values"), &value).await.is(303);
    let checker = city.post("officer of 督查局 2");
    let page = json(&checker, &format!("{card}/2021-10")).await;
    let items = page["items"].as_array().unwrap();
    let entered = items.iter().find(|item| item["unit"] == UNIT).unwrap();
    let id = entered["value"]["id"].as_str().unwrap();
    let agreed = [("whole", "agreed"), ("values.0.observation", id)];
    checker.post(&format!("{card}/2021-10/check"), &agreed).await.is(303);
    city.set_clock("2021-10-26", "15:00");
    let officer = city.post("officer of 督查局");
    officer.post("/reviews/new", &[("month", "2021-10")]).await.is(303);
    officer.post(&format!("{AT}/computations"), &[]).await.is(303);
    officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
    city
}

#[test]
fn who_checked_a_value_does_not_decide_on_it() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let said = [("cell", "A2|全省位次"), ("said", "应为第2位")];
        city.post(&format!("head of {UNIT}"))
            .post(&format!("{AT}/objections"), &said)
            .await
            .is(303);
        let page = json(&city.as_(Role::Chief), AT).await;
        let decision =
            format!("/objections/{}/decision", page["objections"][0]["id"].as_str().unwrap());
        let upheld = [("verdict", "uphold"), ("number", "2"), ("words", "属实")];
        for took_part in ["officer of 督查局 2", "officer of 督查局"] {
            let told = city.post(took_part).post(&decision, &upheld).await.is(409);
            assert!(told.text().contains("录入、核对这个数据的人"), "{}", told.text());
        }
        city.as_(Role::Chief).post(&decision, &upheld).await.is(303);
        city.verify().await;
    });
}
