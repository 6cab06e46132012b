//! The life of values over HTTP: added, drafted, entered, returned, checked, corrected, withdrawn;
//! who sees what.

use kernel::Role;
use measures::{State, Value};
use serde_json::json;
use testkit::each_engine;

use crate::common::{
    added, agreeing, check, early, enter, enterer, items, october, plans, post, sheet, value,
};

const RANK: &str = "全省位次";

#[test]
fn values_are_entered_checked_shown_corrected_and_withdrawn() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let (officer, head) = (city.as_(Role::Officer), city.post("head of 临颍县"));
        let of = (card.as_str(), "2021-10");
        enter(&city, &card, "2021-10", ["12", "3", ""]).await;
        assert_eq!(city.kinds(1).await, ["observations_entered"]);
        // Until it is checked it is nobody's figure.
        assert_eq!(value(&head, of, "临颍县").await, json!(null));
        assert_eq!(value(&officer, of, "临颍县").await["state"], "entered");
        assert_eq!(items(&officer, &card, "2021-10").await.len(), 3, "who is not there is seen");
        city.set_clock("2021-10-14", "09:00");
        check(&city, &card, "2021-10").await;
        let seen = value(&head, of, "临颍县").await;
        assert_eq!((&seen["numerator"], &seen["n"]), (&json!("12"), &json!(1)));
        assert_eq!(seen["late"], json!([]));
        assert_eq!(items(&head, &card, "2021-10").await.len(), 1, "a unit sees its own");
        let before = city.seq().await;
        // The same numbers are no correction; another one is, and waits beside the first.
        enter(&city, &card, "2021-10", ["12", "4", ""]).await;
        let wuyang = value(&officer, of, "舞阳县").await;
        assert_eq!((&wuyang["n"], &wuyang["state"]), (&json!(2), &json!("entered")));
        assert_eq!(value(&officer, of, "临颍县").await["n"], 1);
        assert_eq!(value(&city.post("head of 舞阳县"), of, "舞阳县").await["numerator"], "3");
        let known = |fact: &measures::Fact| fact.state;
        let three = State::Known(Value::Number(30_000));
        assert_eq!(known(&october(&city, RANK, city.seq().await).await[1]), three);
        check(&city, &card, "2021-10").await;
        let four = State::Known(Value::Number(40_000));
        let after = city.seq().await;
        assert_eq!(known(&october(&city, RANK, after).await[1]), four);
        assert_eq!(known(&october(&city, RANK, before).await[1]), three, "as known then");
        assert!(matches!(october(&city, RANK, after).await[2].state, State::Missing(_)));
        let id = value(&officer, of, "舞阳县").await["id"].as_str().unwrap().to_owned();
        let page = city.post("liaison of 舞阳县").json_get(&format!("/observations/{id}")).await;
        let page = page.is(200).json();
        assert_eq!(page["vintages"].as_array().unwrap().len(), 2);
        assert_eq!(
            (&page["reason"], &page["source"]["title"]),
            (&json!("省里更正"), &json!("全省通报"))
        );
        city.post("head of 临颍县").get(&format!("/observations/{id}")).await.is(404);
        let away = format!("/observations/{id}/withdrawal");
        officer.post(&away, &[]).await.is(422);
        enterer(&city).post(&away, &[("reason", "填错")]).await.is(409);
        officer.post(&away, &[("reason", "省里撤回通报")]).await.is(303);
        officer.post(&away, &[("reason", "再撤")]).await.is(409);
        assert!(matches!(october(&city, RANK, city.seq().await).await[1].state, State::Missing(_)));
        assert_eq!(known(&october(&city, RANK, after).await[1]), four, "as known then");
        city.verify().await;
    });
}

