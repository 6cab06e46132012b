//! The life of a slip over HTTP: drafted, signed, issued, answered, judged; who sees what.

use crate::common::{Line, card, issue, issued, lead, plans, round, slip, slips_of};
use kernel::Role;
use testkit::{City, each_engine};

const WORDS: [(&str, &str); 3] =
    [("finding", "现场核实未开工"), ("demand", "立即整改"), ("consequence", "升级督办")];

/// Two late items of two counties, one of them in a line of work.
async fn late(city: &City) {
    let (a, b) = (lead(city, "临颍县"), lead(city, "舞阳县"));
    let line = ("work_line", city.line("项目建设").to_string());
    issued(
        city,
        &[
            Line { title: "产业园用地报批", due: "2021-11-12", more: &[a] },
            Line { title: "高速连接线拆迁", due: "2021-11-12", more: &[b, line] },
        ],
    )
    .await;
    city.set_clock("2021-11-15", "09:00");
    assert_eq!(round(city).await.slips, 2);
}

#[test]
fn a_slip_is_rewritten_signed_issued_answered_and_closed() {
    each_engine(plans, async |city| {
        late(&city).await;
        let slip = slip(&city, "产业园用地报批").await;
        let at = |path: &str| format!("{slip}/{path}");
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        liaison.get(&slip).await.is(404);
        let page = officer.get(&slip).await.is(200);
        assert!(page.text().contains("超过完成时限1个工作日"), "{}", page.text());
        officer.post(&at("text"), &WORDS).await.is(303);
        officer.post(&at("review"), &[]).await.is(303);
        officer.post(&at("text"), &WORDS).await.is(409);
        chief.post(&at("signature"), &[("verdict", "returned")]).await.is(422);
        let back = [("verdict", "returned"), ("note", "写明现场情况")];
        chief.post(&at("signature"), &back).await.is(303);
        issue(&city, &slip).await;
        assert_eq!(city.kinds(1).await, ["slip_issued"]);
        let json = liaison.json_get(&slip).await.is(200).json();
        assert_eq!(json["slip"]["label"], "督办〔2021〕1号");
        assert_eq!(json["slip"]["answer_by"], "2021-11-18");
        assert_eq!(json["finding"], "现场核实未开工");
        let responsible = head.held().post.to_string();
        let answer = [("done", "已补办手续"), ("responsible", responsible.as_str())];
        let other = officer.held().post.to_string();
        let stranger = [("done", "已补办手续"), ("responsible", other.as_str())];
        liaison.post(&at("answers"), &stranger).await.is(422);
        liaison.post(&at("answers"), &answer).await.is(303);
        // What the head has not signed is the unit's own.
        let seen = officer.json_get(&slip).await.json();
        assert_eq!(seen["answers"].as_array().unwrap().len(), 0);
        officer.post(&at("answers/verdict"), &[("verdict", "agreed")]).await.is(409);
        head.post(&at("answers/signature"), &[("verdict", "returned"), ("words", "补充文号")])
            .await
            .is(303);
        liaison.post(&at("answers"), &answer).await.is(303);
        head.post(&at("answers/signature"), &[("verdict", "agreed")]).await.is(303);
        let returned = [("verdict", "returned"), ("words", "缺原件"), ("answer_by", "2021-11-22")];
        officer.post(&at("answers/verdict"), &returned).await.is(303);
        let json = officer.json_get(&slip).await.json();
        assert_eq!(
            (&json["slip"]["state"], &json["slip"]["answer_by"]),
            (&"issued".into(), &"2021-11-22".into())
        );
        head.post(&at("answers"), &answer).await.is(303);
        assert_eq!(city.kinds(2).await, ["slip_answer_signed", "slip_answered"]);
        officer.post(&at("answers/verdict"), &[("verdict", "agreed")]).await.is(303);
        let json = officer.json_get(&slip).await.json();
        assert_eq!(json["slip"]["state"], "closed");
        officer.post(&at("withdrawal"), &[("reason", "误发")]).await.is(409);
        // The accepted answer ends the ladder for the program; an officer may draft it again.
        city.set_clock("2021-12-06", "09:00");
        assert_eq!(round(&city).await.slips, 0);
        let item = card(&city, "产业园用地报批").await;
        officer.post(&format!("{item}/slips/new"), &WORDS).await.is(303);
        officer.post(&format!("{item}/slips/new"), &WORDS).await.is(409);
        for lang in ["zh-CN", "en"] {
            officer.with("accept-language", lang).get(&slip).await.is(200);
            officer.with("accept-language", lang).get("/slips").await.is(200);
        }
        city.verify().await;
    });
}

