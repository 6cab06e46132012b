//! 填报指标: which there are, who enters them, and how far a month has come.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use journal::{Result, history};
use kernel::{Role, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, num, part, table};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::store::{self, sheet};
use crate::tables::{Better, IndicatorRow, Kind};
use crate::{acts, grants, words};

#[derive(Serialize)]
struct Indicators {
    month: ReviewMonth,
    items: Vec<Item>,
    /// What waits to be checked, in all months.
    waiting: Vec<Waiting>,
    head: String,
}

/// A sheet on which values wait to be checked.
#[derive(Serialize)]
struct Waiting {
    indicator_id: Uuid,
    indicator: String,
    month: ReviewMonth,
    count: i64,
}

#[derive(Serialize)]
struct Item {
    id: Uuid,
    number: i64,
    code: String,
    name: String,
    name_en: String,
    kind: Kind,
    measured_in: String,
    better: Better,
    department_id: Option<Uuid>,
    valid_from: ReviewMonth,
    valid_to: Option<ReviewMonth>,
    /// How many values count in the month, as far as the caller sees them.
    checked: i64,
    /// How many wait to be checked.
    waiting: i64,
    #[serde(skip)]
    row: IndicatorRow,
    #[serde(skip)]
    department: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let month = super::month(&call);
    let checked: BTreeMap<_, _> =
        sheet::counting(&mut tx, &actor, month).await?.into_iter().collect();
    let waiting = sheet::waiting(&mut tx, &actor).await?;
    let mut items = Vec::new();
    let mut departments = BTreeMap::new();
    for row in store::indicators(&mut tx, city).await? {
        if let Entry::Vacant(place) = departments.entry(row.department_id) {
            place.insert(super::department(&mut tx, &row, call.lang).await?);
        }
        let waits = waiting.iter().find(|(id, of, _)| (*id, *of) == (row.id, month));
        items.push(Item {
            id: row.id,
            number: row.number,
            code: row.code.clone(),
            name: row.name.clone(),
            name_en: row.name_en.clone(),
            kind: row.kind,
            measured_in: row.measured_in.clone(),
            better: row.better,
            department_id: row.department_id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            checked: checked.get(&row.id).copied().unwrap_or_default(),
            waiting: waits.map_or(0, |(.., count)| *count),
            department: departments.get(&row.department_id).cloned().unwrap_or_default(),
            row,
        });
    }
    let named = |(id, month, count): (Uuid, ReviewMonth, i64)| {
        let item = items.iter().find(|item| item.id == id)?;
        let indicator = item.row.called(call.lang).to_owned();
        Some(Waiting { indicator_id: id, indicator, month, count })
    };
    let waiting = waiting.into_iter().filter_map(named).collect();
    let head = history::head(&mut tx, city).await?.to_string();
    call.page(&Indicators { month, items, waiting, head })
}

impl View for Indicators {
    fn title(&self, call: &Call) -> String {
        words::INDICATORS.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let own = call
            .actor()
            .ok()
            .filter(|actor| actor.role.is_unit() || matches!(actor.role, Role::Department));
        html! {
            @if let Some(actor) = own {
                (button(call, grants::UNIT, &format!("/indicators/units/{}?month={}", actor.unit, self.month),
                    (ButtonTone::Plain, text!("本单位的值", "Our own values").of(lang), "list-check")))
            }
            (button(call, grants::ADD, "/indicators/new",
                (ButtonTone::Primary, text!("新增指标", "Add an indicator").of(lang), "plus")))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let hint = text!(
            "程序的记录得不出的数据在这里填报：一人填、另一人核对，核对后单位即可查看，考评办法按名称取用。",
            "What no record of the program yields is entered here: by one, checked by another, shown to its unit at once, and called by rule sets by its name."
        );
        ui::layout::stack_printed_lying(html! {
            p class="muted" { (hint.of(lang)) }
            @if !self.waiting.is_empty() { (self.waits(call)) }
            (part::card_flush(None, None, html! {
                (super::month_filter(call, self.month))
                (self.list(call))
            }))
            (web::seal(&self.head, call))
        })
    }
}

impl Indicators {
    /// What waits to be checked, whichever month is looked at.
    fn waits(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let sheet = |one: &Waiting| call.href(&acts::sheet_card(one.indicator_id, one.month));
        part::alert(
            Tone::Blue,
            html! {
                strong { (text!("待核对：", "To be checked: ").of(lang)) }
                @for (n, one) in self.waiting.iter().enumerate() {
                    @if n > 0 { (text!("；", "; ").of(lang)) }
                    a href=(sheet(one)) { (one.indicator) " " (one.month.name(lang)) " (" (num::count(one.count)) ")" }
                }
            },
        )
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "trend",
                text!("还没有填报指标", "No indicator yet").of(lang),
                text!(
                    "由督查局新增，如全省位次、通报批评、抽查不实。",
                    "The bureau adds them: ranks in the province, public criticism, reports found untrue."
                )
                .of(lang),
                None,
            ));
        }
        let month = self.month.name(lang);
        let columns = [
            Column::fit(words::NUMBER.of(lang)),
            Column::lead(words::NAME.of(lang)),
            Column::fit(words::KIND.of(lang)),
            Column::fit(words::MEASURED_IN.of(lang)),
            Column::text(words::DEPARTMENT.of(lang)),
            Column::number(text!("本月已核对", "Checked").of(lang)),
            Column::number(text!("本月待核对", "To be checked").of(lang)),
        ];
        let rows = self.items.iter().map(|item| row(call, item, self.month)).collect();
        let table = Table { caption: &month, columns: &columns, rows, ..Table::default() };
        table::list(table.render())
    }
}

fn row(call: &Call, item: &Item, month: ReviewMonth) -> Row {
    let lang = call.lang;
    let holds = item.row.holds_in(month);
    Row {
        href: Some(call.href(&acts::card(item.id))),
        tone: None,
        cells: vec![
            html! { (item.number) },
            html! {
                (item.row.called(lang))
                @if let Some(to) = item.valid_to.filter(|_| !holds) {
                    " " (part::badge(Tone::Grey, words::ENDED.of(lang))) span class="sr-only" { (to) }
                }
            },
            html! { (words::kind(item.kind).of(lang)) },
            html! { (item.measured_in) },
            html! { (item.department) },
            html! { @if holds { a href=(call.href(&acts::sheet_card(item.id, month))) { (num::count(item.checked)) } } @else { "—" } },
            html! {
                @if item.waiting > 0 {
                    a href=(call.href(&acts::sheet_card(item.id, month))) { (num::count(item.waiting)) }
                } @else { (num::count(0)) }
            },
        ],
    }
}
