//! 收件箱: what came into the caller's trays, newest first.

use journal::{Boxed, Result};
use kernel::text;
use maud::{Markup, html};
use serde::Serialize;
use ui::flow::{self, Tab};
use ui::form::{self, ButtonTone};
use ui::table::{self, Column, Row, Table};
use ui::{Tone, layout, part};
use web::{Answer, Call, Param, ParamKind, View};

use crate::inbox::{self, Item};
use crate::store::{self, Filter, Show};
use crate::{grants, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new(
        "show",
        ParamKind::Words(|| vec!["unread", "waiting", "all"]),
        text!("未读、待办或全部", "Unread, to be done, or all"),
    ),
    Param::BEFORE,
];

/// Messages on one page.
const PAGE: usize = 50;

#[derive(Serialize)]
struct Inbox {
    /// `unread`, `waiting` or `all`.
    show: &'static str,
    items: Vec<Item>,
    /// Where the next page begins.
    next: Option<i64>,
    /// How many are new, up to a hundred.
    unread: i64,
    #[serde(skip)]
    is_first: bool,
}

/// How many messages are new for the caller.
pub(crate) fn bell(call: &Call) -> Boxed<'_, Result<i64>> {
    Box::pin(async move {
        store::unread_count(&mut call.read().await?, call.actor()?, call.now()).await
    })
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (word, show) = asked(&call);
    let before: Option<i64> = call.query.get("before").and_then(|seq| seq.parse().ok());
    let filter = Filter { show, before, now: call.now() };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut tx = call.read().await?;
    let mut listed = store::list(&mut tx, call.actor()?, filter, limit).await?;
    let unread = store::unread_count(&mut tx, call.actor()?, call.now()).await?;
    drop(tx);
    let more = listed.len() > PAGE;
    listed.truncate(PAGE);
    let next = listed.last().filter(|_| more).map(|m| m.seq);
    let items = listed.into_iter().map(|m| Item::of(&call, m)).collect();
    call.page(&Inbox { show: word, items, next, unread, is_first: before.is_none() })
}

fn asked(call: &Call) -> (&'static str, Show) {
    match call.query.get("show") {
        Some("waiting") => ("waiting", Show::Waiting),
        Some("all") => ("all", Show::All),
        _ => ("unread", Show::Unread),
    }
}

impl View for Inbox {
    fn title(&self, call: &Call) -> String {
        words::INBOX.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        if self.unread == 0 || !call.may(grants::READ_ALL) {
            return Markup::default();
        }
        let button = form::submit(ButtonTone::Plain, words::READ_ALL.of(call.lang), "check");
        inbox::post(call, &call.href("/inbox/read"), button)
    }

    fn body(&self, call: &Call) -> Markup {
        let next =
            self.next.map(|seq| call.href(&format!("/inbox?show={}&before={seq}", self.show)));
        let first = (!self.is_first).then(|| call.href(&format!("/inbox?show={}", self.show)));
        layout::stack(html! {
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

impl Inbox {
    fn tabs(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let shown = [("unread", words::UNREAD), ("waiting", words::WAITING), ("all", words::ALL)];
        let hrefs = shown.map(|(word, _)| call.href(&format!("/inbox?show={word}")));
        let tabs: Vec<_> = shown
            .iter()
            .zip(&hrefs)
            .map(|((word, label), href)| Tab {
                href,
                label: label.of(lang),
                count: u64::try_from(self.unread)
                    .ok()
                    .filter(|n| *word == "unread" && *n > 0 && *n < 100),
                active: *word == self.show,
            })
            .collect();
        flow::tabs(words::INBOX.of(lang), &tabs)
    }

    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return self.empty(call);
        }
        // A unit's own people are told of their own unit only.
        let names_unit = !call.caller().is_ok_and(|c| c.actor.role.is_unit());
        let mut columns =
            vec![Column::lead(words::MESSAGE.of(lang)), Column::fit(words::NEEDED.of(lang))];
        columns.extend(names_unit.then(|| Column::fit(words::UNIT.of(lang))));
        columns.extend([Column::fit(words::AT.of(lang)), Column::actions("")]);
        let rows = self.items.iter().map(|item| Row {
            tone: (item.urgent && item.to_do && !item.settled).then_some(Tone::Red),
            cells: {
                let unit = names_unit.then(|| html! { (item.unit.as_deref().unwrap_or("—")) });
                let first = [item.opened(call), item.needed(lang)];
                let last = [html! { (item.at) }, item.read(call)];
                first.into_iter().chain(unit).chain(last).collect()
            },
            ..Row::default()
        });
        let caption = words::INBOX.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }

    fn empty(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let (title, hint) = match self.show {
            "unread" => (
                text!("没有未读消息", "Nothing new"),
                text!("新消息到达后显示在这里。", "What comes in is shown here."),
            ),
            "waiting" => (
                text!("没有待办消息", "Nothing waits for you"),
                text!(
                    "需要您办理的消息显示在这里，办理后自动消去。",
                    "What asks for something is shown here until it is done."
                ),
            ),
            _ => (
                text!("还没有消息", "No messages yet"),
                text!(
                    "与您任职有关的办理动态会发到这里。",
                    "What happens and concerns your post comes here."
                ),
            ),
        };
        let all = (self.show != "all").then(|| {
            let href = call.href("/inbox?show=all");
            part::link_button(
                ButtonTone::Plain,
                &href,
                text!("查看全部消息", "All messages").of(lang),
                "",
            )
        });
        part::empty_state("inbox", title.of(lang), hint.of(lang), all)
    }
}
