//! The register as filtered, as a spreadsheet to work on with Excel or WPS; noted in the access log.

use files::sheet::write::{Cell, Column, Form};
use journal::Result;
use kernel::{Lang, Text, text};
use people::export;
use web::{Answer, Call};

use crate::light::Light;
use crate::store;
use crate::store::register::{self, Filter, Listed};
use crate::tables::{Importance, Rhythm, State, Urgency};
use crate::words;

/// Rows read at once.
const CHUNK: i64 = 500;

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let _desk = export::desk()?;
    let mut sheet = export::begin(&call, words::REGISTER, columns(call.lang)).await?;
    let mut tx = call.read().await?;
    let edges = super::edges(&call, &mut tx).await?;
    let mut filter = Filter { after: None, ..super::register::asked(&call)? };
    let mut count = 0;
    loop {
        let listed = register::list(&mut tx, call.actor()?, &filter, &edges, CHUNK).await?;
        let Some(last) = listed.last() else { break };
        filter.after = Some(filter.sort.key(&last.row));
        let posts = store::responsible(&mut tx, call.city()?, &listed).await?;
        for one in listed {
            count += 1;
            export::within(count)?;
            let post = posts.get(&one.row.id).map_or("", String::as_str);
            sheet.row(&cells(&one, post, edges.light(&one.row), call.lang))?;
        }
    }
    drop(tx);
    export::hand_over(&call, (words::REGISTER, count), sheet).await
}

fn columns(lang: Lang) -> Vec<Column> {
    let choice = |words: Vec<Text>| {
        Form::Choice(words.into_iter().map(|word| word.of(lang).to_owned()).collect())
    };
    let states = choice(State::ALL.iter().map(|s| words::state(*s)).collect());
    let lights = choice(Light::ALL.iter().map(|l| words::light(*l)).collect());
    let urgencies = choice(Urgency::ALL.iter().map(|u| words::urgency(*u)).collect());
    let weights = choice(Importance::ALL.iter().map(|i| words::importance(*i)).collect());
    let rhythms = choice(Rhythm::ALL.iter().map(|r| words::rhythm(*r)).collect());
    let all = [
        (text!("编号", "No."), 14, Form::Text),
        (text!("事项", "Assignment"), 32, Form::Text),
        (text!("工作要求", "Demand"), 48, Form::Text),
        (text!("完成标准", "Completion standard"), 32, Form::Text),
        (text!("责任单位", "Unit"), 14, Form::Text),
        (words::RESPONSIBLE, 22, Form::Text),
        (text!("状态", "State"), 11, states),
        (text!("亮灯", "Light"), 9, lights),
        (text!("交办日期", "Issued"), 12, Form::Day),
        (text!("完成时限", "Due"), 12, Form::Day),
        (text!("原定时限", "Due as issued"), 12, Form::Day),
        (text!("报结日期", "Submitted"), 12, Form::Day),
        (text!("办结日期", "Closed"), 12, Form::Day),
        (text!("是否按时", "In time"), 10, Form::Text),
        (text!("紧急程度", "Urgency"), 10, urgencies),
        (text!("重要程度", "Importance"), 10, weights),
        (text!("反馈频次", "Reporting rhythm"), 12, rhythms),
        (text!("目标量", "Goal"), 10, Form::Number),
        (text!("完成量", "Reached"), 10, Form::Number),
        (text!("计量单位", "Unit of quantity"), 10, Form::Text),
        (words::TAKEN_OVER, 10, Form::Text),
        (words::LEDGER, 30, Form::Text),
    ];
    let all = all.into_iter();
    all.map(|(title, width, form)| export::column(lang, title, (width, form))).collect()
}

fn cells(one: &Listed, responsible: &str, light: Light, lang: Lang) -> Vec<Cell> {
    let a = &one.row;
    let word = |word: Text| Cell::text(word.of(lang));
    let in_time = match a.on_time {
        Some(true) => word(text!("按时", "Yes")),
        Some(false) => word(text!("逾期", "No")),
        None => Cell::Empty,
    };
    vec![
        Cell::text(&a.label),
        Cell::text(&a.title),
        Cell::text(&a.demand),
        Cell::text(&a.standard),
        Cell::text(&one.unit),
        Cell::text(responsible),
        word(words::state(a.state)),
        word(words::light(light)),
        Cell::Day(a.issued_on),
        Cell::Day(a.due_on),
        Cell::Day(a.first_due_on),
        Cell::day(a.submitted_on),
        Cell::day(a.closed_on),
        in_time,
        word(words::urgency(a.urgency)),
        word(words::importance(a.importance)),
        word(words::rhythm(a.rhythm)),
        Cell::number(a.goal),
        if a.goal.is_some() { Cell::Number(a.reached, 0) } else { Cell::Empty },
        Cell::text(&a.quantity_unit),
        if a.taken_over { word(words::TAKEN_OVER) } else { Cell::Empty },
        Cell::text(&a.ledger),
    ]
}
