//! 督办单 with its 回执 on paper: what stands on it, and who may have it.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use std::io::{Cursor, Read as _};

use crate::common::{Line, issue, issued, lead, plans, round, slip, staged};
use files::docx::{self, Block, Cell, Document, Section, Sheet, Style, Table};
use journal::Engine;
use kernel::Role;
use testkit::{City, Page, each_engine, office, on_engine};

/// What a reader of a Word file sees in one of its parts.
fn words(page: &Page, part: &str) -> String {
    assert_eq!(page.header("content-type"), Some(docx::MEDIA), "{}", page.text());
    let mut xml = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(page.bytes())).unwrap();
    zip.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
    let texts = xml.split("<w:t").skip(1).filter_map(|rest| rest.split_once('>'));
    texts.filter_map(|(_, text)| text.split_once("</w:t>")).map(|(t, _)| t).collect()
}

#[track_caller]
fn holds(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "no {one} in {text}");
    }
}

#[test]
fn the_paper_says_what_the_records_say_before_and_after_the_answer() {
    each_engine(plans, async |city| {
        let more = [lead(&city, "临颍县")];
        issued(&city, &[Line { title: "产业园用地报批", due: "2021-11-12", more: &more }]).await;
        city.set_clock("2021-11-15", "09:00");
        round(&city).await;
        let slip = slip(&city, "产业园用地报批").await;
        let (officer, head) = (city.post("officer of 督查局"), city.post("head of 临颍县"));
        let at = |path: &str| format!("{slip}/{path}");
        officer.get(&at("document")).await.is(409);
        officer.get(&at("print")).await.is(409);
        let edited = [
            ("finding", "现场核实未开工"),
            ("demand", "立即整改"),
            ("consequence", "升级为黄色督办单"),
            ("copies", "市纪委监委机关"),
        ];
        officer.post(&at("text"), &edited).await.is(303);
        issue(&city, &slip).await;
        let before = city.seq().await;
        let paper = head.get(&at("document")).await.is(200);
        let text = words(&paper, "word/document.xml");
        holds(
            &text,
            &[
                "漯河市督办单",
                "督办〔2021〕1号",
                "蓝色 第1次",
                "临颍县人民政府",
                "1-1　产业园用地报批",
                "2021年11月12日（未延期）",
                "现场核实未开工",
                "立即整改",
                "升级为黄色督办单",
                "2021年11月18日",
                "局长 2021年11月15日",
                "市纪委监委机关",
                "回　　执",
                "签发人：",
            ],
        );
        let head_of_journal = city.db().head(city.id()).await.unwrap().to_string();
        assert!(words(&paper, "word/footer1.xml").contains(&head_of_journal), "the seal");
        assert_eq!(city.seq().await, before, "reading left a fact");
        let post = head.held().post.to_string();
        let answer = [("done", "手续已补齐，月底开工"), ("responsible", post.as_str())];
        head.post(&at("answers"), &answer).await.is(303);
        officer.post(&at("answers/verdict"), &[("verdict", "agreed")]).await.is(303);
        let text = words(&officer.get(&at("document")).await.is(200), "word/document.xml");
        holds(&text, &["手续已补齐，月底开工", "临颍县县长 2021年11月15日", "通过，销号。"]);
        for lang in ["zh-CN", "en"] {
            let print = officer.with("accept-language", lang).get(&at("print")).await.is(200);
            holds(&print.text(), &["督办〔2021〕1号", "手续已补齐，月底开工", "临颍县县长"]);
        }
        // Who may not see the slip has no paper of it either.
        for post in ["head of 舞阳县", "leader of 漯河市 2", "inspector of 漯河市"] {
            city.post(post).get(&at("document")).await.is(404);
        }
        city.as_(Role::AuditAdmin).get(&at("document")).await.is(404);
        assert_eq!(taken_out(&city).await, 2, "each paper is a line of the access log");
    });
}

async fn taken_out(city: &City) -> i64 {
    let sql = "SELECT COUNT(*) FROM access_log WHERE jurisdiction_id = $1 AND event = 'taken_out'";
    let (lines,): (i64,) = city.read().await.one(sql, journal::args![city.id()]).await.unwrap();
    lines
}

/// An office's own form of a slip: a red head, and places.
fn own_form(places: &[&str]) -> Vec<u8> {
    let rows = places.iter().map(|place| vec![Cell::head("项"), Cell::text(*place)]);
    let table = Table { columns: vec![1, 4], head: Vec::new(), rows: rows.collect() };
    let blocks = vec![Block::text(Style::Title, "XX市督查局督办单"), Block::Table(table)];
    let section = Section { sheet: Sheet::Upright, blocks };
    docx::write(&Document { title: "样".into(), seal: String::new(), sections: vec![section] })
        .unwrap()
}

