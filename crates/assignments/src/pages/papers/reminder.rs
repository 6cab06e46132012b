//! 催办通知: what a unit has not done by its day, the longest overdue first.

use files::docx::{Block, Section, Sheet, Style, Values};
use journal::{Error, Result, Tx};
use kernel::{Refusal, text};
use people::tables::UnitRow;
use web::{Answer, Call, Paper, PaperSpec};

use super::{day, newest_item, short_day};
use crate::light::Light;
use crate::paper;
use crate::store::register::{self, Filter};
use crate::words;

/// Overdue assignments on one notice at most.
const ITEMS_MAX: i64 = 300;

/// 催办通知.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "reminder",
    title: text!("催办通知", "Reminder"),
    places: paper::REMINDER,
    lists: paper::OVERDUE_LIST,
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let unit = people::store::unit(&mut tx, call.city()?, call.id("id")?).await?;
    let unit = unit.ok_or_else(Error::missing)?;
    let paper = read(&call, &mut tx, &unit).await?;
    drop(tx);
    super::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    let filter = Filter { light: Some(Light::Red), ..Filter::default() };
    let Some(a) = newest_item(call, tx, &filter).await? else { return Ok(None) };
    let unit = people::store::unit(tx, call.city()?, a.unit_id).await?;
    Ok(Some(read(call, tx, &unit.ok_or_else(Error::missing)?).await?))
}

/// The notice for a unit; refused when nothing is overdue.
pub(crate) async fn read(call: &Call, tx: &mut Tx, unit: &UnitRow) -> Result<Paper> {
    let (city, today) = (call.city()?, call.today());
    let edges = crate::pages::edges(call, tx).await?;
    let filter = Filter { unit: Some(unit.id), light: Some(Light::Red), ..Filter::default() };
    let listed = register::list(tx, call.actor()?, &filter, &edges, ITEMS_MAX).await?;
    let Some(first) = listed.first() else {
        return Err(Refusal::rule(text!(
            "该单位没有逾期事项，不需要催办。",
            "Nothing of this unit is overdue; there is nothing to remind of."
        ))
        .into());
    };
    let calendar = people::store::calendar(tx, city, first.row.due_on, today).await?;
    let rows = (1..).zip(&listed).map(|(n, l): (usize, _)| {
        let last =
            l.row.last_report_on.map_or_else(|| "未反馈".to_owned(), |on| short_day(on, today));
        vec![
            n.to_string(),
            l.row.marked(),
            l.row.title.clone(),
            l.unit.clone(),
            short_day(l.row.issued_on, today),
            short_day(l.row.due_on, today),
            calendar.between(l.row.due_on, today).to_string(),
            last,
            words::state(l.row.state).zh.to_owned(),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let mut contacts: Vec<_> =
        listed.iter().map(|l| l.row.contact.as_str()).filter(|c| !c.is_empty()).collect();
    contacts.sort_unstable();
    contacts.dedup();
    let mut v = super::batch_values(call, tx, &SPEC, first.row.batch_id).await?;
    v.put("单位", &unit.name);
    v.put("逾期数", listed.len().to_string());
    v.put("截止日期", day(today));
    v.put("联系人", contacts.into_iter().take(5).collect::<Vec<_>>().join("；"));
    paper::fill(&SPEC, &mut v, "逾期事项", rows);
    Ok(Paper { spec: &SPEC, about: format!("{}-{today}", unit.short_name), values: v })
}

/// The notice in our layout.
fn layout(v: &Values) -> Vec<Section> {
    let mut blocks = vec![
        Block::text(Style::Title, "关于催办逾期交办事项的通知"),
        Block::text(Style::Addressee, format!("{}：", v.get("单位"))),
    ];
    let asked = format!(
        "截至{}，你单位有{}项交办事项超过完成时限仍未办结（见下表）。请抓紧办理，办完即在系统中报结；\
         尚未签收或者反馈的，请收到本通知当日补齐。确因客观原因不能办结的，请书面说明原因、目前进展和\
         预计完成时间。对时限或者责任单位有异议的，可以随时向我单位提出，经核实不属于你单位责任的，不计逾期。",
        v.get("截止日期"),
        v.get("逾期数")
    );
    super::layout::body(&mut blocks, &asked);
    let columns = [
        ("编号", 12, vec![1]),
        ("事项", 32, vec![2]),
        ("责任单位", 14, vec![3]),
        ("完成时限", 13, vec![5]),
        ("逾期工作日", 10, vec![6]),
        ("最近反馈", 13, vec![7]),
        ("状态", 10, vec![8]),
    ];
    blocks.push(super::layout::listed(v, "逾期事项", &columns));
    if !v.get("联系人").is_empty() {
        super::layout::body(&mut blocks, &format!("联系人：{}", v.get("联系人")));
    }
    super::layout::signed(&mut blocks, v);
    vec![super::layout::section(Sheet::Upright, blocks)]
}
