//! Units and persons from spreadsheets as offices keep them, over HTTP.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use kernel::Role;
use rust_xlsxwriter::{Color, Format, Workbook};
use testkit::{Caller, City, Page};

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

/// A register of units with a title, a header in two rows, cells merged down and across, a sum, a
/// note, a coloured row, and mistakes.
fn units() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let red = Format::new().set_background_color(Color::Red);
    book.add_worksheet().set_name("说明").unwrap().write_string(0, 0, "填表说明").unwrap();
    let tab = book.add_worksheet();
    tab.set_name("单位名册").unwrap();
    tab.merge_range(0, 0, 0, 5, "漯河市2021年单位名册", &plain).unwrap();
    tab.merge_range(1, 0, 2, 0, "序号", &plain).unwrap();
    tab.merge_range(1, 1, 1, 2, "单位名称", &plain).unwrap();
    for (column, text) in [(1, "单位简称"), (2, "单位 全称")] {
        tab.write_string(2, column, text).unwrap();
    }
    tab.merge_range(1, 3, 2, 3, "单位类型", &plain).unwrap();
    tab.merge_range(1, 4, 2, 4, "上级单位", &plain).unwrap();
    tab.merge_range(1, 5, 2, 5, "设立日期", &plain).unwrap();
    let rows = [
        ["1", "召陵区", "召陵区人民政府", "区", "", "2020年1月8日"],
        ["2", "老窝镇", "召陵区老窝镇人民政府", "乡镇", "召陵区", "2020.1.8"],
        ["3", "青年镇", "召陵区青年镇人民政府", "乡镇", "", "1月8日"],
        ["", "小计", "", "", "", ""],
        ["4", "市医保局", "漯河市医疗保障局", "局委", "", "年底前"],
        ["5", "临颍县", "临颍县人民政府", "县", "", ""],
        ["6", "某办", "某某办公室", "临时机构", "无此单位", "2021-01-01"],
    ];
    for (row, cells) in (3..).zip(&rows) {
        for (column, text) in (0..).zip(cells) {
            if !text.is_empty() {
                tab.write_string(row, column, *text).unwrap();
            }
        }
    }
    tab.merge_range(4, 4, 5, 4, "召陵区", &plain).unwrap();
    tab.write_string_with_format(3, 1, "召陵区", &red).unwrap();
    tab.write_string(10, 0, "注：以上为市委编办提供").unwrap();
    book.save_to_buffer().unwrap()
}

/// Stages a file and sends it to an import; answers the import's address.
async fn upload(city: &City, who: &Caller, base: &str, (name, bytes): (&str, Vec<u8>)) -> String {
    let file = files::stage(city.db(), city.id(), who.held().account, (name, bytes)).await.unwrap();
    let file = file.to_string();
    let sent = who.post(base, &[("file", file.as_str())]).await.is(303);
    let one = sent.goes_to();
    settled(who, &one).await;
    one
}

/// The import once nothing goes on in it.
async fn settled(who: &Caller, one: &str) -> serde_json::Value {
    loop {
        let import = who.json_get(one).await.is(200).json();
        if import["busy"] == false {
            return import;
        }
        tokio::task::yield_now().await;
    }
}

/// Sends the columns as they are proposed.
async fn confirm(who: &Caller, one: &str, more: &[(&str, &str)]) -> serde_json::Value {
    let form = who.json_get(&format!("{one}/columns")).await.is(200).json();
    let fields = form["fields"].as_array().unwrap().clone();
    let rows = fields.iter().find(|f| f["name"] == "columns").unwrap()["rows"].clone();
    let mut said: Vec<(String, String)> = Vec::new();
    for (n, row) in rows.as_array().unwrap().iter().enumerate() {
        said.push((format!("columns.{n}.to"), row["to"].as_str().unwrap().to_owned()));
    }
    said.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    let said: Vec<_> = said.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    who.post(&format!("{one}/columns"), &said).await.is(303);
    settled(who, one).await
}

fn reasons(page: &Page) -> Vec<(i64, String)> {
    let rows = page.json()["rows"].as_array().unwrap().clone();
    let note = |note: &serde_json::Value| note["zh"].as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| {
            let mut all: Vec<_> = row["notes"].as_array().unwrap().iter().map(note).collect();
            let cells = row["cells"].as_object().unwrap().values();
            all.extend(cells.flat_map(|c| c["notes"].as_array().unwrap().iter().map(note)));
            (row["row"].as_i64().unwrap(), all.join(" "))
        })
        .collect()
}

