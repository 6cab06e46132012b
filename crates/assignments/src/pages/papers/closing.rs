//! 办结报告: what was asked, done, verified, and whether it was in time, to who raised it.

use files::docx::{Block, Section, Sheet, Style, Values};
use journal::{Error, Result, Tx};
use kernel::{Refusal, text};
use web::{Answer, Call, Paper, PaperSpec};

use super::{day, newest_item, post, sentence, unit};
use crate::paper;
use crate::store::register::{Filter, Sort};
use crate::store::{self, Scope, card};
use crate::tables::{AssignmentRow, Finding, ReportKind, ReportRow, State};
use crate::words;

/// 办结报告.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "closing_report",
    title: text!("办结报告", "Closing report"),
    places: paper::CLOSING,
    lists: paper::CHECKED,
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, actor) = (call.read().await?, *call.actor()?);
    let row = store::reach(&mut tx, &actor, call.id("id")?).await?;
    // It tells what was reported, so it is for those who may read the reports.
    let scope = Scope::of(&mut tx, &actor).await?;
    if !scope.sees_inside(&mut tx, &row).await? {
        return Err(Error::missing());
    }
    let paper = read(&call, &mut tx, &row).await?;
    drop(tx);
    super::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    let (state, sort) = (Some(State::Closed), Sort::Issued);
    match newest_item(call, tx, &Filter { state, sort, ..Filter::default() }).await? {
        Some(a) => Ok(Some(read(call, tx, &a).await?)),
        None => Ok(None),
    }
}

/// The report on an assignment that was reached; refused while it is open.
pub(crate) async fn read(call: &Call, tx: &mut Tx, a: &AssignmentRow) -> Result<Paper> {
    if !matches!(a.state, State::Closed | State::Archived) {
        return Err(Refusal::rule(text!(
            "事项办结后才有办结报告。",
            "There is a closing report once the assignment is closed."
        ))
        .into());
    }
    let city = call.city()?;
    let mut v = super::batch_values(call, tx, &SPEC, a.batch_id).await?;
    let parts = store::parts(tx, city, a.id).await?;
    let raiser = a.raised_by_post_id.or(a.leader_post_id);
    v.put("编号", a.marked());
    v.put("事项", &a.title);
    v.put("报送对象", post(tx, city, raiser).await?);
    v.put("交办日期", day(a.issued_on));
    v.put("交办依据", &a.basis);
    v.put("工作要求", &a.demand);
    v.put("完成标准", &a.standard);
    v.put("牵头单位", unit(tx, city, a.unit_id).await?);
    v.put("配合单位", super::sheet::co_units(call, tx, &parts).await?);
    v.put("完成时限", day(a.due_on));
    v.put("报结日期", a.submitted_on.map_or_else(String::new, day));
    v.put("办结日期", a.closed_on.map_or_else(String::new, day));
    let reports = card::reports(tx, city, a.id).await?;
    let submitted = reports.iter().find(|r| r.kind == ReportKind::Done);
    v.put("办理情况", submitted.map_or("", |r| r.done.as_str()));
    v.put("完成量", quantity(a, submitted));
    v.put("时限情况", in_time(a));
    let files = card::attachments(tx, city, a.id).await?;
    let of_it = files.iter().filter(|f| submitted.is_some_and(|r| r.id == f.report_id));
    v.put("附件", of_it.map(|f| f.name.clone()).collect::<Vec<_>>().join("\n"));
    paper::fill(&SPEC, &mut v, "核实", checks(call, tx, a).await?);
    Ok(Paper { spec: &SPEC, about: a.label.clone(), values: v })
}

async fn checks(call: &Call, tx: &mut Tx, a: &AssignmentRow) -> Result<Vec<Vec<String>>> {
    let (city, zone) = (call.city()?, call.zone());
    let mut rows = Vec::new();
    for v in card::verifications(tx, city, a.id).await?.into_iter().rev() {
        let result = match v.result {
            Finding::Confirmed => words::CONFIRMED,
            Finding::Rework => words::REWORK,
        };
        rows.push(vec![
            day(v.at.day(&zone)),
            post(tx, city, Some(v.post_id)).await?,
            words::method(v.method).zh.to_owned(),
            result.zh.to_owned(),
            v.finding,
        ]);
    }
    Ok(rows)
}

