//! The list of slips: filtered by colour, state, unit and year, in keyset pages.

use journal::Result;
use kernel::{Day, msg, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, ButtonTone, Field};
use ui::table::{Column, Row, Table};
use ui::{Tone, num, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, Query, View, button};

use super::with;
use crate::store::list::{self, COUNT_MAX, Filter, Listed};
use crate::tables::{ClockJumpRow, Colour, SlipState};
use crate::{grants, store, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new(
        "colour",
        ParamKind::Words(|| Colour::ALL.iter().map(|v| v.word()).collect()),
        text!("颜色", "Colour"),
    ),
    Param::new(
        "state",
        ParamKind::Words(|| SlipState::ALL.iter().map(|v| v.word()).collect()),
        text!("状态", "State"),
    ),
    Param::new("open", ParamKind::Flag, text!("在办或已结束", "Still open, or ended")),
    Param::new(
        "unit",
        ParamKind::Id,
        text!("只看某单位及其下属", "Only a unit and those below it"),
    ),
    Param::new("year", ParamKind::Number(1950, 2100), text!("年份", "Year")),
    Param::new("limit", ParamKind::Number(1, 100), text!("每页行数", "Rows of one page")),
    Param::AFTER,
];

/// Rows of one page, unless another number is asked.
const ROWS: i64 = 25;
/// Rows of one page at most.
const ROWS_MAX: i64 = 100;
/// Years that the filter offers, this one included.
const YEARS: i16 = 5;

#[derive(Serialize)]
struct Slips {
    items: Vec<Item>,
    count: i64,
    next: Option<Uuid>,
    head: String,
    #[serde(skip)]
    units: Vec<(Uuid, String)>,
    #[serde(skip)]
    jump: Option<ClockJumpRow>,
}

/// A slip as the list and JSON show it.
#[derive(Serialize)]
pub(crate) struct Item {
    pub(crate) id: Uuid,
    pub(crate) label: String,
    pub(crate) colour: Colour,
    pub(crate) state: SlipState,
    pub(crate) time: Option<i64>,
    pub(crate) by_hand: bool,
    pub(crate) unit_id: Uuid,
    pub(crate) unit: String,
    pub(crate) assignment_id: Uuid,
    pub(crate) item: String,
    pub(crate) title: String,
    pub(crate) opened_on: Day,
    pub(crate) issued_on: Option<Day>,
    pub(crate) answer_by: Option<Day>,
    pub(crate) answered_on: Option<Day>,
    pub(crate) ended_on: Option<Day>,
    /// Whether its own deadline passed without an answer.
    pub(crate) is_late: bool,
}

impl Item {
    pub(crate) fn of(listed: Listed, today: Day) -> Self {
        let Listed { row, item, title, unit } = listed;
        Self {
            id: row.id,
            label: row.label(),
            colour: row.colour,
            state: row.state,
            time: row.time,
            by_hand: row.by_hand,
            unit_id: row.unit_id,
            unit,
            assignment_id: row.assignment_id,
            item,
            title,
            opened_on: row.opened_on,
            issued_on: row.issued_on,
            answer_by: row.answer_by,
            answered_on: row.answered_on,
            ended_on: row.ended_on,
            is_late: row.is_late(today),
        }
    }
}

