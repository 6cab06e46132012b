//! The work calendar: years with their notices, and the days of one year that differ.

use journal::Result;
use kernel::{Day, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, flow, layout, part};
use web::{Answer, Call, Param, ParamKind, Route, View};

use crate::calendar::bounds;
use crate::{grants, store, words};

/// What the page reads of its address.
const QUERY: &[Param] =
    &[Param::new("year", ParamKind::Number(1950, 2100), text!("年份", "The year"))];

pub(crate) fn route() -> Route {
    Route::page("/calendar", grants::CALENDAR, words::CALENDAR, calendar).query(QUERY)
}

#[derive(Serialize)]
struct CalendarView {
    year: i16,
    notice: Option<String>,
    working_days: usize,
    years: Vec<i64>,
    days: Vec<DayLine>,
}

#[derive(Serialize)]
struct DayLine {
    day: Day,
    working: bool,
    name: String,
}

async fn calendar(call: Call) -> Result<Answer> {
    let city = call.city()?;
    let asked = call.query.get("year").and_then(|y| y.parse::<i16>().ok());
    let year = asked.filter(|y| (2000..=2100).contains(y)).unwrap_or_else(|| call.today().year());
    let (from, to) = bounds(year);
    let mut tx = call.read().await?;
    let confirmed = store::calendar_years(&mut tx, city).await?;
    let days = store::calendar_days(&mut tx, city, from, to).await?;
    let work = store::calendar(&mut tx, city, from, to).await?;
    let all = (0..366).map(|n| from.plus(n)).take_while(|d| *d <= to);
    let mut years: Vec<i64> = confirmed.iter().map(|y| y.year).collect();
    years.push(years.last().map_or(i64::from(year), |last| last + 1));
    call.page(&CalendarView {
        year,
        notice: confirmed.into_iter().find(|y| y.year == i64::from(year)).map(|y| y.notice),
        working_days: all.filter(|d| work.is_working(*d)).count(),
        years,
        days: days
            .into_iter()
            .map(|d| DayLine { day: d.day, working: d.working, name: d.name })
            .collect(),
    })
}

impl View for CalendarView {
    fn title(&self, call: &Call) -> String {
        format!("{} {}", words::CALENDAR.of(call.lang), self.year)
    }

    fn actions(&self, call: &Call) -> Markup {
        let href = call.href(&format!("/calendar/notices?year={}", self.year));
        html! {
            @if call.may(grants::CONFIRM_YEAR) {
                (part::link_button(ButtonTone::Primary, &href,
                    words::CONFIRM_YEAR.of(call.lang), "edit"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let hrefs: Vec<_> =
            self.years.iter().map(|y| (call.href(&format!("/calendar?year={y}")), *y)).collect();
        let labels: Vec<_> = self.years.iter().map(ToString::to_string).collect();
        let tabs: Vec<_> = hrefs
            .iter()
            .zip(&labels)
            .map(|((href, year), label)| flow::Tab {
                href,
                label,
                active: *year == i64::from(self.year),
                ..flow::Tab::default()
            })
            .collect();
        let state = match &self.notice {
            Some(notice) => html! {
                (part::badge(Tone::Green, words::CONFIRMED.of(lang))) " " (notice)
            },
            None => part::badge(Tone::Yellow, words::UNCONFIRMED.of(lang)),
        };
        layout::stack(html! {
            (flow::tabs(words::YEAR.of(lang), &tabs))
            @if self.notice.is_none() {
                (part::alert(Tone::Yellow, html! { (words::UNCONFIRMED_HINT.of(lang)) }))
            }
            (part::card(None, None, part::details(&[
                (words::NOTICE.of(lang), state),
                (words::WORKDAYS.of(lang), html! { (self.working_days) }),
            ])))
            @if self.notice.is_some() || !self.days.is_empty() {
                (part::card_flush(None, None, self.table(call)))
            }
        })
    }
}

impl CalendarView {
    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.days.is_empty() {
            let (title, hint) = (words::NOTHING_YET.of(lang), words::UNCONFIRMED_HINT.of(lang));
            return part::empty_state("calendar", title, hint, None);
        }
        let columns = [
            Column::lead(words::DAY.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::text(words::SERIES_NAME.of(lang)),
        ];
        let state = |working| match working {
            true => part::badge(Tone::Blue, words::WORKING_DAYS.of(lang)),
            false => part::badge(Tone::Green, words::HOLIDAYS.of(lang)),
        };
        let rows = self.days.iter().map(|d| Row {
            cells: vec![
                html! { (d.day) " " (web::format_day(d.day, d.day, lang)) },
                state(d.working),
                html! { (d.name) },
            ],
            ..Row::default()
        });
        let caption = words::CALENDAR.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
