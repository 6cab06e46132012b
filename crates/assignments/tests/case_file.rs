//! 卷宗: what is in it, that its list of hashes is right, and who may have it.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use journal::{Entry, hex, sm3};
use kernel::{Moment, Role, Subject};
use serde_json::Value;
use testkit::{City, each_engine};

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

/// An assignment of 临颍县 for which files are demanded; restricted, so that no other county
/// knows of it.
async fn assignment(city: &City) -> String {
    let sitting = city.sitting(city.today()).await.to_string();
    let (officer, unit) = (city.as_(Role::Officer), city.unit("临颍县").to_string());
    let opening = [("kind", "weekly"), ("sitting", sitting.as_str())];
    let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
    let line = [
        ("title", "产业园用地报批"),
        ("demand", "完成报批"),
        ("standard", "取得批复"),
        ("evidence", "用地批复"),
        ("lead", &unit),
        ("due", "2021-11-12"),
        ("urgency", "plain"),
        ("importance", "normal"),
        ("rhythm", "once"),
        ("profile", "bureau"),
        ("restricted", "1"),
    ];
    officer.post(&format!("{batch}/lines/new"), &line).await.is(303);
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    for role in [Role::Chief, Role::Leader] {
        let agreed = [("verdict", "agreed")];
        city.as_(role).post(&format!("{batch}/signature"), &agreed).await.is(303);
    }
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
    let list = officer.json_get("/assignments").await.is(200).json();
    format!("/assignments/{}", list["items"][0]["id"].as_str().unwrap())
}

/// Accepted, reported with two files of the same name, submitted, verified.
async fn handled(city: &City, item: &str) {
    let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
    liaison.post(&format!("{item}/acceptance"), &[]).await.is(303);
    let stage = async |bytes: &[u8]| {
        let account = liaison.held().account;
        let staged =
            files::stage(city.db(), city.id(), account, ("批复.pdf", bytes.to_vec())).await;
        staged.unwrap().to_string()
    };
    let (one, two) = (stage(b"%PDF-1.7 one").await, stage(b"%PDF-1.7 two").await);
    let report = [("done", "已受理<script>"), ("files", &one), ("files", &two)];
    liaison.post(&format!("{item}/reports"), &report).await.is(303);
    head.post(&format!("{item}/submission"), &[("done", "已取得批复")]).await.is(303);
    let found = [("method", "on_site"), ("result", "confirmed"), ("finding", "属实")];
    city.as_(Role::Chief).post(&format!("{item}/verifications"), &found).await.is(303);
}

fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

#[test]
fn a_case_file_is_whole_and_its_hashes_are_right() {
    each_engine(plans, async |city| {
        let item = assignment(&city).await;
        handled(&city, &item).await;
        let before = city.seq().await;
        let page = city.post("liaison of 临颍县").get(&format!("{item}/case-file")).await.is(200);
        assert_eq!(page.header("content-type"), Some("application/zip"));
        let files = unpacked(page.bytes());
        let names: Vec<_> = files.keys().map(String::as_str).collect();
        let wanted = [
            "00-说明.txt",
            "01-办理过程.html",
            "02-交办单.docx",
            "03-办结报告.docx",
            "04-日志摘录.jsonl",
            "05-SM3清单.txt",
            "材料/001-批复.pdf",
            "材料/002-批复.pdf",
        ];
        assert_eq!(names, wanted);
        let list = String::from_utf8(files["05-SM3清单.txt"].clone()).unwrap();
        assert_eq!(list.lines().count(), wanted.len() - 1, "{list}");
        for line in list.lines() {
            let (sum, name) = line.split_once("  ").unwrap();
            assert_eq!(hex(&sm3(&[&files[name]])), sum, "{name}");
        }
        let mut handed = [&files["材料/001-批复.pdf"][..], &files["材料/002-批复.pdf"][..]];
        handed.sort_unstable();
        assert_eq!(handed, [&b"%PDF-1.7 one"[..], &b"%PDF-1.7 two"[..]]);
        let course = String::from_utf8(files["01-办理过程.html"].clone()).unwrap();
        for shown in [
            "产业园用地报批",
            "已取得批复",
            "材料/002-批复.pdf",
            "<td>核实</td>",
            "已受理&lt;script&gt;",
        ] {
            assert!(course.contains(shown), "no {shown}");
        }
        assert!(!course.contains("<script") && !course.contains("src="));
        facts_are_whole(&files["04-日志摘录.jsonl"]);
        let head = city.db().head(city.id()).await.unwrap().to_string();
        assert!(String::from_utf8(files["00-说明.txt"].clone()).unwrap().contains(&head));
        assert_eq!(city.seq().await, before, "reading left a fact");
    });
}