pub(crate) fn filter(query: &Query) -> Filter {
    let text = |name: &str| query.get(name).filter(|v| !v.is_empty());
    Filter {
        colour: text("colour").and_then(Colour::of),
        state: text("state").and_then(SlipState::of),
        open: text("open").map(|v| v == "1"),
        unit: text("unit").and_then(|v| v.parse().ok()),
        year: text("year").and_then(|v| v.parse().ok()),
        after: text("after").and_then(|v| v.parse().ok()),
    }
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let filter = filter(&call.query);
    let limit = call.query.get("limit").and_then(|l| l.parse().ok()).unwrap_or(ROWS);
    let limit = i64::clamp(limit, 1, ROWS_MAX);
    let mut listed = list::slips(&mut tx, &actor, &filter, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = listed.len() > shown;
    listed.truncate(shown);
    let next = listed.last().filter(|_| more).map(|l| l.row.id);
    let count = list::count(&mut tx, &actor, &filter).await?;
    let mut units = Vec::new();
    if !call.json && !actor.role.is_unit() {
        let rows = people::store::units(&mut tx, city, call.today()).await?;
        units = rows.into_iter().map(|u| (u.id, u.short_name)).collect();
    }
    let jump = if actor.role.is_bureau() {
        store::jump(&mut tx, city, call.db().clock().now()).await?
    } else {
        None
    };
    let head = journal::history::head(&mut tx, city).await?.to_string();
    let items = listed.into_iter().map(|l| Item::of(l, call.today())).collect();
    call.page(&Slips { items, count, next, head, units, jump })
}

impl View for Slips {
    fn title(&self, call: &Call) -> String {
        words::SLIPS.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let plain = |label: kernel::Text, sign| (ButtonTone::Plain, label.of(lang), sign);
        html! {
            @if !self.items.is_empty() { (super::to_excel(call, grants::EXPORT, "/slips/export")) }
            (button(call, grants::MISSED, "/missed-reports", plain(words::MISSED, "hourglass")))
            (button(call, grants::LADDER, "/slips/ladder", plain(words::LADDER, "settings")))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let filter = form::filter_form(call.lang, &call.href(&call.path), self.filters(call));
        ui::layout::stack_printed_lying(html! {
            @if let Some(jump) = &self.jump { (warning(jump, call)) }
            (tabs(call))
            (part::card_flush(None, None, html! { (filter) (self.list(call)) }))
            (web::seal(&self.head, call))
        })
    }
}

/// The clock jumped: reminders and proposals wait.
fn warning(jump: &ClockJumpRow, call: &Call) -> Markup {
    let (minutes, until) = (jump.jump_secs / 60, jump.paused_until.local(&call.zone()));
    let told = msg!(
        "服务器时钟跳变了 {minutes} 分钟。请系统管理员核对时间；时钟平稳运行到 {until}（服务器时间）之前，程序暂停催办、未反馈登记和督办单提出。",
        "The server's clock jumped by {minutes} minutes. Have it checked; until it has run steadily to {until} (the server's time) nothing is recorded by the clock."
    );
    part::alert(Tone::Yellow, html! { (told.of(call.lang)) })
}

/// What is open, what has ended, and everything.
fn tabs(call: &Call) -> Markup {
    let lang = call.lang;
    let open = call.query.get("open").filter(|v| !v.is_empty());
    let tabs = [
        (text!("全部", "All"), "", open.is_none()),
        (text!("未了结", "Open"), "1", open == Some("1")),
        (text!("已了结", "Ended"), "0", open == Some("0")),
    ];
    let hrefs = tabs.map(|(_, value, _)| with(call, "open", value));
    let tabs: Vec<_> = tabs
        .iter()
        .zip(&hrefs)
        .map(|((label, _, active), href)| ui::flow::Tab {
            href,
            label: label.of(lang),
            count: None,
            active: *active,
        })
        .collect();
    ui::flow::tabs(words::SLIPS.of(lang), &tabs)
}

impl Slips {
    fn filters(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let any = text!("全部", "All").of(lang);
        let select = |name: &str, label: kernel::Text, options: Vec<(String, String)>| {
            let value = call.query.get(name).unwrap_or_default();
            let field = Field { name, label: label.of(lang), value, ..Field::default() };
            let mut choices = vec![form::Choice::new("", any)];
            choices.extend(options.iter().map(|(v, l)| form::Choice::new(v, l)));
            form::select(&field, &choices)
        };
        let word = |w: &str, t: kernel::Text| (w.to_owned(), t.of(lang).to_owned());
        let this = call.today().year();
        let years = (0..YEARS).map(|n| ((this - n).to_string(), (this - n).to_string()));
        let units = self.units.iter().map(|(id, name)| (id.to_string(), name.clone()));
        html! {
            (select("colour", words::COLOUR, Colour::ALL.iter().map(|c| word(c.word(), words::colour(*c))).collect()))
            (select("state", words::STATE, SlipState::ALL.iter().map(|s| word(s.word(), words::state(*s))).collect()))
            @if !self.units.is_empty() { (select("unit", words::UNIT, units.collect())) }
            (select("year", text!("编号年度", "Year of its number"), years.collect()))
            @if let Some(open) = call.query.get("open") { (form::hidden("open", open)) }
        }
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "stamp",
                text!("没有符合条件的督办单", "No slip matches").of(lang),
                text!(
                    "事项逾期后由程序按督办阶梯提出，也可以在逾期事项页面草拟。",
                    "The program proposes one when an item is overdue; an officer may draft one on its page."
                )
                .of(lang),
                None,
            ));
        }
        let columns = [
            Column::fit(words::NUMBER.of(lang)),
            Column::fit(words::COLOUR.of(lang)),
            Column::lead(words::ITEM.of(lang)),
            Column::text(words::UNIT.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::fit(words::ISSUED_ON.of(lang)),
            Column::fit(words::ANSWER_BY.of(lang)),
        ];
        let table = Table {
            caption: words::SLIPS.of(lang),
            columns: &columns,
            rows: self.items.iter().map(|i| row(call, i)).collect(),
            ..Table::default()
        };
        let next = self.next.map(|after| with(call, "after", &after.to_string()));
        let first = call.query.get("after").map(|_| with(call, "after", ""));
        let total =
            if self.count > COUNT_MAX { format!("{COUNT_MAX}+") } else { num::count(self.count) };
        let label = msg!("共 {total} 张", "{total} in all");
        table::list(html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), label.of(lang)))
        })
    }
}

fn row(call: &Call, i: &Item) -> Row {
    let lang = call.lang;
    let number = if i.issued_on.is_some() { i.label.as_str() } else { "—" };
    Row {
        href: Some(call.href(&crate::acts::card(i.id))),
        tone: i.is_late.then_some(Tone::Red),
        cells: vec![
            html! { (number) },
            super::colour(i.colour, lang),
            html! { (i.item) " " (i.title) },
            html! { (i.unit) },
            html! { (words::state(i.state).of(lang)) },
            html! { @if let Some(on) = i.issued_on { time datetime=(on) { (on) } } @else { "—" } },
            html! {
                @if let Some(by) = i.answer_by { time datetime=(by) { (by) } } @else { "—" }
                @if i.is_late { " " (part::badge(Tone::Red, words::LATE.of(lang))) }
            },
        ],
    }
}
