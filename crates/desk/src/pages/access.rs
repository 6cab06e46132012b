//! The access log: who came in, who failed, what was taken out.

use journal::{Result, Tx};
use kernel::{Day, Lang, text};
use maud::{Markup, html};
use people::access::{Event, KEPT_DAYS};
use people::digest::{self, CheckedDay, Finding};
use people::store::{self, AccessFilter};
use serde::Serialize;
use ui::form::{self, ButtonTone, Field};
use ui::table::{self, Column, Row, Table};
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use crate::words;

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("event", ParamKind::Text(60), text!("事件", "Event")),
    Param::new("account", ParamKind::Text(64), text!("账号", "Account")),
    Param::new("remote", ParamKind::Text(64), text!("来源地址", "From which address")),
    Param::new("days", ParamKind::Number(1, 400), text!("核对多少天", "Days that are checked")),
    Param::BEFORE,
];

/// Lines on one page.
const PAGE: usize = 100;
/// Days whose digests are looked at unless more are asked for.
const DAYS: i64 = 14;
/// What narrows the list; then the days are left out.
const FILTERS: [&str; 4] = ["event", "account", "remote", "before"];

#[derive(Serialize)]
struct AccessView {
    lines: Vec<Line>,
    next: Option<Uuid>,
    /// The days whose digest is a fact, held against the lines; on the first page only.
    days: Vec<DayLine>,
}

#[derive(Serialize)]
struct DayLine {
    day: Day,
    lines: i64,
    digest: String,
    /// `same`, `differs`, `expired` or `unchecked`.
    finding: &'static str,
    lines_now: Option<i64>,
}

#[derive(Serialize)]
struct Line {
    id: Uuid,
    at: String,
    event: String,
    account: Option<Uuid>,
    account_name: Option<String>,
    remote: String,
    detail: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let asked = |name: &str| call.query.get(name).map(|v| v.trim().to_owned());
    let filter = AccessFilter {
        event: asked("event"),
        account_name: asked("account"),
        remote: asked("remote"),
        before: asked("before").and_then(|id| id.parse().ok()),
    };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut tx = call.read().await?;
    let mut found = store::access_lines(&mut tx, call.city()?, &filter, limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|l| l.id);
    let zone = call.zone();
    let lines = found.into_iter().map(|l| Line {
        id: l.id,
        at: l.at.local(&zone),
        event: l.event,
        account: l.account,
        account_name: l.account_name,
        remote: l.remote,
        detail: l.detail,
    });
    let lines = lines.collect();
    let is_first = call.query.pairs().iter().all(|(name, _)| !FILTERS.contains(&name.as_str()));
    let days = if is_first { days(&call, &mut tx).await? } else { Vec::new() };
    call.page(&AccessView { lines, next, days })
}

async fn days(call: &Call, tx: &mut Tx) -> Result<Vec<DayLine>> {
    let asked = call.query.get("days").and_then(|d| d.parse().ok()).unwrap_or(DAYS);
    let asked = (call.db().clock().now(), asked.clamp(1, KEPT_DAYS));
    let checked = digest::check(tx, call.city()?, asked).await?;
    let line = |day: CheckedDay| {
        let (finding, lines_now) = match day.finding {
            Finding::Same => ("same", Some(day.lines)),
            Finding::Differs(now) => ("differs", Some(now)),
            Finding::Expired => ("expired", None),
            Finding::Unchecked => ("unchecked", None),
        };
        DayLine { day: day.day, lines: day.lines, digest: day.digest, finding, lines_now }
    };
    Ok(checked.into_iter().map(line).collect())
}

impl View for AccessView {
    fn title(&self, call: &Call) -> String {
        words::ACCESS.of(call.lang).to_owned()
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let next = self.next.map(|id| super::journal::with(call, "/access", &id.to_string()));
        layout::stack(html! {
            p class="muted" { (words::ACCESS_NOTE.of(lang)) }
            (self.days(call))
            (part::card_flush(None, None, html! {
                (filter(call))
                (table::list(html! {
                    (self.table(call))
                    (table::pager(lang, None, next.as_deref(), ""))
                }))
            }))
        })
    }
}

fn finding(day: &DayLine, lang: Lang) -> Markup {
    let (tone, text) = match day.finding {
        "same" => (Tone::Green, words::SAME),
        "differs" => (Tone::Red, words::DIFFERS),
        "expired" => (Tone::Grey, words::EXPIRED),
        _ => (Tone::Yellow, words::UNCHECKED),
    };
    html! {
        (part::badge(tone, text.of(lang)))
        @if let Some(now) = day.lines_now.filter(|_| day.finding == "differs") {
            " " (words::lines_now(now).of(lang))
        }
    }
}

fn filter(call: &Call) -> Markup {
    let lang = call.lang;
    let asked = |name: &str| call.query.get(name).unwrap_or_default();
    let field = |name, label: kernel::Text, value| Field {
        name,
        label: label.of(lang),
        value,
        ..Field::default()
    };
    let mut events = vec![form::Choice::new("", words::ALL.of(lang))];
    events.extend(
        Event::ALL.iter().map(|e| form::Choice::new(e.word(), words::event(e.word()).of(lang))),
    );
    let body = html! {
        (form::select(&field("event", words::EVENT, asked("event")), &events))
        (form::text(&field("account", words::ACCOUNT, asked("account")), 64))
        (form::text(&field("remote", words::REMOTE, asked("remote")), 64))
    };
    form::filter_form(lang, &call.href("/access"), body)
}

impl AccessView {
    /// Each day's digest, and whether the lines still give it.
    fn days(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.days.is_empty() {
            return Markup::default();
        }
        let columns = [
            Column::fit(words::DAY.of(lang)),
            Column::fit(words::LINES.of(lang)),
            Column::lead(words::FINDING.of(lang)),
            Column::text(words::DIGEST.of(lang)),
        ];
        let rows = self.days.iter().map(|d| Row {
            tone: (d.finding == "differs").then_some(Tone::Red),
            cells: vec![
                html! { (d.day) },
                html! { (d.lines) },
                finding(d, lang),
                html! { code { (d.digest.get(..16).unwrap_or_default()) "…" } },
            ],
            ..Row::default()
        });
        let caption = words::DAYS.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        let all = call.href(&format!("/access?days={KEPT_DAYS}"));
        let all = part::link_button(ButtonTone::Plain, &all, words::ALL_DAYS.of(lang), "");
        part::card_flush(Some(caption), Some(all), table.render())
    }

    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.lines.is_empty() {
            let (title, hint) = (words::NOTHING.of(lang), words::NOTHING_HINT.of(lang));
            return part::empty_state("eye", title, hint, None);
        }
        let columns = [
            Column::fit(words::AT.of(lang)),
            Column::lead(words::EVENT.of(lang)),
            Column::text(words::ACCOUNT.of(lang)),
            Column::fit(words::REMOTE.of(lang)),
            Column::text(words::DETAIL.of(lang)),
        ];
        let rows = self.lines.iter().map(|l| Row {
            tone: (l.event == Event::Failed.word()).then_some(Tone::Yellow),
            cells: vec![
                html! { (l.at) },
                html! { (words::event(&l.event).of(lang)) },
                html! {
                    @match (l.account, &l.account_name) {
                        (Some(id), Some(name)) =>
                            a href=(call.href(&format!("/accounts/{id}"))) { (name) },
                        _ => "—",
                    }
                },
                html! { (l.remote) },
                html! { (l.detail) },
            ],
            ..Row::default()
        });
        let caption = words::ACCESS.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