#[test]
fn a_register_of_units_comes_in_with_its_traps_and_all_or_nothing() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let one = upload(&city, &admin, "/units/import", ("单位名册.xlsx", units())).await;
        let import = admin.json_get(&one).await.is(200).json();
        assert_eq!(
            (import["state"].as_str(), import["sheet"].as_str()),
            (Some("read"), Some("单位名册"))
        );
        assert_eq!(
            (import["header"][0].as_i64(), import["header"][1].as_i64()),
            (Some(2), Some(3))
        );
        let form = admin.get(&format!("{one}/columns")).await.is(200);
        assert!(
            form.text().contains("B 单位名称 / 单位简称")
                && form.text().contains("召陵区 · 老窝镇")
        );

        let checked = confirm(&admin, &one, &[]).await;
        assert_eq!(checked["errors"], 3, "{checked}");
        assert_eq!((checked["records"].as_i64(), checked["aside"].as_i64()), (Some(2), Some(3)));
        let errors = admin.json_get(&format!("{one}/rows?show=errors")).await.is(200);
        let errors = reasons(&errors);
        assert!(errors[0].0 == 6 && errors[0].1.contains("年份"), "{errors:?}");
        assert!(errors[1].0 == 8 && errors[1].1.contains("“年底前”不是确定的日期"), "{errors:?}");
        assert!(errors[2].1.contains("临时机构") && errors[2].1.contains("找不到上级单位"));
        let warned = reasons(&admin.json_get(&format!("{one}/rows?show=warnings")).await);
        assert!(warned[0].0 == 4 && warned[0].1.contains("红色"), "{warned:?}");
        let aside = reasons(&admin.json_get(&format!("{one}/rows?show=aside")).await);
        assert_eq!(aside.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [7, 9, 11]);
        assert!(aside[0].1.contains("小计") && aside[1].1.contains("已有单位"), "{aside:?}");

        // All or nothing: three rows stand against it.
        let before = city.seq().await;
        let refused = admin.post(&format!("{one}/commit"), &[]).await.is(409);
        assert!(refused.text().contains("3 行需要修改"));
        assert_eq!(city.seq().await, before);

        // The sheet's year, one cell mended, one row left out.
        let checked = confirm(&admin, &one, &[("year", "2020")]).await;
        assert_eq!(checked["errors"], 2);
        let row = admin.get(&format!("{one}/rows/8")).await.is(200);
        assert!(row.text().contains("年底前") && row.text().contains("不是确定的日期"));
        let cells = [
            ("cells.0.text", "市医保局"),
            ("cells.1.text", "漯河市医疗保障局"),
            ("cells.2.text", "局委"),
            ("cells.4.text", "5"),
            ("cells.5.text", "2021-01-04"),
        ];
        admin.post(&format!("{one}/rows/8"), &cells).await.is(303);
        let out = [("cells.0.text", "某办"), ("treat", "leave_out")];
        admin.post(&format!("{one}/rows/10"), &out).await.is(303);
        let checked = settled(&admin, &one).await;
        assert_eq!((checked["errors"].as_i64(), checked["records"].as_i64()), (Some(0), Some(4)));

        assert!(admin.get(&format!("{one}/commit")).await.is(200).text().contains("4"));
        admin.post(&format!("{one}/commit"), &[]).await.is(303);
        let done = settled(&admin, &one).await;
        assert_eq!(done["state"], "done");
        assert_eq!(city.seq().await, before + 4);
        assert_eq!(city.kinds(4).await, ["unit_added"; 4]);
        let list = admin.json_get("/units").await.json();
        let find = |name: &str| {
            let units = list["units"].as_array().unwrap();
            units.iter().find(|u| u["short_name"] == name).unwrap().clone()
        };
        // Merged over two rows: both towns lie below the district that came in the same file.
        let district = find("召陵区")["id"].clone();
        assert_eq!((&find("老窝镇")["parent"], &find("青年镇")["parent"]), (&district, &district));
        assert_eq!(find("市医保局")["kind"], "department");
        admin.post(&format!("{one}/commit"), &[]).await.is(409);
        city.verify().await;
    });
}

/// Four new units of which three have the same unknown kind.
fn misspelt() -> Vec<u8> {
    let mut book = Workbook::new();
    let tab = book.add_worksheet();
    let rows = [
        ["单位简称", "单位全称", "单位类型", "设立日期"],
        ["市甲局", "漯河市甲局", "直属机关", "2021-01-04"],
        ["市乙局", "漯河市乙局", "直属机关", "2021-01-04"],
        ["市丙局", "漯河市丙局", "局委", "2021-01-04"],
        ["市丁局", "漯河市丁局", "直属机关", "2021-01-04"],
    ];
    for (row, cells) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(cells) {
            tab.write_string(row, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_same_mistake_in_many_rows_is_mended_once() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let one = upload(&city, &admin, "/units/import", ("单位.xlsx", misspelt())).await;
        assert_eq!(confirm(&admin, &one, &[]).await["errors"], 3);
        let cell = |n: usize, text| (format!("cells.{n}.text"), text);
        let cells =
            |kind| [cell(0, "市甲局"), cell(1, "漯河市甲局"), cell(2, kind), cell(4, "2021-01-04")];
        let send = async |kind, more: &[(&str, &str)]| {
            let cells = cells(kind);
            let mut fields: Vec<_> = cells.iter().map(|(n, v)| (n.as_str(), *v)).collect();
            fields.extend_from_slice(more);
            admin.post(&format!("{one}/rows/2"), &fields).await.is(303);
            settled(&admin, &one).await["errors"].clone()
        };
        assert_eq!(send("直属机构", &[]).await, 3, "one row only, and still unknown");
        assert_eq!(send("局委", &[]).await, 2, "the others said something else");
        assert_eq!(send("直属机关", &[]).await, 3);
        assert_eq!(send("局委", &[("alike", "on")]).await, 0);
        let rows = admin.json_get(&format!("{one}/rows")).await.is(200).text();
        assert!(!rows.contains("直属机关"), "{rows}");
    });
}

