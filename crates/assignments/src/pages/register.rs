//! The register 事项台账: every assignment within reach, filtered, sorted, in keyset pages.

use journal::Result;
use kernel::{Lang, SubjectKind, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, ButtonTone, Field};
use ui::table::{Column, Order, Row, Table};
use ui::{num, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, Query, View};

use super::Item;
use crate::grants;
use crate::light::Light;
use crate::regions::narrowed::{self, Narrowed};
use crate::store::register::{self, COUNT_MAX, Filter, Sort};
use crate::tables::State;
use crate::words;

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new(
        "q",
        ParamKind::Text(100),
        text!("任意两个字或编号", "Any two characters, or a number"),
    ),
    Param::new(
        "state",
        ParamKind::Words(|| State::ALL.iter().map(|v| v.word()).collect()),
        text!("状态", "State"),
    ),
    Param::new("open", ParamKind::Flag, text!("在办或已结束", "Still open, or ended")),
    Param::new(
        "light",
        ParamKind::Words(|| Light::ALL.iter().map(|v| v.word()).collect()),
        text!("亮灯", "Light"),
    ),
    Param::new(
        "unit",
        ParamKind::Id,
        text!("只看某单位及其下属", "Only a unit and those below it"),
    ),
    Param::new("line", ParamKind::Id, text!("只看某条线", "Only a line of work")),
    Param::new(
        "session",
        ParamKind::Id,
        text!("只看某批次及其续办", "Only a batch and what it lists again"),
    ),
    Param::new(
        "sitting",
        ParamKind::Id,
        text!("只看某次会议的批次", "Only the batches of a sitting"),
    ),
    Param::new(
        "source",
        ParamKind::Text(60),
        text!("来源：类别，或 类别:标识", "Source: a kind, or kind:id"),
    ),
    Param::new(
        "taken",
        ParamKind::Flag,
        text!("期初接续或系统内交办", "Taken over, or issued here"),
    ),
    Param::new(
        "leader",
        ParamKind::Id,
        text!("只看某领导负责的", "Only what a leader is in charge of"),
    ),
    Param::new("due_from", ParamKind::Day, text!("时限不早于", "Due on this day or later")),
    Param::new("due_to", ParamKind::Day, text!("时限不晚于", "Due on this day or earlier")),
    Param::new(
        "returned",
        ParamKind::Flag,
        text!("1：只看被退办的", "1: only what was returned for rework"),
    ),
    Param::new(
        "area",
        ParamKind::Words(|| vec!["mine"]),
        text!("mine：只看我联系的", "mine: only what I look after"),
    ),
    Param::new("sort", ParamKind::Words(|| vec!["due", "-due", "-issued"]), text!("排序", "Order")),
    Param::new("limit", ParamKind::Number(1, 100), text!("每页行数", "Rows of one page")),
    Param::AFTER,
];

/// Rows of one page, unless another number is asked.
const ROWS: i64 = 25;
/// Rows of one page at most.
const ROWS_MAX: i64 = 100;

#[derive(Serialize)]
struct Register {
    items: Vec<Item>,
    count: i64,
    next: Option<String>,
    #[serde(skip)]
    units: Vec<(Uuid, String)>,
    #[serde(skip)]
    lines: Vec<(Uuid, String)>,
    #[serde(skip)]
    narrowed: Vec<Narrowed>,
    head: String,
}

/// The filter that a query asks for; what cannot be read does not limit.
fn filter(query: &Query) -> Filter {
    let id = |name: &str| query.get(name).and_then(|v| v.parse().ok());
    let day = |name: &str| query.get(name).and_then(|v| v.parse().ok());
    let after = query.get("after").and_then(|v| v.split_once('_'));
    Filter {
        state: query.get("state").and_then(State::of),
        open: query.get("open").map(|v| v == "1"),
        returned: query.get("returned") == Some("1"),
        light: query.get("light").and_then(Light::of_word),
        unit: id("unit"),
        line: id("line"),
        batch: id("session"),
        sitting: id("sitting"),
        source: query.get("source").and_then(source),
        watched: None,
        taken_over: query.get("taken").filter(|v| !v.is_empty()).map(|v| v == "1"),
        leader: id("leader"),
        due_from: day("due_from"),
        due_to: day("due_to"),
        text: query.get("q").map(|q| q.chars().take(100).collect()),
        sort: query.get("sort").map_or(Sort::Due, Sort::of),
        after: after.and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?))),
    }
}