#[test]
fn bad_rows_keep_what_was_typed_and_say_which_cell() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let by = enterer(&city);
        let path = format!("{card}/2021-10/values");
        let before = city.seq().await;
        let fields = sheet(
            &city,
            "numbers",
            &[&[("numerator", "第三")], &[("numerator", "4"), ("missing", "未通报")], &[]],
        );
        let page = post(&by, &path, &fields).await.is(422);
        let typed = page.attributes("[name='numbers.0.numerator']", "value");
        assert_eq!(typed, ["第三"]);
        assert_eq!(page.attributes("[name=source_title]", "value"), ["全省通报"]);
        for cell in ["numbers.0.numerator", "numbers.1.missing"] {
            assert!(page.has(&format!("[name='{cell}'][aria-invalid]")), "{cell}");
        }
        let nothing = sheet(&city, "numbers", &[&[], &[], &[]]);
        post(&by, &path, &nothing).await.is(422);
        let mut future = sheet(&city, "numbers", &[&[("numerator", "1")], &[], &[]]);
        future.retain(|(name, _)| name != "source_on");
        future.push(("source_on".to_owned(), "2021-12-01".to_owned()));
        post(&by, &path, &future).await.is(422);
        let mut month = sheet(&city, "numbers", &[&[("numerator", "1")], &[], &[]]);
        month.push(("reported".to_owned(), "2021-11".to_owned()));
        post(&by, &path, &month).await.is(422);
        // A unit of another group, and one that is named twice.
        let mut twice = sheet(&city, "numbers", &[&[("numerator", "1")], &[], &[]]);
        let (own, other) = (city.unit("临颍县").to_string(), city.unit("经开区").to_string());
        for (place, unit) in [("7", own), ("8", other)] {
            twice.push((format!("numbers.{place}.unit"), unit));
            twice.push((format!("numbers.{place}.numerator"), "2".to_owned()));
        }
        let page = post(&by, &path, &twice).await.is(422);
        assert!(page.text().contains("该单位填了两行"), "{}", page.text());
        for (month, status) in [("2021-12", 409), ("2021-08", 409), ("10", 404)] {
            by.get(&format!("{card}/{month}/values")).await.is(status);
        }
        assert_eq!(city.seq().await, before, "nothing was entered");
    });
}

#[test]
fn a_draft_is_kept_and_goes_when_it_is_entered() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let by = enterer(&city);
        let fields =
            sheet(&city, "numbers", &[&[("numerator", "十二")], &[], &[("missing", "未报")]]);
        let before = city.seq().await;
        post(&by, &format!("{card}/2021-10/draft"), &fields).await.is(303);
        assert_eq!(city.seq().await, before, "a draft is no record");
        let form = format!("{card}/2021-10/values");
        let colleague = city.post("liaison of 市发展改革委");
        let page = colleague.get(&form).await.is(200);
        assert_eq!(page.attributes("[name='numbers.0.numerator']", "value"), ["十二"]);
        assert_eq!(page.attributes("[name='numbers.2.missing']", "value"), ["未报"]);
        let page = city.as_(Role::Officer).get(&form).await.is(200);
        assert_eq!(page.attributes("[name='numbers.0.numerator']", "value"), [""], "of one unit");
        enter(&city, &card, "2021-10", ["12", "", ""]).await;
        let page = colleague.get(&form).await.is(200);
        assert_eq!(page.attributes("[name='numbers.0.numerator']", "value"), ["12"]);
        assert_eq!(page.attributes("[name='numbers.2.missing']", "value"), [""]);
        for lang in ["zh-CN", "en"] {
            colleague.with("accept-language", lang).get(&form).await.is(200);
        }
        city.verify().await;
    });
}

#[test]
fn a_returned_value_is_entered_again_and_missing_is_said_with_its_reason() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let of = (card.as_str(), "2021-10");
        let (officer, by) = (city.as_(Role::Officer), enterer(&city));
        enter(&city, &card, "2021-10", ["12", "3", ""]).await;
        let first = value(&officer, of, "临颍县").await["id"].as_str().unwrap().to_owned();
        let second = value(&officer, of, "舞阳县").await["id"].as_str().unwrap().to_owned();
        let path = format!("{card}/2021-10/check");
        let mut fields = vec![
            ("whole", "each"),
            ("values.0.observation", first.as_str()),
            ("values.0.verdict", "returned"),
            ("values.1.observation", second.as_str()),
        ];
        let page = officer.post(&path, &fields).await.is(422);
        assert!(page.has("[name='values.0.remark'][aria-invalid]"), "a remark is wanted");
        fields.push(("values.0.remark", "与通报不符"));
        officer.post(&path, &fields).await.is(303);
        assert_eq!(value(&officer, of, "临颍县").await["state"], "returned");
        assert_eq!(value(&officer, of, "舞阳县").await["state"], "entered", "left open");
        assert_eq!(value(&city.post("head of 临颍县"), of, "临颍县").await, json!(null));
        let page = by.get(&format!("{card}/2021-10/values")).await.is(200);
        assert!(page.text().contains("与通报不符"), "{}", page.text());
        // It waits for its check no longer, so it is not checked by whom its page was open.
        let fields = [("whole", "agreed"), ("values.0.observation", first.as_str())];
        officer.post(&path, &fields).await.is(422);
        let again = sheet(&city, "numbers", &[&[("missing", "省里本月未通报")], &[], &[]]);
        post(&by, &format!("{card}/2021-10/values"), &again).await.is(303);
        check(&city, &card, "2021-10").await;
        let seen = value(&city.post("head of 临颍县"), of, "临颍县").await;
        assert_eq!((&seen["missing"], &seen["n"]), (&json!("省里本月未通报"), &json!(2)));
        let facts = october(&city, RANK, city.seq().await).await;
        assert!(matches!(facts[0].state, State::Missing(_)) && facts[0].n == 0);
        assert_eq!(facts[1].state, State::Known(Value::Number(30_000)));
        assert_eq!(agreeing(&officer, &card, "2021-10").await.len(), 1, "nothing waits");
        city.verify().await;
    });
}

