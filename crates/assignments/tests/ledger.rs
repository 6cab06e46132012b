//! 期初接续: a running ledger as bureaus keep it comes in over HTTP, on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use journal::Result;
use kernel::Role;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::Value;
use testkit::{Caller, City, each_engine};

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

/// The columns that are taken, in their order; the ledger has more.
const TAKEN: [&str; 26] = [
    "session",
    "label",
    "source",
    "basis",
    "title",
    "demand",
    "leader",
    "lead",
    "units",
    "co",
    "issued",
    "due",
    "rhythm",
    "extended",
    "done",
    "reached",
    "goal",
    "blocker",
    "next",
    "state",
    "verified_by",
    "verified_how",
    "verified",
    "closed",
    "slip",
    "note",
];

/// The header in two rows: what stands above, and what below.
const HEADER: [(&str, &[&str]); 17] = [
    ("序号", &[]),
    ("次别", &[]),
    ("事项编号", &[]),
    ("事项来源", &["类别", "依据"]),
    ("交办事项", &[]),
    ("工作要求及完成标准", &[]),
    ("责任分工", &["市级领导", "牵头单位", "责任单位", "配合单位"]),
    ("责任人", &["姓名职务", "联络员电话"]),
    ("时限", &["交办日期", "完成时限", "反馈频次", "延期至"]),
    // 亿元 is what the header says; the numbers are 万元.
    ("进展", &["截至10月29日进展", "完成量（亿元）", "目标量（亿元）", "完成率"]),
    ("存在问题及需协调事项", &[]),
    ("下步措施", &[]),
    ("状态", &["状态", "灯", "逾期天数"]),
    ("核实", &["单位", "方式", "结论"]),
    ("办结日期", &[]),
    ("督办单号", &[]),
    ("备注", &[]),
];

/// The columns of the sheet in their order.
const COLUMNS: [&str; 32] = [
    "n",
    "session",
    "label",
    "source",
    "basis",
    "title",
    "demand",
    "leader",
    "lead",
    "units",
    "co",
    "person",
    "phone",
    "issued",
    "due",
    "rhythm",
    "extended",
    "done",
    "reached",
    "goal",
    "rate",
    "blocker",
    "next",
    "state",
    "light",
    "late",
    "verified_by",
    "verified_how",
    "verified",
    "closed",
    "slip",
    "note",
];

/// The place of a column in the sheet.
fn at(column: &str) -> u16 {
    let place = COLUMNS.iter().position(|known| *known == column).unwrap();
    u16::try_from(place).unwrap()
}

fn header(tab: &mut Worksheet, plain: &Format) {
    tab.merge_range(0, 0, 0, 31, "漯河市2021年周交办事项台账", plain).unwrap();
    let mut column = 0;
    for (above, below) in HEADER {
        if below.is_empty() {
            tab.merge_range(1, column, 2, column, above, plain).unwrap();
            column += 1;
            continue;
        }
        let last = column + u16::try_from(below.len()).unwrap() - 1;
        tab.merge_range(1, column, 1, last, above, plain).unwrap();
        for name in below {
            tab.write_string(2, column, *name).unwrap();
            column += 1;
        }
    }
}

/// The rows of the ledger, by column.
const ROWS: [&[(&str, &str)]; 6] = [
    &[
        ("n", "1"),
        ("label", "36-1"),
        ("source", "市委常委会"),
        ("basis", "漯纪要〔2021〕12号"),
        ("title", "产业园用地报批"),
        ("demand", "完成报批并取得批复"),
        ("leader", "常务副市长"),
        ("lead", "临颍县"),
        ("co", "市发展改革委、市金融工作局"),
        ("person", "县自然资源局局长"),
        ("phone", "0395-3100001"),
        ("due", "2021年10月29日"),
        ("rhythm", "每周"),
        ("extended", "2021.11.12"),
        ("done", "已组卷上报"),
        ("reached", "3200"),
        ("goal", "58000"),
        ("rate", "5.5%"),
        ("next", "跟踪省厅批复"),
        ("state", "推进中"),
        ("slip", "漯督〔2021〕7号"),
    ],
    &[
        ("n", "2"),
        ("label", "36-2"),
        ("title", "秋冬季大气污染防治"),
        ("demand", "落实包联责任"),
        ("units", "各县区"),
        ("co", "市工业和信息化局"),
        ("due", "10月底前"),
        ("rhythm", "每月"),
        ("state", "在办"),
        ("light", "黄"),
        ("goal", "1200"),
    ],
    &[
        ("n", "3"),
        ("label", "36-3"),
        ("title", "惠企政策兑现"),
        ("demand", "兑现到位"),
        ("units", "市发展改革委\n市工业和信息化局"),
        ("due", "2021-11-30"),
        ("state", "在办"),
    ],
    &[("title", "小计"), ("goal", "59200")],
    &[
        ("n", "4"),
        ("session", "第37次"),
        ("label", "1"),
        ("title", "高速连接线拆迁"),
        ("demand", "完成拆迁"),
        ("leader", "分管副市长甲"),
        ("lead", "舞阳县"),
        ("issued", "2021年10月18日"),
        ("due", "2021年11月5日"),
        ("goal", "3600"),
    ],
    &[
        ("n", "5"),
        ("session", "第37次"),
        ("label", "2"),
        ("title", "项目开工"),
        ("demand", "开工建设"),
        ("issued", "2021年10月18日"),
        ("due", "2021年10月25日"),
        ("state", "已办结"),
        ("verified_by", "督查局"),
        ("verified_how", "现场核实"),
        ("verified", "属实"),
    ],
];