/// The filter of a call; `area=mine` is what its caller looks after (联系片区).
pub(super) fn asked(call: &Call) -> Result<Filter> {
    let is_mine = call.query.get("area") == Some("mine");
    let watched = if is_mine { Some(call.actor()?.post) } else { None };
    Ok(Filter { watched, ..filter(&call.query) })
}

/// A source as addresses name it: `batch`, or `batch:…` for one of them.
fn source(text: &str) -> Option<(SubjectKind, Option<Uuid>)> {
    let (kind, id) = text.split_once(':').map_or((text, None), |(kind, id)| (kind, Some(id)));
    let id = id.map(str::parse).transpose().ok()?;
    Some((SubjectKind::of(kind)?, id))
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let edges = super::edges(&call, &mut tx).await?;
    let filter = asked(&call)?;
    let limit = call.query.get("limit").and_then(|l| l.parse().ok()).unwrap_or(ROWS);
    let limit = i64::clamp(limit, 1, ROWS_MAX);
    let mut listed = register::list(&mut tx, call.actor()?, &filter, &edges, limit + 1).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = listed.len() > shown;
    listed.truncate(shown);
    let next = listed.last().filter(|_| more).map(|last| {
        let (day, id) = filter.sort.key(&last.row);
        format!("{day}_{id}")
    });
    let count = register::count(&mut tx, call.actor()?, &filter, &edges).await?;
    let city = call.city()?;
    let (mut units, mut lines, mut narrowed) = (Vec::new(), Vec::new(), Vec::new());
    if !call.json {
        narrowed = narrowed::read(&call, &mut tx, &filter).await?;
        let rows = people::store::units(&mut tx, city, call.today()).await?;
        units = rows.into_iter().map(|u| (u.id, u.short_name)).collect();
        let rows = people::store::lines(&mut tx, city).await?;
        lines = rows.into_iter().map(|l| (l.id, l.name)).collect();
    }
    let head = journal::history::head(&mut tx, city).await?.to_string();
    let items = listed.into_iter().map(|l| Item::of(l, &edges)).collect();
    call.page(&Register { items, count, next, units, lines, narrowed, head })
}

/// The address of the same register with one value changed.
fn with(call: &Call, name: &str, value: &str) -> String {
    let mut pairs = pairs_without(call, &[name]);
    if !value.is_empty() {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    address(call, &pairs)
}

/// The address of the same register without some conditions.
fn without(call: &Call, names: &[&str]) -> String {
    address(call, &pairs_without(call, names))
}

fn pairs_without(call: &Call, names: &[&str]) -> Vec<(String, String)> {
    let mut pairs = url_pairs(call);
    pairs.retain(|(n, _)| !names.contains(&n.as_str()) && n != "after" && n != "done");
    pairs
}

fn address(call: &Call, pairs: &[(String, String)]) -> String {
    let query = web::encode_query(pairs);
    call.href(&format!("{}?{query}", call.path))
}

fn url_pairs(call: &Call) -> Vec<(String, String)> {
    call.query.pairs().iter().filter(|(_, v)| !v.is_empty()).cloned().collect()
}

impl View for Register {
    fn title(&self, call: &Call) -> String {
        words::REGISTER.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let mut pairs = url_pairs(call);
        pairs.retain(|(n, _)| !matches!(n.as_str(), "after" | "limit" | "done"));
        let href = call.href(&format!("/assignments/export?{}", web::encode_query(&pairs)));
        let label = text!("导出 Excel", "To Excel").of(call.lang);
        html! {
            @if call.may(grants::IMPORT_LEDGER) {
                (part::link_button(ButtonTone::Plain, &call.href("/assignments/import"), words::IMPORT_LEDGER.of(call.lang), "upload"))
            }
            @if call.may(grants::DUE_CHANGES) {
                (part::link_button(ButtonTone::Plain, &call.href("/assignments/due-changes"), words::DUE_CHANGES.of(call.lang), "clock"))
            }
            @if call.may(grants::EXPORT) && !self.items.is_empty() {
                (part::link_button(ButtonTone::Plain, &href, label, "download"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let filter = form::filter_form(call.lang, &call.href(&call.path), self.filters(call));
        ui::layout::stack_printed_lying(html! {
            (tabs(call))
            (part::card_flush(None, None, html! {
                (filter)
                (narrowed::show(&self.narrowed, call, |names| without(call, names)))
                (self.list(call))
            }))
            (web::seal(&self.head, call))
        })
    }
}

impl Register {
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
        let named = |list: &[(Uuid, String)]| {
            list.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>()
        };
        let q = Field {
            name: "q",
            label: text!("搜索", "Search").of(lang),
            value: call.query.get("q").unwrap_or_default(),
            placeholder: Some(
                text!("任意两个字或编号", "Any two characters, or a number").of(lang),
            ),
            ..Field::default()
        };
        html! {
            (form::search(&q))
            (select("light", text!("亮灯", "Light"), Light::ALL.iter().map(|l| word(l.word(), words::light(*l))).collect()))
            (select("state", text!("状态", "State"), State::ALL.iter().map(|s| word(s.word(), words::state(*s))).collect()))
            (select("unit", text!("单位", "Unit"), named(&self.units)))
            (select("line", text!("条线", "Line"), named(&self.lines)))
            (select("taken", words::TAKEN_OVER, vec![word("1", words::TAKEN_OVER), word("0", text!("系统内交办", "Issued here"))]))
            @for kept in ["sort", "open", "area", "returned", "session", "sitting", "source", "leader", "due_from", "due_to"] {
                @if let Some(value) = call.query.get(kept) { (form::hidden(kept, value)) }
            }
        }
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "search",
                text!("没有符合条件的事项", "Nothing matches").of(lang),
                text!("请放宽筛选条件，或清空搜索。", "Widen the filter or clear the search.")
                    .of(lang),
                None,
            ));
        }
        let columns = columns(call, lang);
        let table = Table {
            caption: words::REGISTER.of(lang),
            columns: &columns,
            rows: self.items.iter().map(|i| row(call, i)).collect(),
            ..Table::default()
        };
        let next = self.next.as_ref().map(|after| with_after(call, after));
        let first = call.query.get("after").map(|_| with(call, "after", ""));
        let total =
            if self.count > COUNT_MAX { format!("{COUNT_MAX}+") } else { num::count(self.count) };
        let label = kernel::msg!("共 {total} 项", "{total} in all");
        table::list(html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), label.of(lang)))
        })
    }
}

