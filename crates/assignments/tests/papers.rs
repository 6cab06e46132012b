//! Papers: every kind as a Word file, in our layout and in the office's own form, and who may
//! have them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end by what it did not find")]

use std::io::{Cursor, Read as _};
use std::path::Path;

use files::docx::{self, Block, Cell, Document, Section, Sheet, Style, Table};
use journal::Engine;
use kernel::Role;
use testkit::{City, Page, each_engine, office, on_engine};
use uuid::Uuid;

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

/// A batch with an item for two counties, one with lead and co-unit, one restricted; the first is
/// closed, the second overdue.
struct World {
    batch: String,
    closed: String,
    overdue: String,
    restricted: String,
}

async fn world(city: &City) -> World {
    let batch = issued(city).await;
    let closed = card(city, "1-1-临颍县").await;
    let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
    liaison.post(&format!("{closed}/acceptance"), &[]).await.is(303);
    let done = [("done", "已取得用地批复，<项目>开工")];
    head.post(&format!("{closed}/submission"), &done).await.is(303);
    let found = [("method", "documents"), ("result", "confirmed"), ("finding", "批复原件属实")];
    city.as_(Role::Chief).post(&format!("{closed}/verifications"), &found).await.is(303);
    city.set_clock("2021-11-22", "09:00");
    World { batch, closed, overdue: card(city, "1-2").await, restricted: card(city, "1-3").await }
}

async fn issued(city: &City) -> String {
    let sitting = city.sitting(city.today()).await.to_string();
    let officer = city.as_(Role::Officer);
    let opening = [("kind", "weekly"), ("sitting", sitting.as_str())];
    let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
    let (linying, wuyang) = (city.unit("临颍县").to_string(), city.unit("舞阳县").to_string());
    let line = [
        ("demand", "11月底前完成用地报批\n并按月报送进展"),
        ("standard", "取得用地批复"),
        ("basis", "市政府第3次常务会议"),
        ("contact", "督查一科 0395-3100000"),
        ("urgency", "urgent"),
        ("importance", "key"),
        ("rhythm", "weekly"),
        ("profile", "bureau"),
        ("due", "2021-11-12"),
    ];
    let add = async |more: &[(&str, &str)]| {
        let fields = [&line[..], more].concat();
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    };
    add(&[("title", "产业园用地报批"), ("each", &linying), ("each", &wuyang)]).await;
    add(&[("title", "高速连接线拆迁"), ("lead", &linying), ("co", &wuyang)]).await;
    add(&[("title", "内部核查事项"), ("lead", &wuyang), ("restricted", "1")]).await;
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    let leader = city.as_(Role::Leader).held().post.to_string();
    let scan = staged(city, Role::Officer, ("签批稿.pdf", b"%PDF-1.7".to_vec())).await;
    let paper = [
        ("signer", leader.as_str()),
        ("signed_on", "2021-11-01"),
        ("verdict", "agreed"),
        ("scan", &scan),
    ];
    officer.post(&format!("{batch}/paper-signature"), &paper).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
    batch
}

async fn card(city: &City, label: &str) -> String {
    let list = city.as_(Role::Officer).json_get("/assignments?limit=100").await.is(200).json();
    let items = list["items"].as_array().unwrap().clone();
    let item = items.iter().find(|i| i["label"] == label);
    let item = item.unwrap_or_else(|| panic!("no {label} in {items:?}"));
    format!("/assignments/{}", item["id"].as_str().unwrap())
}

/// What a reader of a Word file sees in its body.
fn words(page: &Page) -> String {
    assert_eq!(page.header("content-type"), Some(docx::MEDIA), "{}", page.text());
    assert!(page.header("content-disposition").unwrap().starts_with("attachment"));
    words_of(page.bytes())
}

fn words_of(bytes: &[u8]) -> String {
    let xml = part(bytes, "word/document.xml");
    let texts = xml.split("<w:t").skip(1).filter_map(|rest| rest.split_once('>'));
    texts.filter_map(|(_, text)| text.split_once("</w:t>")).map(|(t, _)| t).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn holds(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "no {one} in {text}");
    }
}

