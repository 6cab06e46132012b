//! 未按时反馈: the closings that passed without a report, as they were found, newest first.

use journal::Result;
use kernel::{Day, Text, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, Field};
use ui::table::{Column, Row, Table};
use ui::{Tone, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use super::with;
use crate::store::list::{self, Missed};
use crate::{grants, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new(
        "unit",
        ParamKind::Id,
        text!("只看某单位及其下属", "Only a unit and those below it"),
    ),
    Param::AFTER,
];

/// Rows of one page.
const ROWS: usize = 50;

#[derive(Serialize)]
struct MissedReports {
    items: Vec<Item>,
    next: Option<String>,
    head: String,
    #[serde(skip)]
    units: Vec<(Uuid, String)>,
}

/// A missed report as the list and JSON show it.
#[derive(Serialize)]
pub(crate) struct Item {
    assignment_id: Uuid,
    pub(crate) label: String,
    pub(crate) title: String,
    unit_id: Uuid,
    pub(crate) unit: String,
    pub(crate) closed_on: Day,
    pub(crate) found_on: Day,
    pub(crate) last_report_on: Option<Day>,
    /// Whether a report came after the closing.
    made_up: bool,
    is_open: bool,
}

impl Item {
    pub(crate) fn of(m: Missed) -> Self {
        Self {
            made_up: m.last_report_on.is_some_and(|on| on > m.closed_on),
            assignment_id: m.assignment_id,
            label: m.label,
            title: m.title,
            unit_id: m.unit_id,
            unit: m.unit,
            closed_on: m.closed_on,
            found_on: m.found_on,
            last_report_on: m.last_report_on,
            is_open: m.is_open,
        }
    }

    /// What became of it.
    pub(crate) const fn now(&self) -> (Tone, Text) {
        match (self.is_open, self.made_up) {
            (false, _) => (Tone::Grey, text!("事项已结束", "ended")),
            (true, true) => (Tone::Green, text!("已补报", "made up")),
            (true, false) => (Tone::Yellow, text!("仍未反馈", "still missing")),
        }
    }
}

/// The unit that the list is limited to.
pub(crate) fn unit(call: &Call) -> Option<Uuid> {
    call.query.get("unit").and_then(|v| v.parse().ok())
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let unit = unit(&call);
    let after = call.query.get("after").and_then(|v| v.split_once('_'));
    let after = after.and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    let limit = i64::try_from(ROWS).unwrap_or(i64::MAX) + 1;
    let mut rows = list::missed(&mut tx, city, (unit, after), limit).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let last = rows.last().filter(|_| more);
    let next = last.map(|m| format!("{}_{}", m.closed_on, m.assignment_id));
    let mut units = Vec::new();
    if !call.json {
        let rows = people::store::units(&mut tx, city, call.today()).await?;
        units = rows.into_iter().map(|u| (u.id, u.short_name)).collect();
    }
    let head = journal::history::head(&mut tx, city).await?.to_string();
    call.page(&MissedReports { items: rows.into_iter().map(Item::of).collect(), next, head, units })
}

impl View for MissedReports {
    fn title(&self, call: &Call) -> String {
        words::MISSED.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/slips"), words::SLIPS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        if self.items.is_empty() {
            return Markup::default();
        }
        super::to_excel(call, grants::EXPORT_MISSED, "/missed-reports/export")
    }

    fn body(&self, call: &Call) -> Markup {
        let filter = form::filter_form(call.lang, &call.href(&call.path), self.filters(call));
        ui::layout::stack_printed_lying(html! {
            (part::card_flush(None, None, html! { (filter) (self.list(call)) }))
            (web::seal(&self.head, call))
        })
    }
}

impl MissedReports {
    fn filters(&self, call: &Call) -> Markup {
        let value = call.query.get("unit").unwrap_or_default();
        let label = text!("单位", "Unit").of(call.lang);
        let field = Field { name: "unit", label, value, ..Field::default() };
        let ids: Vec<_> = self.units.iter().map(|(id, name)| (id.to_string(), name)).collect();
        let mut choices = vec![form::Choice::new("", text!("全部", "All").of(call.lang))];
        choices.extend(ids.iter().map(|(id, name)| form::Choice::new(id, name)));
        form::select(&field, &choices)
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "circle-check",
                text!("没有未按时反馈的记录", "No report was missed").of(lang),
                text!(
                    "每到反馈截止时间，程序登记没有反馈的事项。",
                    "When reports close, the program records the items without one."
                )
                .of(lang),
                None,
            ));
        }
        let columns = [
            Column::fit(words::NUMBER.of(lang)),
            Column::lead(words::ASSIGNMENT.of(lang)),
            Column::text(words::RESPONSIBLE_UNIT.of(lang)),
            Column::fit(words::CLOSED_ON.of(lang)),
            Column::fit(words::LAST_REPORT.of(lang)),
            Column::fit(words::NOW.of(lang)),
        ];
        let rows = self.items.iter().map(|i| Row {
            href: Some(call.href(&format!("/assignments/{}", i.assignment_id))),
            tone: None,
            cells: vec![
                html! { (i.label) },
                html! { (i.title) },
                html! { (i.unit) },
                html! { time datetime=(i.closed_on) { (i.closed_on) } },
                html! { @if let Some(on) = i.last_report_on { (on) } @else { "—" } },
                {
                    let (tone, label) = i.now();
                    part::badge(tone, label.of(lang))
                },
            ],
        });
        let caption = words::MISSED.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        let next = self.next.as_ref().map(|after| with(call, "after", after));
        let first = call.query.get("after").map(|_| with(call, "after", ""));
        table::list(html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), ""))
        })
    }
}
