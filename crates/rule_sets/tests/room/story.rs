//! From a rule set that comes with the program to what is in force, and on to its end.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use crate::common::{pdf, plans, version, write};
use kernel::Role;
use rule_sets::store::in_force;
use testkit::{Caller, City, each_engine};

const AGREED: [(&str, &str); 1] = [("verdict", "agreed")];

/// The counties' rule set without what only other rooms measure, by the forms alone:
/// items are taken out, and the numbers changed on one page.
async fn fit(officer: &Caller, card: &str) {
    for part in ["item-1-1", "item-1-0"] {
        write(officer, &format!("{card}/draft/{part}"), &[("do", "delete")]).await.is(303);
    }
    write(officer, &format!("{card}/draft/head"), &[("doc.并列.最小分差", "0.1")]).await.is(303);
    let at = format!("{card}/numbers");
    let page = officer.get(&at).await.is(200);
    let names = page.attributes("main input[name^='numbers.']", "name");
    let values = page.attributes("main input[name^='numbers.']", "value");
    let seen = page.attributes("main input[name='seen']", "value").remove(0);
    let first = values.iter().position(|value| value == "30").unwrap();
    let filled = |value: &str, seen: &str| {
        let changed = |n: usize, old: &String| if n == first { value } else { old }.to_owned();
        let all = names.iter().zip(values.iter().enumerate());
        let mut form: Vec<(String, String)> =
            all.map(|(name, (n, old))| (name.clone(), changed(n, old))).collect();
        form.push(("seen".to_owned(), seen.to_owned()));
        form
    };
    let post = async |form: Vec<(String, String)>| {
        let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        officer.post(&at, &form).await
    };
    // Told at its row; nothing typed is lost, and nobody writes over what another has changed.
    let page = post(filled("四十五", &seen)).await.is(422);
    assert!(page.text().contains("“四十五”不是十进制数"), "{}", page.text());
    assert!(page.has("main input[value='四十五']"));
    post(filled("45", "0")).await.is(409);
    post(filled("30", &seen)).await.is(409);
    post(filled("45", &seen)).await.is(303);
    post(filled("46", &seen)).await.is(409);
}

async fn answers(officer: &Caller, card: &str) -> usize {
    let page = officer.get(&format!("{card}/adoption")).await.is(200);
    page.attributes("textarea[name^='findings.']", "name").len()
}

async fn adopt(city: &City, officer: &Caller, card: &str, from: &str) -> testkit::Page {
    let paper = pdf(city, officer).await;
    let count = answers(officer, card).await;
    let today = city.today().to_string();
    let mut form = vec![
        ("number".to_owned(), "漯督字〔2021〕12号"),
        ("office".to_owned(), "漯河市委市政府督查局"),
        ("on".to_owned(), today.as_str()),
        ("from".to_owned(), from),
        ("paper".to_owned(), paper.as_str()),
    ];
    form.extend((0..count).map(|n| (format!("findings.{n}.reason"), "经研究试行一季")));
    let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    officer.post(&format!("{card}/adoption"), &form).await
}

/// The papers of an adopted version, for those who are scored by it.
async fn papers(head: &Caller, card: &str) {
    for path in ["print", "document", "yaml", "difference?with=1"] {
        head.get(&format!("{card}/versions/2/{path}")).await.is(200);
    }
    let json = head.json_get(&format!("{card}/versions/2")).await.is(200).json();
    let paper = json["papers"][0]["id"].as_str().unwrap();
    let paper = head.get(&format!("{card}/versions/2/papers/{paper}")).await.is(200);
    assert_eq!(paper.bytes(), b"%PDF-1.7 issued");
}

/// Begins a rule set that comes with the program and writes it until nothing is wrong.
async fn written(city: &City, officer: &Caller) -> String {
    let form = [("start", "counties"), ("code", "XQ-2021")];
    let card = officer.post("/rule-sets/new", &form).await.is(303).goes_to();
    assert_eq!(city.kinds(2).await, ["rule_set_version_begun", "rule_set_begun"]);
    // Units see no draft, and no rule set that is only drafted.
    let head = city.post("head of 临颍县");
    head.get(&card).await.is(404);
    assert_eq!(head.json_get("/rule-sets").await.is(200).json()["items"], serde_json::json!([]));
    // A measure that nobody supplies here is told at its field, with the nearest name.
    let draft = version(city, &card, 1).await;
    let problems = draft["problems"].as_array().unwrap();
    let of_measure = "维度/督办与整改/项目/B2/取数/取数";
    assert!(problems.iter().any(|p| p["path"] == of_measure), "{problems:?}");
    let page = officer.get(&format!("{card}/draft/item-1-1")).await.is(200);
    assert!(page.text().contains("没有取数口径“整改措施按期完成率”"), "{}", page.text());
    officer.post(&format!("{card}/submission"), &[]).await.is(409);
    fit(officer, &card).await;
    let draft = version(city, &card, 1).await;
    assert_eq!(draft["problems"], serde_json::json!([]), "{draft}");
    assert_eq!(draft["content"]["totals"][0]["full"], "100");
    let text = officer.get(&format!("{card}/versions/1")).await.is(200).text();
    assert!(text.contains("办法全文") && text.contains("按期办结率"), "{text}");
    card
}

