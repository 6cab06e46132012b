//! The card of a line of work: its leader, its department, and the officers who look after it.

use journal::{Error, Result};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::regions::history;
use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/lines/{id}", grants::LINES, words::LINE, line)
}

#[derive(Serialize)]
struct LineCard {
    id: Uuid,
    name: String,
    leader: Option<String>,
    department: Option<(Uuid, String)>,
    officers: Vec<String>,
    history: Vec<history::Event>,
}

async fn line(call: Call) -> Result<Answer> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let line = store::line(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let leader = match line.leader_post_id {
        Some(post) => store::post_title(&mut tx, city, post).await?.map(|p| p.text()),
        None => None,
    };
    let department = match line.department_id {
        Some(unit) => store::unit(&mut tx, city, unit).await?.map(|u| (u.id, u.short_name)),
        None => None,
    };
    let officers = store::watching(&mut tx, city, id, call.today()).await?;
    let officers = officers.iter().map(store::PostTitle::text).collect();
    let history = history::read(&call, &mut tx, id).await?;
    call.page(&LineCard { id, name: line.name, leader, department, officers, history })
}

impl View for LineCard {
    fn title(&self, _call: &Call) -> String {
        self.name.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let way = |path, label: kernel::Text| (call.href(path), label.of(call.lang).to_owned());
        vec![way("/units", words::UNITS), way("/lines", words::LINES)]
    }

    fn actions(&self, call: &Call) -> Markup {
        let href = call.href(&format!("/lines/{}/change", self.id));
        html! {
            @if call.may(grants::CHANGE_LINE) {
                (part::link_button(
                    ButtonTone::Plain, &href, words::CHANGE_LINE.of(call.lang), "edit"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let department = html! {
            @match &self.department {
                Some((id, name)) => a href=(call.href(&format!("/units/{id}"))) { (name) },
                None => "—",
            }
        };
        let officers = html! {
            @if self.officers.is_empty() { "—" } @else { (self.officers.join("、")) }
        };
        let details = part::details(&[
            (words::LEADER.of(lang), html! { (self.leader.as_deref().unwrap_or("—")) }),
            (words::DEPARTMENT.of(lang), department),
            (words::LOOKED_AFTER.of(lang), officers),
        ]);
        layout::stack(
            html! { (part::card(None, None, details)) (history::card(call, &self.history)) },
        )
    }
}
