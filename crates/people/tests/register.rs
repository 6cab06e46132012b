//! Units, groups, lines, sittings, calendar and settings over HTTP.

use kernel::Role;
use serde_json::json;
use testkit::Page;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

fn id_of(page: &Page) -> String {
    page.goes_to().rsplit('/').next().unwrap_or_default().to_owned()
}

#[test]
fn every_page_renders_for_who_may_see_it_and_is_missing_for_others() {
    testkit::each_engine(plans, async |city| {
        let unit = format!("/units/{}", city.unit("临颍县"));
        let liaison = city.as_(Role::Liaison);
        let person = format!("/persons/{}", liaison.held().person);
        let account = format!("/accounts/{}", liaison.held().account);
        let series = format!("/series/{}", city.series("周交办会"));
        let inside =
            [unit.as_str(), "/units", "/groups", "/lines", "/series", &series, "/calendar"];
        let guarded = ["/persons", &person, "/accounts", &account, "/settings", "/permissions"];
        let auditor = city.as_(Role::AuditAdmin);
        for path in inside.iter().chain(&guarded) {
            let page = auditor.get(path).await.is(200);
            let offers = page.attributes("main a[href$='/new']", "href");
            assert!(offers.is_empty(), "an auditor changes nothing: {path}");
            let english = auditor.with("accept-language", "en").get(path).await.is(200);
            assert_eq!(english.attributes("html", "lang"), ["en"]);
            auditor.json_get(path).await.is(200).json();
            assert_eq!(city.anonymous().get(path).await.goes_to(), "/sign-in");
            assert_eq!(city.as_(Role::Enterprise).get(path).await.status(), 404, "{path}");
        }
        for path in guarded {
            assert_eq!(liaison.get(path).await.status(), 404, "{path}");
        }
        liaison.get("/units").await.is(200);
        let twin = city.twin().await;
        let stranger = twin.as_(Role::AuditAdmin);
        for path in [unit, person, account, series] {
            assert_eq!(stranger.get(&path).await.status(), 404, "another city's {path}");
        }
    });
}

#[test]
fn a_unit_is_added_renamed_grouped_and_ended() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let parent = city.unit("漯河市").to_string();
        let fields = [
            ("short_name", "召陵区"),
            ("name", "召陵区人民政府"),
            ("parent", parent.as_str()),
            ("kind", "district"),
            ("sort", "7"),
            ("from", "2021-11-01"),
        ];
        assert_eq!(city.as_(Role::SecurityAdmin).post("/units/new", &fields).await.status(), 404);
        let added = admin.post("/units/new", &fields).await.is(303);
        let unit = id_of(&added);
        assert_eq!(city.kinds(1).await, ["unit_added"]);
        let twice = admin.post("/units/new", &fields).await.is(422);
        assert!(twice.text().contains("已有单位使用"));
        let wrong = [
            ("parent", unit.as_str()),
            ("kind", "planet"),
            ("short_name", "x"),
            ("name", "x"),
            ("sort", "1"),
            ("from", "2021-11-01"),
        ];
        assert_eq!(admin.post("/units/new", &wrong).await.status(), 422);

        let group = city.group("县区组").to_string();
        let join = [("group", group.as_str()), ("from", "2021-11-01")];
        admin.post(&format!("/units/{unit}/group"), &join).await.is(303);
        assert!(admin.get("/groups").await.text().contains("召陵区"));
        let again = admin.post(&format!("/units/{unit}/group"), &join).await;
        assert_eq!(again.status(), 422, "not twice from the same day");
        let other = city.group("功能区组").to_string();
        let join = [("group", other.as_str()), ("from", "2021-12-01")];
        admin.post(&format!("/units/{unit}/group"), &join).await.is(303);
        let leave = [("to", "2021-12-31"), ("reason", "合并")];
        admin.post(&format!("/units/{unit}/group/end"), &leave).await.is(303);
        assert_eq!(city.kinds(3).await, ["unit_ungrouped", "unit_grouped", "unit_grouped"]);

        let name = [("short_name", "召陵"), ("name", "召陵区"), ("sort", "8")];
        admin.post(&format!("/units/{unit}/name"), &name).await.is(303);
        assert!(admin.get(&format!("/units/{unit}")).await.text().contains("召陵"));
        let end = [("to", "2022-01-31"), ("reason", "区划调整")];
        let full = format!("/units/{}/end", city.unit("临颍县"));
        assert!(admin.post(&full, &end).await.is(409).text().contains("个任职"));
        admin.post(&format!("/units/{unit}/end"), &end).await.is(303);
        assert_eq!(city.facts(1).await[0].reason.as_deref(), Some("区划调整"));
        city.verify().await;
    });
}

