//! The desk of each role.

use assignments::pages::register;
use assignments::regions::due_changes;
use journal::Result;
use kernel::{Lang, Text, text};
use maud::{Markup, html};
use messages::inbox::Item;
use ui::figure::StatCard;
use ui::flow::{self, Tab};
use ui::table::{Column, Row, Table};
use ui::{Tone, figure, layout, num, part};
use web::{Answer, Call, Param, ParamKind, View};

use crate::home::{self, Figures, Home, List, ListKind, Load, Waiting};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[Param::new(
    "area",
    ParamKind::Words(|| vec!["mine", "all"]),
    text!("all：不限我的片区", "all: beyond what I look after"),
)];

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let home = home::read(&call).await?;
    call.page(&home)
}

impl View for Home {
    fn title(&self, call: &Call) -> String {
        let hello = text!("您好，", "Welcome, ").of(call.lang);
        format!("{hello}{}", call.visitor().map_or("", |c| c.name.as_str()))
    }

    fn actions(&self, call: &Call) -> Markup {
        let Some(area) = &self.area else { return Markup::default() };
        let lang = call.lang;
        let label = text!("联系片区", "Area").of(lang);
        let (mine, all) = (call.href("/"), call.href("/?area=all"));
        let tabs = [
            Tab {
                href: &mine,
                label: text!("我的片区", "My area").of(lang),
                count: None,
                active: area.is_mine,
            },
            Tab {
                href: &all,
                label: text!("全部", "All").of(lang),
                count: None,
                active: !area.is_mine,
            },
        ];
        flow::tabs(label, &tabs)
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let lists = self.lists.iter().filter(|l| !l.items.is_empty());
        let waits = [
            (text!("待我审签", "Waiting for my signature"), &self.signatures),
            (text!("待办延期", "Extensions to decide"), &self.extensions),
            (text!("待裁定退回", "Hand-backs to decide"), &self.hand_backs),
            (text!("督办单待办", "Slips waiting"), &self.slips),
            (text!("异议待答复", "Objections to decide"), &self.objections),
            (text!("领导批注待落实", "Leaders' notes to follow up"), &self.notes),
        ];
        let nothing = self.totals.is_none();
        layout::stack(html! {
            @if let Some(f) = &self.totals { (stats(f, call)) }
            @if !self.messages.is_empty() { (news(&self.messages, call)) }
            @for (title, list) in waits {
                @if !list.is_empty() { (part::card(Some(title.of(lang)), None, waiting(list, call))) }
            }
            @if !self.changes.is_empty() { (changes(&self.changes, call)) }
            @if !self.lines.is_empty() {
                (loads(text!("各条线", "Lines of work"), &self.lines, call))
            }
            @for list in lists { (items(list, call)) }
            @if !self.units.is_empty() {
                (loads(text!("各单位办理情况（逾期多的在前）", "Units, the most overdue first"), &self.units, call))
            }
            @if nothing {
                (part::card(None, None, part::empty_state("shield",
                    text!("请从左侧导航进入", "Use the navigation").of(lang),
                    text!("管理员不查看业务内容。", "Administrators see no business.").of(lang), None)))
            }
        })
    }
}

fn stats(f: &Figures, call: &Call) -> Markup {
    let lang = call.lang;
    let register = |rest: &str| {
        let joint = if f.query.is_empty() { "" } else { "&" };
        call.href(&format!("/assignments?{}{joint}{rest}", f.query))
    };
    let card = |label: Text, value: i64, tone, href: String, icon| {
        let value = num::count(value);
        figure::stat(&StatCard {
            label: label.of(lang),
            value: &value,
            unit: "",
            note: None,
            tone,
            href: Some(&href),
            icon,
        })
    };
    let rate_text = if f.closed > 0 { num::percent(f.on_time, f.closed) } else { "—".to_owned() };
    let note = kernel::msg!(
        "办结 {closed} 项，按期 {on_time} 项",
        "{on_time} in time of {closed} closed",
        closed = f.closed,
        on_time = f.on_time
    );
    let closed = register("light=done&taken=0");
    html! {
        (layout::grid(layout::Columns::Five, html! {
            (card(text!("在办", "Open"), f.open, Tone::Blue, register("open=1"), "list-check"))
            (card(text!("逾期", "Overdue"), f.red, Tone::Red, register("light=red"), "alert"))
            (card(text!("临期", "Due soon"), f.yellow, Tone::Yellow, register("light=yellow"), "clock"))
            (card(text!("待督查局", "Awaits the bureau"), f.waiting, Tone::Grey, register("light=waiting"), "hourglass"))
            (figure::stat(&StatCard {
                label: text!("按期办结率", "Closed in time").of(lang),
                value: &rate_text,
                unit: "",
                note: Some(html! { (note.of(lang)) }),
                tone: Tone::Green,
                href: Some(&closed),
                icon: "circle-check",
            }))
        }))
    }
}

