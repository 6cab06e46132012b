//! The card of a unit: names, group, posts now held, what may be done.

use journal::{Error, Result};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::regions::{history, post_table};
use crate::store::{self, PostFilter, PostLine};
use crate::tables::UnitKind;
use crate::{grants, words};

pub(crate) fn route() -> Route {
    Route::page("/units/{id}", grants::UNITS, words::UNIT, unit)
}

#[derive(Serialize)]
struct UnitView {
    id: Uuid,
    short_name: String,
    name: String,
    kind: UnitKind,
    parent: Option<(Uuid, String)>,
    group: Option<String>,
    valid_from: kernel::Day,
    valid_to: Option<kernel::Day>,
    posts: Option<Vec<PostLine>>,
    history: Vec<history::Event>,
}

async fn unit(call: Call) -> Result<Answer> {
    let (city, today, id) = (call.city()?, call.today(), call.id("id")?);
    let mut tx = call.read().await?;
    let unit = store::unit(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let parent = match unit.parent_id {
        Some(parent) => store::unit(&mut tx, city, parent).await?.map(|p| (p.id, p.short_name)),
        None => None,
    };
    let grouping = store::grouping(&mut tx, city, today).await?;
    let group = grouping.iter().find(|(unit, _)| *unit == id).map(|(_, group)| *group);
    let groups = store::groups(&mut tx, city).await?;
    let posts = if call.may(grants::PERSONS) {
        let filter = PostFilter { unit: Some(id), ..PostFilter::default() };
        Some(store::post_register(&mut tx, city, (&filter, today), 200).await?)
    } else {
        None
    };
    let history = history::read(&call, &mut tx, id).await?;
    call.page(&UnitView {
        id,
        short_name: unit.short_name,
        name: unit.name,
        kind: unit.kind,
        parent,
        group: groups.into_iter().find(|g| Some(g.id) == group).map(|g| g.name),
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
        posts,
        history,
    })
}

impl View for UnitView {
    fn title(&self, _call: &Call) -> String {
        self.short_name.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/units"), words::UNITS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let all = [
            (grants::RENAME_UNIT, "name", words::RENAME),
            (grants::JOIN_GROUP, "group", words::JOIN_GROUP),
            (grants::LEAVE_GROUP, "group/end", words::LEAVE_GROUP),
            (grants::END_UNIT, "end", words::END_UNIT),
        ];
        let may = |p| self.valid_to.is_none() && call.may(p);
        let shown = |what: &str| what != "group/end" || self.group.is_some();
        html! {
            @for (permission, what, label) in all {
                @if may(permission) && shown(what) {
                    (part::link_button(ButtonTone::Plain,
                        &call.href(&format!("/units/{}/{what}", self.id)), label.of(call.lang), ""))
                }
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let parent = html! {
            @match &self.parent {
                Some((id, name)) => a href=(call.href(&format!("/units/{id}"))) { (name) },
                None => "—",
            }
        };
        let details = part::details(&[
            (words::FULL_NAME.of(lang), html! { (self.name) }),
            (words::KIND.of(lang), html! { (words::unit_kind(self.kind).of(lang)) }),
            (words::PARENT.of(lang), parent),
            (words::GROUP.of(lang), html! { (self.group.as_deref().unwrap_or("—")) }),
            (words::VALID.of(lang), words::period(self.valid_from, self.valid_to, lang)),
        ]);
        layout::stack(html! {
            (part::card(None, None, details))
            @if let Some(posts) = &self.posts {
                (part::card_flush(Some(words::POSTS.of(lang)), None, post_table::shown(call, posts)))
            }
            (history::card(call, &self.history))
        })
    }
}
