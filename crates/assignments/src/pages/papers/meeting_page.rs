//! 会议材料 as a page that prints.

use kernel::{Lang, text};
use maud::{Markup, html};
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use web::{Call, Sheet, View};

use super::lines::Line;
use super::meeting::{Former, Load, Outcome, Pack, SPEC};
use crate::{grants, words};

impl View for Pack {
    fn title(&self, call: &Call) -> String {
        format!("{} · {}", SPEC.title.of(call.lang), self.title)
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href(&crate::acts::batch_page(self.id)), self.title.clone())]
    }

    fn sheet(&self, call: &Call) -> Option<Sheet> {
        let seal = format!("{} · {}", self.head, self.printed);
        let download = format!("{}/meeting/document", crate::acts::batch_page(self.id));
        Some(Sheet {
            paper: ui::shell::Paper::Lying,
            back: call.href(&crate::acts::batch_page(self.id)),
            tools: web::button(
                call,
                grants::MEETING_DOCUMENT,
                &download,
                (
                    ButtonTone::Plain,
                    text!("下载 Word", "Download for Word").of(call.lang),
                    "download",
                ),
            ),
            seal,
        })
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        html! {
            @if let Some(former) = &self.former {
                h2 { (text!("上次事项办理情况", "How the former list stands").of(lang)) " · " (former.title) }
                p { (former.summary_in(lang)) }
                (former.outcomes(lang))
                (former.listed(lang))
            }
            @if !self.carried.is_empty() {
                h2 { (text!("续办事项", "Carried over").of(lang)) }
                (list(lang, &self.carried))
            }
            h2 { (text!("本次交办", "This list").of(lang)) }
            (list(lang, &self.lines))
            h2 { (text!("各单位承担情况", "What each unit has to do").of(lang)) }
            (self.loads(lang))
        }
    }
}

impl Former {
    fn summary_in(&self, lang: Lang) -> String {
        if lang == Lang::Zh {
            return format!("{}。", self.summary());
        }
        let sum = |of: fn(&Outcome) -> i64| self.units.iter().map(of).sum::<i64>();
        format!(
            "{} items, {} closed ({} in time), {} open of which {} overdue and {} due soon",
            sum(|u| u.items),
            sum(|u| u.closed),
            sum(|u| u.on_time),
            sum(|u| u.open),
            sum(|u| u.red),
            sum(|u| u.yellow)
        )
    }

    fn outcomes(&self, lang: Lang) -> Markup {
        let columns = [
            Column::lead(text!("单位", "Unit").of(lang)),
            Column::number(text!("交办", "Items").of(lang)),
            Column::number(text!("办结", "Closed").of(lang)),
            Column::number(text!("在办", "Open").of(lang)),
            Column::number(text!("逾期", "Overdue").of(lang)),
            Column::number(text!("临期", "Due soon").of(lang)),
            Column::number(text!("按期办结", "In time").of(lang)),
        ];
        let caption = text!("按单位", "By unit").of(lang);
        drawn(caption, &columns, self.units.iter().map(Outcome::cells))
    }

    fn listed(&self, lang: Lang) -> Markup {
        let rows = self.items.iter().map(|i| Row {
            href: None,
            tone: None,
            cells: vec![
                html! { (i.marked()) },
                html! { (i.title) },
                html! { (i.unit) },
                html! { (i.due_on) },
                crate::pages::light(i.light, lang),
                html! { (words::state(i.state).of(lang)) },
                html! { @if let Some(on) = i.last_report_on { (on) } },
            ],
        });
        let columns = [
            Column::fit(text!("编号", "No.").of(lang)),
            Column::lead(text!("事项", "Assignment").of(lang)),
            Column::text(text!("责任单位", "Unit").of(lang)),
            Column::fit(text!("完成时限", "Due").of(lang)),
            Column::fit(text!("亮灯", "Light").of(lang)),
            Column::fit(text!("状态", "State").of(lang)),
            Column::fit(text!("最近反馈", "Last report").of(lang)),
        ];
        let caption = text!("逐项", "Item by item").of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}

impl Pack {
    fn loads(&self, lang: Lang) -> Markup {
        let columns = [
            Column::lead(text!("单位", "Unit").of(lang)),
            Column::number(text!("在办", "Open").of(lang)),
            Column::number(text!("逾期", "Overdue").of(lang)),
            Column::number(text!("临期", "Due soon").of(lang)),
            Column::number(text!("待签收", "To be accepted").of(lang)),
            Column::number(text!("待督查局", "Awaits the bureau").of(lang)),
            Column::number(text!("本次新增", "New in this list").of(lang)),
        ];
        let caption = text!("各单位承担情况", "What each unit has to do").of(lang);
        drawn(caption, &columns, self.load.iter().map(Load::cells))
    }
}

fn drawn(caption: &str, columns: &[Column<'_>], rows: impl Iterator<Item = Vec<String>>) -> Markup {
    let row = |cells: Vec<String>| Row {
        href: None,
        tone: None,
        cells: cells.into_iter().map(|cell| html! { (cell) }).collect(),
    };
    Table { caption, columns, rows: rows.map(row).collect(), ..Table::default() }.render()
}

fn list(lang: Lang, lines: &[Line]) -> Markup {
    let columns = [
        Column::fit(text!("编号", "No.").of(lang)),
        Column::lead(text!("事项", "Item").of(lang)),
        Column::text(text!("工作要求及完成标准", "Demand and standard").of(lang)),
        Column::text(text!("市级责任领导", "Leader").of(lang)),
        Column::text(text!("责任单位", "Units").of(lang)),
        Column::text(text!("配合单位", "Co-units").of(lang)),
        Column::fit(text!("完成时限", "Due").of(lang)),
    ];
    let rows = lines.iter().map(|line| Row {
        href: None,
        tone: None,
        cells: vec![
            html! { (line.label) },
            html! { (line.title) },
            html! { (line.demand) @if !line.standard.is_empty() { br; (line.standard) } },
            html! { (line.leader) },
            html! { (line.units.join("、")) },
            html! { (line.co_units.join("、")) },
            html! {
                @match (line.due_on, line.due_days) {
                    (Some(on), _) => (on),
                    (None, Some(n)) => (words::after_issue(n).of(lang)),
                    (None, None) => "",
                }
            },
        ],
    });
    let caption = text!("事项清单", "Items").of(lang);
    Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
}
