//! What is written is read back by another program's reader.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};

use super::{Cell, Column, Form, Head, Sheet};

fn head() -> Head {
    let states = (1..=60).map(|n| format!("状态之{n}，名称较长")).collect();
    Head {
        title: "事项台账".into(),
        below: "共 2 项".into(),
        columns: vec![
            Column::new("事项", 40, Form::Text),
            Column::new("状态", 12, Form::Choice(states)),
            Column::new("完成时限", 12, Form::Day),
            Column::new("金额", 12, Form::Number),
            Column::new("完成率", 10, Form::Percent),
        ],
    }
}

fn written(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut sheet = Sheet::begin(&head()).unwrap();
    for row in rows {
        sheet.row(row).unwrap();
    }
    let mut file = Cursor::new(Vec::new());
    sheet.finish(&mut file).unwrap();
    file.into_inner()
}

fn row(title: &str) -> Vec<Cell> {
    vec![
        Cell::text(title),
        Cell::text("状态之1，名称较长"),
        Cell::day("2021-11-12".parse().ok()),
        Cell::Number(902_000, 4),
        Cell::Number(978, 3),
    ]
}

/// A part of the file as text.
fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn values_come_back_with_their_types() {
    let file = written(&[row("产业园用地报批"), row("高速连接线\n拆迁")]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    let range = book.worksheet_range("事项台账").unwrap();
    let at = |row, column| range.get_value((row, column)).cloned().unwrap();
    assert_eq!(at(0, 0), Data::String("事项台账".into()));
    assert_eq!(at(2, 3), Data::String("金额".into()));
    assert_eq!(at(3, 0), Data::String("产业园用地报批".into()));
    assert_eq!(at(4, 0), Data::String("高速连接线\n拆迁".into()));
    assert_eq!((at(3, 3), at(3, 4)), (Data::Float(90.2), Data::Float(0.978)));
    let Data::DateTime(day) = at(3, 2) else { unreachable!("{:?}", at(3, 2)) };
    assert_eq!(day.to_ymd_hms_milli(), (2021, 11, 12, 0, 0, 0, 0));
}

/// TM-08: what begins like a formula is text, and stays what it was.
#[test]
fn nothing_that_people_wrote_becomes_a_formula() {
    let hostile = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "{=1}"];
    let file = written(&hostile.map(row));
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no formula");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    let range = book.worksheet_range("事项台账").unwrap();
    for (n, text) in (3..).zip(hostile) {
        assert_eq!(range.get_value((n, 0)), Some(&Data::String(text.into())));
    }
}

#[test]
fn the_header_is_frozen_and_repeated_and_choices_stand_in_a_hidden_sheet() {
    let file = written(&[row("一")]);
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("ySplit=\"3\"") && sheet.contains("state=\"frozen\""), "{sheet:.600}");
    assert!(sheet.contains("<formula1>words_1</formula1>"), "the choice is a name, not a list");
    assert!(sheet.contains("<autoFilter ref=\"A3:E4\"/>"));
    let book = part(&file, "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("words_1"), "{book}");
    assert!(book.contains("state=\"hidden\""), "{book}");
    let words: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    assert_eq!(words.sheet_names(), ["事项台账", "字典"]);
}

#[test]
fn a_cell_that_is_too_long_or_holds_control_letters_is_cut() {
    let long = "长".repeat(40_000);
    let file = written(&[row(&long), row("甲\u{0}\u{1b}乙")]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    let range = book.worksheet_range("事项台账").unwrap();
    let Some(Data::String(text)) = range.get_value((3, 0)) else { unreachable!("no text") };
    assert_eq!((text.chars().count(), text.chars().last()), (32_767, Some('…')));
    assert_eq!(range.get_value((4, 0)), Some(&Data::String("甲乙".into())));
}

#[test]
fn a_row_of_another_length_is_a_fault() {
    let mut sheet = Sheet::begin(&head()).unwrap();
    assert!(sheet.row(&[Cell::Empty]).is_err());
}