/// What has to be handled, and everything.
fn tabs(call: &Call) -> Markup {
    let lang = call.lang;
    let open = call.query.get("open");
    let tab = |label: kernel::Text, value: &str, active| {
        (label.of(lang), with(call, "open", value), active)
    };
    let tabs = [
        tab(text!("在办", "Open"), "1", open == Some("1")),
        tab(text!("办结及作废", "Ended"), "0", open == Some("0")),
        tab(text!("全部", "All"), "", open.is_none()),
    ];
    let tabs: Vec<_> = tabs
        .iter()
        .map(|(label, href, active)| ui::flow::Tab { href, label, count: None, active: *active })
        .collect();
    ui::flow::tabs(words::REGISTER.of(lang), &tabs)
}

fn with_after(call: &Call, after: &str) -> String {
    let mut pairs = url_pairs(call);
    pairs.retain(|(n, _)| n != "after" && n != "done");
    pairs.push(("after".to_owned(), after.to_owned()));
    call.href(&format!("{}?{}", call.path, web::encode_query(&pairs)))
}

fn columns(call: &Call, lang: Lang) -> Vec<Column<'static>> {
    let sort = call.query.get("sort").map_or(Sort::Due, Sort::of);
    let (due_next, due_order) = match sort {
        Sort::Due => (Sort::DueLast, Some(Order::Ascending)),
        Sort::DueLast => (Sort::Due, Some(Order::Descending)),
        Sort::Issued => (Sort::Due, None),
    };
    let issued = (sort == Sort::Issued).then_some(Order::Descending);
    vec![
        Column::fit(text!("编号", "No.").of(lang))
            .sorted(with(call, "sort", Sort::Issued.word()), issued),
        Column::lead(text!("事项", "Assignment").of(lang)),
        Column::text(text!("责任单位", "Unit").of(lang)),
        Column::fit(text!("状态", "State").of(lang)),
        Column::fit(text!("完成时限", "Due").of(lang))
            .sorted(with(call, "sort", due_next.word()), due_order),
        Column::fit(text!("亮灯", "Light").of(lang)),
    ]
}

/// An assignment as a row of a table.
pub fn row(call: &Call, item: &Item) -> Row {
    let lang = call.lang;
    Row {
        href: Some(call.href(&crate::acts::card(item.id))),
        tone: (item.light == Light::Red).then_some(ui::Tone::Red),
        cells: vec![
            html! { (item.label) @if item.taken_over { " " (super::taken_over(lang)) } },
            html! { (item.title) },
            html! { (item.unit) },
            html! { (words::state(item.state).of(lang)) },
            html! {
                (item.due(lang))
                @if item.due_on != item.first_due_on {
                    " " span class="muted" { (text!("（有变更）", "(changed)").of(lang)) }
                }
            },
            super::light(item.light, lang),
        ],
    }
}
