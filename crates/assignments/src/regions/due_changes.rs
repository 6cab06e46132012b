//! 时限变更 as a table: on its page and on an inspector's desk.

use std::collections::BTreeMap;

use journal::{Fact as _, Result, Tx};
use kernel::{Day, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::Tone;
use ui::table::{Column, Row, Table};
use uuid::Uuid;
use web::Call;

use crate::facts::Fact;
use crate::store::card;
use crate::store::due_changes::{self, Asked, DueChange};
use crate::words;

/// A change of a due day as pages show it.
#[derive(Serialize)]
pub struct Change {
    /// The place of its fact in the journal.
    pub seq: i64,
    /// The item.
    pub assignment_id: Uuid,
    /// Its number.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The unit that answered for it from then on.
    pub unit: String,
    /// When, in the city's zone.
    pub at: String,
    /// From which day.
    pub from: Day,
    /// To which.
    pub to: Day,
    /// The kind of fact that moved it.
    pub kind: String,
    /// Who moved it, by post.
    pub who: String,
    /// Why it was asked for, and what was answered.
    pub reason: String,
    /// What was answered.
    pub answer: String,
}

/// Reads changes, newest first.
pub async fn read(call: &Call, tx: &mut Tx, asked: &Asked, limit: i64) -> Result<Vec<Change>> {
    let (city, zone) = (call.city()?, call.zone());
    let mut posts: BTreeMap<Uuid, String> = BTreeMap::new();
    let mut changes = Vec::new();
    for c in due_changes::newest(tx, call.actor()?, asked, limit).await? {
        let who = match posts.get(&c.actor) {
            Some(title) => title.clone(),
            None => people::store::post_title(tx, city, c.actor)
                .await?
                .map_or_else(String::new, |p| p.text()),
        };
        posts.insert(c.actor, who.clone());
        let (reason, answer) = why(call, tx, &c).await?;
        changes.push(Change {
            who,
            at: c.at.local(&zone),
            seq: c.seq,
            assignment_id: c.assignment_id,
            label: c.label,
            title: c.title,
            unit: c.unit,
            from: c.former_due,
            to: c.due,
            kind: c.kind,
            reason,
            answer,
        });
    }
    Ok(changes)
}

/// Why it was asked for, and the answer; a reopening says why in its own fact.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts say why themselves")]
async fn why(call: &Call, tx: &mut Tx, c: &DueChange) -> Result<(String, String)> {
    let city = call.city()?;
    let own = || c.reason.clone().unwrap_or_default();
    Ok(match Fact::join(&c.kind, &c.payload)? {
        Fact::ExtensionDecided { id, answer, .. } => {
            let all = card::extensions(tx, city, c.assignment_id).await?;
            (all.into_iter().find(|e| e.id == id).map_or_else(own, |e| e.reason), answer)
        }
        Fact::HandBackDecided { id, answer, .. } => {
            let all = card::hand_backs(tx, city, c.assignment_id).await?;
            (all.into_iter().find(|h| h.id == id).map_or_else(own, |h| h.reason), answer)
        }
        Fact::ClockResumed { id, .. } => {
            let all = card::stops(tx, city, c.assignment_id).await?;
            (all.into_iter().find(|s| s.id == id).map_or_else(String::new, |s| s.reason), own())
        }
        _ => (own(), String::new()),
    })
}

/// The changes as rows, each leading to its item.
pub fn table(changes: &[Change], call: &Call) -> Markup {
    let lang = call.lang;
    let rows = changes.iter().map(|c| Row {
        href: Some(call.href(&crate::acts::card(c.assignment_id))),
        tone: (c.to > c.from).then_some(Tone::Yellow),
        cells: vec![
            html! { (c.at) },
            html! { (c.label) " " (c.title) },
            html! { (c.unit) },
            html! { (c.from) " → " strong { (c.to) } },
            html! { (words::fact(&c.kind).of(lang)) br; span class="muted" { (c.who) } },
            html! { (c.reason) @if !c.answer.is_empty() { br; span class="muted" { (c.answer) } } },
        ],
    });
    let columns = [
        Column::fit(text!("时间", "When").of(lang)),
        Column::lead(text!("事项", "Assignment").of(lang)),
        Column::text(text!("责任单位", "Unit").of(lang)),
        Column::fit(text!("由 → 至", "From → to").of(lang)),
        Column::text(text!("事由", "What moved it").of(lang)),
        Column::text(text!("理由与答复", "Reason and answer").of(lang)),
    ];
    let caption = words::DUE_CHANGES.of(lang);
    Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
}
