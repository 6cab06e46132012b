//! Changes of the due day and of the unit: shown first, because they are what is asked about.

use kernel::{Lang, text};
use maud::{Markup, html};
use ui::part;
use ui::table::{Column, Row, Table};

use crate::pages::card::Card;
use crate::words;

pub(crate) fn card(card: &Card, lang: Lang) -> Markup {
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
