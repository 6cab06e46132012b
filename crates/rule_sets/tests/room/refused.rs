//! What is refused at adoption, and who may do what.

use crate::common::{RULES, begun, pdf, plans, staged};
use kernel::Role;
use testkit::{Caller, City, each_engine};

async fn agreed(city: &City, yaml: &str) -> String {
    let card = begun(city, "XQ", yaml).await;
    city.as_(Role::Officer).post(&format!("{card}/submission"), &[]).await.is(303);
    let chief = city.as_(Role::Chief);
    chief.post(&format!("{card}/check"), &[("verdict", "agreed")]).await.is(303);
    card
}

async fn post(by: &Caller, card: &str, changes: &[(&str, &str)], paper: &str) -> testkit::Page {
    let mut form = vec![
        ("number", "漯督字〔2021〕12号"),
        ("office", "督查局"),
        ("on", "2021-11-01"),
        ("from", "2021-12"),
        ("paper", paper),
    ];
    let names: Vec<String> = (0..40).map(|n| format!("findings.{n}.reason")).collect();
    form.extend(names.iter().map(|name| (name.as_str(), "经研究试行")));
    for (name, value) in changes {
        form.retain(|(n, _)| n != name);
        form.push((name, value));
    }
    by.post(&format!("{card}/adoption"), &form).await
}

#[test]
fn an_adoption_that_reaches_back_or_lacks_its_paper_is_refused() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-01", "09:00");
        let officer = city.as_(Role::Officer);
        let card = agreed(&city, RULES).await;
        let paper = pdf(&city, &officer).await;
        // The period 2021-11 began on 26 October.
        let page = post(&officer, &card, &[("from", "2021-11")], &paper).await.is(422);
        assert!(
            page.text().contains("已于 2021-10-26 开始")
                && page.text().contains("最早可从 2021-12 起"),
            "{}",
            page.text()
        );
        // What was typed stays, and the file with it.
        assert!(
            page.has("[name=number][value='漯督字〔2021〕12号']")
                && page.has(&format!("[value='{paper}']"))
        );
        post(&officer, &card, &[("from", "十二月")], &paper).await.is(422);
        post(&officer, &card, &[("on", "2021-11-02")], &paper).await.is(422);
        let page = post(&officer, &card, &[("paper", "")], "").await.is(422);
        assert!(page.text().contains("印发件"), "{}", page.text());
        let picture =
            staged(&city, &officer, ("照片.png", b"\x89PNG\r\n\x1a\n0000IHDR".to_vec())).await;
        let page = post(&officer, &card, &[], &picture).await.is(422);
        assert!(page.text().contains("请上传印发件（PDF）"), "{}", page.text());
        // Every finding wants its reason.
        let page = officer.get(&format!("{card}/adoption")).await.is(200);
        let count = page.attributes("textarea[name^='findings.']", "name").len();
        if count > 0 {
            let paper = pdf(&city, &officer).await;
            let page = post(&officer, &card, &[("findings.0.reason", "")], &paper).await.is(422);
            assert!(page.text().contains("请说明为什么仍这样规定"), "{}", page.text());
        }
        // On 26 November the period 2021-12 has begun, on the day before it has not.
        city.set_clock("2021-11-26", "00:10");
        let paper = pdf(&city, &officer).await;
        post(&officer, &card, &[], &paper).await.is(422);
        city.set_clock("2021-11-25", "23:50");
        let paper = pdf(&city, &officer).await;
        post(&officer, &card, &[], &paper).await.is(303);
        post(&officer, &card, &[], &paper).await.is(404);
        city.verify().await;
    });
}

#[test]
fn groups_and_measures_that_nobody_knows_stop_it_before_it_is_sent() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        for (n, (from, to, told)) in [
            ("名称: 县区组", "名称: 区县组", "本市没有考评组别“区县组”"),
            ("取数: 退办率", "取数: 退办律", "最接近的是“退办率”"),
            ("参数: {权重: 是}", "参数: {加权: 是}", "没有参数“加权”"),
            ("参数: {权重: 是}", "参数: {权重: 可以}", "没有“可以”；可用：是、否"),
        ]
        .into_iter()
        .enumerate()
        {
            let wrong = RULES.replace(from, to);
            assert_ne!(wrong, RULES);
            let card = begun(&city, &format!("N{n}"), &wrong).await;
            let page = officer.post(&format!("{card}/submission"), &[]).await.is(409);
            assert!(page.text().contains(told), "{told}: {}", page.text());
        }
        city.verify().await;
    });
}

