//! The journal as auditors read it: every fact, newest first, with what it is about and why.

use kernel::text;
use std::collections::BTreeMap;

use journal::{Entry, Result, history};
use maud::{Markup, html};
use people::store;
use serde::Serialize;
use ui::form::{self, Field};
use ui::table::{self, Column, Row, Table};
use ui::{layout, num, part};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use crate::words;

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("kind", ParamKind::Text(60), text!("事实种类", "Kind of fact")),
    Param::new("subject", ParamKind::Id, text!("事由标识", "What it is about")),
    Param::new("actor", ParamKind::Id, text!("岗位标识", "By which post")),
    Param::BEFORE,
];

/// Facts on one page.
const PAGE: usize = 50;

#[derive(Serialize)]
struct JournalView {
    head: String,
    count: i64,
    facts: Vec<FactLine>,
    next: Option<i64>,
    #[serde(skip)]
    kinds: Vec<&'static str>,
}

#[derive(Serialize)]
struct FactLine {
    seq: i64,
    at: String,
    act: String,
    actor: Uuid,
    who: Option<String>,
    on_behalf_of: Option<Uuid>,
    on_behalf: Option<String>,
    kind: String,
    subject: String,
    subject_title: Option<String>,
    subject_href: Option<String>,
    reason: Option<String>,
    payload: serde_json::Value,
    hash: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let city = call.city()?;
    let asked = |name: &str| call.query.get(name).map(str::trim);
    let filter = history::Filter {
        subject: asked("subject").and_then(|id| id.parse().ok()),
        actor: asked("actor").and_then(|id| id.parse().ok()),
        kind: asked("kind").map(str::to_owned),
        before: asked("before").and_then(|seq| seq.parse().ok()),
    };
    let mut tx = call.read().await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut entries = history::newest(&mut tx, city, &filter, limit).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let next = entries.last().filter(|_| more).map(|e| e.seq);
    let facts = lines(&call, &mut tx, &entries).await?;
    let head = history::head(&mut tx, city).await?;
    let mut kinds: Vec<_> =
        call.db().rooms().list().iter().flat_map(|room| room.kinds.iter().copied()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    call.page(&JournalView { head: head.to_string(), count: head.seq, facts, next, kinds })
}

async fn lines(call: &Call, tx: &mut journal::Tx, entries: &[Entry]) -> Result<Vec<FactLine>> {
    let city = call.city()?;
    let subjects: Vec<_> = entries.iter().map(|e| e.subject).collect();
    let titles = call.titles(tx, &subjects).await?;
    let mut posts: BTreeMap<Uuid, String> = BTreeMap::new();
    let mut acting: Vec<Uuid> = entries.iter().map(|e| e.actor).collect();
    acting.extend(entries.iter().filter_map(|e| e.on_behalf_of));
    for post in acting {
        if !post.is_nil() && !posts.contains_key(&post) {
            let title = store::post_title(tx, city, post).await?;
            posts.insert(post, title.map_or_else(|| post.to_string(), |t| t.text()));
        }
    }
    let zone = call.zone();
    let line = |e: &Entry| FactLine {
        seq: e.seq,
        at: e.at.local(&zone),
        act: e.act.clone(),
        actor: e.actor,
        who: posts.get(&e.actor).cloned(),
        on_behalf_of: e.on_behalf_of,
        on_behalf: e.on_behalf_of.and_then(|id| posts.get(&id).cloned()),
        kind: e.kind.clone(),
        subject: e.subject.to_string(),
        subject_title: titles.get(&e.subject).map(|t| t.0.clone()),
        subject_href: titles.get(&e.subject).and_then(|t| t.1.clone()),
        reason: e.reason.clone(),
        payload: serde_json::from_slice(&e.payload).unwrap_or_default(),
        hash: journal::hex(&e.hash),
    };
    Ok(entries.iter().map(line).collect())
}

/// The head of the journal, to be noted on paper.
pub(crate) fn head(call: &Call, head: &str) -> Markup {
    let lang = call.lang;
    html! {
        (part::details_wide(&[(words::HEAD.of(lang), html! { code id="head" { (head) } })]))
        p class="muted" { (words::HEAD_HINT.of(lang)) }
    }
}

/// The present filter of a page with another `before`.
pub(crate) fn with(call: &Call, path: &str, before: &str) -> String {
    let kept = call.query.pairs().iter().filter(|(name, _)| name != "before" && name != "done");
    let mut href = call.href(path);
    for (i, (name, value)) in
        kept.map(|(n, v)| (n.as_str(), v.as_str())).chain([("before", before)]).enumerate()
    {
        href.push(if i == 0 { '?' } else { '&' });
        href.push_str(name);
        href.push('=');
        href.extend(value.bytes().map(escaped));
    }
    href
}

/// One byte of a query's value.
fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

impl View for JournalView {
    fn title(&self, call: &Call) -> String {
        words::JOURNAL.of(call.lang).to_owned()
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let next = self.next.map(|seq| with(call, "/journal", &seq.to_string()));
        layout::stack(html! {
            (part::card(None, None, head(call, &self.head)))
            (part::card_flush(None, None, html! {
                (self.filter(call))
                (table::list(html! {
                    (self.table(call))
                    (table::pager(lang, None, next.as_deref(), &num::count(self.count)))
                }))
            }))
        })
    }
}

impl JournalView {
    fn filter(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let asked = |name: &str| call.query.get(name).unwrap_or_default();
        let field = |name, label: kernel::Text, value| Field {
            name,
            label: label.of(lang),
            value,
            ..Field::default()
        };
        let mut kinds = vec![form::Choice::new("", words::ALL.of(lang))];
        kinds.extend(self.kinds.iter().map(|kind| form::Choice::new(kind, kind)));
        let body = html! {
            (form::select(&field("kind", words::KIND, asked("kind")), &kinds))
            (form::text(&field("subject", words::SUBJECT_ID, asked("subject")), 36))
            (form::text(&field("actor", words::ACTOR_ID, asked("actor")), 36))
            (form::text(&field("before", words::BEFORE, asked("before")), 20))
        };
        form::filter_form(lang, &call.href("/journal"), body)
    }

    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.facts.is_empty() {
            let (title, hint) = (words::NOTHING.of(lang), words::NOTHING_HINT.of(lang));
            return part::empty_state("history", title, hint, None);
        }
        let columns = [
            Column::number(words::SEQ.of(lang)),
            Column::fit(words::AT.of(lang)),
            Column::text(words::ACT.of(lang)),
            Column::text(words::WHO.of(lang)),
            Column::lead(words::KIND.of(lang)),
            Column::text(words::SUBJECT.of(lang)),
            Column::text(words::REASON.of(lang)),
            Column { class: "col-wide", ..Column::text(words::PAYLOAD.of(lang)) },
        ];
        let rows = self.facts.iter().map(|fact| row(call, fact));
        let caption = words::JOURNAL.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}

fn row(call: &Call, fact: &FactLine) -> Row {
    let lang = call.lang;
    let narrowed = |name: &str, id: &str| call.href(&format!("/journal?{name}={id}"));
    let subject = fact.subject.split_once(':').map_or("", |(_, id)| id);
    let payload = serde_json::to_string_pretty(&fact.payload).unwrap_or_default();
    Row {
        cells: vec![
            html! { (fact.seq) },
            html! { (fact.at) },
            html! { (call.act_title(&fact.act).map_or("", |t| t.of(lang))) " " code { (fact.act) } },
            html! {
                @match &fact.who {
                    Some(who) => a href=(narrowed("actor", &fact.actor.to_string())) { (who) },
                    None => (words::PROGRAM.of(lang)),
                }
                @if let Some(other) = &fact.on_behalf { " （" (words::FOR.of(lang)) (other) "）" }
            },
            html! { a href=(narrowed("kind", &fact.kind)) { code { (fact.kind) } } },
            html! {
                @match (&fact.subject_title, &fact.subject_href) {
                    (Some(title), Some(href)) => a href=(call.href(href)) { (title) },
                    (Some(title), None) => (title),
                    (None, _) => code { (fact.subject) },
                }
                " " a class="text-link" href=(narrowed("subject", subject)) title=(words::SUBJECT_ID.of(lang)) { "≡" }
            },
            html! { (fact.reason.as_deref().unwrap_or("—")) },
            html! {
                details {
                    summary { (words::PAYLOAD.of(lang)) }
                    pre { code { (payload) } }
                    p { code { (fact.hash) } }
                }
            },
        ],
        ..Row::default()
    }
}
