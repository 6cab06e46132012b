//! Who entered or checked a value does not decide what its unit says against it.

use kernel::Role;
use testkit::{City, each_engine};

use crate::plans;
use crate::story::{AT, adopted, json};

const RULES: &str = include_str!("rules.yaml");
const UNIT: &str = "临颍县";

/// An indicator of the counties that 市发展改革委 enters: its name, its kind, and in what it is measured.
async fn indicator(city: &City, (name, kind, measured_in): (&str, &str, &str)) -> String {
    let (department, group) =
        (city.unit("市发展改革委").to_string(), city.group("县区组").to_string());
    let indicator = [
        ("name", name),
        ("kind", kind),
        ("measured_in", measured_in),
        ("better", "low"),
        ("definition", "省里通报的数据"),
        ("source", "省里的通报"),
        ("department", &department),
        ("groups", &group),
        ("sort", "1"),
        ("from", "2021-09"),
    ];
    city.as_(Role::Chief).post("/indicators/new", &indicator).await.is(303).goes_to()
}

/// A month with a value that 市发展改革委 entered and the second officer checked, shown as a draft.
async fn drafted(city: &City) -> City {
    let rules =
        RULES.replace("取数: {取数: 逾期未办结件数, 单位: 件}", "取数: {取数: 全省位次, 单位: 位}");
    drafted_with(city, &rules, (("全省位次", "number", "位"), "3")).await
}

