//! The registers of slips and of missed reports as filtered, as spreadsheets to work on with Excel or
//! WPS; noted in the access log.

use std::collections::BTreeMap;

use files::sheet::write::{Cell, Column, Form};
use journal::Result;
use kernel::{Day, Lang, Text, text};
use people::export::{self, column};
use web::{Answer, Call};

use super::missed::{self, Item};
use crate::store::list::{self, Filter, Listed};
use crate::tables::{Colour, SlipState};
use crate::words;

/// Rows read at once.
const CHUNK: i64 = 500;

pub(crate) async fn slips(call: Call) -> Result<Answer> {
    let _desk = export::desk()?;
    let (city, today, lang) = (call.city()?, call.today(), call.lang);
    let mut sheet = export::begin(&call, words::REGISTER, slip_columns(lang)).await?;
    let mut tx = call.read().await?;
    let mut filter = Filter { after: None, ..super::slips::filter(&call.query) };
    let mut count = 0;
    loop {
        let listed = list::slips(&mut tx, call.actor()?, &filter, CHUNK).await?;
        let (Some(first), Some(last)) = (listed.first(), listed.last()) else { break };
        let span = (last.row.id, first.row.id);
        let answers = list::signed_answers(&mut tx, city, span).await?;
        // The newest comes last.
        let answers: BTreeMap<_, _> = answers.into_iter().collect();
        filter.after = Some(last.row.id);
        for one in &listed {
            count += 1;
            export::within(count)?;
            let done = answers.get(&one.row.id).map_or("", String::as_str);
            sheet.row(&slip_cells(one, done, (today, lang)))?;
        }
    }
    drop(tx);
    export::hand_over(&call, (words::REGISTER, count), sheet).await
}

pub(crate) async fn missed_reports(call: Call) -> Result<Answer> {
    let _desk = export::desk()?;
    let (city, lang) = (call.city()?, call.lang);
    let columns = vec![
        column(lang, words::NUMBER, (14, Form::Text)),
        column(lang, words::ASSIGNMENT, (40, Form::Text)),
        column(lang, words::RESPONSIBLE_UNIT, (16, Form::Text)),
        column(lang, words::CLOSED_ON, (12, Form::Day)),
        column(lang, text!("登记日期", "Found on"), (12, Form::Day)),
        column(lang, words::LAST_REPORT, (12, Form::Day)),
        column(lang, words::NOW, (12, Form::Text)),
    ];
    let mut sheet = export::begin(&call, words::MISSED, columns).await?;
    let mut tx = call.read().await?;
    let (unit, mut after, mut count) = (missed::unit(&call), None, 0);
    loop {
        let rows = list::missed(&mut tx, city, (unit, after), CHUNK).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.closed_on, last.assignment_id));
        for item in rows.into_iter().map(Item::of) {
            count += 1;
            export::within(count)?;
            sheet.row(&missed_cells(&item, lang))?;
        }
    }
    drop(tx);
    export::hand_over(&call, (words::MISSED, count), sheet).await
}

fn slip_columns(lang: Lang) -> Vec<Column> {
    let choice = |words: Vec<Text>| {
        Form::Choice(words.into_iter().map(|word| word.of(lang).to_owned()).collect())
    };
    let colours = choice(Colour::ALL.iter().map(|c| words::colour(*c)).collect());
    let states = choice(SlipState::ALL.iter().map(|s| words::state(*s)).collect());
    let all = [
        (words::NUMBER, 20, Form::Text),
        (words::COLOUR, 9, colours),
        (words::TIME, 9, Form::Number),
        (words::STATE, 16, states),
        (words::UNIT, 16, Form::Text),
        (words::ITEM_NUMBER, 14, Form::Text),
        (words::ITEM, 32, Form::Text),
        (words::ITEM_DUE, 12, Form::Day),
        (words::DRAFTED_BY, 18, Form::Text),
        (text!("拟稿日期", "Drafted on"), 12, Form::Day),
        (words::ISSUED_ON, 12, Form::Day),
        (words::ANSWER_BY, 12, Form::Day),
        (text!("回执日期", "Answered on"), 12, Form::Day),
        (text!("回执是否超期", "Answered late"), 12, Form::Text),
        (text!("了结日期", "Ended on"), 12, Form::Day),
        (words::FINDING, 40, Form::Text),
        (words::DEMAND, 40, Form::Text),
        (words::CONSEQUENCE, 32, Form::Text),
        (words::COPIES, 16, Form::Text),
        (words::DONE, 40, Form::Text),
    ];
    let all = all.into_iter();
    all.map(|(title, width, form)| column(lang, title, (width, form))).collect()
}

fn slip_cells(one: &Listed, done: &str, (today, lang): (Day, Lang)) -> Vec<Cell> {
    let s = &one.row;
    let word = |word: Text| Cell::text(word.of(lang));
    let is_due = s.answer_by.is_some();
    vec![
        if s.number.is_some() { Cell::text(s.label()) } else { Cell::Empty },
        word(words::colour(s.colour)),
        Cell::number(s.time),
        word(words::state(s.state)),
        Cell::text(&one.unit),
        Cell::text(&one.item),
        Cell::text(&one.title),
        Cell::Day(s.item_due_on),
        word(words::drafted_by(s)),
        Cell::Day(s.opened_on),
        Cell::day(s.issued_on),
        Cell::day(s.answer_by),
        Cell::day(s.answered_on),
        match s.is_late(today) {
            true => word(text!("超期", "Late")),
            false if is_due => word(text!("未超期", "No")),
            false => Cell::Empty,
        },
        Cell::day(s.ended_on),
        Cell::text(&s.finding),
        Cell::text(&s.demand),
        Cell::text(&s.consequence),
        Cell::text(&s.copies),
        Cell::text(done),
    ]
}

fn missed_cells(item: &Item, lang: Lang) -> Vec<Cell> {
    vec![
        Cell::text(&item.label),
        Cell::text(&item.title),
        Cell::text(&item.unit),
        Cell::Day(item.closed_on),
        Cell::Day(item.found_on),
        Cell::day(item.last_report_on),
        Cell::text(item.now().1.of(lang)),
    ]
}