#[test]
fn a_rule_set_is_written_checked_adopted_changed_and_ended() {
    each_engine(plans, async |city| {
        city.set_clock("2021-11-01", "09:00");
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let head = city.post("head of 临颍县");
        let card = written(&city, &officer).await;
        officer.post(&format!("{card}/submission"), &[]).await.is(303);
        // What was sent is not written any more.
        officer.get(&format!("{card}/draft/head")).await.is(409);
        officer.post(&format!("{card}/adoption"), &[("number", "x")]).await.is(422);
        let back = [("verdict", "returned"), ("note", "第三条再核")];
        chief.post(&format!("{card}/check"), &back).await.is(303);
        officer.post(&format!("{card}/submission"), &[]).await.is(303);
        chief.post(&format!("{card}/check"), &AGREED).await.is(303);
        adopt(&city, &officer, &card, "2021-12").await.is(303);
        assert_eq!(city.kinds(1).await, ["rule_set_adopted"]);
        let json = head.json_get(&card).await.is(200).json();
        assert_eq!((&json["versions"][0]["from"], &json["shown"]), (&"2021-12".into(), &1.into()));
        // The next version, its difference, and that past months keep theirs.
        let next = format!("{card}/versions/new");
        officer.post(&next, &[("version", "1")]).await.is(303);
        officer.post(&next, &[("version", "1")]).await.is(409);
        write(&officer, &format!("{card}/draft/item-0-0"), &[("doc.计分.比率.目标", "0.98")])
            .await
            .is(303);
        head.get(&format!("{card}/versions/2")).await.is(404);
        let compared = officer.json_get(&format!("{card}/versions/2/difference?with=1")).await;
        let compared = compared.is(200).json();
        let told = compared["changes"].to_string();
        assert!(told.contains("由“0.95”改为“0.98”"), "{told}");
        let page = officer.get(&format!("{card}/versions/2/difference?with=1")).await.is(200);
        assert!(page.has("ins") && page.has("del"));
        officer.post(&format!("{card}/submission"), &[]).await.is(303);
        chief.post(&format!("{card}/check"), &AGREED).await.is(303);
        adopt(&city, &officer, &card, "2022-01").await.is(303);
        let held = async |period: &str| {
            let found = in_force(&mut city.read().await, city.id(), period).await.unwrap();
            found.into_iter().map(|one| one.n).collect::<Vec<_>>()
        };
        assert_eq!((held("2021-11").await, held("2021-12").await), (vec![], vec![1]));
        assert_eq!(held("2022-01").await, [2]);
        papers(&head, &card).await;
        let ending = [("from", "2022-03"), ("reason", "合并考评")];
        officer.post(&format!("{card}/ending"), &ending).await.is(404);
        chief
            .post(&format!("{card}/ending"), &[("from", "2021-12"), ("reason", "早")])
            .await
            .is(422);
        chief.post(&format!("{card}/ending"), &ending).await.is(303);
        assert_eq!((held("2022-02").await, held("2022-03").await), (vec![2], vec![]));
        officer.post(&next, &[("version", "2")]).await.is(409);
        for lang in ["zh-CN", "en"] {
            for path in ["/rule-sets", &card, &format!("{card}/versions/1")] {
                head.with("accept-language", lang).get(path).await.is(200);
            }
        }
        city.verify().await;
    });
}

#[test]
fn a_draft_is_given_up_and_its_number_is_not_used_again() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let card = crate::common::begun(&city, "ZH", crate::common::RULES).await;
        officer.post(&format!("{card}/withdrawal"), &[("reason", "另拟")]).await.is(303);
        officer.get(&format!("{card}/draft/head")).await.is(404);
        let json = version(&city, &card, 1).await;
        assert_eq!(json["state"], "discarded");
        let taken = [("start", "departments"), ("code", "ZH")];
        let page = officer.post("/rule-sets/new", &taken).await.is(422);
        assert!(page.text().contains("编号 ZH 已用于"), "{}", page.text());
        city.verify().await;
    });
}
