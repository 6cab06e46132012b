//! The register of posts: who holds what, found by words, unit and role.

use journal::Result;
use kernel::{Role, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, ButtonTone, Field};
use ui::{layout, part, table};
use uuid::Uuid;
use web::{Answer, Call, Choice, Param, ParamKind, Route, View};

use crate::regions::post_table;
use crate::store::{self, PersonLine, PostFilter, PostLine};
use crate::{choices, grants, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("q", ParamKind::Text(100), text!("姓名、职务或单位", "Name, title or unit")),
    Param::new("unit", ParamKind::Id, text!("单位", "Unit")),
    Param::new(
        "role",
        ParamKind::Words(|| Role::ALL.iter().map(|v| v.word()).collect()),
        text!("角色", "Role"),
    ),
    Param::AFTER,
];

/// Posts on one page.
const PAGE: i64 = 50;

pub(crate) fn route() -> Route {
    Route::page("/persons", grants::PERSONS, words::PERSONS, persons).query(QUERY)
}

#[derive(Serialize)]
struct PersonsView {
    posts: Vec<PostLine>,
    next: Option<String>,
    without_post: Vec<PersonLine>,
    #[serde(skip)]
    units: Vec<Choice>,
}

async fn persons(call: Call) -> Result<Answer> {
    let (city, today) = (call.city()?, call.today());
    let filter = filter(&call);
    let mut tx = call.read().await?;
    let mut posts = store::post_register(&mut tx, city, (&filter, today), PAGE + 1).await?;
    let more = posts.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    posts.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = posts.last().filter(|_| more).map(|p| format!("{}.{}", p.sort, p.post));
    let mut without_post = Vec::new();
    if call.query.pairs().is_empty() {
        without_post = store::persons_without_post(&mut tx, city, today).await?;
        // Numbers are shown on the card only, where it is noted who saw them.
        for person in &mut without_post {
            person.phone = None;
            person.mail = None;
        }
    }
    let units = choices::units(&mut tx, city, today).await?;
    call.page(&PersonsView { posts, next, without_post, units })
}

/// What the query asks for.
pub(super) fn filter(call: &Call) -> PostFilter {
    PostFilter {
        words: call.query.get("q").map(str::to_owned),
        unit: call.query.get("unit").and_then(|u| u.parse().ok()),
        role: call.query.get("role").and_then(Role::of),
        after: call.query.get("after").and_then(read_place),
    }
}

fn read_place(text: &str) -> Option<(i64, Uuid)> {
    let (sort, id) = text.split_once('.')?;
    Some((sort.parse().ok()?, id.parse().ok()?))
}

impl View for PersonsView {
    fn title(&self, call: &Call) -> String {
        words::PERSONS.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let (href, label) = (call.href("/persons/new"), words::ADD_PERSON.of(call.lang));
        let (export, excel) = (page_href(call, "/persons/export", None), words::TO_EXCEL);
        html! {
            @if call.may(grants::EXPORT_PERSONS) && !self.posts.is_empty() {
                (part::link_button(ButtonTone::Plain, &export, excel.of(call.lang), "download"))
            }
            @if call.may(grants::IMPORT_PERSONS) {
                (part::link_button(ButtonTone::Plain, &call.href("/persons/import"), words::FROM_EXCEL.of(call.lang), "upload"))
            }
            @if call.may(grants::ADD_PERSON) {
                (part::link_button(ButtonTone::Primary, &href, label, "plus"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let shown = if self.posts.is_empty() {
            let (title, hint) = (words::NOBODY.of(lang), words::NOBODY_HINT.of(lang));
            part::empty_state("users", title, hint, None)
        } else {
            post_table::shown(call, &self.posts)
        };
        let next = self.next.as_ref().map(|after| page_href(call, "/persons", Some(after)));
        layout::stack(html! {
            (part::card_flush(None, None, html! {
                (self.filter(call))
                (table::list(html! {
                    (shown)
                    (table::pager(lang, None, next.as_deref(), ""))
                }))
            }))
            @if !self.without_post.is_empty() {
                (part::card(Some(words::WITHOUT_POST.of(lang)), None, html! {
                    ul { @for p in &self.without_post {
                        li { a href=(call.href(&format!("/persons/{}", p.id))) {
                            (p.name.as_deref().unwrap_or(words::ERASED.of(lang)))
                        } }
                    } }
                }))
            }
        })
    }
}

/// An address with the present filter.
fn page_href(call: &Call, path: &str, after: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in call.query.pairs().iter().filter(|(name, _)| name != "after") {
        query.append_pair(name, value);
    }
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    call.href(&format!("{path}?{}", query.finish()))
}

impl PersonsView {
    fn filter(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let asked = |name: &str| call.query.get(name).unwrap_or_default().to_owned();
        let (q, unit, role) = (asked("q"), asked("unit"), asked("role"));
        let field = |name, label, value| Field { name, label, value, ..Field::default() };
        let roles = choices::roles(lang);
        let offered = |all: &[Choice], field: &Field<'_>| {
            let mut list = vec![form::Choice::new("", words::ALL.of(lang))];
            list.extend(all.iter().map(|c| form::Choice::new(&c.value, &c.label)));
            form::select(field, &list)
        };
        form::filter_form(
            lang,
            &call.href("/persons"),
            html! {
                (form::search(&field("q", words::SEARCH.of(lang), &q)))
                (offered(&self.units, &field("unit", words::UNIT.of(lang), &unit)))
                (offered(&roles, &field("role", words::ROLE.of(lang), &role)))
            },
        )
    }
}
