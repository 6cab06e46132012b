//! 周反馈: a unit answers for all its items on one page, and its head signs once.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use kernel::Role;
use rust_xlsxwriter::Workbook;
use testkit::{Caller, City, Page, each_engine};

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

/// Three accepted items of 临颍县: with a quantity, with files wanted, and plain.
async fn accepted(city: &City) -> Vec<String> {
    let sitting = city.sitting(city.today()).await.to_string();
    let officer = city.as_(Role::Officer);
    let opened = officer.post("/batches/new", &[("kind", "weekly"), ("sitting", &sitting)]).await;
    let batch = opened.is(303).goes_to();
    let unit = city.unit("临颍县").to_string();
    for (title, more) in [
        ("新签项目", vec![("goal", "5"), ("quantity_unit", "个")]),
        ("用地报批", vec![("evidence", "批复")]),
        ("道路除冰", vec![]),
    ] {
        let mut fields = vec![
            ("demand", "按期完成"),
            ("standard", "达到标准"),
            ("urgency", "plain"),
            ("importance", "normal"),
            ("rhythm", "weekly"),
            ("profile", "bureau"),
            ("due", "2021-11-12"),
            ("title", title),
            ("lead", unit.as_str()),
        ];
        fields.extend(more);
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    }
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
    let list = officer.json_get("/assignments?limit=10").await.json();
    let mut items: Vec<_> = list["items"].as_array().unwrap().iter().collect();
    items.sort_by_key(|i| i["label"].as_str().unwrap().to_owned());
    let mut ids = Vec::new();
    let liaison = city.post("liaison of 临颍县");
    for item in items {
        let id = item["id"].as_str().unwrap().to_owned();
        liaison.post(&format!("/assignments/{id}/acceptance"), &[]).await.is(303);
        ids.push(id);
    }
    ids
}

/// Posts rows of the weekly answer: assignment, how, words, quantity.
async fn answer(caller: &Caller, path: &str, rows: &[(&str, &str, &str, &str)]) -> Page {
    let mut fields = Vec::new();
    for (n, (assignment, how, done, quantity)) in rows.iter().enumerate() {
        let said =
            [("assignment", assignment), ("how", how), ("done", done), ("quantity", quantity)];
        fields.extend(said.map(|(column, v)| (format!("items.{n}.{column}"), (*v).to_owned())));
    }
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    caller.post(path, &fields).await
}

