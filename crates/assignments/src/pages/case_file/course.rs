//! The course of things as one page of HTML: no scripts, nothing fetched, for any browser. In
//! Chinese, like every paper.

use std::collections::BTreeMap;

use journal::{Entry, Result, Tx, hex};
use maud::{DOCTYPE, Markup, html};
use uuid::Uuid;
use web::Call;

use super::Handed;
use crate::pages::card::{Card, paragraphs};
use crate::tables::{Finding, ReportKind};
use crate::words;

/// A fact as the page tells it.
pub(super) struct Event {
    seq: i64,
    at: String,
    what: &'static str,
    who: String,
    for_whom: String,
    reason: String,
    hash: String,
}

pub(super) async fn events(call: &Call, tx: &mut Tx, facts: &[Entry]) -> Result<Vec<Event>> {
    let (city, zone) = (call.city()?, call.zone());
    let mut names: BTreeMap<Uuid, String> = BTreeMap::new();
    let posts: Vec<_> =
        facts.iter().flat_map(|e| [Some(e.actor), e.on_behalf_of]).flatten().collect();
    for id in posts {
        if let std::collections::btree_map::Entry::Vacant(slot) = names.entry(id) {
            let post = people::store::post_title(tx, city, id).await?;
            slot.insert(post.map_or_else(|| "—".to_owned(), |p| p.text()));
        }
    }
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let events = facts.iter().map(|e| Event {
        seq: e.seq,
        at: e.at.local(&zone),
        what: words::fact(&e.kind).zh,
        who: name(e.actor),
        for_whom: e.on_behalf_of.map(name).unwrap_or_default(),
        reason: e.reason.clone().unwrap_or_default(),
        hash: hex(&e.hash),
    });
    Ok(events.collect())
}

const STYLE: &str = "body{font:16px/1.7 'Microsoft YaHei','Noto Sans CJK SC',sans-serif;max-width:52em;\
    margin:2em auto;padding:0 1em;color:#111}h1{font-size:1.5em}h2{font-size:1.15em;border-bottom:1px \
    solid #888;margin-top:2em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;\
    padding:.25em .5em;text-align:left;vertical-align:top}th{background:#eee;white-space:nowrap}\
    code{font-size:.8em;overflow-wrap:anywhere}p{margin:.3em 0}";

pub(super) fn page(card: &Card, events: &[Event], handed: &[Handed]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "卷宗 " (card.item.marked()) " " (card.item.title) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                h1 { (card.item.marked()) " " (card.item.title) }
                (summary(card))
                @if !card.reports.is_empty() { h2 { "反馈与报结" } (reports(card, handed)) }
                @if !card.verifications.is_empty() { h2 { "核实" } (verifications(card)) }
                @if !card.changes.is_empty() { h2 { "时限与责任单位变更" } (changes(card)) }
                @if !card.notes.is_empty() { h2 { "批注与呈报" } (notes(card)) }
                h2 { "办理过程" } (course(events))
                p { "日志封印 " code { (card.head) } }
            }
        }
    }
}

fn summary(c: &Card) -> Markup {
    let day = |d: Option<kernel::Day>| d.map_or_else(String::new, |d| d.to_string());
    let units =
        c.units.iter().map(|u| format!("{} {} {}", words::unit_role(u.role).zh, u.name, u.part));
    let units: Vec<_> = units.map(|line| line.trim_end().to_owned()).collect();
    let rows = [
        ("批次", c.batch.clone()),
        ("单位", units.join("\n")),
        ("市级责任领导", c.leader.clone().unwrap_or_default()),
        ("交办领导", c.raised_by.clone().unwrap_or_default()),
        ("交办依据", c.basis.clone()),
        ("工作要求", c.demand.clone()),
        ("完成标准", c.standard.clone()),
        ("紧急程度", words::urgency(c.urgency).zh.to_owned()),
        ("交办日期", c.item.issued_on.to_string()),
        ("完成时限", c.item.due_on.to_string()),
        ("原定时限", c.item.first_due_on.to_string()),
        ("签收", day(c.accepted_on)),
        ("报结", day(c.submitted_on)),
        ("办结", day(c.item.closed_on)),
        ("状态", words::state(c.item.state).zh.to_owned()),
    ];
    html! {
        table { tbody {
            @for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
                tr { th scope="row" { (label) } td { (paragraphs(value)) } }
            }
        } }
    }
}

fn reports(c: &Card, handed: &[Handed]) -> Markup {
    html! {
        @for r in c.reports.iter().rev() {
            p { strong { @if r.kind == ReportKind::Done { "报结" } @else { "反馈" } } " " (r.at) " " (r.who)
                @if let Some(q) = r.quantity { " " (q) (c.item.quantity_unit) } }
            (paragraphs(&r.done))
            @if !r.next_step.is_empty() { p { "下步措施：" (r.next_step) } }
            @if !r.blocker.is_empty() { p { "存在问题：" (r.blocker) } }
            @for f in &r.files {
                @if let Some(h) = handed.iter().find(|h| h.hash == f.hash && h.name.ends_with(&f.name)) {
                    p { "附件：" a href=(h.name) { (f.name) } " SM3 " code { (f.hash) } }
                }
            }
        }
    }
}

fn verifications(c: &Card) -> Markup {
    html! {
        @for v in c.verifications.iter().rev() {
            p { strong { (match v.result { Finding::Confirmed => words::CONFIRMED.zh, Finding::Rework => words::REWORK.zh }) }
                " " (v.at) " " (v.who) " " (words::method(v.method).zh) }
            (paragraphs(&v.finding))
        }
    }
}

fn changes(c: &Card) -> Markup {
    html! {
        table {
            thead { tr { th { "日期" } th { "变更" } th { "由" } th { "至" } th { "结果" } th { "理由与答复" } } }
            tbody {
                @for x in c.changes.iter().rev() {
                    tr {
                        td { (x.on) }
                        td { (match x.what { "extension" => "延期", "stop" => "暂缓", _ => "退回" }) }
                        td { (x.from) } td { (x.to) }
                        td { @if let Some(state) = x.state { (words::asked(state).zh) } }
                        td { (x.reason) @if !x.answer.is_empty() { br; (x.answer) } }
                    }
                }
            }
        }
    }
}

fn notes(c: &Card) -> Markup {
    html! {
        @for n in c.notes.iter().rev() {
            p { strong { (words::note(n.kind).zh) } " " (n.at) " " (n.who) "：" (n.words) }
        }
    }
}

fn course(events: &[Event]) -> Markup {
    html! {
        table {
            thead { tr { th { "序号" } th { "时间" } th { "办理" } th { "办理人" } th { "说明" } th { "摘要" } } }
            tbody {
                @for e in events {
                    tr {
                        td { (e.seq) } td { (e.at) } td { (e.what) }
                        td { (e.who) @if !e.for_whom.is_empty() { "（代 " (e.for_whom) "）" } }
                        td { (e.reason) } td { code { (e.hash) } }
                    }
                }
            }
        }
    }
}
