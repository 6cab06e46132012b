//! 督办单 with its 回执 as a Word file: what stands on it as values by name, which fill the
//! office's own form or our layout.

use assignments::pages::papers;
use assignments::tables::Verdict;
use files::docx::{Block, Cell, Section, Sheet, Style, Table, Values};
use journal::{Result, Tx};
use kernel::{Day, Refusal, text};
use web::{Answer, Call, Paper, PaperSpec, Place};

use super::slip::{Card, Replied};
use crate::slip::written;
use crate::{store, words};

/// 督办单.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "slip",
    title: words::SLIP,
    places: PLACES,
    lists: &[],
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

/// The papers of this room.
pub(crate) const SPECS: &[&PaperSpec] = &[&SPEC];

const PLACES: &[Place] = &[
    ("编号", text!("如 督办〔2021〕3号", "Like 督办〔2021〕3号")),
    ("颜色", text!("蓝色、黄色、橙色或红色", "Blue, yellow, orange or red")),
    ("第几次", text!("对该单位该事项的第几次", "The how manieth for this item and unit")),
    ("被督办单位", text!("单位全称", "The unit's full name")),
    ("印发日期", text!("印发日期", "Issued on")),
    ("原事项编号", text!("如 14-3", "Like 14-3")),
    ("原事项", text!("事项名称", "The item's title")),
    ("原时限", text!("事项现行时限", "The item's due day as it stands")),
    ("原定时限", text!("事项印发时的时限", "The item's due day as issued")),
    ("延期情况", text!("“未延期”或“已延期”", "Whether it was extended")),
    ("核实的现状", text!("核实的现状", "How it stands")),
    ("督办要求", text!("督办要求", "What is demanded")),
    ("反馈期限", text!("反馈期限", "Answer by")),
    ("逾期后果", text!("逾期后果", "What follows if it is not met")),
    ("签发人", text!("末级审签人职务及日期", "Who signed last, and when")),
    ("抄送", text!("抄送；没有则为空", "Copies to; empty if none")),
    ("整改情况", text!("回执：整改情况；未回执则为空", "Answer: what was put right; else empty")),
    ("责任岗位", text!("回执：责任岗位", "Answer: who is responsible")),
    ("单位签发", text!("回执：单位签发人及日期", "Answer: who signed it, and when")),
    ("核实意见", text!("回执：督查局核实意见", "Answer: what the bureau said of it")),
];

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let card = read(&call).await?;
    let paper = paper(&call, &mut call.read().await?, &card).await?;
    papers::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    let Some(row) = store::list::newest_issued(tx, call.actor()?).await? else { return Ok(None) };
    let card = super::slip::read(call, tx, row).await?;
    Ok(Some(paper(call, tx, &card).await?))
}

/// The slip of the path, once it is issued: before that there is no paper.
pub(crate) async fn read(call: &Call) -> Result<Card> {
    let mut tx = call.read().await?;
    let row = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    if row.number.is_none() {
        let told = text!("印发后才有督办单文本。", "There is a paper once it is issued.");
        return Err(Refusal::rule(told).into());
    }
    super::slip::read(call, &mut tx, row).await
}

/// A day or a dash.
pub(crate) fn or_dash(day: Option<Day>) -> String {
    day.map_or_else(|| "—".to_owned(), written)
}

/// 颜色及第几次.
pub(crate) fn colour_and_time(card: &Card) -> String {
    let colour = words::colour(card.slip.colour).zh;
    format!("{colour} 第{}次", card.slip.time.unwrap_or(1))
}

/// 原时限及已延期.
pub(crate) fn due(card: &Card) -> String {
    told_due(&written(card.row.item_due_on), &written(card.item_first_due_on))
}

fn told_due(due: &str, first: &str) -> String {
    if due == first {
        format!("{due}（未延期）")
    } else {
        format!("{due}（原定{first}，已延期）")
    }
}

/// 签发人: who signed last, with the day.
pub(crate) fn signed(card: &Card) -> String {
    let mut agreed = card.signs.iter().filter(|s| s.verdict == Verdict::Agreed && s.step > 0);
    agreed.next_back().map_or_else(String::new, |s| {
        let how = if s.on_paper { words::ON_PAPER.zh } else { "" };
        format!("{}{how} {}", s.who, written(s.on))
    })
}

/// The answer that counts: the newest one that a head signed.
pub(crate) fn replied(card: &Card) -> Option<&Replied> {
    card.answers.iter().find(|a| a.signed_on.is_some())
}