/// What is taken out can be filled in and brought back: its columns are known by their headers.
#[test]
fn a_register_that_was_taken_out_comes_back_with_its_columns() {
    testkit::each_engine(plans, async |city| {
        for (role, out, back, known) in [
            (Role::SystemAdmin, "/units/export", "/units/import", 5),
            (Role::SecurityAdmin, "/persons/export", "/persons/import", 6),
        ] {
            let who = city.as_(role);
            let book = who.get(out).await.is(200).bytes().to_vec();
            let one = upload(&city, &who, back, ("取出.xlsx", book)).await;
            let import = who.json_get(&one).await.is(200).json();
            assert_eq!(import["mapped"], known, "{import}");
            let checked = confirm(&who, &one, &[]).await;
            assert_eq!(checked["records"], 0, "all of them are there already: {checked}");
            assert!(checked["aside"].as_i64() > Some(1), "{checked}");
        }
    });
}

#[test]
fn the_sheet_comes_back_with_a_reason_beside_each_row() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let one = upload(&city, &admin, "/units/import", ("单位名册.xlsx", units())).await;
        confirm(&admin, &one, &[]).await;
        let file = admin.get(&format!("{one}/file")).await.is(200);
        assert!(file.header("content-disposition").unwrap().starts_with("attachment;"));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes().to_vec())).unwrap();
        let range = book.worksheet_range("单位名册").unwrap();
        let at = |row, column| match range.get_value((row, column)) {
            Some(Data::String(text)) => text.clone(),
            _ => String::new(),
        };
        assert_eq!((at(2, 6), at(3, 1)), ("原因".to_owned(), "召陵区".to_owned()));
        assert!(
            at(5, 6).contains("年份") && at(7, 6).contains("年底前"),
            "{} {}",
            at(5, 6),
            at(7, 6)
        );
        assert!(at(6, 6).contains("小计"));
    });
}

#[test]
fn an_import_waits_for_its_person_and_is_nobody_elses() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let one = upload(&city, &admin, "/units/import", ("单位名册.xlsx", units())).await;
        let list = admin.get("/units/import").await.is(200);
        assert!(list.text().contains("单位名册.xlsx") && list.text().contains("7 天"));
        let twin = city.twin().await;
        for path in [one.clone(), format!("{one}/rows"), format!("{one}/columns")] {
            assert_eq!(twin.as_(Role::SystemAdmin).get(&path).await.status(), 404, "{path}");
            assert_eq!(city.as_(Role::SecurityAdmin).get(&path).await.status(), 404, "{path}");
            assert_eq!(city.as_(Role::Chief).get(&path).await.status(), 404, "{path}");
        }
        // The next file with this header begins with the columns of this one.
        let skip = [("columns.5.to", "-")];
        let form = admin.json_get(&format!("{one}/columns")).await.json();
        assert_eq!(form["fields"][1]["rows"][5]["to"], "from", "{form}");
        confirm_without(&admin, &one, 5).await;
        let two = upload(&city, &admin, "/units/import", ("下月名册.xlsx", units())).await;
        let form = admin.json_get(&format!("{two}/columns")).await.json();
        assert_eq!(form["fields"][1]["rows"][5]["to"], skip[0].1, "{form}");
        admin.post(&format!("{two}/discard"), &[]).await.is(303);
        assert_eq!(admin.get(&two).await.status(), 404);
        admin.get(&one).await.is(200);
        // After seven days it is gone, and what was begun meanwhile stays.
        let later = city.today().plus(6).to_string();
        city.set_clock(&later, "09:00");
        let young = upload(&city, &admin, "/units/import", ("新名册.xlsx", units())).await;
        let later = city.today().plus(3).to_string();
        city.set_clock(&later, "09:00");
        files::import::forget(city.db(), city.id()).await.unwrap();
        assert_eq!(admin.get(&one).await.status(), 404);
        admin.get(&young).await.is(200);
        city.verify().await;
    });
}

