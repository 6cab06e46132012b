//! The story of a batch, from draft to closure, over HTTP on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end by what it did not find")]

use kernel::Role;
use serde_json::json;
use testkit::{Caller, City, each_engine};
use uuid::Uuid;

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

const LINE: [(&str, &str); 7] = [
    ("demand", "11月底前完成用地报批"),
    ("standard", "取得用地批复"),
    ("urgency", "urgent"),
    ("importance", "key"),
    ("rhythm", "weekly"),
    ("profile", "bureau"),
    ("due", "2021-11-12"),
];

/// A batch with a line for two counties and a line with a lead and a co-unit, ready to be sent.
async fn draft(city: &City, officer: &Caller) -> String {
    let sitting = city.sitting(city.today()).await.to_string();
    let opened =
        officer.post("/batches/new", &[("kind", "weekly"), ("sitting", &sitting)]).await.is(303);
    let batch = opened.goes_to();
    let (linying, wuyang) = (city.unit("临颍县").to_string(), city.unit("舞阳县").to_string());
    let mut fields = LINE.to_vec();
    fields.extend([("title", "产业园用地报批"), ("each", &linying), ("each", &wuyang)]);
    officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    let mut fields = LINE.to_vec();
    fields.extend([("title", "高速连接线拆迁"), ("lead", &linying), ("co", &wuyang)]);
    officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    batch
}

/// A scanned page that was uploaded beside a form.
async fn scan(city: &City, officer: &Caller) -> String {
    let (account, page) = (officer.held().account, b"%PDF-1.7 signed".to_vec());
    files::stage(city.db(), city.id(), account, ("签批稿.pdf", page)).await.unwrap().to_string()
}

async fn issued(city: &City) -> String {
    let officer = city.as_(Role::Officer);
    let batch = draft(city, &officer).await;
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    let leader = city.as_(Role::Leader).held().post.to_string();
    let scan = scan(city, &officer).await;
    let paper = [("signer", leader.as_str()), ("signed_on", "2021-11-01"), ("verdict", "agreed")];
    // A signature on paper comes with its scan.
    let refused = officer.post(&format!("{batch}/paper-signature"), &paper).await.is(422);
    assert_eq!(refused.errors().len(), 1, "{:?}", refused.errors());
    let paper = [&paper[..], &[("scan", scan.as_str())]].concat();
    officer.post(&format!("{batch}/paper-signature"), &paper).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
    batch
}

/// The address of an assignment by its number.
async fn card(city: &City, label: &str) -> String {
    let list = city.as_(Role::Officer).json_get("/assignments?limit=100").await.is(200).json();
    let items = list["items"].as_array().unwrap().clone();
    let item = items.iter().find(|i| i["label"] == label);
    let item = item.unwrap_or_else(|| panic!("no {label} in {items:?}"));
    format!("/assignments/{}", item["id"].as_str().unwrap())
}

#[test]
fn a_batch_is_drafted_signed_one_step_on_paper_and_issued_with_a_fan_out() {
    each_engine(plans, async |city| {
        let batch = issued(&city).await;
        let page = city.as_(Role::Liaison).get(&batch).await.is(200);
        assert!(page.text().contains("第1次周交办事项清单"), "{}", page.text());
        let officer = city.as_(Role::Officer);
        assert!(officer.get(&batch).await.text().contains("纸质签发"));
        let list = officer.json_get("/assignments").await.is(200).json();
        let labels: Vec<_> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["label"].as_str().unwrap())
            .collect();
        assert_eq!(labels.len(), 3);
        for label in ["1-1-临颍县", "1-1-舞阳县", "1-2"] {
            assert!(labels.contains(&label), "{labels:?}");
        }
        // An issued batch is never edited.
        let mut fields = LINE.to_vec();
        fields.push(("title", "再加一项"));
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(422);
        let unit = city.unit("临颍县").to_string();
        fields.push(("lead", &unit));
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(409);
        city.verify().await;
    });
}

