//! The values of one indicator in one month: every unit concerned, its newest vintage and the one
//! that counts, from which source, entered and checked by whom.

use std::collections::BTreeMap;

use journal::{Result, Tx, history};
use kernel::{Actor, Id, Jurisdiction, Lang, Role, WorkCalendar, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, part, table};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use super::Value;
use crate::store::sheet::{self, Sourced};
use crate::tables::{IndicatorRow, Kind, State};
use crate::{acts, grants, observation, words};

#[derive(Serialize)]
struct Sheet {
    indicator_id: Uuid,
    name: String,
    month: ReviewMonth,
    measured_in: String,
    items: Vec<Item>,
    head: String,
    #[serde(skip)]
    row: IndicatorRow,
    #[serde(skip)]
    history: Vec<people::history::Event>,
    #[serde(skip)]
    possible: Possible,
}

/// A unit and, where there is one, its value.
#[derive(Serialize)]
struct Item {
    unit_id: Uuid,
    unit: String,
    group: String,
    /// The newest vintage.
    value: Option<Value>,
    /// The one that counts, where that is another.
    counting: Option<Value>,
    source: Option<String>,
    reference: Option<String>,
    entered_by: Option<String>,
    checked_by: Option<String>,
    #[serde(skip)]
    shown: Option<Shown>,
}

/// What only the page needs of a value.
struct Shown {
    said: String,
    counting: Option<String>,
    newest: Sourced,
}

/// What the caller may do here.
struct Possible {
    enter: bool,
    check: bool,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let row = acts::known(&mut tx, city, call.id("id")?).await?;
    let month = acts::month(&call)?;
    let there = sheet::of_month(&mut tx, &actor, (row.id, month)).await?;
    let items = items(&call, &mut tx, (&row, month), &there).await?;
    let waits = |one: &&Sourced| one.row.state == State::Entered;
    let mine = |one: &Sourced| one.row.may_check(&row, &actor).is_ok();
    let possible = Possible {
        enter: row.is_entered_by(&actor)
            && observation::may_enter(&row, month, call.today()).is_ok(),
        check: there.iter().filter(waits).any(mine),
    };
    let history = match sheet::sheet_of(&mut tx, city, (row.id, month)).await? {
        Some(id) if sees_all(&row, &actor) => people::history::read(&call, &mut tx, id).await?,
        Some(_) | None => Vec::new(),
    };
    call.page(&Sheet {
        indicator_id: row.id,
        name: row.name.clone(),
        month,
        measured_in: row.measured_in.clone(),
        items,
        head: history::head(&mut tx, city).await?.to_string(),
        row,
        history,
        possible,
    })
}

/// Whether the actor sees the values of all units, and so which are not there.
fn sees_all(indicator: &IndicatorRow, actor: &Actor) -> bool {
    indicator.is_entered_by(actor) || matches!(actor.role, Role::Leader | Role::Secretary)
}

async fn items(
    call: &Call,
    tx: &mut Tx,
    (row, month): (&IndicatorRow, ReviewMonth),
    there: &[Sourced],
) -> Result<Vec<Item>> {
    let (city, actor, lang) = (call.city()?, *call.actor()?, call.lang);
    let (from, until) = month.days();
    let calendar = people::store::calendar(tx, city, from.plus(-60), until.plus(400)).await?;
    let posts = posts(tx, city, there).await?;
    let seen = See { row, calendar: &calendar, today: call.today(), lang, posts: &posts };
    let units = acts::concerned(tx, row, month).await?;
    let named = people::store::units(tx, city, until).await?;
    let mut items = Vec::new();
    let newest = super::newest(there);
    for one in &units {
        let name = (one.unit.id, one.unit.short_name.as_str(), one.group.as_str());
        let own: Vec<_> = newest.iter().filter(|(n, _)| n.row.unit_id == one.unit.id).collect();
        // Who has no event has none; that is no gap.
        if own.is_empty() && row.kind != Kind::Event && sees_all(row, &actor) {
            items.push(nothing(name));
        }
        items.extend(own.into_iter().map(|(newest, counting)| seen.item(name, newest, *counting)));
    }
    // Units that have left the groups since.
    for (newest, counting) in &newest {
        let id = newest.row.unit_id;
        if units.iter().all(|one| one.unit.id != id) {
            let name = named.iter().find(|unit| unit.id == id);
            let name = name.map_or("—", |unit| unit.short_name.as_str());
            items.push(seen.item((id, name, ""), newest, *counting));
        }
    }
    Ok(items)
}

/// Who entered and checked, by their titles.
async fn posts(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    there: &[Sourced],
) -> Result<BTreeMap<Uuid, String>> {
    let mut acting: Vec<Uuid> = Vec::new();
    for one in there {
        acting.push(one.row.entered_by);
        acting.extend(one.row.checked_by);
    }
    acting.sort_unstable();
    acting.dedup();
    let mut posts = BTreeMap::new();
    for id in acting {
        posts.insert(id, super::post(tx, city, Some(id)).await?.unwrap_or_default());
    }
    Ok(posts)
}

struct See<'a> {
    row: &'a IndicatorRow,
    calendar: &'a WorkCalendar,
    today: kernel::Day,
    lang: Lang,
    posts: &'a BTreeMap<Uuid, String>,
}

/// A unit without a value.
fn nothing((unit_id, unit, group): (Uuid, &str, &str)) -> Item {
    Item {
        unit_id,
        unit: unit.to_owned(),
        group: group.to_owned(),
        value: None,
        counting: None,
        source: None,
        reference: None,
        entered_by: None,
        checked_by: None,
        shown: None,
    }
}

