//! Workbooks as offices make them, and as nobody should.

use std::fmt::Write as _;
use std::io::Cursor;

use rust_xlsxwriter::{Color, ExcelDateTime, Format, Workbook};

use super::cell::{Event, Merge, Value};
use super::samples::old::{self, OldCell};
use super::samples::{book, book_with, end, package, rows, sheet, told};

/// A ledger as an office program writes it: merged, hidden, coloured, struck through.
fn ledger() -> Vec<u8> {
    let mut book = Workbook::new();
    let tab = book.add_worksheet();
    tab.set_name("交办台账").unwrap();
    let title = Format::new().set_bold();
    tab.merge_range(0, 0, 0, 4, "2021年周交办台账", &title).unwrap();
    for (column, text) in (0_u16..).zip(["事项", "完成时限", "完成率", "投资（亿元）", "状态"])
    {
        tab.write_string(1, column, text).unwrap();
    }
    let day = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let share = Format::new().set_num_format("0.0%");
    let red = Format::new().set_background_color(Color::Red);
    let struck = Format::new().set_font_strikethrough();
    let on = ExcelDateTime::parse_from_str("2021-10-08").unwrap();
    tab.write_string_with_format(2, 0, "产业园用地报批", &red).unwrap();
    tab.write_datetime_with_format(2, 1, &on, &day).unwrap();
    tab.write_number_with_format(2, 2, 0.858, &share).unwrap();
    tab.write_number(2, 3, 769.900_000_000_000_1).unwrap();
    tab.write_string_with_format(3, 0, "高速连接线\n拆迁", &struck).unwrap();
    tab.write_formula(3, 3, "=1+1").unwrap();
    tab.set_row_hidden(3).unwrap();
    tab.set_column_hidden(4).unwrap();
    tab.merge_range(2, 4, 3, 4, "办理中", &Format::new()).unwrap();
    book.add_worksheet().set_name("字典").unwrap().set_hidden(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn values_come_with_what_their_look_means() {
    let file = ledger();
    let rows = rows(&file);
    assert_eq!(rows.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let third = &rows[2];
    assert_eq!(third.value(1), Some(&Value::Day("2021-10-08".parse().unwrap())));
    assert_eq!(third.value(2), Some(&Value::Percent("0.858".into())));
    assert_eq!(third.value(3), Some(&Value::Number("769.9".into())));
    assert_eq!(third.cell(0).unwrap().fill.as_deref(), Some("FF0000"));
    assert_eq!((third.text(0).as_str(), third.text(4).as_str()), ("产业园用地报批", "办理中"));
    let fourth = &rows[3];
    assert!(fourth.hidden && !third.hidden);
    assert!(fourth.cell(0).unwrap().struck);
    assert_eq!(fourth.text(0), "高速连接线\n拆迁");
}

#[test]
fn merged_areas_hidden_columns_and_hidden_sheets_are_told() {
    let file = ledger();
    let end = end(&file);
    assert_eq!(end.hidden_columns, [4]);
    assert!(end.merges.contains(&Merge { top: 1, left: 0, bottom: 1, right: 4 }));
    assert!(end.merges.contains(&Merge { top: 3, left: 4, bottom: 4, right: 4 }));
    let sheets: Vec<_> = told(&file)
        .unwrap()
        .into_iter()
        .filter_map(
            |e| if let Event::Sheet { name, hidden } = e { Some((name, hidden)) } else { None },
        )
        .collect();
    assert_eq!(sheets, [("交办台账".to_owned(), false), ("字典".to_owned(), true)]);
}

#[test]
fn shared_inline_and_formula_texts_are_one_kind_of_text() {
    let strings = "<sst><si><t>甲 &amp; 乙</t></si><si><r><t>分</t></r><r><t>段</t></r>\
        <rPh><t>fen</t></rPh></si><si/></sst>";
    let xml = sheet(
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>\
         <c t=\"inlineStr\"><is><t>内_x000A_联</t></is></c><c t=\"str\"><f>A1</f><v>=1+1</v></c>\
         <c><f>SUM(A1)</f></c><c t=\"e\"><v>#DIV/0!</v></c><c t=\"s\"><v>99</v></c><c t=\"b\"><v>1</v></c></row>",
    );
    let rows = rows(&book_with(&xml, &[("xl/sharedStrings.xml", strings)]));
    let text = |column| rows[0].text(column);
    assert_eq!([text(0), text(1), text(2), text(3)], ["甲 & 乙", "分段", "内\n联", "=1+1"]);
    assert_eq!(rows[0].value(4), Some(&Value::Error("=".into())));
    assert_eq!(rows[0].value(5), Some(&Value::Error("#DIV/0!".into())));
    assert_eq!((rows[0].value(6), text(7)), (None, "是".into()));
}

#[test]
fn days_of_both_systems_are_the_same_days() {
    use super::grid::{Era, decimal, serial_day};
    let day = |text: &str| Some(text.parse().unwrap());
    assert_eq!(serial_day("44477", Era::From1900), day("2021-10-08"));
    assert_eq!(serial_day("43015.75", Era::From1904), day("2021-10-08"));
    assert_eq!(serial_day("1", Era::From1900), day("1900-01-01"));
    assert_eq!(serial_day("60", Era::From1900), day("1900-02-28").map(|d: kernel::Day| d.plus(1)));
    assert_eq!(serial_day("61", Era::From1900), day("1900-03-01"));
    assert_eq!((serial_day("0", Era::From1900), serial_day("-3", Era::From1900)), (None, None));
    assert_eq!(decimal("1.1E2").as_deref(), Some("110"));
    assert_eq!((decimal("NaN"), decimal("1e300"), decimal("x")), (None, None, None));
}

#[test]
fn an_old_workbook_is_read_like_a_new_one() {
    let file = old::book(
        &[
            OldCell::Label(0, 0, "单位"),
            OldCell::Label(0, 1, "金额"),
            OldCell::Label(1, 0, "临颍县"),
            OldCell::Number(1, 1, 769.9),
            OldCell::Number(2, 1, 2.0),
        ],
        &[[1, 2, 0, 0]],
    );
    let rows = rows(&file);
    assert_eq!(rows.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((rows[1].text(0), rows[1].text(1)), ("临颍县".into(), "769.9".into()));
    assert_eq!(rows[2].value(1), Some(&Value::Number("2".into())));
    assert_eq!(end(&file).merges, [Merge { top: 2, left: 0, bottom: 3, right: 0 }]);
    assert!(told(&old::locked()).unwrap_err().contains("密码"));
}

/// One cell in each corner of the largest sheet: 17 billion cells for who makes a table of it.
#[test]
fn a_cell_in_the_last_corner_is_told_by_its_address() {
    let xml = sheet(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
         <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    );
    let why = told(&book(&xml)).unwrap_err();
    assert!(why.contains("XFD1048576") && why.contains("500"), "{why}");
    let far_down = sheet("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>");
    assert_eq!(rows(&book(&far_down))[0].number, 1_048_576);
}

#[test]
fn a_bomb_is_seen_before_it_is_unpacked() {
    let zeros = sheet(&" ".repeat(64 << 20));
    let why = told(&book(&zeros)).unwrap_err();
    assert!(why.contains("异常巨大"), "{why}");
}

/// What the directory says of an entry's size may be a lie; what is read is counted.
#[test]
fn a_bomb_whose_directory_lies_is_stopped_while_it_is_read() {
    let mut file = book(&sheet(&" ".repeat(8 << 20)));
    // The size in the central directory: 8 MiB become 4,096 bytes.
    let size = u32::try_from(sheet(&" ".repeat(8 << 20)).len()).unwrap().to_le_bytes();
    let places: Vec<_> = (0..file.len() - 4).filter(|i| file[*i..*i + 4] == size).collect();
    assert!(!places.is_empty());
    for place in places {
        file[place..place + 4].copy_from_slice(&4_096_u32.to_le_bytes());
    }
    assert!(told(&file).is_err());
}

#[test]
fn a_cell_of_ten_megabytes_is_refused_without_being_held() {
    let long = sheet(&format!(
        "<row r=\"7\"><c r=\"C7\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "长江黄河".repeat(900_000)
    ));
    let why = told(&book(&long)).unwrap_err();
    assert!(why.contains("过长"), "{why}");
    // One that is just over the format's own limit is told with its address.
    let over = sheet(&format!(
        "<row r=\"7\"><c r=\"C7\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "长江黄河".repeat(8_200)
    ));
    let why = told(&book(&over)).unwrap_err();
    assert!(why.contains("C7") && why.contains("台账"), "{why}");
}

#[test]
fn ten_thousand_sheets_are_refused() {
    let names: Vec<_> = (1..=10_000).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), "<worksheet/>")).collect();
    let why = told(&package(&parts)).unwrap_err();
    assert!(why.contains("工作表超过 50"), "{why}");
    // And ten thousand names for one part.
    let mut tabs = String::new();
    for n in 0..10_000 {
        write!(tabs, "<sheet name=\"{n}\" r:id=\"a\"/>").unwrap();
    }
    let book = format!("<workbook><sheets>{tabs}</sheets></workbook>");
    let rels = "<Relationships><Relationship Id=\"a\" Type=\"worksheet\" Target=\"s.xml\"/>\
        </Relationships>";
    let parts = [("xl/workbook.xml", book.as_str()), ("xl/_rels/workbook.xml.rels", rels)];
    assert!(told(&package(&parts)).unwrap_err().contains("工作表超过 50"));
}

#[test]
fn entities_and_depth_are_refused() {
    let laughs =
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><worksheet>&b;</worksheet>";
    assert!(told(&book(laughs)).unwrap_err().contains("内容声明"));
    let unknown = sheet("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&a;</v></c></row>");
    assert!(told(&book(&unknown)).unwrap_err().contains("内容声明"));
    let deep = format!("<worksheet>{}", "<a>".repeat(1_000_000));
    assert!(told(&book(&deep)).unwrap_err().contains("层次异常"));
    let long_tag = format!("<worksheet><{}", "a".repeat(5 << 20));
    assert!(told(&book(&long_tag)).is_err());
}

#[test]
fn more_rows_than_the_limit_are_refused_and_not_cut() {
    let mut xml = String::new();
    for n in 1..=200_001 {
        write!(xml, "<row r=\"{n}\"><c><v>1</v></c></row>").unwrap();
    }
    assert!(told(&book(&sheet(&xml))).unwrap_err().contains("第 200000 行"));
}

#[test]
fn what_is_no_workbook_is_told_what_to_do() {
    for (file, word) in [
        (b"%PDF-1.7".to_vec(), "不是 Excel"),
        ("事项,单位\n甲,乙\n".as_bytes().to_vec(), "不是 Excel"),
        (Vec::new(), "不是 Excel"),
        (b"PK\x03\x04 nothing".to_vec(), "已损坏"),
        (package(&[("word/document.xml", "<w/>")]), "不是 Excel"),
        (ledger()[..2_000].to_vec(), "已损坏"),
    ] {
        let why = told(&file).unwrap_err();
        assert!(why.contains(word), "{why}");
    }
    let compound = [&super::COMPOUND[..], &[0; 600]].concat();
    assert!(told(&compound).unwrap_err().contains("另存为 .xlsx"));
    for (name, word) in
        [("台账.et", ".et"), ("台账.csv", "CSV"), ("台账.XLSM", "宏"), ("a", "xlsx")]
    {
        assert!(super::not_taken(name).unwrap().zh.contains(word), "{name}");
    }
    assert!(super::not_taken("台账.XLSX").is_none());
}

/// Whatever is in the file: a message, never a panic.
#[test]
fn damage_anywhere_is_a_message() {
    let file = ledger();
    let step = file.len() / 400 + 1;
    for at in (0..file.len()).step_by(step) {
        let mut bent = file.clone();
        bent[at] ^= 0x5a;
        if let Err(why) = told(&bent) {
            assert!(!why.is_empty());
        }
    }
    let mut clipped = Cursor::new(file);
    clipped.set_position(1);
    assert!(super::read(clipped, &mut |_| Ok(())).is_ok(), "it is read from its beginning");
}