#[test]
fn an_assignment_goes_from_acceptance_through_rework_to_closure() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "1-1-临颍县").await;
        let at = |path: &str| format!("{item}/{path}");
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        liaison.post(&at("acceptance"), &[]).await.is(303);
        // A second acceptance is told, not done.
        liaison.post(&at("acceptance"), &[]).await.is(409);
        city.set_clock("2021-11-03", "10:00");
        liaison.post(&at("reports"), &[("done", "已上报省厅")]).await.is(303);
        let ask = [("new_due", "2021-11-20"), ("reason", "省厅补正材料"), ("progress", "已过初审")];
        liaison.post(&at("extensions"), &ask).await.is(303);
        // The bureau cannot decide before the head has endorsed.
        let grant = [("verdict", "confirmed"), ("due", "2021-11-19")];
        chief.post(&at("extensions/decision"), &grant).await.is(409);
        head.post(&at("extensions/endorsement"), &[]).await.is(303);
        chief.post(&at("extensions/decision"), &grant).await.is(303);
        city.set_clock("2021-11-18", "17:00");
        liaison.post(&at("submission"), &[("done", "已取得批复")]).await.is(303);
        head.post(&at("signature"), &[("verdict", "confirmed")]).await.is(303);
        city.set_clock("2021-11-25", "09:00");
        let rework = [("method", "documents"), ("result", "rework"), ("finding", "缺少批复原件")];
        officer.post(&at("verifications"), &rework).await.is(303);
        head.post(&at("submission"), &[("done", "补齐批复")]).await.is(303);
        let close = [("method", "on_site"), ("result", "confirmed"), ("finding", "属实")];
        officer.post(&at("verifications"), &close).await.is(303);
        let json = officer.json_get(&item).await.json();
        assert_eq!(json["item"]["state"], "closed");
        // The rework was accepted after the due day: late.
        assert_eq!(json["item"]["on_time"], false);
        assert_eq!(json["item"]["due_on"], "2021-11-19");
        assert_eq!(json["reworks"], 1);
        city.verify().await;
    });
}

#[test]
fn a_wrongly_addressed_assignment_is_readdressed_by_the_bureau_finally() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "1-1-舞阳县").await;
        let liaison = city.post("liaison of 舞阳县");
        liaison.post(&format!("{item}/hand-back"), &[]).await.is(422);
        let reason = [("reason", "用地在源汇区")];
        liaison.post(&format!("{item}/hand-back"), &reason).await.is(303);
        city.set_clock("2021-11-02", "09:00");
        let unit = city.unit("源汇区").to_string();
        let decision = [("unit", unit.as_str()), ("answer", "同意改派")];
        let officer = city.as_(Role::Officer);
        officer.post(&format!("{item}/hand-back/decision"), &decision).await.is(303);
        let json = officer.json_get(&item).await.json();
        assert_eq!(json["item"]["unit"], "源汇区");
        assert_eq!(json["item"]["state"], "issued");
        // One working day of dispute does not count.
        assert_eq!(json["item"]["due_on"], "2021-11-15");
        // The former unit no longer acts on it.
        liaison.post(&format!("{item}/acceptance"), &[]).await.is(404);
        city.verify().await;
    });
}

#[test]
fn the_same_story_runs_as_json_and_the_same_key_is_done_once() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "1-2").await;
        let (head, officer) = (city.post("head of 临颍县"), city.as_(Role::Officer));
        head.json_post(&format!("{item}/acceptance"), &json!({})).await.is(200);
        let before = city.seq().await;
        let keyed = head.with("idempotency-key", &Uuid::from_u128(7).to_string());
        let body = json!({ "done": "完成三户" });
        let first = keyed.json_post(&format!("{item}/reports"), &body).await.is(200).json();
        let again = keyed.json_post(&format!("{item}/reports"), &body).await.is(200).json();
        assert_eq!(first["first_seq"], again["first_seq"]);
        assert_eq!(city.seq().await, before + 1);
        let other = json!({ "done": "完成四户" });
        keyed.json_post(&format!("{item}/reports"), &other).await.is(409);
        head.json_post(&format!("{item}/submission"), &json!({ "done": "全部拆迁完毕" }))
            .await
            .is(200);
        let close = json!({ "method": "sample", "result": "confirmed" });
        officer.json_post(&format!("{item}/verifications"), &close).await.is(200);
        assert_eq!(officer.json_get(&item).await.json()["item"]["on_time"], true);
        city.verify().await;
    });
}

#[test]
fn bad_input_comes_back_at_its_field_with_everything_typed() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let batch = draft(&city, &officer).await;
        let fields = [("title", "只有标题"), ("due", "10月底前"), ("due_days", "0")];
        let page = officer.post(&format!("{batch}/lines/new"), &fields).await.is(422);
        assert!(page.source().contains("只有标题"));
        assert!(page.source().contains("10月底前"));
        let errors = page.errors().join(" ");
        assert!(errors.contains("2021-11-01") && errors.contains("1 到 250"), "{errors}");
        let en = officer.with("accept-language", "en");
        let page = en.post(&format!("{batch}/lines/new"), &fields).await.is(422);
        assert!(page.errors().join(" ").contains("Fill in"), "{:?}", page.errors());
    });
}

