//! The series of sittings: how many were held, when the next one is.

use journal::Result;
use kernel::Day;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use ui::table::{Column, Row, Table};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::tables::{SeriesKind, SittingState};
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/series", grants::SERIES, words::SERIES, series)
}

#[derive(Serialize)]
struct SeriesView {
    series: Vec<SeriesLine>,
}

#[derive(Serialize)]
struct SeriesLine {
    id: Uuid,
    name: String,
    kind: SeriesKind,
    leader: Option<String>,
    held: i64,
    next: Option<Day>,
}

async fn series(call: Call) -> Result<Answer> {
    let city = call.city()?;
    let mut tx = call.read().await?;
    let mut lines = Vec::new();
    for row in store::series(&mut tx, city).await? {
        let sittings = store::sittings(&mut tx, city, row.id).await?;
        let planned = sittings.iter().filter(|s| s.state == SittingState::Planned);
        let leader = match row.leader_post_id {
            Some(post) => store::post_title(&mut tx, city, post).await?.map(|p| p.text()),
            None => None,
        };
        lines.push(SeriesLine {
            id: row.id,
            name: row.name,
            kind: row.kind,
            leader,
            held: store::next_number(&mut tx, city, row.id).await? - 1,
            next: planned.map(|s| s.day).min(),
        });
    }
    call.page(&SeriesView { series: lines })
}

impl View for SeriesView {
    fn title(&self, call: &Call) -> String {
        words::SERIES.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let link = |tone, href: &str, label: kernel::Text| {
            part::link_button(tone, &call.href(href), label.of(call.lang), "plus")
        };
        html! {
            @if call.may(grants::PLAN_SITTING) {
                (link(ButtonTone::Primary, "/sittings/new", words::PLAN_SITTING))
            }
            @if call.may(grants::ADD_SERIES) {
                (link(ButtonTone::Plain, "/series/new", words::ADD_SERIES))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.series.is_empty() {
            let (title, hint) = (words::NOTHING_YET.of(lang), words::NOTHING_HINT.of(lang));
            return part::card(None, None, part::empty_state("calendar", title, hint, None));
        }
        let columns = [
            Column::lead(words::SERIES_NAME.of(lang)),
            Column::fit(words::SERIES_KIND.of(lang)),
            Column::text(words::LEADER.of(lang)),
            Column::number(words::HELD_COUNT.of(lang)),
            Column::fit(words::NEXT_SITTING.of(lang)),
        ];
        let today = call.today();
        let day = |day| web::format_day(day, today, lang);
        let rows = self.series.iter().map(|s| Row {
            href: Some(call.href(&format!("/series/{}", s.id))),
            cells: vec![
                html! { (s.name) },
                html! { (words::series_kind(s.kind).of(lang)) },
                html! { (s.leader.as_deref().unwrap_or("—")) },
                html! { (s.held) },
                html! { (s.next.map_or_else(|| "—".to_owned(), day)) },
            ],
            ..Row::default()
        });
        let caption = words::SERIES.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        part::card_flush(None, None, table.render())
    }
}
