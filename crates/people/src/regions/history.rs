//! 变更经过: what the journal holds about one subject, newest first; every card shows it.

use std::collections::BTreeMap;

use journal::{Entry, Result, Tx, history};
use kernel::{Text, text};
use maud::{Markup, html};
use serde::Serialize;
use uuid::Uuid;
use web::Call;

use crate::store;

/// Events shown on a card at most.
const SHOWN: i64 = 200;

const HISTORY: Text = text!("变更经过", "History");
const PROGRAM: Text = text!("程序", "The program");
const FOUNDING: Text = text!("由程序录入", "Entered by the program");
const NONE: Text = text!("日志中还没有记录。", "The journal holds nothing about it yet.");

/// One event of a history.
#[derive(Debug, Serialize)]
pub struct Event {
    /// Its place in the journal.
    pub seq: i64,
    /// When, in the city's zone.
    pub at: String,
    /// Who acted, by post; nobody when the program did.
    pub who: Option<String>,
    /// For whom.
    pub for_whom: Option<String>,
    /// The kind of fact.
    pub kind: String,
    /// The act.
    pub act: String,
    /// Why.
    pub reason: Option<String>,
}

/// The history of a subject from the journal, newest first.
pub async fn read(call: &Call, tx: &mut Tx, subject: Uuid) -> Result<Vec<Event>> {
    let filter = history::Filter { subject: Some(subject), ..history::Filter::default() };
    read_by(call, tx, &[filter]).await
}

/// What several filters let through, together, newest first.
pub(crate) async fn read_by(
    call: &Call,
    tx: &mut Tx,
    filters: &[history::Filter],
) -> Result<Vec<Event>> {
    let city = call.city()?;
    let mut entries = Vec::new();
    for filter in filters {
        entries.extend(history::newest(tx, city, filter, SHOWN).await?);
    }
    entries.sort_unstable_by_key(|e: &Entry| std::cmp::Reverse(e.seq));
    let mut posts: BTreeMap<Uuid, String> = BTreeMap::new();
    let mut acting: Vec<Uuid> = entries.iter().map(|e| e.actor).collect();
    acting.extend(entries.iter().filter_map(|e| e.on_behalf_of));
    for id in acting {
        if !id.is_nil() && !posts.contains_key(&id) {
            let title = store::post_title(tx, city, id).await?;
            posts.insert(id, title.map_or_else(|| "—".to_owned(), |t| t.text()));
        }
    }
    let zone = call.zone();
    let event = |e: Entry| Event {
        seq: e.seq,
        at: e.at.local(&zone),
        who: posts.get(&e.actor).cloned(),
        for_whom: e.on_behalf_of.and_then(|id| posts.get(&id).cloned()),
        kind: e.kind,
        act: e.act,
        reason: e.reason,
    };
    Ok(entries.into_iter().map(event).collect())
}

/// A history as a card; each event by the title of its act.
pub fn card(call: &Call, events: &[Event]) -> Markup {
    let lang = call.lang;
    let entries: Vec<_> = events
        .iter()
        .map(|e| ui::flow::TimelineEntry {
            when: &e.at,
            who: e.who.as_deref().unwrap_or_else(|| PROGRAM.of(lang)),
            title: call.act_title(&e.act).unwrap_or(FOUNDING).of(lang),
            body: e.reason.as_ref().map(|reason| html! { (reason) }),
            tone: ui::Tone::Grey,
        })
        .collect();
    let body = html! {
        @if entries.is_empty() { p class="muted" { (NONE.of(lang)) } }
        @else { (ui::flow::timeline(&entries)) }
    };
    ui::part::card(Some(HISTORY.of(lang)), None, body)
}