/// The same of an indicator, by rules that read it.
async fn drafted_with(
    city: &City,
    rules: &str,
    (called, number): ((&str, &str, &str), &str),
) -> City {
    city.set_clock("2021-08-30", "08:00");
    let city = city.twin().await;
    adopted(&city, rules).await;
    city.set_clock("2021-10-13", "09:00");
    let card = indicator(&city, called).await;
    let unit = city.unit(UNIT).to_string();
    let value = [
        ("source_title", "全省通报"),
        ("source_reference", "豫统〔2021〕9号"),
        ("source_on", "2021-10-12"),
        ("numbers.0.unit", unit.as_str()),
        ("numbers.0.numerator", number),
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

#[test]
fn what_is_entered_as_percent_is_reckoned_as_a_part_of_one() {
    each_engine(plans, async |city| {
        let read = "取数: {取数: 工业增速, 单位: \"%\"}";
        let method = "计分: {逐点加减: {基准: \"0.08\", 每: \"0.01\", 加: \"2\", 减: \"2\"}}";
        let rules = RULES
            .replace("取数: {取数: 逾期未办结件数, 单位: 件}", read)
            .replace("计分: {逐件: {从满分起: 是, 事项: [{每件: \"-1\"}]}}", method);
        for spelt in ["%", "百分比"] {
            let of = (("工业增速", "number", spelt), "7.5");
            let city = drafted_with(&city, &rules, of).await;
            let sheet = format!("{AT}/units/{}", city.unit(UNIT));
            let sheet = json(&city.as_(Role::Chief), &sheet).await;
            let item = &sheet["dimensions"][0]["items"][1];
            let said = item["sentence"]["zh"].as_str().unwrap();
            // Half a point below the line of 8 %.
            assert!(said.contains("工业增速7.5%") && said.contains("0.5个百分点"), "{said}");
            assert_eq!(item["points"], "39.00", "{said}");
            assert_eq!(item["figures"][0]["shown"]["zh"], "7.5%");
        }
    });
}

/// An indicator of events with so many of one unit, checked, in each month.
async fn happened(city: &City, months: &[(&str, usize)]) {
    let card = indicator(city, ("通报批评", "event", "次")).await;
    let unit = city.unit(UNIT).to_string();
    let (enterer, checker) =
        (city.post("department of 市发展改革委"), city.post("officer of 督查局 2"));
    for (month, events) in months {
        for n in 0..*events {
            let happening = format!("第{n}次");
            let event = [
                ("unit", unit.as_str()),
                ("happened_on", "2021-09-10"),
                ("happening", &happening),
                ("source_title", "省政府通报"),
                ("source_reference", "豫政〔2021〕9号"),
                ("source_on", "2021-10-12"),
            ];
            enterer.post(&format!("{card}/{month}/events"), &event).await.is(303);
        }
        let sheet = json(&checker, &format!("{card}/{month}")).await;
        let items = sheet["items"].as_array().unwrap().iter();
        let waiting = items.filter(|item| item["value"]["state"] == "entered").enumerate();
        let mut agreed = vec![("whole".to_owned(), "agreed".to_owned())];
        agreed.extend(waiting.map(|(n, item)| {
            let id = item["value"]["id"].as_str().unwrap();
            (format!("values.{n}.observation"), id.to_owned())
        }));
        let agreed: Vec<_> = agreed.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        checker.post(&format!("{card}/{month}/check"), &agreed).await.is(303);
    }
}

#[test]
fn what_counted_before_in_the_year_is_taken_off_a_yearly_limit() {
    each_engine(plans, async |city| {
        city.set_clock("2021-08-30", "08:00");
        let city = city.twin().await;
        let inputs = "取数: [{取数: 通报批评, 名: 本期, 单位: 次}, \
            {取数: 通报批评, 名: 已计, 参数: {时段: 年内本期以前}, 单位: 次}]";
        let rules = RULES.replace("取数: {取数: 逾期未办结件数, 单位: 件}", inputs).replace(
            "事项: [{每件: \"-1\"}]",
            "事项: [{输入: 本期, 每件: \"-2\", 年度最多: \"3\", 年内已计: 已计}]",
        );
        adopted(&city, &rules).await;
        city.set_clock("2021-10-13", "09:00");
        happened(&city, &[("2021-09", 2), ("2021-10", 2)]).await;
        city.set_clock("2021-10-26", "15:00");
        let officer = city.post("officer of 督查局");
        officer.post("/reviews/new", &[("month", "2021-10")]).await.is(303);
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        let sheet = format!("{AT}/units/{}", city.unit(UNIT));
        let page = officer.get(&sheet).await.is(200).text();
        assert!(page.contains("2次，年内还可计1"), "{page}");
        assert!(page.contains("减2分"), "{page}");
        // What an event's checker recorded is not the checker's to decide, whatever is asked of it.
        officer.post(&format!("{AT}/draft"), &[("window", "2")]).await.is(303);
        let said = [("cell", "A2|通报批评(时段=年内本期以前)"), ("said", "有一次已撤销")];
        let head = city.post(&format!("head of {UNIT}"));
        head.post(&format!("{AT}/objections"), &said).await.is(303);
        let page = json(&city.as_(Role::Chief), AT).await;
        let decision =
            format!("/objections/{}/decision", page["objections"][0]["id"].as_str().unwrap());
        let upheld = [("verdict", "uphold"), ("number", "1"), ("words", "属实")];
        let told = city.post("officer of 督查局 2").post(&decision, &upheld).await.is(409);
        assert!(told.text().contains("录入、核对这个数据的人"), "{}", told.text());
        city.as_(Role::Chief).post(&decision, &upheld).await.is(303);
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        let page = officer.get(&sheet).await.is(200).text();
        assert!(page.contains("减4分"), "{page}");
        city.verify().await;
    });
}

#[test]
fn a_figure_that_does_not_apply_to_the_unit_is_left_out_of_its_score() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let head = city.post(&format!("head of {UNIT}"));
        let said = [("cell", "A2|全省位次"), ("said", "本县不参加这项排名")];
        head.post(&format!("{AT}/objections"), &said).await.is(303);
        // So is the count by which it is ranked at all.
        let tasks = [("cell", "最少任务|应办结件数"), ("said", "另有2件")];
        head.post(&format!("{AT}/objections"), &tasks).await.is(303);
        let chief = city.as_(Role::Chief);
        let page = json(&chief, AT).await;
        let all = page["objections"].as_array().unwrap();
        let rank = all.iter().find(|o| o["measure"] == "全省位次").unwrap();
        let decision = format!("/objections/{}/decision", rank["id"].as_str().unwrap());
        let drop = [("verdict", "drop"), ("words", "功能区划调整后不再参加")];
        chief.post(&decision, &[drop[0]]).await.is(422);
        chief.post(&decision, &drop).await.is(303);
        let officer = city.post("officer of 督查局");
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        let sheet = format!("{AT}/units/{}", city.unit(UNIT));
        let page = head.get(&sheet).await.is(200).text();
        assert!(page.contains("不适用：异议采纳：功能区划调整后不再参加"), "{page}");
        let english = head.with("accept-language", "en").get(&sheet).await.is(200).text();
        assert!(english.contains("not applicable: objection upheld"), "{english}");
        // What does not apply already cannot be dropped once more.
        head.post(&format!("{AT}/objections"), &said).await.is(303);
        let page = json(&chief, AT).await;
        let mut all = page["objections"].as_array().unwrap().iter();
        let open = all.find(|o| o["state"] == "open" && o["measure"] == "全省位次");
        let again = format!("/objections/{}/decision", open.unwrap()["id"].as_str().unwrap());
        chief.post(&again, &drop).await.is(422);
        city.verify().await;
    });
}
