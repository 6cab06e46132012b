//! The papers of a month: a unit's sheet, an office's own forms, and what an office suite makes of
//! all of them.

use std::io::{Cursor, Read as _};

use files::docx::{self, Block, Cell, Document, Section, Sheet, Style, Table};
use journal::Engine;
use kernel::Role;
use testkit::{Caller, City, Page, each_engine, office, on_engine};

use crate::circular::frozen;
use crate::plans;
use crate::story::{drafted, json};

const AT: &str = "/reviews/2021-10";

/// What a reader of a Word file sees in one of its parts.
pub(crate) fn words(page: &Page, part: &str) -> String {
    assert_eq!(page.header("content-type"), Some(docx::MEDIA), "{}", page.text());
    let mut xml = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(page.bytes())).unwrap();
    zip.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
    let texts = xml.split("<w:t").skip(1).filter_map(|rest| rest.split_once('>'));
    texts.filter_map(|(_, text)| text.split_once("</w:t>")).map(|(t, _)| t).collect()
}

#[track_caller]
pub(crate) fn holds(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "no {one} in {text}");
    }
}

#[test]
fn a_units_sheet_is_printed_and_signed_by_that_unit_only() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let own = city.unit("临颍县");
        let sheet = format!("{AT}/units/{own}");
        let (head, officer) = (city.post("head of 临颍县"), city.post("officer of 督查局"));
        holds(&head.get(&format!("{sheet}/print")).await.is(200).text(), &["公示稿"]);
        city.set_clock("2021-10-29", "09:00");
        crate::story::approved(&city).await;
        let page = json(&head, &sheet).await;
        let print = head.get(&format!("{sheet}/print")).await.is(200);
        let root = page["root"].as_str().unwrap();
        let freeze = &json(&officer, AT).await["freezes"][0];
        let sealed = freeze["head"].as_str().unwrap();
        let total = page["total"].as_str().unwrap();
        let sentence = page["dimensions"][0]["items"][0]["sentence"]["zh"].as_str().unwrap();
        let shown =
            page["dimensions"][0]["items"][0]["figures"][0]["shown"]["zh"].as_str().unwrap();
        holds(&print.text(), &[root, sealed, total, sentence, shown, "封存稿", "（签字）"]);
        assert!(print.has("svg.qr path"), "the code is drawn");
        assert_eq!(json(&head, &format!("{sheet}/print")).await["total"], page["total"]);
        let paper = head.get(&format!("{sheet}/document")).await.is(200);
        let text = words(&paper, "word/document.xml");
        holds(&text, &[root, sealed, total, sentence, shown, "临颍县人民政府", "签字、盖章"]);
        // The same code as a picture, and the form of an office may have its words.
        let mut zip = zip::ZipArchive::new(Cursor::new(paper.bytes())).unwrap();
        let mut picture = Vec::new();
        zip.by_name("word/media/picture1.png").unwrap().read_to_end(&mut picture).unwrap();
        assert!(picture.starts_with(b"\x89PNG"));
        let mut body = String::new();
        zip.by_name("word/document.xml").unwrap().read_to_string(&mut body).unwrap();
        let (before, _) = body.split_once("<w:drawing>").unwrap();
        let paragraph = before.rsplit("<w:p>").next().unwrap();
        assert!(paragraph.contains("w:lineRule=\"auto\""), "it is not cut: {paragraph}");
        for lang in ["zh-CN", "en"] {
            let leader = city.as_(Role::Leader).with("accept-language", lang);
            leader.get(&format!("{sheet}/print")).await.is(200);
        }
        for post in ["head of 舞阳县", "inspector of 漯河市"] {
            for path in ["print", "document"] {
                city.post(post).get(&format!("{sheet}/{path}")).await.is(404);
            }
            city.post(post).get(&format!("/reviews/units/{own}")).await.is(404);
        }
        city.verify().await;
    });
}

/// An office's own form: a red head, and places.
fn own_form(places: &[&str]) -> Vec<u8> {
    let rows = places.iter().map(|place| vec![Cell::head("项"), Cell::text(*place)]);
    let table = Table { columns: vec![1, 4], head: Vec::new(), rows: rows.collect() };
    let blocks = vec![Block::text(Style::Title, "XX市督查局"), Block::Table(table)];
    let section = Section { sheet: Sheet::Upright, blocks };
    docx::write(&Document { title: "样".into(), seal: String::new(), sections: vec![section] })
        .unwrap()
}