#[test]
fn two_persons_deciding_the_same_extension_exactly_one_wins() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "1-2").await;
        let head = city.post("head of 临颍县");
        let ask = [("new_due", "2021-11-30"), ("reason", "汛情"), ("progress", "一半")];
        head.post(&format!("{item}/extensions"), &ask).await.is(303);
        let path = format!("{item}/extensions/decision");
        let grant = [("verdict", "confirmed"), ("due", "2021-11-29")];
        let refuse = [("verdict", "rework"), ("answer", "不符合条件")];
        let (chief, officer) = (city.as_(Role::Chief), city.as_(Role::Officer));
        let before = city.seq().await;
        let (a, b) = (chief.post(&path, &grant), officer.post(&path, &refuse));
        let (a, b) = tokio::join!(a, b);
        let mut statuses = [a.status(), b.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(city.seq().await, before + 1);
    });
}

#[test]
fn reports_are_seen_by_the_units_concerned_and_a_restricted_line_only_by_them() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "1-1-临颍县").await;
        let (own, other) = (city.post("liaison of 临颍县"), city.post("liaison of 舞阳县"));
        own.post(&format!("{item}/acceptance"), &[]).await.is(303);
        own.post(&format!("{item}/reports"), &[("done", "内部进展甲")]).await.is(303);
        assert!(own.get(&item).await.is(200).text().contains("内部进展甲"));
        let outside = other.get(&item).await.is(200);
        assert!(!outside.source().contains("内部进展甲"));
        assert_eq!(other.json_get(&item).await.json()["inside"], false);
        // Administrators see no business.
        city.as_(Role::SystemAdmin).get(&item).await.is(404);
        city.as_(Role::AuditAdmin).get("/assignments").await.is(404);
        // A twin city in the same database sees nothing of it.
        let twin = city.twin().await;
        twin.as_(Role::Officer).get(&item).await.is(404);
        twin.as_(Role::Liaison).post(&format!("{item}/reports"), &[("done", "x")]).await.is(404);
    });
}

#[test]
fn text_is_found_by_any_two_characters() {
    each_engine(plans, async |city| {
        issued(&city).await;
        city.catch_up().await;
        let officer = city.as_(Role::Officer);
        let count = async |q: &str| {
            officer.json_get(&format!("/assignments?q={q}")).await.is(200).json()["count"].clone()
        };
        assert_eq!(count("用地").await, 3, "the demand of all three names it");
        assert_eq!(count("拆迁").await, 1);
        assert_eq!(count("连接线拆迁").await, 1);
        assert_eq!(count("甲乙").await, 0);
        assert_eq!(count("%22%20OR%201").await, 0);
    });
}

/// A form with one file, as a browser sends it.
async fn upload(caller: &Caller, path: &str, file: (&str, &str)) -> testkit::Page {
    let form = caller.get(path).await.is(200);
    let token = form.attributes("main input[name=csrf]", "value")[0].clone();
    let cookie = caller.cookie().await.unwrap();
    send_file(&caller.with("cookie", &format!("duban={cookie}")), path, &token, file).await
}