#[test]
fn every_paper_says_what_the_records_say() {
    each_engine(plans, async |city| {
        let w = world(&city).await;
        let officer = city.as_(Role::Officer);
        for (unit, post) in
            [("临颍县", "征迁办主任，内线 6018"), ("舞阳县", "路网科科长，内线 6100")]
        {
            let caller = city.post(&format!("liaison of {unit}"));
            let path = format!("{}/responsible", w.overdue);
            caller.post(&path, &[("responsible", post)]).await.is(303);
        }
        let before = city.seq().await;
        let sheet = officer.get(&format!("{}/sheet", w.overdue)).await.is(200);
        let text = words(&sheet);
        holds(
            &text,
            &["督查交办单", "1-2", "2021年11月12日", "市政府第3次常务会议", "取得用地批复"],
        );
        holds(&text, &["征迁办主任，内线 6018", "路网科科长，内线 6100"]);
        holds(
            &text,
            &[
                "牵头单位",
                "舞阳县",
                "每周五 17时前反馈",
                "0395-3100000",
                "（纸质签发） 2021年11月1日",
                "签收人：",
            ],
        );
        let head = city.db().head(city.id()).await.unwrap().to_string();
        assert!(part(sheet.bytes(), "word/footer1.xml").contains(&head), "the seal in the foot");
        let list = words(&officer.get(&format!("{}/list", w.batch)).await.is(200));
        holds(&list, &["第1次周交办事项清单", "共3项", "临颍县、舞阳县", "内部核查事项"]);
        let unit = city.unit("临颍县");
        let reminder = words(&officer.get(&format!("/units/{unit}/reminder")).await.is(200));
        holds(
            &reminder,
            &["关于催办逾期交办事项的通知", "有1项交办事项", "高速连接线拆迁", "未反馈"],
        );
        // The working days after 12 until 22 November 2021.
        holds(&reminder, &["11月12日6"]);
        let report = words(&officer.get(&format!("{}/closing-report", w.closed)).await.is(200));
        holds(&report, &["关于“产业园用地报批”办结情况的报告", "已取得用地批复，&lt;项目&gt;开工"]);
        holds(&report, &["批复原件属实", "按期办结", "四、时限情况"]);
        let pack = words(&officer.get(&format!("{}/meeting/document", w.batch)).await.is(200));
        holds(&pack, &["三、第1次周交办事项清单", "四、各单位承担情况", "高速连接线拆迁"]);
        assert_eq!(city.seq().await, before, "a paper left a fact");
        city.verify().await;
    });
}

#[test]
fn a_paper_is_for_those_who_may_see_what_it_tells() {
    each_engine(plans, async |city| {
        let w = world(&city).await;
        let (own, other) = (city.post("liaison of 舞阳县"), city.post("liaison of 临颍县"));
        own.get(&format!("{}/sheet", w.restricted)).await.is(200);
        other.get(&format!("{}/sheet", w.restricted)).await.is(404);
        let list = words(&other.get(&format!("{}/list", w.batch)).await.is(200));
        assert!(!list.contains("内部核查事项") && list.contains("共2项"), "{list}");
        // The report tells what was handed in, which another county does not read.
        own.get(&format!("{}/closing-report", w.closed)).await.is(404);
        other.get(&format!("{}/closing-report", w.closed)).await.is(200);
        city.as_(Role::Officer).get(&format!("{}/closing-report", w.overdue)).await.is(409);
        let unit = city.unit("舞阳县");
        own.get(&format!("/units/{unit}/reminder")).await.is(404);
        own.get(&format!("{}/meeting", w.batch)).await.is(404);
        let page = city.as_(Role::Leader).get(&format!("{}/meeting", w.batch)).await.is(200);
        assert!(page.has(".paper-wide") && !page.has(".sidebar"), "a sheet without navigation");
    });
}

#[test]
fn what_is_taken_out_stands_in_the_access_log() {
    each_engine(plans, async |city| {
        let w = world(&city).await;
        city.as_(Role::Officer).get(&format!("{}/sheet", w.overdue)).await.is(200);
        let (mut tx, filter) = (city.read().await, people::store::AccessFilter::default());
        let lines = people::store::access_lines(&mut tx, city.id(), &filter, 50).await.unwrap();
        assert!(lines.iter().any(|l| l.detail == "交办单-1-2.docx"), "{lines:?}");
    });
}

