//! 消息发送: what left the program by mail and webhook, what waits, and what was given up and why.
//! It says for which post and not what it said, so administrators see no business here; whether
//! somebody read it is not known.

use journal::Result;
use kernel::{Lang, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::flow::{self, Tab};
use ui::form::ButtonTone;
use ui::table::{self, Column, Row, Table};
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use crate::store::{self, DeliveryLine};
use crate::tables::{Channel, Delivery, Parcel};
use crate::{grants, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("show", ParamKind::Text(20), text!("发送状态", "How far they have come")),
    Param::BEFORE,
];

/// Lines on one page.
const PAGE: usize = 50;

#[derive(Serialize)]
struct Deliveries {
    /// `failed`, `waiting` or `sent`.
    show: Delivery,
    items: Vec<Item>,
    /// Where the next page begins.
    next: Option<Uuid>,
    /// How many were given up, up to a thousand.
    failed: i64,
    /// How many wait, up to a thousand.
    waiting: i64,
    #[serde(skip)]
    is_first: bool,
}

#[derive(Serialize)]
struct Item {
    id: Uuid,
    channel: Channel,
    kind: Parcel,
    /// The post it is for, with its unit.
    post: String,
    tries: i64,
    created_at: String,
    /// When it is tried next, or when it left.
    at: String,
    /// Why the last try failed.
    error: String,
}

impl Item {
    fn of(call: &Call, line: DeliveryLine) -> Self {
        let zone = call.zone();
        let post = line.unit.zip(line.title).map(|(unit, title)| format!("{unit}{title}"));
        Self {
            id: line.id,
            channel: line.channel,
            kind: line.kind,
            post: post.unwrap_or_else(|| "—".to_owned()),
            tries: line.tries,
            created_at: line.created_at.local(&zone),
            at: line.sent_at.unwrap_or(line.next_at).local(&zone),
            error: match call.lang {
                Lang::Zh => line.error_zh,
                Lang::En => line.error_en,
            },
        }
    }
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let show = call.query.get("show").and_then(Delivery::of).unwrap_or(Delivery::Failed);
    let before: Option<Uuid> = call.query.get("before").and_then(|id| id.parse().ok());
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let (city, mut tx) = (call.city()?, call.read().await?);
    let mut found = store::deliveries(&mut tx, city, (show, before), limit).await?;
    let failed = store::delivery_count(&mut tx, city, Delivery::Failed).await?;
    let waiting = store::delivery_count(&mut tx, city, Delivery::Waiting).await?;
    drop(tx);
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|line| line.id);
    let items = found.into_iter().map(|line| Item::of(&call, line)).collect();
    call.page(&Deliveries { show, items, next, failed, waiting, is_first: before.is_none() })
}

impl View for Deliveries {
    fn title(&self, call: &Call) -> String {
        words::DELIVERIES.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let test = call.href("/deliveries/test");
        let all = call.href("/deliveries/attempts");
        html! {
            @if self.failed > 0 && call.may(grants::TRY_ALL) {
                (part::link_button(ButtonTone::Plain, &all, words::TRY_ALL.of(lang), "refresh"))
            }
            @if call.may(grants::SEND_TEST) {
                (part::link_button(ButtonTone::Primary, &test, words::SEND_TEST.of(lang), "send"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let address =
            |rest: &str| call.href(&format!("/deliveries?show={}{rest}", self.show.word()));
        let next = self.next.map(|id| address(&format!("&before={id}")));
        let first = (!self.is_first).then(|| address(""));
        layout::stack(html! {
            p class="muted" { (words::DELIVERIES_NOTE.of(call.lang)) }
            (self.tabs(call))
            (part::card_flush(None, None, table::list(html! {
                (self.table(call))
                @if next.is_some() || first.is_some() {
                    (table::pager(call.lang, first.as_deref(), next.as_deref(), ""))
                }
            })))
        })
    }
}

impl Deliveries {
    fn tabs(&self, call: &Call) -> Markup {
        let states = [
            (Delivery::Failed, self.failed),
            (Delivery::Waiting, self.waiting),
            (Delivery::Sent, 0),
        ];
        let hrefs =
            states.map(|(state, _)| call.href(&format!("/deliveries?show={}", state.word())));
        let tabs: Vec<_> = states
            .iter()
            .zip(&hrefs)
            .map(|((state, count), href)| Tab {
                href,
                label: words::delivery(*state).of(call.lang),
                count: u64::try_from(*count).ok().filter(|n| *n > 0),
                active: *state == self.show,
            })
            .collect();
        flow::tabs(words::DELIVERIES.of(call.lang), &tabs)
    }

    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return self.empty(lang);
        }
        let at = match self.show {
            Delivery::Waiting => words::NEXT_AT,
            Delivery::Sent => words::SENT_AT,
            Delivery::Failed => words::FAILED_AT,
        };
        let is_sent = self.show == Delivery::Sent;
        let mut columns = vec![
            Column::lead(words::FOR_POST.of(lang)),
            Column::fit(words::KIND.of(lang)),
            Column::fit(words::CHANNEL.of(lang)),
            Column::fit(at.of(lang)),
            Column::fit(words::TRIES.of(lang)),
        ];
        if !is_sent {
            let why = Column { class: "col-wide", ..Column::text(words::WHY.of(lang)) };
            columns.extend([why, Column::actions("")]);
        }
        let rows = self.items.iter().map(|item| {
            let mut cells = vec![
                html! { (item.post) },
                html! { (words::parcel(item.kind).of(lang)) },
                html! { (words::channel(item.channel).of(lang)) },
                html! { (item.at) },
                html! { (item.tries) },
            ];
            if !is_sent {
                cells.push(html! { @if item.error.is_empty() { "—" } @else { (item.error) } });
                cells.push(self.again(call, item.id));
            }
            Row { cells, ..Row::default() }
        });
        let caption = words::DELIVERIES.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }

    fn again(&self, call: &Call, id: Uuid) -> Markup {
        let href = call.href(&format!("/deliveries/{id}/attempt"));
        html! {
            @if self.show == Delivery::Failed && call.may(grants::TRY_AGAIN) {
                a href=(href) { (words::TRY_AGAIN.of(call.lang)) }
            }
        }
    }

    fn empty(&self, lang: Lang) -> Markup {
        let (title, hint) = match self.show {
            Delivery::Failed => (
                text!("没有未送达的消息", "Nothing was given up"),
                text!(
                    "试过 8 次仍未送达的消息列在这里，附原因。",
                    "What did not arrive after eight tries is listed here with the reason."
                ),
            ),
            Delivery::Waiting => (
                text!("没有待发送的消息", "Nothing waits"),
                text!(
                    "每日摘要和急件提醒只在工作日 8:00—20:00 发出。",
                    "Digests and urgent messages leave on working days from 08:00 to 20:00."
                ),
            ),
            Delivery::Sent => (
                text!("近 30 日没有发出消息", "Nothing left within 30 days"),
                text!(
                    "设置邮件服务器或推送接口后，可先发送测试消息。",
                    "Once mail or the webhook is set up, send a test message first."
                ),
            ),
        };
        part::empty_state("send", title.of(lang), hint.of(lang), None)
    }
}
