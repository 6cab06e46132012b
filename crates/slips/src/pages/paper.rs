//! 督办单 with its 回执 as a Word file, in our layout. A paper is Chinese whatever the reader's
//! language, carries the head of the journal, and being taken out is noted in the access log.

use assignments::tables::Verdict;
use files::docx::{self, Block, Cell, Document, Section, Sheet, Style, Table};
use journal::Result;
use kernel::{Day, Refusal, text};
use people::access::{self, Access, Event};
use web::{Answer, Call};

use super::slip::{Card, Replied};
use crate::slip::written;
use crate::{store, words};

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let card = read(&call).await?;
    let name = format!("{}.docx", card.slip.label);
    let city = call.caller()?.city.clone();
    let bytes = docx::write(&document(&card, &city, call.today()))?;
    let (at, remote) = (call.db().clock().now(), call.remote.to_string());
    let account = Some(call.actor()?.account);
    let line = Access { at, event: Event::TakenOut, account, remote: &remote, detail: &name };
    call.db().operate(call.city()?, async |tx| access::note(tx, call.city()?, line).await).await?;
    Ok(Answer::download(&name, docx::MEDIA, bytes))
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
    let (due, first) = (card.row.item_due_on, card.item_first_due_on);
    if due == first {
        return format!("{}（未延期）", written(due));
    }
    format!("{}（原定{}，已延期）", written(due), written(first))
}

/// 签发人: who signed last, with the day.
pub(crate) fn signed(card: &Card) -> String {
    let mut agreed = card.signs.iter().filter(|s| s.verdict == Verdict::Agreed && s.step > 0);
    agreed.next_back().map_or_else(String::new, |s| format!("{} {}", s.who, written(s.on)))
}

/// The answer that counts: the newest one that a head signed.
pub(crate) fn replied(card: &Card) -> Option<&Replied> {
    card.answers.iter().find(|a| a.signed_on.is_some())
}

fn document(card: &Card, city: &str, today: Day) -> Document {
    let wide = |label: &str, text: &str| vec![Cell::head(label), Cell::text(text).over(3)];
    let pair = |a: &str, x: String, b: &str, y: String| {
        vec![Cell::head(a), Cell::text(x), Cell::head(b), Cell::text(y)]
    };
    let s = &card.slip;
    let mut rows = vec![
        pair("编号", s.label.clone(), "颜色及\n第几次", colour_and_time(card)),
        pair("被督办单位", card.unit_full.clone(), "印发日期", or_dash(s.issued_on)),
        wide("原事项", &format!("{}　{}", s.item, s.title)),
        wide("原时限\n及已延期", &due(card)),
        wide("核实的现状", &card.finding),
        wide("督办要求", &card.demand),
        pair("反馈期限", or_dash(s.answer_by), "签发人", signed(card)),
        wide("逾期后果", &card.consequence),
        wide("抄送", if card.copies.is_empty() { "—" } else { &card.copies }),
    ];
    rows.push(vec![Cell::head("回　　执").over(4)]);
    rows.extend(receipt(card));
    let table = Table { columns: vec![17, 33, 17, 33], head: Vec::new(), rows };
    let blocks = vec![
        Block::text(Style::Title, format!("{city}督办单")),
        Block::Table(table),
        Block::text(Style::Note, "督办单的反馈期限不改变原事项的完成时限。"),
    ];
    let seal = format!("日志封印 {}　制作日期 {}", card.head, written(today));
    let sections = vec![Section { sheet: Sheet::Upright, blocks }];
    Document { title: format!("督办单 {}", s.label), seal, sections }
}

/// 回执: as it was signed in the program, or empty to be filled in on paper.
fn receipt(card: &Card) -> Vec<Vec<Cell>> {
    let wide = |label: &str, text: String, height| {
        vec![Cell::head(label), Cell::text(text).over(3).high(height)]
    };
    let Some(a) = replied(card) else {
        return vec![
            wide("整改情况", String::new(), 30),
            wide("责任岗位", String::new(), 8),
            wide(
                "单位负责人\n签发",
                "签发人：　　　　　　　　（章）　　　年　　月　　日".to_owned(),
                14,
            ),
            wide("督查局\n核实意见", String::new(), 14),
        ];
    };
    let signed = format!(
        "{} {}",
        a.signed_by.as_deref().unwrap_or_default(),
        a.signed_on.map_or_else(String::new, written)
    );
    let judged = match a.verdict {
        Some(Verdict::Agreed) => format!("通过，销号。{}", a.words),
        Some(Verdict::Returned) => format!("退回。{}", a.words),
        None => String::new(),
    };
    vec![
        wide("整改情况", a.done.clone(), 20),
        wide("责任岗位", a.responsible.clone(), 0),
        wide("单位负责人\n签发", signed, 0),
        wide("督查局\n核实意见", judged, 10),
    ]
}
