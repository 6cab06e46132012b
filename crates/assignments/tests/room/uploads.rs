//! Files that come with a form: which kinds, how large, how many.

use kernel::Role;
use serde_json::json;
use testkit::{Caller, City, Page, each_engine};
use uuid::Uuid;

use crate::world::{card, issued, line, plans};

/// A report with files, as a browser sends it.
async fn report(caller: &Caller, path: &str, files: &[(&str, Vec<u8>)]) -> Page {
    let form = caller.get(path).await.is(200);
    let token = form.attributes("main input[name=csrf]", "value").remove(0);
    let mut body = Vec::new();
    let mut part = |head: &str, bytes: &[u8]| {
        body.extend_from_slice(
            format!("--B\r\ncontent-disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    };
    part("name=\"csrf\"", token.as_bytes());
    part("name=\"act_key\"", Uuid::now_v7().to_string().as_bytes());
    part("name=\"done\"", "见附件".as_bytes());
    for (name, bytes) in files {
        part(&format!("name=\"files\"; filename=\"{name}\""), bytes);
    }
    body.extend_from_slice(b"--B--\r\n");
    let cookie = caller.cookie().await.unwrap();
    let caller = caller
        .with("cookie", &format!("duban={cookie}"))
        .with("content-type", "multipart/form-data; boundary=B");
    caller.raw_bytes("POST", path, body).await
}

/// An accepted item that asks for files.
async fn item(city: &City) -> (Caller, String) {
    let more = json!({ "evidence": "批复扫描件" });
    issued(city, &[line(city, "需要材料", "临颍县", &more)]).await;
    let (item, head) = (card(city, "需要材料").await, city.post("head of 临颍县"));
    head.post(&format!("{item}/acceptance"), &[]).await.is(303);
    (head, format!("{item}/reports"))
}

fn kinds() -> Vec<(&'static str, Vec<u8>)> {
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 64]].concat();
    let new =
        |part: &str| format!("PK\x03\x04 {part} _rels/.rels [Content_Types].xml").into_bytes();
    let mp4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom".to_vec();
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec();
    vec![
        ("批复.pdf", b"%PDF-1.7 x".to_vec()),
        ("批复.ofd", b"PK\x03\x04 OFD.xml".to_vec()),
        ("报告.doc", old.clone()),
        ("报告.docx", new("word/document.xml")),
        ("台账.xls", old.clone()),
        ("台账.xlsx", new("xl/workbook.xml")),
        ("报告.wps", old.clone()),
        ("台账.et", old),
        ("现场.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00".to_vec()),
        ("现场.png", png),
    ]
    .into_iter()
    .chain([("现场.mp4", mp4)])
    .collect()
}

#[test]
fn every_kind_that_offices_use_is_taken_by_its_content() {
    each_engine(plans, async |city| {
        let (head, reports) = item(&city).await;
        let all = kinds();
        for some in all.chunks(6) {
            report(&head, &reports, some).await.is(303);
        }
        let json = city.as_(Role::Officer).json_get(reports.trim_end_matches("/reports")).await;
        let names: Vec<_> = json.json()["reports"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|r| r["files"].as_array().unwrap().clone())
            .map(|f| f["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(names.len(), all.len());
        // By content, not by name; and nothing that runs or is read as a page.
        for (name, bytes) in [
            ("批复.png", b"%PDF-1.7 x".to_vec()),
            ("批复.pdf", b"\x89PNG\r\n\x1a\n".to_vec()),
            ("现场.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
            ("页面.html", b"<html></html>".to_vec()),
            ("程序.exe", b"MZ\x90\x00".to_vec()),
            ("说明.txt", b"text".to_vec()),
            ("办法.yaml", b"name: x".to_vec()),
            ("压缩.zip", b"PK\x03\x04 a.txt".to_vec()),
        ] {
            let page = report(&head, &reports, &[(name, bytes)]).await.is(422);
            let told = page.errors().concat();
            assert!(told.contains(name), "{name}: {told}");
            assert_eq!(page.select("textarea[name=done]").concat(), "见附件");
        }
        city.verify().await;
    });
}

#[test]
fn size_and_count_are_bounded_and_what_is_good_is_kept() {
    each_engine(plans, async |city| {
        let (head, reports) = item(&city).await;
        let of = |size: usize| [b"%PDF-1.7 ".to_vec(), vec![b' '; size - 9]].concat();
        let most = files::SIZE_MAX;
        // One byte more than the limit is told at the field; beside it a good file stays.
        let two = [("太大.pdf", of(most + 1)), ("正好.pdf", of(64))];
        let page = report(&head, &reports, &two).await.is(422);
        let told = page.errors().concat();
        assert!(told.contains("太大.pdf") && told.contains("50 MB"), "{told}");
        assert!(page.select(".file-kept").concat().contains("正好.pdf"), "{}", page.text());
        report(&head, &reports, &[("刚好.pdf", of(most))]).await.is(303);
        // More than ten are too many, and ten are not.
        let many: Vec<_> = (0..11).map(|_| ("批复.pdf", of(32))).collect();
        let page = report(&head, &reports, &many).await.is(422);
        assert!(page.errors().concat().contains("10"), "{:?}", page.errors());
        let ten = many.get(1..).unwrap();
        report(&head, &reports, ten).await.is(303);
        // A form as large as nothing that is taken is not read to its end.
        let huge = [("一.pdf", of(most)), ("二.pdf", of(most))];
        report(&head, &reports, &huge).await.is(413);
        city.verify().await;
    });
}
