//! The pages of the library over HTTP: who sees what, bad periods, both languages.

use kernel::{Day, Role};
use serde_json::Value;
use testkit::{Caller, City, each_engine};

use crate::life::{Evening, Life};
use crate::measured as plans;

/// A city in which two months have passed, on the morning of 1 November.
async fn lived(city: City) -> (City, Vec<Evening>) {
    let day = |text: &str| text.parse::<Day>().unwrap();
    city.set_clock("2021-08-30", "08:00");
    let city = city.twin().await;
    let evenings = Life::new(&city, 42).live(day("2021-08-30"), day("2021-10-31")).await;
    city.set_clock("2021-11-01", "08:00");
    (city, evenings)
}

/// The cells of a page: unit, and what is known of it.
fn cells(page: &Value) -> Vec<(String, Value)> {
    let groups = page["groups"].as_array().unwrap();
    let cells = groups.iter().flat_map(|group| group["units"].as_array().unwrap());
    cells.map(|cell| (cell["unit"].as_str().unwrap().to_owned(), cell.clone())).collect()
}

async fn page(caller: &Caller, path: &str) -> Value {
    caller.json_get(path).await.is(200).json()
}

#[test]
fn the_library_says_what_each_figure_means_in_both_languages() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let html = officer.get("/measures").await.is(200);
        for text in ["按期办结率", "应办结件数", "督办单件数", "可以计分", "只供掌握"]
        {
            assert!(html.text().contains(text), "{text}");
        }
        assert!(html.has("nav a[href='/measures']"), "the navigation leads here");
        let english = officer.with("accept-language", "en").get("/measures").await.is(200);
        assert!(english.text().contains("On-time closure rate"));
        let json = page(&officer, "/measures").await;
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), 14);
        assert!(items.iter().all(|item| !item["whole"]["zh"].as_str().unwrap().is_empty()));
        for role in [Role::Department, Role::Cadre, Role::SystemAdmin, Role::AuditAdmin] {
            city.as_(role).get("/measures").await.is(404);
        }
    });
}

#[test]
fn rule_sets_find_their_measures_by_name_and_parameters() {
    let measures = || plans().into_iter().filter_map(|p| p.measures).flat_map(|s| s.measures);
    for call in [
        "按期办结率(权重=是)",
        "应办结件数",
        "逾期未办结件数",
        "退办率",
        "目标完成率",
        "办结后重开件数(天数=30)",
        "督办单件数(颜色=黄)",
        "督办单件数(颜色=红)",
    ] {
        let (name, said) = call.trim_end_matches(')').split_once('(').unwrap_or((call, ""));
        let measure = measures().find(|m| m.name.zh == name).expect(call);
        let given = |param: &str| said.split_once('=').filter(|(n, _)| *n == param).map(|(_, v)| v);
        let args = measures::Args::read(measure.params, given).expect(call);
        // What is left out is written as it is usually meant.
        let asked = measures::Asked { measure, args }.call().replace(",时段=本期)", ")");
        assert_eq!(asked, call);
        assert_eq!(measure.purpose, measures::Purpose::Scored, "{call}");
    }
}

#[test]
fn every_figure_opens_records_that_add_up_to_it() {
    each_engine(plans, async |city| {
        let (city, _) = lived(city).await;
        let officer = city.as_(Role::Officer);
        let library = page(&officer, "/measures").await;
        for measure in library["items"].as_array().unwrap() {
            let code = measure["code"].as_str().unwrap();
            let figures = page(&officer, &format!("/measures/{code}")).await;
            let period = (figures["from"].as_str(), figures["to"].as_str());
            assert_eq!(period, (Some("2021-09-26"), Some("2021-10-25")));
            let groups = figures["groups"].as_array().unwrap();
            assert_eq!(groups[0]["name"], "县区组", "unlike units are in another list");
            for (unit, cell) in cells(&figures) {
                let records = cell["records"].as_str().unwrap();
                if cell["n"] == 0 {
                    officer.json_get(records).await.is(404);
                    continue;
                }
                let html = officer.get(records).await.is(200);
                assert!(html.has("table a[href]"), "{code} of {unit}: a record opens");
                let detail = page(&officer, records).await;
                let items = detail["items"].as_array().unwrap();
                let sum =
                    |name: &str| items.iter().map(|i| i[name].as_i64().unwrap_or(0)).sum::<i64>();
                let is_rate = measure["is_rate"] == true;
                let figure = if is_rate { &cell["numerator"] } else { &cell["number"] };
                assert_eq!(&Value::from(sum("numerator")), figure, "{code} of {unit}");
                if is_rate {
                    assert_eq!(Value::from(sum("denominator")), cell["denominator"], "{code}");
                }
                assert_eq!(Value::from(items.len()), cell["n"], "{code} of {unit}");
            }
            for lang in ["zh-CN", "en"] {
                let caller = officer.with("accept-language", lang);
                let html = caller.get(&format!("/measures/{code}")).await.is(200);
                assert!(html.has("table"), "{code}");
            }
        }
    });
}