fn news(list: &[Item], call: &Call) -> Markup {
    let lang = call.lang;
    let all = html! { a href=(call.href("/inbox")) { (text!("收件箱", "Inbox").of(lang)) } };
    let body = html! {
        ul class="plain" { @for item in list { li { (item.line(call)) } } }
    };
    part::card(Some(text!("未读消息", "New messages").of(lang)), Some(all), body)
}

fn waiting(list: &[Waiting], call: &Call) -> Markup {
    html! {
        ul class="plain" {
            @for w in list {
                li { a href=(call.href(&w.href)) { (w.title) } " " span class="muted" { (w.detail) }
                    @if w.is_late { " " (part::badge(Tone::Red, text!("超期", "late").of(call.lang))) } }
            }
        }
    }
}

fn list_title(kind: ListKind) -> Text {
    match kind {
        ListKind::DueToday => text!("今天到期", "Due today"),
        ListKind::Returned => text!("被退办", "Returned for rework"),
        ListKind::ToAccept => text!("待签收", "To be accepted"),
        ListKind::ToSign => text!("待我审签的报结", "Submissions to sign"),
        ListKind::ToVerify => text!("待核实", "To be verified"),
        ListKind::Overdue => text!("逾期事项", "Overdue"),
        ListKind::DueSoon => text!("临期事项", "Due soon"),
        ListKind::Open => text!("在办事项", "Open"),
    }
}

fn items(list: &List, call: &Call) -> Markup {
    let lang = call.lang;
    let columns = [
        Column::fit(text!("编号", "No.").of(lang)),
        Column::lead(text!("事项", "Assignment").of(lang)),
        Column::text(text!("责任单位", "Unit").of(lang)),
        Column::fit(text!("状态", "State").of(lang)),
        Column::fit(text!("完成时限", "Due").of(lang)),
        Column::fit(text!("亮灯", "Light").of(lang)),
    ];
    let title = list_title(list.what).of(lang);
    let rows = list.items.iter().map(|i| register::row(call, i)).collect();
    let table = Table { caption: title, columns: &columns, rows, ..Table::default() };
    part::card_flush(Some(title), Some(more(&list.query, call)), table.render())
}

fn changes(list: &[due_changes::Change], call: &Call) -> Markup {
    let lang = call.lang;
    let href = call.href("/assignments/due-changes");
    let all = html! { a href=(href) { (text!("全部", "All").of(lang)) } };
    let title = assignments::words::DUE_CHANGES.of(lang);
    part::card_flush(Some(title), Some(all), due_changes::table(list, call))
}

fn more(query: &str, call: &Call) -> Markup {
    let href = call.href(&format!("/assignments?{query}"));
    html! { a href=(href) { (text!("全部", "All").of(call.lang)) } }
}

fn loads(title: Text, loads: &[Load], call: &Call) -> Markup {
    let lang = call.lang;
    let columns = columns(lang);
    let cell = |load: &Load, value: i64, rest: &str| {
        let href = call.href(&format!("/assignments?{}&{rest}", load.query));
        html! { @if value == 0 { span class="muted" { "0" } } @else { a href=(href) { (value) } } }
    };
    let rows = loads.iter().map(|l| Row {
        href: Some(call.href(&format!("/assignments?{}&open=1", l.query))),
        tone: (l.red > 0).then_some(Tone::Red),
        cells: vec![
            html! { (l.name) },
            cell(l, l.open, "open=1"),
            cell(l, l.red, "light=red"),
            cell(l, l.yellow, "light=yellow"),
            cell(l, l.waiting, "light=waiting"),
            html! { (l.on_time) " / " (l.closed) },
        ],
    });
    let caption = title.of(lang);
    let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
    part::card_flush(Some(caption), None, table.render())
}

fn columns(lang: Lang) -> [Column<'static>; 6] {
    [
        Column::lead(text!("名称", "Name").of(lang)),
        Column::number(text!("在办", "Open").of(lang)),
        Column::number(text!("逾期", "Overdue").of(lang)),
        Column::number(text!("临期", "Due soon").of(lang)),
        Column::number(text!("待督查局", "Awaits the bureau").of(lang)),
        Column::number(text!("按期/办结", "In time / closed").of(lang)),
    ]
}
