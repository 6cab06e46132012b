//! The peer groups with the units that stand in them today.

use journal::Result;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use ui::table::{Column, Row, Table};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/groups", grants::GROUPS, words::GROUPS, groups)
}

#[derive(Serialize)]
struct GroupsView {
    groups: Vec<GroupLine>,
}

#[derive(Serialize)]
struct GroupLine {
    id: Uuid,
    name: String,
    units: Vec<(Uuid, String)>,
}

async fn groups(call: Call) -> Result<Answer> {
    let (city, today) = (call.city()?, call.today());
    let mut tx = call.read().await?;
    let units = store::units(&mut tx, city, today).await?;
    let grouping = store::grouping(&mut tx, city, today).await?;
    let of = |group: Uuid| {
        let stands = |unit: Uuid| grouping.contains(&(unit, group));
        units.iter().filter(|u| stands(u.id)).map(|u| (u.id, u.short_name.clone())).collect()
    };
    let groups = store::groups(&mut tx, city).await?.into_iter();
    let groups = groups.map(|g| GroupLine { id: g.id, units: of(g.id), name: g.name });
    call.page(&GroupsView { groups: groups.collect() })
}

impl View for GroupsView {
    fn title(&self, call: &Call) -> String {
        words::GROUPS.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/units"), words::UNITS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let (href, label) = (call.href("/groups/new"), words::ADD_GROUP.of(call.lang));
        html! {
            @if call.may(grants::ADD_GROUP) {
                (part::link_button(ButtonTone::Plain, &href, label, "plus"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.groups.is_empty() {
            let (title, hint) = (words::NOTHING_YET.of(lang), words::NOTHING_HINT.of(lang));
            return part::card(None, None, part::empty_state("grip", title, hint, None));
        }
        let columns = [Column::lead(words::GROUP.of(lang)), Column::text(words::MEMBERS.of(lang))];
        let rows = self.groups.iter().map(|g| Row {
            cells: vec![
                html! { a href=(call.href(&format!("/groups/{}", g.id))) { (g.name) } },
                html! {
                    @for (i, (id, name)) in g.units.iter().enumerate() {
                        @if i > 0 { "、" }
                        a href=(call.href(&format!("/units/{id}"))) { (name) }
                    }
                    @if g.units.is_empty() { "—" }
                },
            ],
            ..Row::default()
        });
        let caption = words::GROUPS.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        part::card_flush(None, None, table.render())
    }
}
