//! 月讲评: the months, newest first.

use journal::Result;
use kernel::{Day, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, part, table};
use web::{Answer, Call, Param, View, button};

use crate::tables::{ReviewRow, ReviewState};
use crate::{acts, grants, store, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[Param::AFTER];

/// Months of one page.
const MONTHS: i64 = 24;

#[derive(Serialize)]
struct Reviews {
    items: Vec<Item>,
    next: Option<ReviewMonth>,
    head: String,
}

/// A month as the list and JSON show it.
#[derive(Serialize)]
pub(crate) struct Item {
    pub(crate) month: ReviewMonth,
    pub(crate) state: ReviewState,
    pub(crate) first_on: Day,
    pub(crate) last_on: Day,
    pub(crate) objections_until: Option<Day>,
    pub(crate) frozen_on: Option<Day>,
    pub(crate) published_on: Option<Day>,
    /// 督查通报2021年第4期.
    pub(crate) circular: Option<String>,
}

impl Item {
    pub(crate) fn of(r: &ReviewRow) -> Self {
        let numbered = r.circular_year.zip(r.circular_number);
        Self {
            month: r.month,
            state: r.state,
            first_on: r.first_on,
            last_on: r.last_on,
            objections_until: r.objections_until,
            frozen_on: r.frozen_on,
            published_on: r.published_on,
            circular: numbered.map(|(year, n)| words::circular(year, n)),
        }
    }
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let before = call.query.get("after").and_then(|m| m.parse().ok());
    let mut rows = store::review::list(&mut tx, call.actor()?, before, MONTHS + 1).await?;
    let shown = usize::try_from(MONTHS).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    let next = rows.last().filter(|_| more).map(|r| r.month);
    let head = journal::history::head(&mut tx, call.city()?).await?.to_string();
    let seen = rows.into_iter().map(|row| Item::of(&super::review::as_seen(&call, row)));
    call.page(&Reviews { items: seen.collect(), next, head })
}

/// A state as a badge.
pub(crate) fn state(state: ReviewState, call: &Call) -> Markup {
    let tone = match state {
        ReviewState::Open | ReviewState::Draft => Tone::Blue,
        ReviewState::Frozen | ReviewState::Submitted | ReviewState::Approved => Tone::Yellow,
        ReviewState::Published => Tone::Green,
    };
    part::badge(tone, words::state(state).of(call.lang))
}

impl View for Reviews {
    fn title(&self, call: &Call) -> String {
        words::REVIEWS.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let label = text!("开启月讲评", "Open a review").of(call.lang);
        let compare = (ButtonTone::Plain, words::statement::COMPARE.of(call.lang), "chart");
        let own = call.actor().ok().filter(|a| a.role.is_unit()).map(|a| a.unit);
        let own_label = text!("本单位历次考评", "My unit's months").of(call.lang);
        html! {
            (button(call, grants::COMPARE, "/reviews/compare", compare))
            @if let Some(unit) = own {
                (button(call, grants::HISTORY, &format!("/reviews/units/{unit}"), (ButtonTone::Plain, own_label, "chart")))
            }
            (button(call, grants::OPEN, "/reviews/new", (ButtonTone::Primary, label, "plus")))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        ui::layout::stack(html! {
            (part::card_flush(None, None, self.list(call)))
            (web::seal(&self.head, call))
        })
    }
}

impl Reviews {
    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "chart",
                text!("还没有月讲评", "No review yet").of(lang),
                text!(
                    "每月25日考评期结束，26日起由督查局开启；公示以后在这里看到。",
                    "A period ends on the 25th; the bureau opens its review from the 26th, and it is seen here once drafts are shown."
                )
                .of(lang),
                None,
            ));
        }
        let columns = [
            Column::lead(words::MONTH.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::fit(text!("期间", "Period").of(lang)),
            Column::fit(text!("异议截止", "Objections until").of(lang)),
            Column::fit(text!("封存", "Frozen").of(lang)),
            Column::fit(text!("通报", "Published").of(lang)),
        ];
        let day = |on: Option<Day>| html! { @if let Some(on) = on { time datetime=(on) { (on) } } @else { "—" } };
        let row = |i: &Item| Row {
            href: Some(call.href(&acts::card(i.month))),
            tone: None,
            cells: vec![
                html! { (i.month.name(lang)) },
                state(i.state, call),
                html! { (i.first_on) " – " (i.last_on) },
                day(i.objections_until),
                day(i.frozen_on),
                html! { (day(i.published_on)) @if let Some(c) = &i.circular { " " span class="muted" { (c) } } },
            ],
        };
        let table = Table {
            caption: words::REVIEWS.of(lang),
            columns: &columns,
            rows: self.items.iter().map(row).collect(),
            ..Table::default()
        };
        let next = self.next.map(|m| call.href(&format!("/reviews?after={m}")));
        let first = call.query.get("after").map(|_| call.href("/reviews"));
        table::list(html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), ""))
        })
    }
}
