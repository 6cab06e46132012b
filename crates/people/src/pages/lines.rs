//! The lines of work with their leaders and departments.

use std::collections::BTreeMap;

use journal::Result;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use ui::table::{Column, Row, Table};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/lines", grants::LINES, words::LINES, lines)
}

#[derive(Serialize)]
struct LinesView {
    lines: Vec<LineLine>,
}

#[derive(Serialize)]
struct LineLine {
    id: Uuid,
    name: String,
    leader: Option<String>,
    department: Option<String>,
}

async fn lines(call: Call) -> Result<Answer> {
    let (city, today) = (call.city()?, call.today());
    let mut tx = call.read().await?;
    let units: BTreeMap<Uuid, String> = store::units(&mut tx, city, today)
        .await?
        .into_iter()
        .map(|u| (u.id, u.short_name))
        .collect();
    let mut shown = Vec::new();
    for line in store::lines(&mut tx, city).await? {
        let leader = match line.leader_post_id {
            Some(post) => store::post_title(&mut tx, city, post).await?.map(|p| p.text()),
            None => None,
        };
        let department = line.department_id.and_then(|id| units.get(&id).cloned());
        shown.push(LineLine { id: line.id, name: line.name, leader, department });
    }
    call.page(&LinesView { lines: shown })
}

impl View for LinesView {
    fn title(&self, call: &Call) -> String {
        words::LINES.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/units"), words::UNITS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let (href, label) = (call.href("/lines/new"), words::ADD_LINE.of(call.lang));
        html! {
            @if call.may(grants::ADD_LINE) {
                (part::link_button(ButtonTone::Plain, &href, label, "plus"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.lines.is_empty() {
            let (title, hint) = (words::NOTHING_YET.of(lang), words::NOTHING_HINT.of(lang));
            return part::card(None, None, part::empty_state("git-branch", title, hint, None));
        }
        let columns = [
            Column::lead(words::LINE.of(lang)),
            Column::text(words::LEADER.of(lang)),
            Column::text(words::DEPARTMENT.of(lang)),
        ];
        let rows = self.lines.iter().map(|l| Row {
            href: Some(call.href(&format!("/lines/{}", l.id))),
            cells: vec![
                html! { (l.name) },
                html! { (l.leader.as_deref().unwrap_or("—")) },
                html! { (l.department.as_deref().unwrap_or("—")) },
            ],
            ..Row::default()
        });
        let caption = words::LINES.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        part::card_flush(None, None, table.render())
    }
}