/// Every line holds all that its hash covers.
fn facts_are_whole(lines: &[u8]) {
    let mut kinds = Vec::new();
    for line in std::str::from_utf8(lines).unwrap().lines() {
        let v: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| v[name].as_str().unwrap();
        let id = |name: &str| text(name).parse::<uuid::Uuid>().unwrap();
        let hash = |name: &str| journal::unhex(text(name)).unwrap().try_into().unwrap();
        let subject = format!("{}:{}", text("subject_kind"), text("subject_id"));
        let entry = Entry {
            jurisdiction: id("jurisdiction").into(),
            seq: v["seq"].as_i64().unwrap(),
            at: Moment::from_micros(v["at_us"].as_i64().unwrap()),
            act_id: id("act_id"),
            act: text("act").to_owned(),
            actor: id("actor"),
            on_behalf_of: v["on_behalf_of"].as_str().map(|id| id.parse().unwrap()),
            kind: text("kind").to_owned(),
            subject: subject.parse::<Subject>().unwrap(),
            reason: v["reason"].as_str().map(str::to_owned),
            payload: text("payload").as_bytes().to_vec(),
            prev_hash: hash("prev_hash"),
            hash: hash("hash"),
        };
        assert_eq!(entry.digest(), entry.hash, "{line}");
        kinds.push(entry.kind);
    }
    let first_and_last = (kinds.first().unwrap().as_str(), kinds.last().unwrap().as_str());
    assert_eq!(first_and_last, ("assignment_issued", "submission_verified"));
}

#[test]
fn a_case_is_for_those_concerned_and_noted() {
    each_engine(plans, async |city| {
        let item = assignment(&city).await;
        let case = format!("{item}/case-file");
        city.post("liaison of 舞阳县").get(&case).await.is(404);
        city.as_(Role::SystemAdmin).get(&case).await.is(404);
        let page = city.as_(Role::Leader).get(&case).await.is(200);
        let files = unpacked(page.bytes());
        assert!(!files.contains_key("03-办结报告.docx"), "it is not closed yet");
        let (mut tx, filter) = (city.read().await, people::store::AccessFilter::default());
        let lines = people::store::access_lines(&mut tx, city.id(), &filter, 50).await.unwrap();
        assert_eq!(lines.iter().filter(|l| l.detail == "卷宗-1-1.zip").count(), 1, "{lines:?}");
    });
}

#[test]
fn a_case_with_a_damaged_file_is_cut_and_not_half_a_case() {
    each_engine(plans, async |city| {
        let item = assignment(&city).await;
        handled(&city, &item).await;
        let journal::Place::Folder(folder) = city.db().place().clone() else { return };
        let of_city = folder.join("files").join(city.id().to_string());
        let mut damaged = 0;
        for shelf in std::fs::read_dir(of_city).unwrap() {
            for file in std::fs::read_dir(shelf.unwrap().path()).unwrap() {
                std::fs::write(file.unwrap().path(), b"something else").unwrap();
                damaged += 1;
            }
        }
        assert_eq!(damaged, 2);
        let cut = city.as_(Role::Officer).is_cut(&format!("{item}/case-file")).await;
        assert!(cut, "the answer came to an end as if it were whole");
    });
}