/// An office's own form: a red head, places, a row that repeats.
fn own_form(places: &[&str]) -> Vec<u8> {
    let cell = |text: &str| Cell::text(text);
    let table = Table {
        columns: vec![1, 4],
        head: vec![vec![Cell::head("编号"), Cell::head("事项")]],
        rows: vec![vec![cell("{{#清单}}{{编号}}"), cell("{{事项}}")]],
    };
    let mut blocks = vec![Block::text(Style::Title, "XX市督查局文件")];
    blocks.extend(places.iter().map(|place| Block::text(Style::Body, *place)));
    blocks.push(Block::Table(table));
    let section = Section { sheet: Sheet::Upright, blocks };
    docx::write(&Document { title: "样".into(), seal: String::new(), sections: vec![section] })
        .unwrap()
}

async fn staged(city: &City, role: Role, (name, bytes): (&str, Vec<u8>)) -> String {
    let account = city.as_(role).held().account;
    files::stage(city.db(), city.id(), account, (name, bytes)).await.unwrap().to_string()
}

#[test]
fn an_office_fills_its_own_form_from_then_on() {
    each_engine(plans, async |city| {
        let w = world(&city).await;
        let (chief, officer) = (city.as_(Role::Chief), city.as_(Role::Officer));
        let form = chief.get("/paper-templates/list").await.is(200);
        holds(&form.text(), &["{{清单名称}}", "{{#清单}}", "{{市级责任领导}}"]);
        let list = format!("{}/list", w.batch);
        let upload = async |bytes: Vec<u8>| {
            let id = staged(&city, Role::Chief, ("清单模板.docx", bytes)).await;
            chief.post("/paper-templates/list", &[("files", &id)]).await
        };
        let before = city.seq().await;
        let refused = upload(own_form(&["{{清单名称}}", "{{没有的}}", "{{编号}}"])).await.is(422);
        let told = refused.errors().join("");
        assert!(told.contains("{{没有的}}") && told.contains("{{编号}}"), "{told}");
        assert!(!told.contains("{{清单名称}}"), "{told}");
        assert!(told.contains("{{编号}}（只能写在 {{#清单}} 的行中）"), "{told}");
        let scan = staged(&city, Role::Chief, ("清单模板.pdf", b"%PDF-1.7".to_vec())).await;
        let refused = chief.post("/paper-templates/list", &[("files", &scan)]).await.is(422);
        holds(&refused.errors().join(""), &["不是完好的 Word 文档"]);
        assert_eq!(city.seq().await, before);
        upload(own_form(&["{{清单名称}} {{印发日期}}"])).await.is(303);
        let text = words(&officer.get(&list).await.is(200));
        holds(&text, &["XX市督查局文件", "第1次周交办事项清单 2021年11月1日", "1-2高速连接线拆迁"]);
        assert!(!text.contains("{{"), "{text}");
        let preview = officer.get("/paper-templates/list/preview").await.is(200);
        assert_eq!(words(&preview), text);
        assert!(officer.get("/paper-templates").await.text().contains("清单模板.docx"));
        officer.post("/paper-templates/list", &[]).await.is(404);
        upload(own_form(&["又一版 {{清单名称}}"])).await.is(303);
        holds(&words(&officer.get(&list).await.is(200)), &["又一版"]);
        chief.post("/paper-templates/list/removal", &[]).await.is(303);
        assert!(!words(&officer.get(&list).await).contains("XX市督查局文件"));
        chief.post("/paper-templates/list/removal", &[]).await.is(404);
        chief.get("/paper-templates/nothing").await.is(404);
        city.verify().await;
    });
}

#[test]
fn the_sealed_scan_is_kept_beside_an_issued_batch() {
    each_engine(plans, async |city| {
        let w = world(&city).await;
        let officer = city.as_(Role::Officer);
        let address = format!("{}/issued-copies", w.batch);
        let pdf = b"%PDF-1.7 sealed".to_vec();
        let id = staged(&city, Role::Officer, ("盖章件.pdf", pdf.clone())).await;
        officer.post(&address, &[("files", &id), ("note", "正本")]).await.is(303);
        let page = officer.json_get(&w.batch).await.is(200).json();
        let copy = page["issued_copies"][0]["id"].as_str().unwrap().to_owned();
        let download = format!("{address}/{copy}");
        assert_eq!(officer.get(&download).await.is(200).bytes(), pdf);
        // The same file again, and what is no scan.
        let again = staged(&city, Role::Officer, ("盖章件.pdf", pdf)).await;
        officer.post(&address, &[("files", &again)]).await.is(422);
        let word = staged(&city, Role::Officer, ("清单.docx", own_form(&[]))).await;
        officer.post(&address, &[("files", &word)]).await.is(422);
        // It shows the whole list, and something in it is for one county only.
        let liaison = city.post("liaison of 临颍县");
        liaison.get(&download).await.is(404);
        assert!(!liaison.get(&w.batch).await.is(200).text().contains("盖章件.pdf"));
        city.as_(Role::Leader).get(&download).await.is(200);
        assert!(officer.get(&w.batch).await.text().contains("盖章件.pdf"));
        liaison.post(&address, &[]).await.is(404);
        city.verify().await;
    });
}

