//! One sitting: its day, its series and numbers, whether it was held.

use journal::{Error, Result};
use kernel::Day;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::regions::history;
use crate::tables::SittingState;
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/sittings/{id}", grants::SERIES, words::SITTING, sitting)
}

#[derive(Serialize)]
struct SittingCard {
    id: Uuid,
    day: Day,
    state: SittingState,
    reason: Option<String>,
    series: Vec<SeriesRole>,
    history: Vec<history::Event>,
}

#[derive(Serialize)]
struct SeriesRole {
    id: Uuid,
    name: String,
    number: Option<i64>,
}

async fn sitting(call: Call) -> Result<Answer> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let row = store::sitting(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let all = store::series(&mut tx, city).await?;
    let roles = store::sitting_roles(&mut tx, city, id).await?;
    let name = |id: Uuid| all.iter().find(|s| s.id == id).map(|s| s.name.clone());
    let series = roles.into_iter().map(|r| SeriesRole {
        id: r.series_id,
        name: name(r.series_id).unwrap_or_default(),
        number: r.number,
    });
    let history = history::read(&call, &mut tx, id).await?;
    call.page(&SittingCard {
        id,
        day: row.day,
        state: row.state,
        reason: row.reason,
        series: series.collect(),
        history,
    })
}

impl View for SittingCard {
    fn title(&self, call: &Call) -> String {
        let names: Vec<_> = self.series.iter().map(|s| s.name.as_str()).collect();
        format!("{} {}", names.join("、"), web::format_day(self.day, call.today(), call.lang))
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/series"), words::SERIES.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let link = |tone, what: &str, label: kernel::Text| {
            let href = call.href(&format!("/sittings/{}/{what}", self.id));
            part::link_button(tone, &href, label.of(call.lang), "")
        };
        let planned = self.state == SittingState::Planned;
        html! {
            @if planned && call.may(grants::HOLD_SITTING) {
                (link(ButtonTone::Primary, "holding", words::HOLD_SITTING))
            }
            @if planned && call.may(grants::SKIP_SITTING) {
                (link(ButtonTone::Plain, "skipping", words::SKIP_SITTING))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let series = html! {
            @for s in &self.series {
                a href=(call.href(&format!("/series/{}", s.id))) { (s.name) }
                @if let Some(number) = s.number { " " (words::nth(number, lang)) }
                " "
            }
        };
        let details = part::details(&[
            (words::DAY.of(lang), html! { (self.day) }),
            (words::STATE.of(lang), html! { (words::sitting_state(self.state).of(lang)) }),
            (words::SERIES.of(lang), series),
            (words::REASON.of(lang), html! { (self.reason.as_deref().unwrap_or("—")) }),
        ]);
        ui::layout::stack(html! {
            (part::card(None, None, details))
            (history::card(call, &self.history))
        })
    }
}
