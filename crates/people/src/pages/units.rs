//! The tree of units, each with its level, group and holders of posts.

use std::collections::BTreeMap;

use journal::Result;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use ui::table::{Column, Row, Table};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::tables::{UnitKind, UnitRow};
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/units", grants::UNITS, words::UNITS, units)
}

#[derive(Serialize)]
struct UnitsView {
    units: Vec<UnitLine>,
}

#[derive(Serialize)]
struct UnitLine {
    id: Uuid,
    parent: Option<Uuid>,
    depth: usize,
    short_name: String,
    name: String,
    kind: UnitKind,
    group: Option<String>,
}

async fn units(call: Call) -> Result<Answer> {
    let (city, today) = (call.city()?, call.today());
    let mut tx = call.read().await?;
    let rows = store::units(&mut tx, city, today).await?;
    let groups: BTreeMap<Uuid, String> =
        store::groups(&mut tx, city).await?.into_iter().map(|g| (g.id, g.name)).collect();
    let grouping: BTreeMap<Uuid, Uuid> =
        store::grouping(&mut tx, city, today).await?.into_iter().collect();
    let lines = in_tree_order(&rows).into_iter().map(|(depth, u)| UnitLine {
        id: u.id,
        parent: u.parent_id,
        depth,
        short_name: u.short_name.clone(),
        name: u.name.clone(),
        kind: u.kind,
        group: grouping.get(&u.id).and_then(|g| groups.get(g)).cloned(),
    });
    call.page(&UnitsView { units: lines.collect() })
}

/// Parents before their children; a unit whose parent has ended stands at the top.
fn in_tree_order(rows: &[UnitRow]) -> Vec<(usize, &UnitRow)> {
    let known = |id: Uuid| rows.iter().any(|r| r.id == id);
    let mut waiting: Vec<(usize, &UnitRow)> =
        rows.iter().filter(|r| r.parent_id.is_none_or(|p| !known(p))).map(|r| (0, r)).collect();
    waiting.reverse();
    let mut ordered = Vec::with_capacity(rows.len());
    while let Some((depth, row)) = waiting.pop() {
        ordered.push((depth, row));
        let below = rows.iter().filter(|r| r.parent_id == Some(row.id) && r.id != row.id);
        let mut below: Vec<_> = below.map(|r| (depth + 1, r)).collect();
        below.reverse();
        waiting.extend(below);
    }
    ordered
}

impl View for UnitsView {
    fn title(&self, call: &Call) -> String {
        words::UNITS.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let link = |href: &str, label: kernel::Text, sign: &str| {
            part::link_button(ButtonTone::Plain, &call.href(href), label.of(call.lang), sign)
        };
        html! {
            @if call.may(grants::EXPORT_UNITS) {
                (link("/units/export", words::TO_EXCEL, "download"))
            }
            (link("/groups", words::GROUPS, "grip"))
            (link("/lines", words::LINES, "git-branch"))
            @if call.may(grants::IMPORT_UNITS) {
                (link("/units/import", words::FROM_EXCEL, "upload"))
            }
            @if call.may(grants::ADD_UNIT) { (link("/units/new", words::ADD_UNIT, "plus")) }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(words::SHORT_NAME.of(lang)),
            Column::text(words::FULL_NAME.of(lang)),
            Column::fit(words::KIND.of(lang)),
            Column::fit(words::GROUP.of(lang)),
        ];
        let rows = self.units.iter().map(|u| Row {
            href: Some(call.href(&format!("/units/{}", u.id))),
            cells: vec![
                html! { ("\u{3000}".repeat(u.depth)) (u.short_name) },
                html! { (u.name) },
                html! { (words::unit_kind(u.kind).of(lang)) },
                html! { (u.group.as_deref().unwrap_or("—")) },
            ],
            ..Row::default()
        });
        let caption = words::UNITS.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        part::card_flush(None, None, table.render())
    }
}
