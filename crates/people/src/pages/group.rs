//! The card of a peer group: who is compared with whom, now and before.

use journal::{Error, Result};
use kernel::Day;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::regions::history;
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/groups/{id}", grants::GROUPS, words::GROUP, group)
}

#[derive(Serialize)]
struct GroupCard {
    id: Uuid,
    name: String,
    members: Vec<Member>,
    history: Vec<history::Event>,
}

#[derive(Serialize)]
struct Member {
    unit: Uuid,
    name: String,
    from: Day,
    to: Option<Day>,
}

async fn group(call: Call) -> Result<Answer> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let group = store::group(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let members = store::members(&mut tx, city, id).await?.into_iter();
    let members = members.map(|(unit, name, from, to)| Member { unit, name, from, to }).collect();
    let history = history::read(&call, &mut tx, id).await?;
    call.page(&GroupCard { id, name: group.name, members, history })
}

impl View for GroupCard {
    fn title(&self, _call: &Call) -> String {
        self.name.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let way = |path, label: kernel::Text| (call.href(path), label.of(call.lang).to_owned());
        vec![way("/units", words::UNITS), way("/groups", words::GROUPS)]
    }

    fn actions(&self, call: &Call) -> Markup {
        let href = call.href(&format!("/groups/{}/change", self.id));
        html! {
            @if call.may(grants::CHANGE_GROUP) {
                (part::link_button(
                    ButtonTone::Plain, &href, words::CHANGE_GROUP.of(call.lang), "edit"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let members =
            part::card_flush(Some(words::MEMBERS.of(call.lang)), None, self.members(call));
        layout::stack(html! { (members) (history::card(call, &self.history)) })
    }
}

impl GroupCard {
    fn members(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.members.is_empty() {
            let (title, hint) = (words::NO_MEMBER_YET.of(lang), words::NO_MEMBER_HINT.of(lang));
            return part::empty_state("building", title, hint, None);
        }
        let columns = [Column::lead(words::UNIT.of(lang)), Column::text(words::VALID.of(lang))];
        let rows = self.members.iter().map(|m| Row {
            href: Some(call.href(&format!("/units/{}", m.unit))),
            cells: vec![html! { (m.name) }, words::period(m.from, m.to, lang)],
            ..Row::default()
        });
        let caption = words::MEMBERS.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