#[test]
fn a_unit_sees_itself_and_an_inspector_what_the_inspection_is_limited_to() {
    each_engine(plans, async |city| {
        let (city, _) = lived(city).await;
        let path = "/measures/due_count?from=2021-09-01&to=2021-10-31";
        let all = cells(&page(&city.as_(Role::Officer), path).await);
        assert!(all.len() >= 5);
        assert_eq!(cells(&page(&city.as_(Role::Leader), path).await), all);
        let head = city.post("head of 舞阳县");
        let own = cells(&page(&head, path).await);
        assert_eq!(own.len(), 1);
        let of = |name: &str| all.iter().find(|(unit, _)| unit == name).unwrap().1.clone();
        assert_eq!(own[0].1, of("舞阳县"));
        let records = |cell: &Value| cell["records"].as_str().unwrap().to_owned();
        head.json_get(&records(&own[0].1)).await.is(200);
        head.json_get(&records(&of("临颍县"))).await.is(404);
        // The inspection is of one line of work, to which only items of 临颍县 belong.
        let inspector = city.as_(Role::Inspector);
        let seen = cells(&page(&inspector, path).await);
        let led = seen.iter().find(|(unit, _)| unit == "临颍县").unwrap();
        assert!(
            led.1["n"].as_i64().unwrap() > 0 && led.1["n"].as_i64() <= of("临颍县")["n"].as_i64()
        );
        let total = |cells: &[(String, Value)]| {
            cells.iter().map(|c| c.1["n"].as_i64().unwrap()).sum::<i64>()
        };
        assert!(total(&seen) < total(&all), "{seen:?}");
        assert!(inspector.get(path).await.text().contains("只计检查范围内的事项"));
        assert!(!head.get(path).await.text().contains("只计检查范围内的事项"));
        let detail = page(&inspector, &records(&led.1)).await;
        assert_eq!(Value::from(detail["items"].as_array().unwrap().len()), led.1["n"]);
    });
}

#[test]
fn a_bad_period_is_told_at_its_field() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        for (query, field, zh, en) in [
            ("from=2021-10-25&to=2021-10-01", "to", "止日不能早于起日", "before the first"),
            ("from=1&to=2021-10-01", "from", "请按2021-10-25", "Write the day"),
            ("from=2021-10-25", "to", "须同时填写", "Give both"),
            ("from=2022-01-01&to=2022-01-02", "from", "还没有开始", "not begun"),
        ] {
            let path = format!("/measures/on_time_rate?{query}");
            let refused = officer.json_get(&path).await.is(422).json();
            assert_eq!(refused["error"]["fields"][0]["field"], field, "{query}");
            assert!(officer.get(&path).await.is(200).text().contains(zh), "{query}");
            let english = officer.with("accept-language", "en").get(&path).await.is(200);
            assert!(english.text().contains(en), "{query}");
            let unit = city.unit("临颍县");
            let records = format!("/measures/on_time_rate/records?{query}&unit={unit}");
            officer.json_get(&records).await.is(422);
        }
        let days = "/measures/reopened_count?days=0";
        assert_eq!(
            officer.json_get(days).await.is(422).json()["error"]["fields"][0]["field"],
            "days"
        );
        officer.get("/measures/no_such_measure").await.is(404);
    });
}

#[test]
fn an_older_place_of_the_journal_gives_the_older_figures() {
    each_engine(plans, async |city| {
        let (city, evenings) = lived(city).await;
        let officer = city.as_(Role::Officer);
        let path = "/measures/due_count?from=2021-09-01&to=2021-10-31";
        let now = page(&officer, path).await;
        let cut = now["cut"].as_i64().unwrap();
        let same = page(&officer, &format!("{path}&cut={cut}")).await;
        assert_eq!(cells(&same).len(), cells(&now).len());
        let before = page(&officer, &format!("{path}&cut=1")).await;
        assert!(cells(&before).iter().all(|(_, cell)| cell["n"] == 0));
        // Later facts leave a closed period as it was.
        let closed = page(&officer, "/measures/on_time_rate").await;
        let day = |text: &str| text.parse::<Day>().unwrap();
        let evening = evenings.iter().find(|e| e.day == day("2021-10-25")).unwrap();
        assert_eq!(closed["cut"], evening.seq, "the last entry of the period's last day");
        city.set_clock("2021-11-01", "12:00");
        Life::beside(&city, 43).live(day("2021-11-01"), day("2021-11-05")).await;
        let still = page(&officer, "/measures/on_time_rate").await;
        assert_eq!((&closed["groups"], &closed["cut"]), (&still["groups"], &still["cut"]));
    });
}