#[test]
fn what_a_regulation_forbids_is_not_sent() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let card = begun(&city, "XQ", &RULES.replace("名称: 退办率", "名称: 领导批示件数")).await;
        let page = officer.post(&format!("{card}/submission"), &[]).await.is(409);
        assert!(page.text().contains("规定禁止"), "{}", page.text());
        let page = officer.get(&format!("{card}/versions/1")).await.is(200);
        assert!(page.has(".badge-red"), "{}", page.text());
        city.verify().await;
    });
}

#[test]
fn only_the_bureau_writes_and_administrators_see_nothing() {
    each_engine(plans, async |city| {
        let card = begun(&city, "XQ", RULES).await;
        for role in Role::ALL {
            let by = city.as_(role);
            let may = matches!(role, Role::Chief | Role::Officer);
            let status = if may { 200 } else { 404 };
            by.get(&format!("{card}/draft/head")).await.is(status);
            by.get(&format!("{card}/text")).await.is(status);
            by.get(&format!("{card}/versions/1")).await.is(status);
            by.get(&format!("{card}/versions/1/yaml")).await.is(status);
            by.get(&card).await.is(status);
        }
        city.as_(Role::Chief).post(&format!("{card}/submission"), &[]).await.is(404);
        city.as_(Role::Officer)
            .post(&format!("{card}/check"), &[("verdict", "agreed")])
            .await
            .is(404);
        city.verify().await;
    });
}

#[test]
fn a_group_is_scored_by_one_rule_set_at_a_time() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-01", "09:00");
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let first = crate::common::adopt(&city, RULES, "2021-12").await;
        let other = RULES
            .replace("编号: XQ", "编号: XQ-2022")
            .replace("  - {代码: GN, 名称: 功能区组}\n", "");
        let card = begun(&city, "XQ-2022", &other).await;
        officer.post(&format!("{card}/submission"), &[]).await.is(303);
        chief.post(&format!("{card}/check"), &[("verdict", "agreed")]).await.is(303);
        let paper = pdf(&city, &officer).await;
        for from in ["2021-12", "2022-03"] {
            let page = post(&officer, &card, &[("from", from)], &paper).await.is(422);
            let told = page.text();
            assert!(told.contains("由《县区周交办月讲评办法》考评"), "{told}");
        }
        // Once that one ends, the other takes its place, and not a month before.
        let ending = [("from", "2022-03"), ("reason", "改按新办法")];
        chief.post(&format!("/rule-sets/{first}/ending"), &ending).await.is(303);
        post(&officer, &card, &[("from", "2022-02")], &paper).await.is(422);
        post(&officer, &card, &[("from", "2022-03")], &paper).await.is(303);
        city.verify().await;
    });
}

#[test]
fn a_measure_that_is_for_the_desk_only_is_found_and_one_group_stands_once() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-01", "09:00");
        let desk =
            RULES.replace("取数: {取数: 退办率, 单位: \"%\"}", "取数: {取数: 交办件数, 单位: 件}");
        let card = begun(&city, "XQ", &desk).await;
        let draft = crate::common::version(&city, &card, 1).await;
        let findings = draft["content"]["findings"].as_array().unwrap();
        let found = findings.iter().find(|f| f["kind"] == "desk_measure").unwrap();
        assert!(found["message"].as_str().unwrap().contains("交办件数"), "{findings:?}");
        let twice = RULES.replace("名称: 功能区组", "名称: 县区组");
        let form = [("start", "yaml"), ("code", "XQ-2"), ("yaml", twice.as_str())];
        let page = city.as_(Role::Officer).post("/rule-sets/new", &form).await.is(422);
        assert!(page.text().contains("同一组别只能列一次"), "{}", page.text());
    });
}