/// The ledger: sitting 36 with three items, a subtotal, and sitting 37 with two.
fn ledger() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let red = Format::new().set_background_color(Color::Red);
    let day = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let tab = book.add_worksheet();
    tab.set_name("台账").unwrap();
    header(tab, &plain);
    for (row, cells) in (3..).zip(ROWS) {
        for (name, text) in cells {
            tab.write_string(row, at(name), *text).unwrap();
        }
    }
    for n in [3_u32, 4, 7] {
        // Numbers as Excel keeps them.
        let goal = [58_000.0, 1_200.0, 3_600.0][usize::try_from(n - 3).unwrap().min(2)];
        tab.write_number(n, at("goal"), goal).unwrap();
    }
    tab.merge_range(3, at("session"), 5, at("session"), "第36次", &plain).unwrap();
    let issued = ExcelDateTime::from_ymd(2021, 10, 11).unwrap();
    tab.merge_range(3, at("issued"), 5, at("issued"), "", &day).unwrap();
    tab.write_datetime_with_format(3, at("issued"), &issued, &day).unwrap();
    // The unit of both items of the 37th, written once; the state of the first told by colour only.
    tab.merge_range(7, at("lead"), 8, at("lead"), "舞阳县", &plain).unwrap();
    tab.write_blank(7, at("state"), &red).unwrap();
    tab.write_number_with_format(8, at("closed"), 44_494.0, &day).unwrap();
    tab.set_column_hidden(at("basis")).unwrap();
    book.save_to_buffer().unwrap()
}

async fn settled(who: &Caller, one: &str) -> Value {
    loop {
        let import = who.json_get(one).await.is(200).json();
        if import["busy"] == false {
            return import;
        }
        tokio::task::yield_now().await;
    }
}

/// Brings the ledger as far as its verdicts: the columns as proposed, the series as asked.
async fn checked(city: &City, who: &Caller) -> (String, Value) {
    let file = ("周交办台账.xlsx", ledger());
    let file = files::stage(city.db(), city.id(), who.held().account, file).await.unwrap();
    let file = file.to_string();
    let sent = who.post("/assignments/import", &[("file", file.as_str())]).await.is(303);
    let one = sent.goes_to();
    let read = settled(who, &one).await;
    assert_eq!((read["header"][0].as_i64(), read["header"][1].as_i64()), (Some(2), Some(3)));
    let form = who.json_get(&format!("{one}/columns")).await.is(200).json();
    let fields = form["fields"].as_array().unwrap().clone();
    let columns = fields.iter().find(|f| f["name"] == "columns").unwrap()["rows"].clone();
    let columns: Vec<_> =
        columns.as_array().unwrap().iter().map(|r| r["to"].as_str().unwrap().to_owned()).collect();
    let proposed: Vec<_> = columns.iter().filter(|c| *c != "-").map(String::as_str).collect();
    assert_eq!(proposed, TAKEN, "every column is found by its titles");
    let mut said: Vec<(String, String)> = columns
        .into_iter()
        .enumerate()
        .map(|(n, column)| (format!("columns.{n}.to"), column))
        .collect();
    let path = format!("{one}/columns");
    let pairs: Vec<_> = said.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    who.post(&path, &pairs).await.is(422);
    said.push(("answer".to_owned(), city.series("周交办会").to_string()));
    said.push(("year".to_owned(), "2021".to_owned()));
    let pairs: Vec<_> = said.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    who.post(&path, &pairs).await.is(303);
    let checked = settled(who, &one).await;
    (one, checked)
}