impl See<'_> {
    fn item(&self, unit: (Uuid, &str, &str), newest: &Sourced, counting: Option<&Sourced>) -> Item {
        let value = |one: &Sourced| Value::of(&one.row, one.row.late(self.today, self.calendar));
        let said = |one: &Sourced| super::value(&one.row, self.row, self.lang);
        let shown =
            Shown { said: said(newest), counting: counting.map(said), newest: newest.clone() };
        Item {
            value: Some(value(newest)),
            counting: counting.map(value),
            source: Some(newest.source.title.clone()),
            reference: Some(newest.source.reference.clone()),
            entered_by: self.posts.get(&newest.row.entered_by).cloned(),
            checked_by: newest.row.checked_by.and_then(|id| self.posts.get(&id).cloned()),
            shown: Some(shown),
            ..nothing(unit)
        }
    }
}

/// The way to the form that enters an indicator's values.
pub(super) fn enter_button(call: &Call, row: &IndicatorRow, month: ReviewMonth) -> Markup {
    let at = acts::sheet_card(row.id, month);
    let (permission, href, label) = match row.kind {
        Kind::Event => (grants::ENTER_EVENT, format!("{at}/events"), words::ENTER_EVENT),
        Kind::Number | Kind::Rate => (grants::ENTER, format!("{at}/values"), words::ENTER),
    };
    button(call, permission, &href, (ButtonTone::Primary, label.of(call.lang), "edit"))
}

impl View for Sheet {
    fn title(&self, call: &Call) -> String {
        format!("{} · {}", self.row.called(call.lang), self.month.name(call.lang))
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![
            (call.href("/indicators"), words::INDICATORS.of(call.lang).to_owned()),
            (call.href(&acts::card(self.indicator_id)), self.row.called(call.lang).to_owned()),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let check = format!("{}/check", acts::sheet_card(self.indicator_id, self.month));
        html! {
            @if self.possible.check {
                (button(call, grants::CHECK, &check, (ButtonTone::Primary, words::CHECK.of(lang), "check")))
            }
            @if self.possible.enter { (enter_button(call, &self.row, self.month)) }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let to = |month| acts::sheet_card(self.indicator_id, month);
        ui::layout::stack_printed_lying(html! {
            (super::months(call, self.month, |month| self.row.holds_in(month), to))
            @if self.row.kind == Kind::Event {
                p class="muted" { (text!("没有列出的单位，这个月为0。", "A unit that is not listed has none in this month.").of(call.lang)) }
            }
            (part::card_flush(None, None, self.list(call)))
            @if !self.history.is_empty() { (people::history::card(call, &self.history)) }
            (web::seal(&self.head, call))
        })
    }
}

impl Sheet {
    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "trend",
                text!("这个月没有可以查看的值", "No value to see in this month").of(lang),
                text!("填报并核对后在这里列出。", "What was entered and checked is listed here.")
                    .of(lang),
                None,
            ));
        }
        let value = match self.row.kind {
            Kind::Event => Column::text(words::HAPPENING.of(lang)),
            Kind::Number | Kind::Rate => Column::number(words::VALUE.of(lang)),
        };
        let columns = [
            Column::lead(words::UNIT.of(lang)),
            value,
            Column::text(words::STATE.of(lang)),
            Column { class: "col-wide", ..Column::text(words::SOURCE_DOCUMENT.of(lang)) },
            Column::text(words::ENTERED_BY.of(lang)),
            Column::text(words::CHECKED_BY.of(lang)),
        ];
        let rows = self.items.iter().map(|item| line(call, item)).collect();
        let caption = self.row.called(lang);
        table::list(Table { caption, columns: &columns, rows, ..Table::default() }.render())
    }
}

fn line(call: &Call, item: &Item) -> Row {
    let lang = call.lang;
    let unit = html! { (item.unit) " " span class="muted" { (item.group) } };
    let Some(Shown { said, counting, newest }) = &item.shown else {
        let nothing = html! { span class="muted" { (words::NOT_ENTERED.of(lang)) } };
        let dash = || html! { "—" };
        let cells = vec![unit, nothing, dash(), dash(), dash(), dash()];
        return Row { href: None, tone: None, cells };
    };
    let row = &newest.row;
    let late = item.value.as_ref().map_or(&[][..], |value| value.late.as_slice());
    Row {
        href: Some(call.href(&acts::observation_card(row.id))),
        tone: late.contains(&observation::Late::Waits).then_some(Tone::Yellow),
        cells: vec![
            unit,
            html! {
                @if row.state == State::Withdrawn { s { (said) } } @else { (said) }
                @if let Some(on) = row.happened_on { " " span class="muted" { (on) } }
                @if let Some(counting) = counting {
                    br; span class="muted" { (super::labelled(text!("现行", "in force"), counting, lang)) }
                }
                @if !row.reported.is_empty() {
                    br; span class="muted" { (super::labelled(words::REPORTED, &row.reported, lang)) }
                }
            },
            html! {
                (super::state(row.state, lang))
                @if row.n > 1 { " " span class="muted" { (super::vintage(row.n).of(lang)) } }
                (super::late(late, lang))
            },
            super::source(call, newest),
            super::by(item.entered_by.as_deref(), Some(row.entered_on)),
            super::by(item.checked_by.as_deref(), row.checked_on),
        ],
    }
}