async fn send_file(
    caller: &Caller,
    path: &str,
    token: &str,
    (name, bytes): (&str, &str),
) -> testkit::Page {
    let part = |head: &str, body: &str| {
        format!("--B\r\ncontent-disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let body = [
        part("name=\"csrf\"", token),
        part("name=\"act_key\"", &Uuid::now_v7().to_string()),
        part("name=\"done\"", "见附件"),
        part(&format!("name=\"files\"; filename=\"{name}\""), bytes),
        "--B--\r\n".to_owned(),
    ];
    let caller = caller.with("content-type", "multipart/form-data; boundary=B");
    caller.raw("POST", path, &body.concat()).await
}

/// An issued item that asks for a file.
async fn item_with_file(city: &City) -> String {
    let officer = city.as_(Role::Officer);
    let batch = draft(city, &officer).await;
    let unit = city.unit("临颍县").to_string();
    let mut fields = LINE.to_vec();
    fields.extend([("title", "需要材料"), ("lead", &unit), ("evidence", "批复扫描件")]);
    officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
    card(city, "1-3").await
}

#[test]
fn files_of_a_form_whose_session_ended_are_kept_for_their_owner_only() {
    each_engine(plans, async |city| {
        let item = item_with_file(&city).await;
        let liaison = city.post("liaison of 临颍县");
        liaison.post(&format!("{item}/acceptance"), &[]).await.is(303);
        let reports = format!("{item}/reports");
        let form = liaison.get(&reports).await.is(200);
        let token = form.attributes("main input[name=csrf]", "value").remove(0);
        city.pass_minutes(31);
        let nobody = city.anonymous();
        let answer = send_file(&nobody, &reports, &token, ("批复.pdf", "%PDF-1.7 content")).await;
        let page = nobody.get(&answer.is(303).location()).await.is(200);
        let next = page.attributes("input[name=next]", "value").remove(0);
        let name = liaison.held().account_name.clone();
        let fields = [("name", name.as_str()), ("password", testkit::PASSWORD), ("next", &next)];
        let back = nobody.post("/sign-in", &fields).await.is(303);
        let page = nobody.get(&back.location()).await.is(200);
        assert!(page.select(".file-kept").concat().contains("批复.pdf"), "{}", page.text());
        assert!(page.select("textarea[name=done]").concat().contains("见附件"));
        let file = page.attributes(".file-kept input[name=files]", "value").remove(0);
        nobody.post(&reports, &[("done", "见附件"), ("files", &file)]).await.is(303);
        let json = city.as_(Role::Officer).json_get(&item).await.json();
        assert_eq!(json["reports"][0]["files"][0]["name"], "批复.pdf");

        // A file that is not what its name says must be chosen again; the words stay.
        let token = {
            let form = nobody.get(&reports).await.is(200);
            form.attributes("main input[name=csrf]", "value").remove(0)
        };
        let answer = send_file(&city.anonymous(), &reports, &token, ("批复.pdf", "<html>")).await;
        let query = answer.is(303).location();
        let query: String = url_of(&query);
        let page = nobody.get(&query).await.is(200);
        assert!(page.errors().concat().contains("重新选择"), "{:?}", page.errors());
        assert!(page.select("textarea[name=done]").concat().contains("见附件"));

        // Without a known owner no file is read at all.
        let answer = send_file(&city.anonymous(), &reports, "AA.x", ("批复.pdf", "%PDF-1.7")).await;
        assert!(answer.is(303).location().contains("lost=1"));
        city.verify().await;
    });
}

/// The address to which a sign-in page would lead on.
fn url_of(sign_in: &str) -> String {
    let (_, query) = sign_in.split_once("next=").unwrap();
    query.replace("%2F", "/").replace("%3F", "?").replace("%3D", "=").replace("%252D", "-")
}

#[test]
fn a_file_that_the_demand_names_is_handed_in_and_downloaded_only_by_those_concerned() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let item = item_with_file(&city).await;
        let liaison = city.post("liaison of 临颍县");
        liaison.post(&format!("{item}/acceptance"), &[]).await.is(303);
        let reports = format!("{item}/reports");
        // What is not what its name says is refused at its field, and what was typed stays.
        let page = upload(&liaison, &reports, ("批复.pdf", "<html>")).await.is(422);
        assert!(page.source().contains("见附件"));
        assert!(page.errors().join("").contains("扩展名"), "{:?}", page.errors());
        upload(&liaison, &reports, ("批复.pdf", "%PDF-1.7 content")).await.is(303);
        let json = officer.json_get(&item).await.json();
        let file = json["reports"][0]["files"][0].clone();
        assert_eq!(file["name"], "批复.pdf");
        let path = format!("{item}/files/{}", file["id"].as_str().unwrap());
        let answer = officer.get(&path).await.is(200);
        assert_eq!(answer.source(), "%PDF-1.7 content");
        assert!(answer.header("content-disposition").unwrap().starts_with("attachment"));
        city.post("liaison of 舞阳县").get(&path).await.is(404);
        // Where no file is asked, none is taken.
        let other = card(&city, "1-2").await;
        liaison.post(&format!("{other}/acceptance"), &[]).await.is(303);
        let page = upload(&liaison, &format!("{other}/reports"), ("批复.pdf", "%PDF-1.7 x")).await;
        assert_eq!(page.status(), 422);
        city.verify().await;
    });
}

#[test]
fn a_restricted_line_is_seen_by_nobody_else_on_any_page() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let batch = draft(&city, &officer).await;
        let unit = city.unit("临颍县").to_string();
        let mut fields = LINE.to_vec();
        fields.extend([("title", "仅供相关单位"), ("lead", &unit), ("restricted", "1")]);
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
        officer.post(&format!("{batch}/review"), &[]).await.is(303);
        let agreed = [("verdict", "agreed")];
        city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
        city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
        officer.post(&format!("{batch}/issue"), &[]).await.is(303);
        city.catch_up().await;
        let item = card(&city, "1-3").await;
        let pages =
            [batch.as_str(), "/assignments?limit=100", "/assignments?q=相关", item.as_str()];
        let pages = pages.map(|p| p.replace("相关", "%E7%9B%B8%E5%85%B3"));
        for page in &pages {
            let own = city.post("liaison of 临颍县").get(page).await.is(200);
            assert!(own.source().contains("仅供相关单位"), "{page}");
            let other = city.post("liaison of 舞阳县").get(page).await;
            assert!(!other.source().contains("仅供相关单位"), "{page}");
        }
        let own_unit = format!("/units/{unit}/assignments");
        let other = city.post("liaison of 舞阳县").get(&own_unit).await.is(200);
        assert!(!other.source().contains("仅供相关单位"));
    });
}
