//! 纸质签发: steps of a slip's chain and its answer that were signed on paper.

use crate::common::{Line, issued, lead, plans, round, slip, staged};
use kernel::Role;
use testkit::{City, each_engine};

const AGREED: (&str, &str) = ("verdict", "agreed");

fn pdf() -> Vec<u8> {
    b"%PDF-1.7 signed".to_vec()
}

/// A late express matter, whose slip is red and so signed by a leader; it is of a line of work
/// that a deputy leads.
async fn red(city: &City) -> String {
    let line = ("work_line", city.line("项目建设").to_string());
    let more = [lead(city, "临颍县"), line, ("urgency", "express".to_owned())];
    issued(city, &[Line { title: "产业园用地报批", due: "2021-11-12", more: &more }]).await;
    city.set_clock("2021-11-15", "09:00");
    assert_eq!(round(city).await.slips, 1);
    slip(city, "产业园用地报批").await
}

#[test]
fn each_step_of_the_chain_may_be_signed_on_paper() {
    each_engine(plans, async |city| {
        let slip = red(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let (mayor, deputy) = (city.as_(Role::Leader), city.post("leader of 漯河市 2"));
        let other = city.post("leader of 漯河市 3");
        let at = |path: &str| format!("{slip}/{path}");
        let post = |caller: &testkit::Caller| caller.held().post.to_string();
        officer.get(&at("paper-signature")).await.is(409);
        officer.post(&at("review"), &[]).await.is(303);
        let form = officer.json_get(&at("paper-signature")).await.is(200).json();
        assert!(
            form.to_string().contains(&post(&chief)) && !form.to_string().contains(&post(&mayor))
        );
        let scan = staged(&city, &officer, ("签批件.pdf", pdf())).await;
        let signer = post(&chief);
        let paper = ("scan", scan.as_str());
        let wrong = async |fields: &[(&str, &str)]| {
            officer.post(&at("paper-signature"), fields).await.is(422).errors()
        };
        let one = |told: Vec<String>| assert_eq!(told.len(), 1, "{told:?}");
        one(wrong(&[("signer", &signer), ("signed_on", "2021-11-15"), AGREED]).await);
        one(wrong(&[("signer", &signer), ("signed_on", "2021-11-16"), AGREED, paper]).await);
        let not_yet = post(&mayor);
        one(wrong(&[("signer", &not_yet), ("signed_on", "2021-11-15"), AGREED, paper]).await);
        let back = ("verdict", "returned");
        one(wrong(&[("signer", &signer), ("signed_on", "2021-11-15"), back, paper]).await);
        chief.get(&at("signature")).await.is(200);
        let good = [
            ("signer", signer.as_str()),
            ("signed_on", "2021-11-12"),
            AGREED,
            ("scan", scan.as_str()),
        ];
        mayor.post(&at("paper-signature"), &good).await.is(404);
        officer.post(&at("paper-signature"), &good).await.is(303);
        // The leader's step: only who could open the slip signs it, also on paper.
        let form = officer.json_get(&at("paper-signature")).await.is(200).json().to_string();
        assert!(form.contains(&post(&deputy)) && form.contains(&post(&mayor)), "{form}");
        assert!(!form.contains(&post(&other)) && !form.contains(&post(&chief)), "{form}");
        let scan = staged(&city, &officer, ("签批件二.pdf", pdf())).await;
        let (paper, stranger, signer) = (("scan", scan.as_str()), post(&other), post(&deputy));
        one(wrong(&[("signer", &stranger), ("signed_on", "2021-11-15"), AGREED, paper]).await);
        let good = [("signer", signer.as_str()), ("signed_on", "2021-11-15"), AGREED, paper];
        officer.post(&at("paper-signature"), &good).await.is(303);
        officer.post(&at("issue"), &[]).await.is(303);
        let json = officer.json_get(&slip).await.is(200).json();
        assert_eq!(
            (&json["signs"][1]["on_paper"], &json["signs"][1]["at"]),
            (&true.into(), &"2021-11-12".into())
        );
        let file = json["signs"][1]["scans"][0]["id"].as_str().unwrap().to_owned();
        let page = officer.get(&slip).await.is(200).text();
        assert!(page.contains("纸质签发") && page.contains("登记纸质签发"), "{page}");
        assert!(
            officer.get(&at("print")).await.is(200).text().contains("（纸质签发） 2021年11月15日")
        );
        // The signed paper is for those who sign.
        let download = at(&format!("scans/{file}"));
        assert_eq!(mayor.get(&download).await.is(200).bytes(), pdf());
        let head = city.post("head of 临颍县");
        head.get(&download).await.is(404);
        assert_eq!(
            head.json_get(&slip).await.is(200).json()["signs"][1]["scans"],
            serde_json::json!([])
        );
        city.verify().await;
    });
}

#[test]
fn an_answer_that_the_head_signed_on_paper_is_entered_by_the_unit() {
    each_engine(plans, async |city| {
        let slip = red(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let (head, liaison) = (city.post("head of 临颍县"), city.post("liaison of 临颍县"));
        let at = |path: &str| format!("{slip}/{path}");
        officer.post(&at("review"), &[]).await.is(303);
        chief.post(&at("signature"), &[AGREED]).await.is(303);
        city.as_(Role::Leader).post(&at("signature"), &[AGREED]).await.is(303);
        officer.post(&at("issue"), &[]).await.is(303);
        let post = head.held().post.to_string();
        let answer = [("done", "已补办手续"), ("responsible", post.as_str())];
        liaison.post(&at("answers"), &answer).await.is(303);
        let scan = staged(&city, &liaison, ("回执签发件.pdf", pdf())).await;
        let other = city.post("head of 舞阳县").held().post.to_string();
        let wrong = [("signer", other.as_str()), ("signed_on", "2021-11-15")];
        liaison.post(&at("answers/paper-signature"), &wrong).await.is(422);
        let good =
            [("signer", post.as_str()), ("signed_on", "2021-11-15"), ("scan", scan.as_str())];
        officer.post(&at("answers/paper-signature"), &good).await.is(404);
        city.post("liaison of 舞阳县").post(&at("answers/paper-signature"), &good).await.is(404);
        // It is entered two days later: the paper says when it was signed, the entry when it came.
        city.set_clock("2021-11-18", "09:00");
        liaison.post(&at("answers/paper-signature"), &good).await.is(303);
        assert_eq!(city.kinds(1).await, ["slip_answer_signed"]);
        let json = officer.json_get(&slip).await.is(200).json();
        let told = &json["answers"][0];
        assert_eq!((&told["on_paper"], &told["signed_on"]), (&true.into(), &"2021-11-15".into()));
        assert_eq!(
            (&json["slip"]["answered_on"], &json["slip"]["is_late"]),
            (&"2021-11-18".into(), &true.into())
        );
        let file = told["scans"][0]["id"].as_str().unwrap().to_owned();
        let download = at(&format!("answers/scans/{file}"));
        assert_eq!(officer.get(&download).await.is(200).bytes(), pdf());
        city.post("head of 舞阳县").get(&download).await.is(404);
        for lang in ["zh-CN", "en"] {
            head.with("accept-language", lang).get(&slip).await.is(200);
        }
        officer.post(&at("answers/verdict"), &[AGREED]).await.is(303);
        city.verify().await;
    });
}
