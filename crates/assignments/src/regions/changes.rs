//! Changes of the due day and of the unit: shown first, because they are what is asked about.

use journal::{Result, Tx};
use kernel::{Lang, text};
use maud::{Markup, html};
use ui::part;
use ui::table::{Column, Row, Table};

use web::Call;

use crate::pages::card::{Card, Change};
use crate::store::card;
use crate::words;

pub(crate) fn table(card: &Card, lang: Lang) -> Markup {
    let rows = card.changes.iter().map(|c| {
        let what = match c.what {
            "extension" => text!("延期", "Extension"),
            "stop" => text!("暂缓", "Stopped clock"),
            _ => text!("退回", "Hand-back"),
        };
        Row {
            href: None,
            tone: None,
            cells: vec![
                html! { (c.on) },
                html! { (what.of(lang)) },
                html! { (c.from) " → " (c.to) },
                html! { @if let Some(state) = c.state { (words::asked(state).of(lang)) } },
                html! { (c.reason) @if !c.answer.is_empty() { br; span class="muted" { (c.answer) } } },
            ],
        }
    });
    let columns = [
        Column::fit(text!("日期", "Day").of(lang)),
        Column::fit(text!("变更", "Change").of(lang)),
        Column::text(text!("由 → 至", "From → to").of(lang)),
        Column::fit(text!("结果", "Result").of(lang)),
        Column::text(text!("理由与答复", "Reason and answer").of(lang)),
    ];
    let title = text!("时限与责任单位变更", "Changes of due day and unit").of(lang);
    let table =
        Table { caption: title, columns: &columns, rows: rows.collect(), ..Table::default() };
    part::card_flush(Some(title), None, table.render())
}

/// Reads the changes of an assignment, and whether one waits for somebody.
pub(crate) async fn read(call: &Call, tx: &mut Tx, c: &mut Card) -> Result<()> {
    let (city, id) = (call.city()?, c.row.id);
    for e in card::extensions(tx, city, id).await? {
        if c.pending.extension.is_none() {
            c.pending.extension = e.waits().then_some(e.state);
        }
        c.changes.push(Change {
            what: "extension",
            on: e.asked_on,
            from: e.former_due_on.to_string(),
            to: e.new_due_on.to_string(),
            state: Some(e.state),
            reason: e.reason,
            answer: e.answer,
        });
    }
    for s in card::stops(tx, city, id).await? {
        c.changes.push(Change {
            what: "stop",
            on: s.from_day,
            from: s.from_day.to_string(),
            to: s.to_day.map_or_else(|| format!("? ({})", s.review_on), |d| d.to_string()),
            state: None,
            reason: s.reason,
            answer: String::new(),
        });
    }
    for h in card::hand_backs(tx, city, id).await? {
        let from = people::store::unit(tx, city, h.unit_id).await?;
        let to = match h.to_unit_id {
            Some(to) => people::store::unit(tx, city, to).await?,
            None => None,
        };
        c.changes.push(Change {
            what: "hand_back",
            on: h.asked_on,
            from: from.map_or(String::new(), |u| u.short_name),
            to: to.map_or(String::new(), |u| u.short_name),
            state: Some(h.state),
            reason: h.reason,
            answer: h.answer,
        });
    }
    Ok(())
}