/// What was found of each row shown.
async fn found(who: &Caller, path: &str) -> Vec<(i64, String)> {
    let rows = who.json_get(path).await.is(200).json()["rows"].as_array().unwrap().clone();
    let zh = |note: &Value| note["zh"].as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| {
            let mut all: Vec<_> = row["notes"].as_array().unwrap().iter().map(zh).collect();
            let cells = row["cells"].as_object().unwrap().values();
            all.extend(cells.flat_map(|c| c["notes"].as_array().unwrap().iter().map(zh)));
            (row["row"].as_i64().unwrap(), all.join(" "))
        })
        .collect()
}

/// Corrects some cells of a row and leaves the others as they are.
async fn correct(who: &Caller, one: &str, row: u32, cells: &[(&str, &str)]) {
    let path = format!("{one}/rows/{row}");
    let form = who.json_get(&path).await.is(200).json();
    let fields = form["fields"].as_array().unwrap();
    let rows = fields.iter().find(|f| f["name"] == "cells").unwrap()["rows"].clone();
    let mut said = Vec::new();
    for (n, (name, row)) in TAKEN.iter().zip(rows.as_array().unwrap()).enumerate() {
        let text = cells.iter().find(|(column, _)| column == name).map(|(_, text)| *text);
        let text = text.unwrap_or_else(|| row["text"].as_str().unwrap_or_default());
        said.push((format!("cells.{n}.text"), text.to_owned()));
    }
    let said: Vec<_> = said.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    who.post(&path, &said).await.is(303);
    settled(who, one).await;
}

/// The text of a Word document.
fn words_of(docx: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The page of the 36th batch.
async fn first_batch(officer: &Caller) -> String {
    let list = officer.json_get("/batches").await.is(200).json();
    let batches = list["batches"].as_array().unwrap();
    let first = batches.iter().find(|b| b["number"] == 36).unwrap();
    format!("/batches/{}", first["id"].as_str().unwrap())
}

async fn taken_over(city: &City) -> String {
    let officer = city.as_(Role::Officer);
    let (one, _) = checked(city, &officer).await;
    correct(&officer, &one, 4, &[("goal", "58000万元"), ("reached", "3200万元")]).await;
    correct(&officer, &one, 5, &[("due", "2021-10-31"), ("goal", "")]).await;
    correct(&officer, &one, 8, &[("state", "办理中"), ("goal", "3600万元")]).await;
    officer.post(&format!("{one}/commit"), &[]).await.is(303);
    assert_eq!(settled(&officer, &one).await["state"], "done");
    one
}

#[test]
fn every_trap_of_a_ledger_is_asked_about_and_nothing_is_guessed() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let (one, checked) = checked(&city, &officer).await;
        assert_eq!((checked["errors"].as_i64(), checked["aside"].as_i64()), (Some(2), Some(1)));
        let notes = checked["notes"].to_string();
        assert!(notes.contains("疑似实为万元") && notes.contains("隐藏"), "{notes}");
        let errors = found(&officer, &format!("{one}/rows?show=errors")).await;
        assert!(errors[0].0 == 5 && errors[0].1.contains("“10月底前”不是确定的日期"), "{errors:?}");
        assert!(errors[1].0 == 8 && errors[1].1.contains("红色"), "{errors:?}");
        assert!(errors[1].1.contains("请填写“状态”"), "{errors:?}");
        let warned = found(&officer, &format!("{one}/rows?show=warnings")).await;
        assert!(errors[1].1.contains("没有市领导“分管副市长甲”"), "{errors:?} {warned:?}");
        let before = city.seq().await;
        officer.post(&format!("{one}/commit"), &[]).await.is(409);
        assert_eq!(city.seq().await, before);
        // An open item has no day of closure, a later day is no earlier one.
        let wrong = [("state", "在办"), ("extended", "2021-10-01"), ("session", "临时")];
        correct(&officer, &one, 9, &wrong).await;
        let errors = found(&officer, &format!("{one}/rows?show=errors")).await;
        let last = &errors.last().unwrap().1;
        for word in ["有办结日期，状态却未办结", "早于原时限", "不是周交办的次别"]
        {
            assert!(last.contains(word), "{word}: {last}");
        }
        city.as_(Role::Leader).get(&one).await.is(404);
        city.verify().await;
    });
}

