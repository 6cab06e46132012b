//! 交办单: one assignment on one sheet, to be handed to its unit.

use files::docx::{Block, Cell, Section, Sheet, Style, Table, Values};
use journal::{Result, Tx};
use kernel::{Role, text};
use web::{Answer, Call, Paper, PaperSpec};

use super::{day, newest_item, post, unit};
use crate::paper;
use crate::store::register::{Filter, Sort};
use crate::store::{self, card};
use crate::tables::{AssignmentRow, AssignmentUnitRow, Rhythm, UnitRole};
use crate::words;

/// 交办单.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "sheet",
    title: text!("交办单", "Assignment sheet"),
    places: paper::SHEET,
    lists: &[],
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let row = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let paper = read(&call, &mut tx, &row).await?;
    drop(tx);
    super::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    let filter = Filter { sort: Sort::Issued, ..Filter::default() };
    match newest_item(call, tx, &filter).await? {
        Some(a) => Ok(Some(read(call, tx, &a).await?)),
        None => Ok(None),
    }
}

/// The sheet of an assignment that was reached.
pub(crate) async fn read(call: &Call, tx: &mut Tx, a: &AssignmentRow) -> Result<Paper> {
    let city = call.city()?;
    let mut v = super::batch_values(call, tx, &SPEC, a.batch_id).await?;
    let batch = store::batch::batch(tx, city, a.batch_id).await?;
    let parts = store::parts(tx, city, a.id).await?;
    v.put("编号", a.marked());
    v.put("批次", batch.title);
    v.put("紧急程度", words::urgency(a.urgency).zh);
    v.put("重要程度", words::importance(a.importance).zh);
    v.put("交办日期", day(a.issued_on));
    v.put("交办依据", &a.basis);
    v.put("事项", &a.title);
    v.put("工作要求", &a.demand);
    v.put("完成标准", &a.standard);
    v.put("市级责任领导", post(tx, city, a.leader_post_id).await?);
    v.put("交办领导", post(tx, city, a.raised_by_post_id).await?);
    v.put("完成时限", day(a.due_on));
    v.put("原定时限", day(a.first_due_on));
    v.put("签发人", super::signer(call, tx, a.batch_id).await?);
    v.put("督查联系人及电话", &a.contact);
    v.put("签收情况", a.accepted_on.map_or_else(String::new, |on| format!("{}已签收", day(on))));
    let answers = parts.iter().find(|p| p.unit_id == a.unit_id && p.role != UnitRole::Co);
    let role = answers.map_or(UnitRole::Lead, |p| p.role);
    v.put("主办方式", words::unit_role(role).zh);
    v.put("责任岗位及电话", answers.map_or("", |p| p.responsible.as_str()));
    v.put("牵头单位", unit(tx, city, a.unit_id).await?);
    v.put("配合单位", co_units(call, tx, &parts).await?);
    let heads = people::store::holders(tx, city, a.unit_id, Role::Head, call.today()).await?;
    v.put("责任人", post(tx, city, heads.first().map(|p| p.id)).await?);
    let milestones = card::milestones(tx, city, a.id).await?;
    let lines: Vec<_> =
        milestones.iter().map(|m| format!("{} {}", day(m.due_on), m.title)).collect();
    v.put("节点", lines.join("\n"));
    v.put("反馈频次及形式", feedback(a));
    v.put("备注", remarks(call, tx, a).await?);
    Ok(Paper { spec: &SPEC, about: a.label.clone(), values: v })
}

/// 配合单位 with their own parts and days.
pub(super) async fn co_units(
    call: &Call,
    tx: &mut Tx,
    parts: &[AssignmentUnitRow],
) -> Result<String> {
    let mut lines = Vec::new();
    for p in parts.iter().filter(|p| p.role == UnitRole::Co) {
        let mut line = unit(tx, call.city()?, p.unit_id).await?;
        if !p.part.is_empty() {
            line = format!("{line}：{}", p.part);
        }
        if let Some(due) = p.due_on {
            line = format!("{line}（{}前）", day(due));
        }
        if !p.responsible.is_empty() {
            line = format!("{line}，{}", p.responsible);
        }
        lines.push(line);
    }
    Ok(lines.join("\n"))
}

fn feedback(a: &AssignmentRow) -> String {
    let rhythm = match a.rhythm {
        Rhythm::Once => words::rhythm(a.rhythm).zh.to_owned(),
        Rhythm::Weekly | Rhythm::Monthly => {
            format!("{}反馈", words::closing(a.rhythm, (a.report_day, a.report_hour)).zh)
        }
    };
    let files = if a.evidence.is_empty() {
        "，不需另附材料".to_owned()
    } else {
        format!("，随报结提供：{}", a.evidence)
    };
    format!("{rhythm}，在系统中填报{files}")
}

async fn remarks(call: &Call, tx: &mut Tx, a: &AssignmentRow) -> Result<String> {
    let mut lines = Vec::new();
    if a.due_on != a.first_due_on {
        lines.push(format!("时限由{}调整为{}", day(a.first_due_on), day(a.due_on)));
    }
    if let Some(parent) = a.parent_id {
        let parent = store::assignment(tx, call.city()?, parent).await?;
        lines.push(format!("由{}分解", parent.label));
    }
    if a.restricted {
        lines.push("仅限责任单位、配合单位知悉".to_owned());
    }
    Ok(lines.join("\n"))
}

/// The sheet in our layout.
fn layout(v: &Values) -> Vec<Section> {
    let wide = |label: &str, text: &str| vec![Cell::head(label), Cell::text(text).over(3)];
    let pair = |(a, x): (&str, &str), (b, y): (&str, &str)| {
        vec![Cell::head(a), Cell::text(x), Cell::head(b), Cell::text(y)]
    };
    let of = |name: &'static str| (name, v.get(name));
    let mut rows = vec![
        pair(of("编号"), of("紧急程度")),
        pair(of("交办日期"), of("完成时限")),
        wide("交办依据", v.get("交办依据")),
        wide("事项", v.get("事项")),
        wide("工作要求", v.get("工作要求")),
        wide("完成标准", v.get("完成标准")),
        pair(of("市级责任领导"), of("重要程度")),
        pair((v.get("主办方式"), v.get("牵头单位")), of("责任人")),
        wide("责任岗位\n及电话", v.get("责任岗位及电话")),
        wide("配合单位", v.get("配合单位")),
    ];
    if !v.get("节点").is_empty() {
        rows.push(wide("节点", v.get("节点")));
    }
    rows.push(wide("反馈频次及形式", v.get("反馈频次及形式")));
    rows.push(pair(of("签发人"), ("督查联系人\n及电话", v.get("督查联系人及电话"))));
    let received = match v.get("签收情况") {
        "" => "签收单位（章）：\n\n签收人：　　　　　　　　签收时间：　　　年　　月　　日",
        done => done,
    };
    rows.push(vec![Cell::head("签收栏"), Cell::text(received).over(3).high(22)]);
    rows.push(vec![Cell::head("备注"), Cell::text(v.get("备注")).over(3).high(12)]);
    let table = Table { columns: vec![21, 31, 20, 28], head: Vec::new(), rows };
    let blocks = vec![
        Block::text(Style::Title, format!("{}督查交办单", v.get("城市"))),
        Block::Table(table),
        Block::text(Style::Note, format!("{}　{}", v.get("批次"), v.get("督查机关"))),
    ];
    vec![super::layout::section(Sheet::Upright, blocks)]
}