#[test]
fn groups_and_lines_are_added_and_changed() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        admin.post("/groups/new", &[("name", "党群部门组"), ("sort", "9")]).await.is(303);
        assert!(admin.get("/groups").await.text().contains("党群部门组"));
        let leader = city.as_(Role::Leader).held().post.to_string();
        let department = city.unit("市发展改革委").to_string();
        let line = [
            ("name", "乡村振兴"),
            ("leader", leader.as_str()),
            ("sort", "9"),
            ("department", department.as_str()),
        ];
        admin.post("/lines/new", &line).await.is(303);
        let bad = [("name", "x"), ("sort", "1"), ("leader", "nobody")];
        assert_eq!(admin.post("/lines/new", &bad).await.status(), 422);
        let page = admin.get("/lines").await.is(200);
        let card = page.attributes("a.row-link", "href").pop().unwrap();
        let shown = admin.get(&card).await.is(200);
        assert!(shown.text().contains("市发展改革委") && shown.text().contains("新增条线"));
        let change = format!("{card}/change");
        let form = admin.get(&change).await.is(200);
        assert_eq!(form.attributes("#f-name", "value"), ["乡村振兴"]);
        let renamed = [("name", "三农"), ("sort", "9")];
        assert_eq!(admin.post(&change, &renamed).await.is(303).goes_to(), card);
        let shown = admin.get(&card).await.is(200);
        assert!(shown.text().contains("三农") && shown.text().contains("修改条线"));
        assert_eq!(city.kinds(3).await, ["line_set", "line_set", "group_added"]);
        city.verify().await;
    });
}

#[test]
fn a_groups_card_shows_who_stands_in_it_and_what_became_of_it() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        admin.post("/groups/new", &[("name", "开发区组"), ("sort", "9")]).await.is(303);
        let page = admin.get("/groups").await.is(200);
        let cards = page.attributes("tbody a[href^='/groups/']", "href");
        let card = cards.last().unwrap();
        let empty = admin.get(card).await.is(200);
        assert!(empty.text().contains("还没有单位"), "{}", empty.text());
        let (unit, group) = (city.unit("临颍县"), card.rsplit('/').next().unwrap());
        let joins = [("group", group), ("from", "2021-11-08")];
        admin.post(&format!("/units/{unit}/group"), &joins).await.is(303);
        let shown = admin.get(card).await.is(200);
        assert!(shown.text().contains("临颍县"), "{}", shown.text());
        admin.post(&format!("{card}/change"), &[("name", "园区组"), ("sort", "8")]).await.is(303);
        assert_eq!(city.kinds(1).await, ["group_changed"]);
        let shown = admin.get(card).await.is(200);
        assert!(shown.text().contains("园区组") && shown.text().contains("修改组别"));
        let json = admin.json_get(card).await.is(200).json();
        assert_eq!(json["members"][0]["from"], "2021-11-08");
        let stranger = city.twin().await;
        stranger.as_(Role::SystemAdmin).get(card).await.is(404);
        city.verify().await;
    });
}

#[test]
fn an_accounts_card_tells_of_its_opening() {
    testkit::each_engine(plans, async |city| {
        let held = city.as_(Role::Liaison).held().account;
        let card = city.as_(Role::SecurityAdmin).json_get(&format!("/accounts/{held}")).await;
        let history = card.is(200).json()["history"].clone();
        assert_eq!(history[history.as_array().unwrap().len() - 1]["kind"], "account_opened");
    });
}