#[test]
fn a_running_ledger_goes_on_with_its_numbers_days_and_states() {
    each_engine(plans, async |city| {
        taken_over(&city).await;
        let officer = city.as_(Role::Officer);
        let kinds = city.kinds(20).await;
        let count = |kind: &str| kinds.iter().filter(|k| *k == kind).count();
        // 36-1, 36-2 for four counties and districts, 36-3 for two departments, 37-1, 37-2.
        assert_eq!((count("batch_taken_over"), count("assignment_taken_over")), (2, 9));
        assert_eq!(kinds.iter().filter(|k| *k == "series_continued").count(), 1, "{kinds:?}");
        city.catch_up().await;
        let list = officer.json_get("/assignments?taken=1&limit=100").await.json();
        let items = list["items"].as_array().unwrap();
        assert!(items.len() == 9 && items.iter().all(|i| i["taken_over"] == true), "{list}");
        let item = |label: &str| items.iter().find(|i| i["label"] == label).unwrap().clone();
        let first = item("36-1");
        assert_eq!(
            (first["issued_on"].as_str(), first["first_due_on"].as_str()),
            (Some("2021-10-11"), Some("2021-10-29"))
        );
        assert_eq!(
            (first["due_on"].as_str(), first["light"].as_str()),
            (Some("2021-11-12"), Some("green"))
        );
        assert_eq!(
            (first["goal"].as_i64(), first["reached"].as_i64()),
            (Some(58_000), Some(3_200))
        );
        assert_eq!(first["quantity_unit"], "万元");
        assert_eq!(
            (item("36-2-临颍县")["light"].as_str(), item("37-1")["unit"].as_str()),
            (Some("red"), Some("舞阳县"))
        );
        let closed = item("37-2");
        assert_eq!(
            (closed["unit"].as_str(), closed["closed_on"].as_str()),
            (Some("舞阳县"), Some("2021-10-25"))
        );
        let id = first["id"].as_str().unwrap();
        let card = officer.json_get(&format!("/assignments/{id}")).await.is(200).json();
        assert_eq!(card["reports"][0]["done"], "已组卷上报");
        assert_eq!(
            (card["basis"].as_str(), card["leader"].is_string()),
            (Some("市委常委会 漯纪要〔2021〕12号"), true)
        );
        assert_eq!(card["units"].as_array().unwrap().len(), 3);
        let page = officer.get(&format!("/assignments/{id}")).await.is(200);
        assert!(page.text().contains("接续") && page.text().contains("漯督〔2021〕7号"));
        // A person's name and number are not taken from a ledger.
        let journal = city.facts(40).await;
        assert!(journal.iter().all(|e| !String::from_utf8_lossy(&e.payload).contains("3100001")));
        city.verify().await;
    });
}

#[test]
fn what_was_taken_over_is_marked_everywhere_and_left_out_of_rates() {
    each_engine(plans, async |city| {
        taken_over(&city).await;
        let officer = city.as_(Role::Officer);
        assert!(officer.get("/assignments").await.is(200).text().contains("接续"));
        assert_eq!(
            officer.json_get("/assignments?taken=0").await.json()["items"]
                .as_array()
                .unwrap()
                .len(),
            0
        );
        let file = officer.get("/assignments/export").await.is(200);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes().to_vec())).unwrap();
        let range = book.worksheet_range("事项台账").unwrap();
        let marked = range.rows().filter(|r| r.contains(&Data::String("接续".into()))).count();
        assert_eq!(marked, 10, "the header and nine rows");
        let all = officer.json_get("/assignments").await.json();
        let first = all["items"].as_array().unwrap().iter().find(|i| i["label"] == "36-1").unwrap();
        let id = first["id"].as_str().unwrap();
        let sheet = officer.get(&format!("/assignments/{id}/sheet")).await.is(200);
        assert!(words_of(sheet.bytes()).contains("36-1（接续）"));
        let batch = first_batch(&officer).await;
        assert!(officer.get(&batch).await.is(200).text().contains("36-1（接续）"));
        let unit = city.unit("舞阳县");
        let page = officer.json_get(&format!("/units/{unit}/assignments")).await.is(200).json();
        assert!(!page.to_string().contains("\"closed\":1"), "{page}");
        city.verify().await;
    });
}

#[test]
fn the_next_sitting_counts_on_and_the_same_ledger_is_passed_over() {
    each_engine(plans, async |city| {
        taken_over(&city).await;
        let (day, series) = (city.today(), city.series("周交办会"));
        let next = people::store::next_number(&mut city.read().await, city.id(), series).await;
        assert_eq!(next.unwrap(), 38);
        let officer = city.as_(Role::Officer);
        let (_, again) = checked(&city, &officer).await;
        assert_eq!(
            (again["records"].as_i64(), again["aside"].as_i64()),
            (Some(0), Some(6)),
            "{again}"
        );
        // A sitting that was held here is nobody else's number.
        city.program(async |act| -> Result<()> {
            let sitting = people::sitting::plan(act, day, vec![series]).await?;
            people::sitting::hold(act, sitting).await
        })
        .await
        .unwrap();
        let next = people::store::next_number(&mut city.read().await, city.id(), series).await;
        assert_eq!(next.unwrap(), 39);
        city.verify().await;
    });
}