#[test]
fn an_office_fills_its_own_form_of_a_slip() {
    each_engine(plans, async |city| {
        let more = [lead(&city, "临颍县")];
        issued(&city, &[Line { title: "产业园用地报批", due: "2021-11-12", more: &more }]).await;
        city.set_clock("2021-11-15", "09:00");
        round(&city).await;
        let slip = slip(&city, "产业园用地报批").await;
        let (chief, officer) = (city.as_(Role::Chief), city.post("officer of 督查局"));
        let list = officer.json_get("/paper-templates").await.is(200).json();
        let kinds: Vec<_> = list["kinds"].as_array().unwrap().iter().map(|k| &k["kind"]).collect();
        assert!(kinds.contains(&&"slip".into()) && kinds.contains(&&"sheet".into()), "{kinds:?}");
        officer.get("/paper-templates/slip/preview").await.is(409);
        let form = chief.get("/paper-templates/slip").await.is(200);
        holds(&form.text(), &["{{被督办单位}}", "{{逾期后果}}", "{{单位签发}}", "{{日志封印}}"]);
        let upload = async |bytes: Vec<u8>| {
            let id = staged(&city, &chief, ("督办单模板.docx", bytes)).await;
            chief.post("/paper-templates/slip", &[("files", &id)]).await
        };
        let refused = upload(own_form(&["{{编号}}", "{{市级责任领导}}"])).await.is(422);
        let told = refused.errors().join("");
        assert!(told.contains("{{市级责任领导}}") && !told.contains("{{编号}}"), "{told}");
        issue(&city, &slip).await;
        let document = format!("{slip}/document");
        let before = words(&officer.get(&document).await.is(200), "word/document.xml");
        holds(&before, &["漯河市督办单"]);
        let places = ["{{编号}} {{颜色}} {{第几次}}", "{{被督办单位}}", "{{整改情况}}", "{{抄送}}"];
        upload(own_form(&places)).await.is(303);
        let text = words(&officer.get(&document).await.is(200), "word/document.xml");
        holds(&text, &["XX市督查局督办单", "督办〔2021〕1号 蓝色 第1次", "临颍县人民政府"]);
        assert!(!text.contains("{{") && !text.contains("漯河市督办单"), "{text}");
        let preview = officer.get("/paper-templates/slip/preview").await.is(200);
        assert_eq!(words(&preview, "word/document.xml"), text);
        chief.post("/paper-templates/slip/removal", &[]).await.is(303);
        let after = words(&officer.get(&document).await.is(200), "word/document.xml");
        assert_eq!(after, before, "our layout again");
        city.verify().await;
    });
}

/// Each state of the paper in one conversion, as an office suite sees it: one sheet with its
/// answer, also in the office's own form. What is as long as the forms let it be goes on to more.
#[test]
fn an_office_suite_opens_a_slip_on_one_sheet() {
    on_engine(Engine::Sqlite, plans, async |city| {
        let folder = tempfile::tempdir().unwrap();
        let more = [lead(&city, "临颍县")];
        let line = |title| Line { title, due: "2021-11-12", more: &more };
        let titles = ["产业园用地报批", "很长的重点项目征地拆迁与配套管网建设工作", "最长的"];
        issued(&city, &titles.map(line)).await;
        city.set_clock("2021-11-15", "09:00");
        round(&city).await;
        let save = async |name: &str, slip: &str| {
            let page = city.as_(Role::Chief).get(&format!("{slip}/document")).await.is(200);
            std::fs::write(folder.path().join(name).with_extension("docx"), page.bytes()).unwrap();
        };
        // Characters of: finding, demand, consequence, copies, answer.
        let lengths = [[60, 90, 40, 0, 40], [180, 220, 60, 30, 260], [600, 600, 200, 120, 1_500]];
        let names = [["short", "short-answered"], ["long", "long-answered"], ["full", "all"]];
        for ((title, lengths), [before, after]) in titles.iter().zip(lengths).zip(names) {
            let slip = slip(&city, title).await;
            worded(&city, &slip, lengths).await;
            save(before, &slip).await;
            answered(&city, &slip, lengths[4]).await;
            save(after, &slip).await;
        }
        let form = own_form(&["{{编号}} {{颜色}}", "{{核实的现状}}", "{{整改情况}}"]);
        let id = staged(&city, &city.as_(Role::Chief), ("模板.docx", form)).await;
        city.as_(Role::Chief).post("/paper-templates/slip", &[("files", &id)]).await.is(303);
        save("own", &slip(&city, titles[1]).await).await;
        let pages = [
            ("short", 1),
            ("short-answered", 1),
            ("long", 1),
            ("long-answered", 1),
            ("own", 1),
            ("full", 2),
            ("all", 3),
        ];
        if !office::convert(folder.path()) {
            for (name, _) in pages {
                let file = folder.path().join(name).with_extension("docx");
                assert!(docx::Template::open(std::fs::read(file).unwrap()).is_ok(), "{name}");
            }
            return;
        }
        for (name, pages) in pages {
            let pdf = folder.path().join(name).with_extension("pdf");
            let seen = office::pdf_text(&pdf);
            assert_eq!(seen.matches('\u{c}').count(), pages, "{name}: {seen}");
            // Each text ends by a word that must not be cut off.
            let ends = if name == "own" {
                2
            } else if name.ends_with("answered") {
                4
            } else {
                3
            };
            assert!(seen.matches("完。").count() >= ends, "{name}: {seen}");
            assert_eq!(office::fonts_missing(&pdf), [""; 0], "{name}");
        }
    });
}

/// A text of so many characters that ends by a word of its own.
fn text(length: usize) -> String {
    let filler = "已核实，仍在办理。".chars().cycle().take(length.saturating_sub(2));
    if length == 0 { String::new() } else { filler.chain("完。".chars()).collect() }
}

/// Gives a slip words of these lengths and issues it.
async fn worded(city: &City, slip: &str, lengths: [usize; 5]) {
    let names = ["finding", "demand", "consequence", "copies"];
    let words: Vec<_> = names.iter().zip(lengths).map(|(name, n)| (*name, text(n))).collect();
    let fields: Vec<_> = words.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let officer = city.post("officer of 督查局");
    officer.post(&format!("{slip}/text"), &fields).await.is(303);
    issue(city, slip).await;
}

async fn answered(city: &City, slip: &str, length: usize) {
    let head = city.post("head of 临颍县");
    let (post, done) = (head.held().post.to_string(), text(length));
    let answer = [("done", done.as_str()), ("responsible", post.as_str())];
    head.post(&format!("{slip}/answers"), &answer).await.is(303);
}