#[test]
fn units_leaders_and_inspectors_see_what_is_theirs() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        enter(&city, &card, "2021-10", ["12", "3", "7"]).await;
        let count = async |post: &str| items(&city.post(post), &card, "2021-10").await.len();
        let leader = "leader of 漯河市";
        assert_eq!(value(&city.post(leader), (&card, "2021-10"), "临颍县").await, json!(null));
        check(&city, &card, "2021-10").await;
        for (post, seen) in [
            (leader, 3),
            ("secretary of 漯河市", 3),
            ("officer of 督查局", 3),
            ("department of 市发展改革委", 3),
            ("head of 市发展改革委", 3),
            ("head of 临颍县", 1),
            ("liaison of 源汇区", 1),
            ("department of 市工业和信息化局", 0),
            ("head of 经开区", 0),
        ] {
            assert_eq!(count(post).await, seen, "{post}");
        }
        for role in [Role::SystemAdmin, Role::AuditAdmin, Role::Cadre, Role::Enterprise] {
            city.as_(role).get("/indicators").await.is(404);
            city.as_(role).get(&card).await.is(404);
        }
        let unit = city.unit("临颍县");
        let own = format!("/indicators/units/{unit}?month=2021-10");
        let page = city.post("liaison of 临颍县").json_get(&own).await.is(200).json();
        assert_eq!(page["items"][0]["numerator"], "12");
        assert_eq!(page["items"][0]["reference"], "豫统〔2021〕9号");
        city.post("head of 舞阳县").get(&own).await.is(404);
        city.post("department of 市发展改革委").get(&own).await.is(404);
        city.as_(Role::Leader).get(&own).await.is(200);
        for lang in ["zh-CN", "en"] {
            for path in ["/indicators", &card, &format!("{card}/2021-10"), &own] {
                city.as_(Role::Chief).with("accept-language", lang).get(path).await.is(200);
            }
        }
        let list = city.as_(Role::Chief).json_get("/indicators?month=2021-10").await.json();
        assert_eq!(
            (&list["items"][0]["checked"], &list["items"][0]["waiting"]),
            (&json!(3), &json!(0))
        );
    });
}

#[test]
fn a_file_of_the_source_is_handed_to_the_unit_and_to_no_other() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, (RANK, "number")).await;
        let by = enterer(&city);
        let file = ("通报.pdf", b"%PDF-1.7 a bulletin".to_vec());
        let account = by.held().account;
        let file = files::stage(city.db(), city.id(), account, file).await.unwrap().to_string();
        let mut fields = sheet(&city, "numbers", &[&[("numerator", "12")], &[], &[]]);
        fields.push(("source_files".to_owned(), file));
        post(&by, &format!("{card}/2021-10/values"), &fields).await.is(303);
        check(&city, &card, "2021-10").await;
        let head = city.post("head of 临颍县");
        let id =
            value(&head, (&card, "2021-10"), "临颍县").await["id"].as_str().unwrap().to_owned();
        let page = head.json_get(&format!("/observations/{id}")).await.is(200).json();
        let file = page["source"]["files"][0]["id"].as_str().unwrap().to_owned();
        let href = format!("/observations/{id}/files/{file}");
        let taken = head.get(&href).await.is(200);
        assert!(taken.header("content-disposition").unwrap().starts_with("attachment;"));
        city.post("head of 舞阳县").get(&href).await.is(404);
        city.verify().await;
    });
}