async fn confirm_without(who: &Caller, one: &str, column: usize) {
    let names = ["sort", "short_name", "name", "kind", "parent", "from"];
    let said: Vec<(String, &str)> = names
        .iter()
        .enumerate()
        .map(|(n, name)| (format!("columns.{n}.to"), if n == column { "-" } else { *name }))
        .collect();
    let said: Vec<_> = said.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    who.post(&format!("{one}/columns"), &said).await.is(303);
    settled(who, one).await;
}

#[test]
fn what_is_no_workbook_is_told_what_to_do() {
    testkit::each_engine(plans, async |city| {
        let admin = city.as_(Role::SystemAdmin);
        let account = admin.held().account;
        let csv = ("名册.csv", b"a,b".to_vec());
        let refused = files::stage(city.db(), city.id(), account, csv).await.unwrap_err();
        assert!(format!("{refused:?}").contains("CSV"));
        let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
        let et =
            files::stage(city.db(), city.id(), account, ("名册.et", old.clone())).await.unwrap();
        let et = et.to_string();
        let page = admin.post("/units/import", &[("file", et.as_str())]).await.is(422);
        assert!(page.text().contains("WPS") && page.text().contains("另存为"));
        admin.post("/units/import", &[]).await.is(422);
        let one = upload(&city, &admin, "/units/import", ("名册.xls", old)).await;
        let failed = admin.get(&one).await.is(200);
        assert!(failed.text().contains("无法读取"), "{}", failed.text());
        // Five at most, so that nothing is forgotten in heaps; what was not read makes room.
        for _ in 0..5 {
            upload(&city, &admin, "/units/import", ("单位名册.xlsx", units())).await;
        }
        let file =
            files::stage(city.db(), city.id(), account, ("单位.xlsx", units())).await.unwrap();
        let file = file.to_string();
        let page = admin.post("/units/import", &[("file", file.as_str())]).await.is(422);
        assert!(page.text().contains("5 个未完成"));
        admin.get(&one).await.is(404);
    });
}

#[test]
fn persons_come_in_with_sealed_values_and_without_accounts() {
    testkit::each_engine(plans, async |city| {
        let mut book = Workbook::new();
        let tab = book.add_worksheet();
        let header = ["姓名", "单位", "职务", "角色", "手机号", "邮箱", "任职日期"];
        let rows = [
            [
                "临颍县联络员甲",
                "临颍县",
                "政府办副主任",
                "联络员",
                "13900000001",
                "a@luohe.gov.cn",
                "2021.7.1",
            ],
            [
                "临颍县联络员甲",
                "市发展改革委",
                "挂职科长",
                "单位联络员",
                "13900000001",
                "a@luohe.gov.cn",
                "2021.7.1",
            ],
            ["市水利局联络员", "市水利局", "科长", "联络员", "不详", "b@", "立即"],
        ];
        for (row, cells) in (0..).zip(std::iter::once(&header).chain(&rows)) {
            for (column, text) in (0..).zip(cells) {
                tab.write_string(row, column, *text).unwrap();
            }
        }
        let admin = city.as_(Role::SecurityAdmin);
        let file = ("人员.xlsx", book.save_to_buffer().unwrap());
        let one = upload(&city, &admin, "/persons/import", file).await;
        let checked = confirm(&admin, &one, &[]).await;
        assert_eq!(checked["errors"], 1, "{checked}");
        let errors = reasons(&admin.json_get(&format!("{one}/rows")).await);
        for word in ["没有单位“市水利局”", "不是电话号码", "不是邮箱地址", "“立即”不是确定的日期"]
        {
            assert!(errors[0].1.contains(word), "{errors:?}");
        }
        admin.post(&format!("{one}/rows/4"), &[("treat", "leave_out")]).await.is(303);
        settled(&admin, &one).await;
        let before = city.seq().await;
        admin.post(&format!("{one}/commit"), &[]).await.is(303);
        assert_eq!(settled(&admin, &one).await["state"], "done");
        // One person with two posts: the same name with the same number.
        let kinds = city.kinds(6).await;
        let kinds: Vec<_> = kinds.iter().rev().map(String::as_str).collect();
        assert_eq!(city.seq().await, before + 6, "{kinds:?}");
        assert_eq!(kinds.iter().filter(|k| **k == "person_added").count(), 1, "{kinds:?}");
        assert_eq!(kinds.iter().filter(|k| **k == "post_taken").count(), 2, "{kinds:?}");
        assert_eq!(kinds.iter().filter(|k| **k == "value_sealed").count(), 3, "{kinds:?}");
        let list = admin.get("/persons?words=联络员甲").await.is(200);
        assert!(list.text().contains("政府办副主任") && list.text().contains("挂职科长"));
        city.verify().await;
    });
}