#[test]
fn sittings_are_numbered_by_those_held_and_a_joint_one_carries_two_series() {
    testkit::each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let (assign, review) = (city.series("周交办会"), city.series("月讲评会"));
        let (assign, review) = (assign.to_string(), review.to_string());
        let plan = async |day: &str, series: &[&str]| {
            let mut fields = vec![("day", day)];
            fields.extend(series.iter().map(|s| ("series", *s)));
            id_of(&officer.post("/sittings/new", &fields).await.is(303))
        };
        let first = plan("2021-11-01", &[&assign]).await;
        let second = plan("2021-11-08", &[&assign]).await;
        let joint = plan("2021-11-15", &[&assign, &review]).await;
        let again = [("day", "2021-11-08"), ("series", assign.as_str())];
        assert_eq!(officer.post("/sittings/new", &again).await.status(), 422);
        officer.post(&format!("/sittings/{first}/holding"), &[]).await.is(303);
        let early = officer.post(&format!("/sittings/{second}/holding"), &[]).await;
        assert!(early.is(409).text().contains("还没有到"));
        city.set_clock("2021-11-15", "17:00");
        let skip = format!("/sittings/{second}/skipping");
        assert_eq!(officer.post(&skip, &[]).await.status(), 422, "a reason is needed");
        officer.post(&skip, &[("reason", "防汛")]).await.is(303);
        officer.post(&format!("/sittings/{joint}/holding"), &[]).await.is(303);
        assert_eq!(officer.post(&format!("/sittings/{joint}/holding"), &[]).await.status(), 409);
        let card = officer.get(&format!("/sittings/{joint}")).await.is(200).text();
        assert!(card.contains("周交办会 第2次") && card.contains("月讲评会 第1次"), "{card}");
        let list = officer.json_get(&format!("/series/{assign}")).await.is(200).json();
        let numbers: Vec<_> =
            list["sittings"].as_array().unwrap().iter().map(|s| s["number"].clone()).collect();
        assert_eq!(numbers, [json!(2), json!(null), json!(1)]);
        assert_eq!(city.as_(Role::SystemAdmin).post(&skip, &[]).await.status(), 404);
        let added = [("name", "专题会"), ("kind", "weekly"), ("sort", "9")];
        city.as_(Role::SystemAdmin).post("/series/new", &added).await.is(303);
        city.verify().await;
    });
}

#[test]
fn next_years_notice_is_entered_by_form_and_can_be_corrected() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let page = city.as_(Role::Officer).get("/calendar?year=2027").await.is(200);
        assert!(page.text().contains("未确认") && !page.text().contains("录入放假通知"));
        let known = admin.get("/calendar/notices?year=2022").await.is(200);
        assert!(known.text().contains("2022-01-31 至 2022-02-06 春节"));
        let typed = |holidays| {
            [
                ("year", "2027"),
                ("notice", "国办发明电〔2026〕1号"),
                ("holidays", holidays),
                ("working", "2027-02-07"),
            ]
        };
        let refused = admin.post("/calendar/notices", &typed("元旦三天")).await.is(422);
        assert!(refused.text().contains("“元旦三天”看不懂"));
        let form = "2027-01-01 至 2027-01-03 元旦\n2027-05-03 劳动节";
        admin.post("/calendar/notices", &typed(form)).await.is(303);
        let year = admin.json_get("/calendar?year=2027").await.is(200).json();
        assert_eq!(
            year["working_days"],
            261 - 2 + 1,
            "two holidays on weekdays, one Sunday worked"
        );
        admin.post("/calendar/notices", &typed("2027-01-01 元旦")).await.is(303);
        let year = admin.json_get("/calendar?year=2027").await.json();
        assert_eq!(year["working_days"], 261 - 1 + 1, "the day taken out counts again");
        city.verify().await;
    });
}

