//! The facts of a case as lines of JSON, and how to check them.

use journal::{Entry, Error, Result, hex};
use kernel::{Moment, SubjectKind};
use serde::Serialize;
use uuid::Uuid;

use crate::pages::card::Card;

/// A fact with everything that its hash covers.
#[derive(Serialize)]
struct Line<'a> {
    jurisdiction: Uuid,
    seq: i64,
    at: Moment,
    at_us: i64,
    act_id: Uuid,
    act: &'a str,
    actor: Uuid,
    on_behalf_of: Option<Uuid>,
    kind: &'a str,
    subject_kind: SubjectKind,
    subject_id: Uuid,
    reason: Option<&'a str>,
    /// The payload's own text, which the hash covers.
    payload: &'a str,
    prev_hash: String,
    hash: String,
}

pub(super) fn lines(facts: &[Entry]) -> Result<String> {
    let mut text = String::new();
    for e in facts {
        let line = Line {
            jurisdiction: e.jurisdiction.uuid(),
            seq: e.seq,
            at: e.at,
            at_us: e.at.micros(),
            act_id: e.act_id,
            act: &e.act,
            actor: e.actor,
            on_behalf_of: e.on_behalf_of,
            kind: &e.kind,
            subject_kind: e.subject.kind,
            subject_id: e.subject.id,
            reason: e.reason.as_deref(),
            payload: std::str::from_utf8(&e.payload).map_err(Error::fault)?,
            prev_hash: hex(&e.prev_hash),
            hash: hex(&e.hash),
        };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    Ok(text)
}

/// What is in the zip, for who finds it in ten years.
pub(super) fn readme(card: &Card) -> String {
    format!(
        "卷宗 {label} {title}\r\n\
         \r\n\
         00-说明.txt        本文件\r\n\
         01-办理过程.html   事项、反馈、核实、变更和每一步的经过，用任何浏览器打开\r\n\
         02-交办单.docx     交办单\r\n\
         03-办结报告.docx   办结报告（办结后才有）\r\n\
         04-日志摘录.jsonl  该事项的全部日志，每行一条 JSON\r\n\
         05-SM3清单.txt     以上各文件和材料的 SM3 摘要（GB/T 32905），可用 sm3sum -c 核对\r\n\
         材料/              随反馈、报结提交的文件\r\n\
         \r\n\
         日志封印 {head}\r\n\
         核对方法：持本封印，在系统所在机器上运行 duban verify --expect {head}。\r\n\
         日志摘录每行的 hash 是其余各项依次（各项前加 8 字节长度）的 SM3 摘要；prev_hash 是全市日志中前一条的摘要。\r\n",
        label = card.item.marked(),
        title = card.item.title,
        head = card.head,
    )
}
