//! The values of one unit in one month, over all indicators: what a unit looks at before the draft
//! of a review.

use journal::{Error, Result, Tx, history};
use kernel::{Actor, Role, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{part, table};
use uuid::Uuid;
use web::{Answer, Call, View};

use super::Value;
use crate::store::{self, sheet};
use crate::tables::{IndicatorRow, State};
use crate::{acts, words};

#[derive(Serialize)]
struct OfUnit {
    unit_id: Uuid,
    unit: String,
    month: ReviewMonth,
    items: Vec<Item>,
    head: String,
    /// The first month of which any indicator has values.
    #[serde(skip)]
    first: Option<ReviewMonth>,
}

#[derive(Serialize)]
struct Item {
    indicator_id: Uuid,
    indicator: String,
    #[serde(flatten)]
    value: Value,
    source: String,
    reference: String,
    #[serde(skip)]
    said: String,
    #[serde(skip)]
    one: sheet::Sourced,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let id = call.id("id")?;
    if !sees(&mut tx, &actor, id).await? {
        return Err(Error::missing());
    }
    let unit = people::store::unit(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let month = super::month(&call);
    let (from, until) = month.days();
    let calendar = people::store::calendar(&mut tx, city, from.plus(-60), until.plus(400)).await?;
    let there = sheet::of_unit(&mut tx, &actor, (unit.id, month)).await?;
    let indicators = store::indicators(&mut tx, city).await?;
    let mut items = Vec::new();
    for indicator in &indicators {
        let own = |one: &&(&sheet::Sourced, Option<&sheet::Sourced>)| {
            one.0.row.indicator_id == indicator.id
        };
        for (newest, counting) in super::newest(&there).iter().filter(own) {
            // A unit reads what counts; what is still being entered is nobody's figure yet.
            let one = counting.unwrap_or(newest);
            let late = one.row.late(call.today(), &calendar);
            items.push(item(&call, indicator, one, late));
        }
    }
    let head = history::head(&mut tx, city).await?.to_string();
    let first = indicators.iter().map(|indicator| indicator.valid_from).min();
    call.page(&OfUnit { unit_id: unit.id, unit: unit.short_name, month, items, head, first })
}

fn item(
    call: &Call,
    indicator: &IndicatorRow,
    one: &sheet::Sourced,
    late: Vec<crate::observation::Late>,
) -> Item {
    Item {
        indicator_id: indicator.id,
        indicator: indicator.called(call.lang).to_owned(),
        value: Value::of(&one.row, late),
        source: one.source.title.clone(),
        reference: one.source.reference.clone(),
        said: super::value(&one.row, indicator, call.lang),
        one: one.clone(),
    }
}

/// Whose values the actor may ask for: units their own, inspectors those of the inspection.
async fn sees(tx: &mut Tx, actor: &Actor, unit: Uuid) -> Result<bool> {
    match actor.role {
        Role::Leader | Role::Secretary | Role::Chief | Role::Officer => Ok(true),
        Role::Head | Role::Liaison | Role::Department => Ok(unit == actor.unit),
        Role::Inspector => {
            let watched = people::store::watches(tx, actor.jurisdiction, actor.post).await?;
            Ok(watched.iter().any(|watch| watch.target_id == unit))
        }
        Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => Ok(false),
    }
}

impl View for OfUnit {
    fn title(&self, call: &Call) -> String {
        let values = words::INDICATORS.of(call.lang);
        format!("{} · {values} · {}", self.unit, self.month.name(call.lang))
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/indicators"), words::INDICATORS.of(call.lang).to_owned())]
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let hint = text!(
            "这些值经另一岗位核对后计入月讲评。有出入的，请对照来源文件，与填报单位联系更正。",
            "These values were checked by another post and count in the review. If one is wrong, hold it against its source and tell who entered it."
        );
        let to = |month| format!("/indicators/units/{}?month={month}", self.unit_id);
        ui::layout::stack_printed_lying(html! {
            (super::months(call, self.month, |month| self.first.is_some_and(|first| first <= month), to))
            p class="muted" { (hint.of(lang)) }
            (part::card_flush(None, None, self.list(call)))
            (web::seal(&self.head, call))
        })
    }
}

impl OfUnit {
    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "trend",
                text!("这个月还没有核对过的值", "No checked value in this month yet").of(lang),
                text!(
                    "核对后即可查看，并收到消息。",
                    "Once one was checked it is seen here, and a message tells of it."
                )
                .of(lang),
                None,
            ));
        }
        let columns = [
            Column::lead(words::INDICATOR.of(lang)),
            Column::number(words::VALUE.of(lang)),
            Column::text(words::STATE.of(lang)),
            Column { class: "col-wide", ..Column::text(words::SOURCE_DOCUMENT.of(lang)) },
            Column::fit(words::CHECKED_ON.of(lang)),
        ];
        let rows = self.items.iter().map(|item| line(call, item)).collect();
        let table = Table { caption: &self.unit, columns: &columns, rows, ..Table::default() };
        table::list(table.render())
    }
}

fn line(call: &Call, item: &Item) -> Row {
    let lang = call.lang;
    let row = &item.one.row;
    Row {
        href: Some(call.href(&acts::observation_card(row.id))),
        tone: None,
        cells: vec![
            html! { (item.indicator) },
            html! {
                @if row.state == State::Withdrawn { s { (item.said) } } @else { (item.said) }
                @if let Some(on) = row.happened_on { " " span class="muted" { (on) } }
            },
            html! {
                (super::state(row.state, lang))
                @if row.n > 1 { " " span class="muted" { (super::vintage(row.n).of(lang)) } }
                (super::late(&item.value.late, lang))
            },
            super::source(call, &item.one),
            html! { @if let Some(on) = item.value.checked_on { time datetime=(on) { (on) } } @else { "—" } },
        ],
    }
}