async fn reports(city: &City, id: &str) -> Vec<String> {
    let path = format!("/assignments/{id}");
    let json = city.as_(Role::Officer).json_get(&path).await.is(200).json();
    let list = json["reports"].as_array().unwrap();
    list.iter().map(|r| r["done"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_liaison_answers_in_a_click_each_and_the_head_signs_once() {
    each_engine(plans, async |city| {
        let ids = accepted(&city).await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let form = liaison.get("/weekly").await.is(200);
        // Only what applies is asked: one quantity, one place for files.
        assert_eq!(form.attributes("input[type=number]", "name").len(), 1);
        assert_eq!(form.attributes("input[type=file]", "name").len(), 1);
        let rows = [
            (ids[0].as_str(), "own", "签约2个", "2"),
            (ids[1].as_str(), "plan", "", ""),
            (ids[2].as_str(), "", "", ""),
        ];
        let page = answer(&liaison, "/weekly", &rows).await.is(303).goes_to();
        assert!(reports(&city, &ids[0]).await.is_empty(), "nothing counts before the head signs");
        answer(&liaison, "/weekly", &rows).await.is(409);
        liaison.post(&format!("{page}/signature"), &[("verdict", "agreed")]).await.is(404);
        city.post("head of 舞阳县").get(&page).await.is(404);
        head.post(&format!("{page}/signature"), &[("verdict", "agreed")]).await.is(303);
        assert_eq!(reports(&city, &ids[0]).await, ["签约2个"]);
        assert_eq!(reports(&city, &ids[1]).await, ["按计划推进。"]);
        assert!(reports(&city, &ids[2]).await.is_empty());
        let card = city.as_(Role::Officer).json_get(&format!("/assignments/{}", ids[0])).await;
        assert_eq!(card.json()["item"]["reached"], 2);
        // A week later the same words are one choice away; the head's own answer is signed at once.
        city.set_clock("2021-11-08", "09:00");
        let same = [(ids[0].as_str(), "same", "", "3")];
        answer(&head, "/weekly", &same).await.is(303);
        assert_eq!(reports(&city, &ids[0]).await[0], "签约2个");
        city.verify().await;
    });
}

#[test]
fn what_cannot_be_said_is_told_at_its_cell() {
    each_engine(plans, async |city| {
        let ids = accepted(&city).await;
        let liaison = city.post("liaison of 临颍县");
        let rows = [
            (ids[0].as_str(), "same", "", ""),
            (ids[1].as_str(), "plan", "", "4"),
            (ids[2].as_str(), "own", "", ""),
        ];
        let page = answer(&liaison, "/weekly", &rows).await.is(422);
        let told = page.attributes(".rows .form-error", "id");
        let at = ["f-items.0.how-error", "f-items.2.done-error"];
        assert_eq!(told, at, "{:?}", page.errors());
        assert!(page.errors().join("").contains("没有量化目标"), "{:?}", page.errors());
        answer(&liaison, "/weekly", &[(ids[0].as_str(), "", "", "")]).await.is(409);
        let other = city.post("liaison of 舞阳县");
        answer(&other, "/weekly", &[(ids[0].as_str(), "plan", "", "")]).await.is(422);
    });
}

#[test]
fn a_draft_waits_for_its_unit_and_goes_when_it_is_handed_in() {
    each_engine(plans, async |city| {
        let ids = accepted(&city).await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let rows = [(ids[0].as_str(), "own", "写到一半", "")];
        answer(&liaison, "/weekly/draft", &rows).await.is(303);
        assert!(head.get("/weekly").await.is(200).source().contains("写到一半"));
        assert!(!city.post("liaison of 舞阳县").get("/weekly").await.source().contains("写到一半"));
        let page = answer(&liaison, "/weekly", &rows).await.is(303).goes_to();
        assert!(!liaison.get("/weekly").await.is(200).source().contains("写到一半"));
        head.post(&format!("{page}/signature"), &[("verdict", "returned")]).await.is(422);
        let back = [("verdict", "returned"), ("words", "请补充数字")];
        head.post(&format!("{page}/signature"), &back).await.is(303);
        assert!(liaison.get(&page).await.is(200).text().contains("请补充数字"));
        // Sent back, so another may be handed in; it is signed on paper this time.
        let page = answer(&liaison, "/weekly", &rows).await.is(303).goes_to();
        let signer = head.held().post.to_string();
        let path = format!("{page}/paper-signature");
        let form = liaison.get(&path).await.is(200);
        let token = form.attributes("main input[name=csrf]", "value")[0].clone();
        let part = |head: &str, body: &str| {
            format!("--B\r\ncontent-disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let body = [
            part("name=\"csrf\"", &token),
            part("name=\"act_key\"", "01920000-0000-7000-8000-000000000001"),
            part("name=\"signer\"", &signer),
            part("name=\"signed_on\"", "2021-11-01"),
            part("name=\"scan\"; filename=\"签发件.pdf\"", "%PDF-1.7 signed"),
            "--B--\r\n".to_owned(),
        ];
        let cookie = liaison.cookie().await.unwrap();
        let sender = liaison
            .with("cookie", &format!("duban={cookie}"))
            .with("content-type", "multipart/form-data; boundary=B");
        sender.raw("POST", &path, &body.concat()).await.is(303);
        let shown = liaison.get(&page).await.is(200);
        assert!(shown.text().contains("纸质签发"));
        let scan = shown.attributes("main a[href*='/scans/']", "href").remove(0);
        assert_eq!(head.get(&scan).await.is(200).source(), "%PDF-1.7 signed");
        city.post("head of 舞阳县").get(&scan).await.is(404);
        assert_eq!(reports(&city, &ids[0]).await, ["写到一半"]);
        city.verify().await;
    });
}

#[test]
fn what_moved_on_before_the_signature_is_left_out_and_said() {
    each_engine(plans, async |city| {
        let ids = accepted(&city).await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let rows = [(ids[0].as_str(), "plan", "", ""), (ids[2].as_str(), "plan", "", "")];
        let page = answer(&liaison, "/weekly", &rows).await.is(303).goes_to();
        head.post(&format!("/assignments/{}/submission", ids[0]), &[("done", "已完成")])
            .await
            .is(303);
        head.post(&format!("{page}/signature"), &[("verdict", "agreed")]).await.is(303);
        let json = liaison.json_get(&page).await.is(200).json();
        let reported: Vec<_> =
            json["items"].as_array().unwrap().iter().map(|i| i["reported"] == true).collect();
        assert_eq!(reported.iter().filter(|r| **r).count(), 1);
        assert!(liaison.get(&page).await.text().contains("签发前已办结或转出"));
        city.verify().await;
    });
}

#[test]
fn an_answer_sent_after_the_session_ended_keeps_every_cell() {
    each_engine(plans, async |city| {
        let ids = accepted(&city).await;
        let name = city.post("liaison of 临颍县").held().account_name.clone();
        let fields = [("name", name.as_str()), ("password", testkit::PASSWORD)];
        let browser = city.anonymous();
        browser.post("/sign-in", &fields).await.is(303);
        let form = browser.get("/weekly").await.is(200);
        let of = |page: &Page, css: &str| page.attributes(css, "value").remove(0);
        let (csrf, key) =
            (of(&form, "main input[name=csrf]"), of(&form, "main input[name=act_key]"));
        city.pass_minutes(31);
        let before = city.seq().await;
        let typed = [
            ("csrf", csrf.as_str()),
            ("act_key", key.as_str()),
            ("items.0.assignment", ids[0].as_str()),
            ("items.0.how", "own"),
            ("items.0.done", "签约2个"),
            ("items.0.quantity", "2"),
            ("items.1.assignment", ids[1].as_str()),
            ("items.1.how", "own"),
            ("items.1.done", "材料已上报 <b>"),
        ];
        let answer = browser.post("/weekly", &typed).await.is(303);
        let page = browser.get(&answer.location()).await.is(200);
        let next = of(&page, "input[name=next]");
        let fields = [("name", name.as_str()), ("password", testkit::PASSWORD), ("next", &next)];
        let back = browser.post("/sign-in", &fields).await.is(303);
        assert_eq!(back.goes_to(), "/weekly");
        let page = browser.get(&back.location()).await.is(200);
        assert!(page.text().contains("尚未提交"), "{}", page.text());
        assert!(page.text().contains("签约2个") && page.text().contains("材料已上报 <b>"));
        assert_eq!(page.attributes("main input[type=number]", "value"), ["2"]);
        assert_eq!(city.seq().await, before, "nothing was done yet");
    });
}

/// The sheet as it is taken out, filled in and written anew: words by the titles of its columns.
async fn sheet(caller: &Caller, fill: &[(&str, &[(&str, &str)])]) -> Vec<u8> {
    let taken = caller.get("/weekly/sheet").await.is(200);
    assert!(taken.header("content-disposition").unwrap().contains("attachment"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(taken.bytes().to_vec())).unwrap();
    let tab = book.worksheet_range("周反馈填报表").unwrap();
    let text = |cell: &Data| {
        let is_day = matches!(cell, Data::DateTime(_));
        if is_day { String::new() } else { cell.to_string() }
    };
    let rows: Vec<Vec<String>> = tab.rows().map(|row| row.iter().map(text).collect()).collect();
    let titles = rows[2].clone();
    let at = |title: &str| titles.iter().position(|t| t == title).unwrap();
    let mut filled = Workbook::new();
    let tab = filled.add_worksheet();
    for (n, mut cells) in (0..).zip(rows) {
        let asked = fill.iter().find(|(title, _)| n > 2 && cells[at("事项")] == *title);
        for (column, words) in asked.iter().flat_map(|(_, words)| words.iter()) {
            cells[at(column)] = (*words).to_owned();
        }
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                tab.write_string(n, column, cell).unwrap();
            }
        }
    }
    filled.save_to_buffer().unwrap()
}

async fn upload(city: &City, caller: &Caller, bytes: Vec<u8>) -> Page {
    let file = ("填报表.xlsx", bytes);
    let file = files::stage(city.db(), city.id(), caller.held().account, file).await.unwrap();
    caller.post("/weekly/filling", &[("file", file.to_string().as_str())]).await
}

async fn drafts(caller: &Caller) -> Vec<(String, String, String)> {
    let form = caller.json_get("/weekly").await.is(200).json();
    let rows = form["fields"][0]["rows"].as_array().unwrap().clone();
    let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.iter().map(|r| (text(r, "how"), text(r, "done"), text(r, "quantity"))).collect()
}

#[test]
fn the_sheet_is_filled_in_and_comes_back_as_drafts_and_no_answer() {
    each_engine(plans, async |city| {
        accepted(&city).await;
        let liaison = city.post("liaison of 临颍县");
        let links = liaison.get("/weekly").await.is(200).attributes("a", "href");
        for path in ["/weekly/sheet", "/weekly/filling"] {
            assert!(links.iter().any(|href| href.ends_with(path)), "{path}: {links:?}");
        }
        let filled = sheet(
            &liaison,
            &[
                ("新签项目", &[("本周进展", "签约2个"), ("累计完成量", "2")]),
                ("用地报批", &[("本周情况", "按计划推进"), ("问题及需协调", "待省厅批复")]),
            ],
        )
        .await;
        let before = city.seq().await;
        assert_eq!(upload(&city, &liaison, filled.clone()).await.is(303).goes_to(), "/weekly");
        assert_eq!(city.seq().await, before, "nothing is handed in by the upload");
        let said = drafts(&liaison).await;
        let row = |how: &str, done: &str, n: &str| (how.to_owned(), done.to_owned(), n.to_owned());
        assert!(said.contains(&row("own", "签约2个", "2")) && said.contains(&row("plan", "", "")));
        assert!(said.contains(&row("", "", "")), "{said:?}");
        // What is drafted is in the sheet when it is taken out again, and a second upload adds.
        let again = sheet(&liaison, &[("道路除冰", &[("本周情况", "按计划推进")])]).await;
        upload(&city, &liaison, again).await.is(303);
        let said = drafts(&liaison).await;
        assert!(said.contains(&row("own", "签约2个", "2")), "{said:?}");
        assert_eq!(said.iter().filter(|(how, ..)| how == "plan").count(), 2);
        city.verify().await;
    });
}

#[test]
fn what_is_wrong_in_a_filled_sheet_is_told_at_its_rows_and_keeps_nothing() {
    each_engine(plans, async |city| {
        accepted(&city).await;
        let liaison = city.post("liaison of 临颍县");
        let other = city.post("liaison of 舞阳县");
        let filled = sheet(
            &liaison,
            &[
                ("新签项目", &[("本周情况", "自行填写"), ("累计完成量", "两个")]),
                ("用地报批", &[("本周情况", "与上次相同")]),
                ("道路除冰", &[("本周情况", "差不多"), ("累计完成量", "3")]),
            ],
        )
        .await;
        let page = upload(&city, &liaison, filled.clone()).await.is(422);
        for word in
            ["第4行", "第5行", "第6行", "请填写本周进展", "还没有反馈过", "请选择“按计划推进”"]
        {
            assert!(page.text().contains(word), "{word}: {}", page.text());
        }
        assert!(drafts(&liaison).await.iter().all(|(how, ..)| how.is_empty()));
        // Another unit's rows are nobody's here.
        let page = upload(&city, &other, filled).await.is(422);
        assert!(page.text().contains("不是本单位在办事项"));
        let blank = sheet(&liaison, &[]).await;
        assert!(upload(&city, &liaison, blank).await.is(422).text().contains("还没有填写任何一项"));
        let mut strange = Workbook::new();
        strange.add_worksheet().write_string(0, 0, "台账").unwrap();
        let page = upload(&city, &liaison, strange.save_to_buffer().unwrap()).await.is(422);
        assert!(page.text().contains("没有找到填报表的表头"));
        liaison.post("/weekly/filling", &[]).await.is(422);
        assert_eq!(city.as_(Role::Officer).get("/weekly/sheet").await.status(), 404);
        city.verify().await;
    });
}
