//! 事项清单: a batch as it is handed out, on sheets that lie, its head on every page.

use files::docx::{Block, Section, Sheet, Style, Values};
use journal::{Result, Tx};
use kernel::{Day, text};
use web::{Answer, Call, Paper, PaperSpec};

use super::lines::{self, Line};
use super::{day, newest_batch};
use crate::paper;
use crate::tables::BatchRow;
use crate::words;

/// 事项清单.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "list",
    title: text!("事项清单", "List of items"),
    places: paper::LIST,
    lists: paper::LISTED,
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let batch = lines::reach(&call, &mut tx, call.id("id")?).await?;
    let paper = read(&call, &mut tx, &batch).await?;
    drop(tx);
    super::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    match newest_batch(call, tx).await? {
        Some(batch) => Ok(Some(read(call, tx, &batch).await?)),
        None => Ok(None),
    }
}

/// The list of a batch that was reached.
pub(crate) async fn read(call: &Call, tx: &mut Tx, batch: &BatchRow) -> Result<Paper> {
    let mut v = super::batch_values(call, tx, &SPEC, batch.id).await?;
    let lines = lines::lines(call, tx, batch).await?;
    v.put("清单名称", &batch.title);
    let state = words::batch_state(batch.state).zh;
    v.put("印发日期", batch.issued_on.map_or_else(|| format!("（{state}）"), day));
    v.put("事项数", lines.len().to_string());
    v.put("签发人", super::signer(call, tx, batch.id).await?);
    paper::fill(&SPEC, &mut v, "清单", rows(&lines, call.today()));
    Ok(Paper { spec: &SPEC, about: batch.title.clone(), values: v })
}

/// The rows of a list.
pub(super) fn rows(lines: &[Line], today: Day) -> Vec<Vec<String>> {
    (1..).zip(lines).map(|(n, line)| line.cells(n, today)).collect()
}

/// The columns of a list of lines.
pub(super) fn columns() -> Vec<(&'static str, u32, Vec<usize>)> {
    vec![
        ("编号", 11, vec![1]),
        ("事项", 22, vec![2]),
        ("工作要求及完成标准", 35, vec![3, 4]),
        ("市级责任领导", 12, vec![5]),
        ("责任单位", 15, vec![6]),
        ("配合单位", 14, vec![7]),
        ("完成时限", 14, vec![8]),
        ("紧急程度", 7, vec![9]),
        ("备注", 7, vec![10]),
    ]
}

/// The list in our layout.
fn layout(v: &Values) -> Vec<Section> {
    let signed = match v.get("签发人") {
        "" => String::new(),
        who => format!("　　签发：{who}"),
    };
    let lead = format!(
        "{}　　{}　　共{}项{signed}",
        v.get("督查机关"),
        v.get("印发日期"),
        v.get("事项数")
    );
    let mut blocks =
        vec![Block::text(Style::List, v.get("清单名称")), Block::text(Style::Lead, lead)];
    blocks.push(super::layout::listed(v, "清单", &columns()));
    vec![super::layout::section(Sheet::Lying, blocks)]
}