async fn uploaded(city: &City, chief: &Caller, kind: &str, bytes: Vec<u8>) -> Page {
    let file = ("模板.docx", bytes);
    let id = files::stage(city.db(), city.id(), chief.held().account, file).await.unwrap();
    chief.post(&format!("/paper-templates/{kind}"), &[("files", &id.to_string())]).await
}

#[test]
fn an_office_fills_its_own_forms_of_a_circular_and_a_sheet() {
    each_engine(plans, async |city| {
        let city = frozen(&city).await;
        let (chief, officer) = (city.as_(Role::Chief), city.post("officer of 督查局"));
        let refused =
            uploaded(&city, &chief, "circular", own_form(&["{{文号}}", "{{总分}}"])).await;
        assert!(refused.is(422).errors().join("").contains("{{总分}}"));
        let form = own_form(&[
            "{{标题}} {{主送}}",
            "{{总体情况}}",
            "{{#逾期清单}}{{编号}} {{逾期天数}}{{/逾期清单}}",
        ]);
        uploaded(&city, &chief, "circular", form).await.is(303);
        let page = json(&officer, &format!("{AT}/circular")).await;
        let paper = officer.get(&format!("{AT}/circular/document")).await.is(200);
        let text = words(&paper, "word/document.xml");
        let due = &page["overview"]["due"];
        let due = format!("应办结{}［{}］件", due["count"], due["source"]);
        holds(&text, &["XX市督查局", "关于2021年10月", &due]);
        assert!(!text.contains("{{") && !text.contains("附件1"), "{text}");
        let preview = officer.get("/paper-templates/circular/preview").await.is(200);
        assert_eq!(words(&preview, "word/document.xml"), text);
        uploaded(&city, &chief, "unit_sheet", own_form(&["{{单位}} {{总分}}"])).await.is(303);
        let at = format!("{AT}/units/{}", city.unit("临颍县"));
        let total = json(&officer, &at).await["total"].as_str().unwrap().to_owned();
        let paper = officer.get(&format!("{at}/document")).await.is(200);
        let text = words(&paper, "word/document.xml");
        holds(&text, &[&format!("临颍县人民政府 {total}")]);
        city.verify().await;
    });
}

/// The papers as an office suite sees them: they open, all of their text is there, fonts embed.
#[test]
fn an_office_suite_opens_a_circular_and_a_sheet() {
    on_engine(Engine::Sqlite, plans, async |city| {
        let city = frozen(&city).await;
        city.as_(Role::Chief).post(&format!("{AT}/publication"), &[]).await.is(303);
        let (officer, folder) = (city.post("officer of 督查局"), tempfile::tempdir().unwrap());
        let sheet = format!("units/{}", city.unit("源汇区"));
        for (name, path) in [("circular", "circular"), ("sheet", sheet.as_str())] {
            let page = officer.get(&format!("{AT}/{path}/document")).await.is(200);
            std::fs::write(folder.path().join(name).with_extension("docx"), page.bytes()).unwrap();
        }
        let texts: [(&str, usize, &[&str]); 2] = [
            ("circular", 3, &["督查通报2021年第1期", "附件4数据来源", "印发范围"]),
            ("sheet", 1, &["得分表（封存稿）", "校验值", "按期办结率"]),
        ];
        if !office::convert(folder.path()) {
            for (name, ..) in texts {
                let file = folder.path().join(name).with_extension("docx");
                assert!(docx::Template::open(std::fs::read(file).unwrap()).is_ok(), "{name}");
            }
            return;
        }
        for (name, pages, all) in texts {
            let pdf = folder.path().join(name).with_extension("pdf");
            let seen = office::pdf_text(&pdf);
            assert!(seen.matches('\u{c}').count() >= pages, "{name}: {seen}");
            holds(&seen, all);
            assert_eq!(office::fonts_missing(&pdf), [""; 0], "{name}");
        }
    });
}