/// 单位签发: who signed the answer, with the day.
pub(crate) fn answer_signed(a: &Replied) -> String {
    let how = if a.on_paper { words::ON_PAPER.zh } else { "" };
    let (who, on) = (a.signed_by.as_deref().unwrap_or_default(), a.signed_on.map(written));
    format!("{who}{how} {}", on.unwrap_or_default())
}

/// 核实意见 in words.
fn judged(a: &Replied) -> String {
    match a.verdict {
        Some(Verdict::Agreed) => format!("通过，销号。{}", a.words),
        Some(Verdict::Returned) => format!("退回。{}", a.words),
        None => String::new(),
    }
}

/// The paper of a slip that was reached.
async fn paper(call: &Call, tx: &mut Tx, card: &Card) -> Result<Paper> {
    let mut v = papers::values(call, tx, &SPEC, card.drafter).await?;
    let (s, row) = (&card.slip, &card.row);
    v.put("编号", &s.label);
    v.put("颜色", words::colour(s.colour).zh);
    v.put("第几次", format!("第{}次", s.time.unwrap_or(1)));
    v.put("被督办单位", &card.unit_full);
    v.put("印发日期", s.issued_on.map_or_else(String::new, written));
    v.put("原事项编号", &s.item);
    v.put("原事项", &s.title);
    v.put("原时限", written(row.item_due_on));
    v.put("原定时限", written(card.item_first_due_on));
    let extended = row.item_due_on != card.item_first_due_on;
    v.put("延期情况", if extended { "已延期" } else { "未延期" });
    v.put("核实的现状", &card.finding);
    v.put("督办要求", &card.demand);
    v.put("反馈期限", s.answer_by.map_or_else(String::new, written));
    v.put("逾期后果", &card.consequence);
    v.put("签发人", signed(card));
    v.put("抄送", &card.copies);
    if let Some(a) = replied(card) {
        v.put("整改情况", &a.done);
        v.put("责任岗位", &a.responsible);
        v.put("单位签发", answer_signed(a));
        v.put("核实意见", judged(a));
    }
    Ok(Paper { spec: &SPEC, about: s.label.clone(), values: v })
}

/// 督办单 in our layout.
fn layout(v: &Values) -> Vec<Section> {
    let wide = |label: &str, text: &str| vec![Cell::head(label), Cell::text(text).over(3)];
    let pair = |a: &str, x: &str, b: &str, y: &str| {
        vec![Cell::head(a), Cell::text(x), Cell::head(b), Cell::text(y)]
    };
    let of = |name: &str| v.get(name);
    let due = told_due(of("原时限"), of("原定时限"));
    let colour = format!("{} {}", of("颜色"), of("第几次"));
    let mut rows = vec![
        pair("编号", of("编号"), "颜色及第几次", &colour),
        pair("被督办单位", of("被督办单位"), "印发日期", of("印发日期")),
        wide("原事项", &format!("{}　{}", of("原事项编号"), of("原事项"))),
        wide("原时限及已延期", &due),
        wide("核实的现状", of("核实的现状")),
        wide("督办要求", of("督办要求")),
        pair("反馈期限", of("反馈期限"), "签发人", of("签发人")),
        wide("逾期后果", of("逾期后果")),
        wide("抄送", if of("抄送").is_empty() { "—" } else { of("抄送") }),
    ];
    rows.push(vec![Cell::head("回　　执").over(4)]);
    rows.extend(receipt(v));
    let table = Table { columns: vec![19, 27, 17, 37], head: Vec::new(), rows };
    let blocks = vec![
        Block::text(Style::Title, format!("{}督办单", of("城市"))),
        Block::Table(table),
        Block::text(Style::Note, "督办单的反馈期限不改变原事项的完成时限。"),
    ];
    vec![Section { sheet: Sheet::Form, blocks }]
}

/// 回执: as it was signed, or empty to be filled in on paper.
fn receipt(v: &Values) -> Vec<Vec<Cell>> {
    let wide = |label: &str, text: &str, height| {
        vec![Cell::head(label), Cell::text(text).over(3).high(height)]
    };
    let signs = "单位负责人签发";
    if v.get("单位签发").is_empty() {
        return vec![
            wide("整改情况", "", 22),
            wide("责任岗位", "", 8),
            wide(signs, "签发人：　　　　　　　　（章）　　　年　　月　　日", 12),
            wide("督查局核实意见", "", 12),
        ];
    }
    vec![
        wide("整改情况", v.get("整改情况"), 20),
        wide("责任岗位", v.get("责任岗位"), 0),
        wide(signs, v.get("单位签发"), 0),
        wide("督查局核实意见", v.get("核实意见"), 10),
    ]
}