/// Every kind of paper in one conversion, as an office suite sees them.
#[test]
fn an_office_suite_opens_every_paper() {
    on_engine(Engine::Sqlite, plans, async |city| {
        let w = world(&city).await;
        let officer = city.as_(Role::Officer);
        let unit = city.unit("临颍县");
        let folder = tempfile::tempdir().unwrap();
        let kinds = [
            ("sheet", format!("{}/sheet", w.overdue), 1, "高速连接线拆迁"),
            ("list", format!("{}/list", w.batch), 1, "第1次周交办事项清单"),
            ("reminder", format!("/units/{unit}/reminder"), 1, "关于催办逾期交办事项的通知"),
            ("report", format!("{}/closing-report", w.closed), 1, "四、时限情况"),
            ("pack", format!("{}/meeting/document", w.batch), 2, "四、各单位承担情况"),
        ];
        for (name, address, ..) in &kinds {
            let page = officer.get(address).await.is(200);
            std::fs::write(folder.path().join(name).with_extension("docx"), page.bytes()).unwrap();
        }
        long_list(folder.path());
        if !office::convert(folder.path()) {
            // Without the suite, that they are sound Word files for our own reader must do.
            for (name, ..) in &kinds {
                let bytes = std::fs::read(folder.path().join(name).with_extension("docx")).unwrap();
                assert!(docx::Template::open(bytes).is_ok(), "{name}");
            }
            return;
        }
        for (name, _, pages, text) in &kinds {
            let seen = office::pdf_text(&folder.path().join(name).with_extension("pdf"));
            assert_eq!(seen.matches('\u{c}').count(), *pages, "{name}: {seen}");
            assert!(seen.contains(text), "{name}: {seen}");
            assert!(seen.contains("日志封印"), "{name}: {seen}");
            let fonts = office::fonts_missing(&folder.path().join(name).with_extension("pdf"));
            assert_eq!(fonts, [""; 0], "{name}");
        }
        let seen = office::pdf_text(&folder.path().join("long.pdf"));
        let pages = seen.matches('\u{c}').count();
        assert!(pages >= 3, "{pages}");
        assert_eq!(seen.matches("编号").count(), pages, "the head stands on each page");
        // 28 characters in a line of 正文, whatever fonts the machine has.
        let full = "字".repeat(28);
        assert!(seen.lines().any(|line| line.trim() == full), "28 in a line: {seen}");
    });
}

/// A list of many rows, and a text of full lines.
fn long_list(folder: &Path) {
    let rows = (1..=90).map(|n| vec![Cell::figure(n), Cell::text("一项很长的事项")]);
    let table = Table {
        columns: vec![1, 5],
        head: vec![vec![Cell::head("编号"), Cell::head("事项")]],
        rows: rows.collect(),
    };
    let text = Block::text(Style::Addressee, "字".repeat(60));
    let lists = Section { sheet: Sheet::Upright, blocks: vec![Block::Table(table), text] };
    let document = Document { title: "长".into(), seal: "1:ab".into(), sections: vec![lists] };
    std::fs::write(folder.join("long.docx"), docx::write(&document).unwrap()).unwrap();
}

#[test]
fn an_unknown_address_is_missing() {
    each_engine(plans, async |city| {
        let nobody = Uuid::from_u128(9);
        let officer = city.as_(Role::Officer);
        for path in ["sheet", "closing-report"] {
            officer.get(&format!("/assignments/{nobody}/{path}")).await.is(404);
        }
        officer.get(&format!("/units/{nobody}/reminder")).await.is(404);
        officer.get(&format!("/batches/{nobody}/meeting")).await.is(404);
    });
}