fn quantity(a: &AssignmentRow, submitted: Option<&ReportRow>) -> String {
    let reached = submitted.and_then(|r| r.quantity).unwrap_or(a.reached);
    match a.goal {
        Some(goal) => format!("{reached}{}（目标{goal}{}）", a.quantity_unit, a.quantity_unit),
        None if a.quantity_unit.is_empty() => String::new(),
        None => format!("{reached}{}", a.quantity_unit),
    }
}

fn in_time(a: &AssignmentRow) -> String {
    let mut text = match a.on_time {
        Some(true) => "按期办结".to_owned(),
        Some(false) => "逾期办结".to_owned(),
        None => String::new(),
    };
    if a.extensions > 0 {
        text.push_str(&format!(
            "，经批准延期{}次，时限由{}调整为{}",
            a.extensions,
            day(a.first_due_on),
            day(a.due_on)
        ));
    }
    if a.reworks > 0 {
        text.push_str(&format!("，退办{}次", a.reworks));
    }
    text
}

/// The report in our layout.
fn layout(v: &Values) -> Vec<Section> {
    let mut blocks = vec![
        Block::text(Style::Title, title(v.get("事项"))),
        Block::text(Style::Under, format!("（{}）", v.get("编号"))),
    ];
    if !v.get("报送对象").is_empty() {
        blocks.push(Block::text(Style::Addressee, format!("{}：", v.get("报送对象"))));
    }
    chapter(&mut blocks, "一、交办情况", &asked(v));
    let mut done = sentence(v.get("办理情况"));
    if !v.get("完成量").is_empty() {
        done.push_str(&format!("\n完成量：{}。", v.get("完成量")));
    }
    chapter(&mut blocks, "二、办理情况", &done);
    let checks: Vec<_> = v
        .rows("核实")
        .iter()
        .filter_map(|row| match row.as_slice() {
            [at, who, how, result, finding] => {
                Some(format!("{at}，{who}{how}，结论：{result}。{}", sentence(finding)))
            }
            _ => None,
        })
        .collect();
    chapter(&mut blocks, "三、核实情况", &checks.join("\n"));
    let time = format!(
        "完成时限{}，报结{}，办结{}。{}。",
        v.get("完成时限"),
        v.get("报结日期"),
        v.get("办结日期"),
        v.get("时限情况")
    );
    chapter(&mut blocks, "四、时限情况", &time);
    for (n, name) in (1..).zip(v.get("附件").lines()) {
        let head = if n == 1 { "附件：" } else { "　　　" };
        super::layout::body(&mut blocks, &format!("{head}{n}. {name}"));
    }
    super::layout::signed(&mut blocks, v);
    vec![super::layout::section(Sheet::Upright, blocks)]
}

/// The title; a long one breaks where its sense does.
fn title(subject: &str) -> String {
    /// Characters of 二号 in a line of 156 mm.
    const LINE: usize = 20;
    let whole = format!("关于“{subject}”办结情况的报告");
    if whole.chars().count() <= LINE {
        return whole;
    }
    format!("关于“{subject}”\n办结情况的报告")
}

fn asked(v: &Values) -> String {
    let mut text = format!("{}交办{}。", v.get("交办日期"), v.get("牵头单位"));
    if !v.get("交办依据").is_empty() {
        text.push_str(&format!("依据：{}。", v.get("交办依据").trim_end_matches('。')));
    }
    let (demand, standard) = (sentence(v.get("工作要求")), sentence(v.get("完成标准")));
    text.push_str(&format!("\n要求：{demand}\n完成标准：{standard}"));
    let co: Vec<_> = v.get("配合单位").lines().collect();
    if !co.is_empty() {
        text.push_str(&format!("\n配合单位：{}", sentence(&co.join("；"))));
    }
    text
}

fn chapter(blocks: &mut Vec<Block>, title: &str, text: &str) {
    blocks.push(Block::text(Style::First, title));
    super::layout::body(blocks, text);
}