#[test]
fn settings_belong_to_two_administrators_and_each_change_is_a_fact() {
    testkit::each_engine(plans, async |city| {
        let (system, security) = (city.as_(Role::SystemAdmin), city.as_(Role::SecurityAdmin));
        let fields = [("yellow_days", "5"), ("account_level", "township"), ("reason", "试行")];
        assert_eq!(security.post("/settings/thresholds", &fields).await.status(), 404);
        system.post("/settings/thresholds", &fields).await.is(303);
        assert_eq!(city.kinds(2).await, ["setting_changed", "setting_changed"]);
        let mut tx = city.read().await;
        assert_eq!(people::setting::yellow_days(&mut tx, city.id()).await.unwrap(), 5);
        drop(tx);
        assert_eq!(system.post("/settings/thresholds", &fields).await.status(), 409);
        let fields = [("second_factor", "perhaps"), ("password_profile", "asvs"), ("reason", "x")];
        assert_eq!(security.post("/settings/security", &fields).await.status(), 422);
        let fields = [("second_factor", "off"), ("password_profile", "asvs"), ("reason", "x")];
        assert_eq!(system.post("/settings/security", &fields).await.status(), 404);
        security.post("/settings/security", &fields).await.is(303);
        assert!(system.get("/settings").await.text().contains("OWASP"));
        let table = system.json_get("/permissions").await.is(200).json();
        let line = table["permissions"].as_array().unwrap().iter();
        let line = line.clone().find(|p| p["permission"] == "people.set_security").unwrap();
        assert_eq!(line["roles"], json!(["security_admin"]));
    });
}

#[test]
fn every_card_shows_what_became_of_its_record() {
    testkit::each_engine(plans, async |city| {
        let (system, security) = (city.as_(Role::SystemAdmin), city.as_(Role::SecurityAdmin));
        let unit = format!("/units/{}", city.unit("市金融工作局"));
        let name = [("short_name", "市金融局"), ("name", "漯河市金融局"), ("sort", "9")];
        system.post(&format!("{unit}/name"), &name).await.is(303);
        let held = city.post("liaison of 临颍县").held().clone();
        let account = format!("/accounts/{}", held.account);
        security.post(&format!("{account}/disabling"), &[("reason", "离岗核查")]).await.is(303);
        let officer = city.as_(Role::Officer);
        let series = format!("/series/{}", city.series("周交办会"));
        let person = format!("/persons/{}", held.person);
        for (reader, path, act) in [
            (&system, &unit, "修改单位名称"),
            (&security, &account, "停用账号"),
            (&security, &person, "由程序录入"),
            (&officer, &series, "由程序录入"),
        ] {
            let text = reader.get(path).await.is(200).text();
            assert!(text.contains("变更经过") && text.contains(act), "{path}: {text}");
            let json = reader.json_get(path).await.is(200).json();
            assert!(json["history"].as_array().is_some_and(|events| !events.is_empty()), "{path}");
        }
        let text = security.get(&account).await.text();
        assert!(text.contains("离岗核查") && text.contains("督查局安全管理员"), "{text}");
    });
}

#[test]
fn units_and_posts_are_taken_out_without_numbers_and_noted() {
    testkit::each_engine(plans, async |city| {
        let security = city.as_(Role::SecurityAdmin);
        let unit = city.unit("临颍县");
        for (path, name) in [
            ("/units/export".to_owned(), "单位-2021-11-01.xlsx, 9"),
            (format!("/persons/export?unit={unit}"), "人员任职-2021-11-01.xlsx, 4"),
        ] {
            let page = security.get(&path).await.is(200);
            assert!(page.header("content-type").is_some_and(|m| m.contains("spreadsheetml")));
            assert!(page.bytes().starts_with(b"PK"));
            let sql = "SELECT detail FROM access_log WHERE jurisdiction_id = $1 \
                AND event = 'taken_out' ORDER BY id DESC LIMIT 1";
            let noted: Vec<(String,)> =
                city.read().await.all(sql, journal::args![city.id()]).await.unwrap();
            assert_eq!(noted[0].0, name);
        }
        city.as_(Role::Leader).get("/persons/export").await.is(404);
        let page = security.get(&format!("/persons?unit={unit}")).await.is(200);
        let hrefs = page.attributes("a", "href");
        assert!(hrefs.contains(&format!("/persons/export?unit={unit}")), "{hrefs:?}");
    });
}
