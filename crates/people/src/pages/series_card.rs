//! One series with its sittings, newest first.

use journal::{Error, Result};
use kernel::Day;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use ui::table::{Column, Row, Table};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::regions::history;
use crate::tables::SittingState;
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/series/{id}", grants::SERIES, words::SITTINGS, series)
}

#[derive(Serialize)]
struct SeriesCard {
    id: Uuid,
    name: String,
    sittings: Vec<SittingLine>,
    history: Vec<history::Event>,
}

#[derive(Serialize)]
struct SittingLine {
    id: Uuid,
    day: Day,
    number: Option<i64>,
    state: SittingState,
    reason: Option<String>,
}

async fn series(call: Call) -> Result<Answer> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let row = store::series(&mut tx, city).await?.into_iter().find(|s| s.id == id);
    let row = row.ok_or_else(Error::missing)?;
    let sittings = store::sittings(&mut tx, city, id).await?.into_iter().map(|s| SittingLine {
        id: s.id,
        day: s.day,
        number: s.number,
        state: s.state,
        reason: s.reason,
    });
    let history = history::read(&call, &mut tx, id).await?;
    call.page(&SeriesCard { id, name: row.name, sittings: sittings.collect(), history })
}

impl View for SeriesCard {
    fn title(&self, _call: &Call) -> String {
        self.name.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/series"), words::SERIES.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let href = call.href(&format!("/sittings/new?series={}", self.id));
        let label = words::PLAN_SITTING.of(call.lang);
        html! {
            @if call.may(grants::PLAN_SITTING) {
                (part::link_button(ButtonTone::Primary, &href, label, "plus"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        ui::layout::stack(html! {
            (self.list(call))
            (history::card(call, &self.history))
        })
    }
}

impl SeriesCard {
    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.sittings.is_empty() {
            let (title, hint) = (words::NO_SITTINGS.of(lang), words::NO_SITTINGS_HINT.of(lang));
            return part::card(None, None, part::empty_state("calendar", title, hint, None));
        }
        let columns = [
            Column::lead(words::DAY.of(lang)),
            Column::number(words::NUMBER.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::text(words::REASON.of(lang)),
        ];
        let rows = self.sittings.iter().map(|s| Row {
            href: Some(call.href(&format!("/sittings/{}", s.id))),
            cells: vec![
                html! { (web::format_day(s.day, call.today(), lang)) },
                html! { (s.number.map_or_else(|| "—".to_owned(), |n| n.to_string())) },
                html! { (words::sitting_state(s.state).of(lang)) },
                html! { (s.reason.as_deref().unwrap_or("—")) },
            ],
            ..Row::default()
        });
        let caption = words::SITTINGS.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        part::card_flush(None, None, table.render())
    }
}