#[test]
fn two_officers_issuing_one_slip_exactly_one_does_and_numbers_have_no_gap() {
    each_engine(plans, async |city| {
        late(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let (one, two) = (slip(&city, "产业园用地报批").await, slip(&city, "高速连接线拆迁").await);
        for slip in [&one, &two] {
            officer.post(&format!("{slip}/review"), &[]).await.is(303);
            let agreed = [("verdict", "agreed")];
            chief.post(&format!("{slip}/signature"), &agreed).await.is(303);
        }
        let before = city.seq().await;
        let (path, other) = (format!("{one}/issue"), format!("{two}/issue"));
        let (a, b, c) =
            tokio::join!(officer.post(&path, &[]), chief.post(&path, &[]), chief.post(&other, &[]));
        let mut statuses = [a.status(), b.status()];
        statuses.sort_unstable();
        assert_eq!((statuses, c.status()), ([303, 409], 303));
        assert_eq!(city.seq().await, before + 2);
        let mut labels: Vec<_> = slips_of(&city, "officer of 督查局", "state=issued")
            .await
            .iter()
            .map(|s| s["label"].as_str().unwrap().to_owned())
            .collect();
        labels.sort_unstable();
        assert_eq!(labels, ["督办〔2021〕1号", "督办〔2021〕2号"]);
        city.verify().await;
    });
}

#[test]
fn a_unit_sees_what_was_issued_to_it_and_leaders_their_lines() {
    each_engine(plans, async |city| {
        late(&city).await;
        let (plain, of_line) =
            (slip(&city, "产业园用地报批").await, slip(&city, "高速连接线拆迁").await);
        let sees = async |post: &str| {
            let mut titles: Vec<_> = slips_of(&city, post, "")
                .await
                .iter()
                .map(|s| s["title"].as_str().unwrap().to_owned())
                .collect();
            titles.sort_unstable();
            titles
        };
        let both = ["产业园用地报批", "高速连接线拆迁"];
        for post in
            ["head of 临颍县", "leader of 漯河市", "leader of 漯河市 2", "inspector of 漯河市"]
        {
            assert_eq!(sees(post).await, [""; 0], "{post}: nothing is sent yet");
        }
        assert_eq!(sees("chief of 督查局").await, both);
        issue(&city, &plain).await;
        issue(&city, &of_line).await;
        assert_eq!(sees("head of 临颍县").await, ["产业园用地报批"]);
        assert_eq!(sees("liaison of 舞阳县").await, ["高速连接线拆迁"]);
        assert_eq!(sees("head of 源汇区").await, [""; 0]);
        // The mayor leads no line and so sees them all; a deputy those of the own line.
        assert_eq!(sees("leader of 漯河市").await, both);
        assert_eq!(sees("leader of 漯河市 2").await, ["高速连接线拆迁"]);
        assert_eq!(sees("leader of 漯河市 3").await, [""; 0]);
        assert_eq!(sees("department of 市发展改革委").await, ["高速连接线拆迁"]);
        city.post("head of 临颍县").get(&of_line).await.is(404);
        city.post("leader of 漯河市 3").get(&of_line).await.is(404);
        city.post("head of 临颍县").post(&format!("{of_line}/answers"), &[]).await.is(422);
        let responsible = city.post("head of 临颍县").held().post.to_string();
        let answer = [("done", "x"), ("responsible", responsible.as_str())];
        city.post("head of 临颍县").post(&format!("{of_line}/answers"), &answer).await.is(404);
        city.as_(Role::AuditAdmin).get("/slips").await.is(404);
        // Beside the item: for those who see its inside, and there only what they see here.
        let item = card(&city, "高速连接线拆迁").await;
        assert!(city.post("head of 舞阳县").get(&item).await.text().contains("督办〔2021〕2号"));
        assert!(!city.post("head of 临颍县").get(&item).await.text().contains("督办〔2021〕2号"));
        let filtered = slips_of(&city, "chief of 督查局", "colour=yellow").await;
        assert!(filtered.is_empty());
        let unit = format!("unit={}&colour=blue&open=1", city.unit("舞阳县"));
        assert_eq!(slips_of(&city, "chief of 督查局", &unit).await.len(), 1);
        let page = city.as_(Role::Chief).json_get("/slips?limit=1").await.json();
        let next = page["next"].as_str().unwrap().to_owned();
        let rest = city.as_(Role::Chief).json_get(&format!("/slips?after={next}")).await.json();
        assert_eq!(rest["items"].as_array().unwrap().len(), 1);
        assert_eq!(page["count"], 2);
    });
}

#[test]
fn a_slip_that_no_longer_applies_is_withdrawn_and_not_proposed_again() {
    each_engine(plans, async |city| {
        late(&city).await;
        let slip = slip(&city, "产业园用地报批").await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let item = card(&city, "产业园用地报批").await;
        let head = city.post("head of 临颍县");
        head.post(&format!("{item}/acceptance"), &[]).await.is(303);
        head.post(&format!("{item}/submission"), &[("done", "已办结")]).await.is(303);
        officer.post(&format!("{slip}/review"), &[]).await.is(409);
        officer.get(&format!("{item}/slips/new")).await.is(409);
        officer.post(&format!("{slip}/withdrawal"), &[]).await.is(422);
        officer.post(&format!("{slip}/withdrawal"), &[("reason", "已报结")]).await.is(303);
        assert_eq!(round(&city).await.slips, 0);
        // An issued one is the chief's to withdraw, and keeps its number.
        let other = crate::common::slip(&city, "高速连接线拆迁").await;
        issue(&city, &other).await;
        officer.post(&format!("{other}/withdrawal"), &[("reason", "误发")]).await.is(409);
        chief.post(&format!("{other}/withdrawal"), &[("reason", "误发")]).await.is(303);
        let json = city.post("head of 舞阳县").json_get(&other).await.is(200).json();
        assert_eq!(
            (&json["slip"]["state"], &json["slip"]["label"]),
            (&"withdrawn".into(), &"督办〔2021〕1号".into())
        );
        city.set_clock("2021-11-29", "09:00");
        assert_eq!(round(&city).await.slips, 0);
        city.verify().await;
    });
}

#[test]
fn the_ladder_is_set_by_the_chief_and_holds_for_what_is_drafted_then() {
    each_engine(plans, async |city| {
        let chief = city.as_(Role::Chief);
        let page = chief.get("/slips/ladder").await.is(200);
        assert!(page.text().contains("本市尚未设置"));
        city.as_(Role::Officer).get("/slips/ladder/new").await.is(404);
        let ladder = [
            ("steps.0.colour", "yellow"),
            ("steps.0.after_days", "2"),
            ("steps.0.answer_days", "5"),
            ("steps.0.signer", "leader"),
            ("steps.0.consequence", "升级为红色督办单"),
            ("steps.1.colour", "red"),
            ("steps.1.after_days", "1"),
            ("steps.1.answer_days", "2"),
            ("steps.1.signer", "leader"),
            ("urgent_from", "1"),
            ("express_from", "2"),
            ("raised_from", "2"),
            ("reason", "市里规定"),
        ];
        let mut wrong = ladder;
        wrong[11] = ("raised_from", "3");
        chief.post("/slips/ladder/new", &wrong).await.is(422);
        let mut twice = ladder;
        twice[5] = ("steps.1.colour", "yellow");
        chief.post("/slips/ladder/new", &twice).await.is(422);
        assert_eq!(city.kinds(1).await[0], "watch_set", "nothing was recorded");
        chief.post("/slips/ladder/new", &ladder).await.is(303);
        assert_eq!(city.kinds(1).await, ["ladder_set"]);
        let (plain, express) = (lead(&city, "临颍县"), lead(&city, "舞阳县"));
        let urgency = ("urgency", "express".to_owned());
        issued(
            &city,
            &[
                Line { title: "一般的", due: "2021-11-12", more: &[plain] },
                Line { title: "特急的", due: "2021-11-12", more: &[express, urgency] },
            ],
        )
        .await;
        city.set_clock("2021-11-15", "09:00");
        assert_eq!(round(&city).await.slips, 1, "express begins with red after one day");
        assert_eq!(slips_of(&city, "chief of 督查局", "").await[0]["colour"], "red");
        city.set_clock("2021-11-16", "09:00");
        assert_eq!(round(&city).await.slips, 1);
        let json = chief.json_get(&slip(&city, "一般的").await).await.json();
        assert_eq!(
            (&json["slip"]["colour"], &json["answer_days"], &json["signer"]),
            (&"yellow".into(), &5.into(), &"leader".into())
        );
        chief.post("/slips/ladder/new", &ladder).await.is(303);
        let all = chief.json_get("/slips/ladder").await.json();
        assert_eq!(
            (&all["ladder"]["version"], all["former"].as_array().unwrap().len()),
            (&2.into(), 1)
        );
        city.verify().await;
    });
}

#[test]
fn an_answer_that_comes_before_the_next_colour_is_issued_stops_it() {
    each_engine(plans, async |city| {
        late(&city).await;
        let blue = slip(&city, "产业园用地报批").await;
        issue(&city, &blue).await;
        city.set_clock("2021-11-19", "09:00");
        assert_eq!(round(&city).await.slips, 1);
        let yellow = slip(&city, "产业园用地报批").await;
        let (officer, head) = (city.post("officer of 督查局"), city.post("head of 临颍县"));
        let post = head.held().post.to_string();
        let answer = [("done", "已补办"), ("responsible", post.as_str())];
        head.post(&format!("{blue}/answers"), &answer).await.is(303);
        officer.post(&format!("{yellow}/review"), &[]).await.is(409);
        let agreed = [("verdict", "agreed")];
        officer.post(&format!("{blue}/answers/verdict"), &agreed).await.is(303);
        officer.post(&format!("{yellow}/review"), &[]).await.is(409);
        officer.post(&format!("{yellow}/withdrawal"), &[("reason", "已反馈")]).await.is(303);
        city.verify().await;
    });
}
