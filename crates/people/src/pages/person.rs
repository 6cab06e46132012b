//! The card of a person: name, number, address, account, posts past and present, what they look after.

use journal::{Error, Result};
use kernel::{Day, Lang, Role};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::access::{self, Access, Event};
use crate::regions::history;
use crate::store::{self, PersonLine, PostLine};
use crate::tables::WatchTarget;
use crate::{grants, words};

pub(crate) fn route() -> Route {
    Route::page("/persons/{id}", grants::PERSONS, words::PERSON, person)
}

#[derive(Serialize)]
struct PersonView {
    person: PersonLine,
    posts: Vec<PostView>,
    history: Vec<history::Event>,
    /// Which personal values were erased.
    erased: Vec<String>,
    today: Day,
}

#[derive(Serialize)]
struct PostView {
    post: PostLine,
    watches: Vec<String>,
}

async fn person(call: Call) -> Result<Answer> {
    let (city, id, today) = (call.city()?, call.id("id")?, call.today());
    let mut tx = call.read().await?;
    let mut person = store::person(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let mut posts = Vec::new();
    for post in store::post_history(&mut tx, city, id).await? {
        let watches = watched(&mut tx, &call, post.post).await?;
        posts.push(PostView { post, watches });
    }
    let history = history::read(&call, &mut tx, id).await?;
    let erased = store::erased_of(&mut tx, city, id).await?;
    drop(tx);
    if call.actor()?.role == Role::SecurityAdmin {
        note_seen(&call, id).await?;
    } else {
        person.phone = person.phone.map(|phone| masked(&phone));
        person.mail = person.mail.map(|mail| crate::mail::masked(&mail));
    }
    call.page(&PersonView { person, posts, history, erased, today })
}

async fn watched(tx: &mut journal::Tx, call: &Call, post: Uuid) -> Result<Vec<String>> {
    let city = call.city()?;
    let mut names = Vec::new();
    for watch in store::watches(tx, city, post).await? {
        let name = match watch.target {
            WatchTarget::Unit => {
                store::unit(tx, city, watch.target_id).await?.map(|u| u.short_name)
            }
            WatchTarget::Line => store::line(tx, city, watch.target_id).await?.map(|l| l.name),
        };
        names.extend(name);
    }
    Ok(names)
}

/// Who saw a number in full is noted in the access log.
async fn note_seen(call: &Call, person: Uuid) -> Result<()> {
    let city = call.city()?;
    let (at, remote) = (call.db().clock().now(), call.remote.to_string());
    let (account, detail) = (Some(call.actor()?.account), person.to_string());
    let line = Access { at, event: Event::PersonalSeen, account, remote: &remote, detail: &detail };
    call.db().operate(city, async |tx| access::note(tx, city, line).await).await
}

/// A number without its middle: `139****0000`.
fn masked(phone: &str) -> String {
    let letters: Vec<char> = phone.chars().collect();
    let middle = letters.len().saturating_sub(4) / 2;
    let hidden = |i: usize| (middle..middle + 4).contains(&i);
    letters.iter().enumerate().map(|(i, c)| if hidden(i) { '*' } else { *c }).collect()
}

impl View for PersonView {
    fn title(&self, call: &Call) -> String {
        self.personal("name", self.person.name.as_deref(), call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/persons"), words::PERSONS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let id = self.person.id;
        let button = |permission, what: &str, label: kernel::Text| {
            let href = call.href(&format!("/persons/{id}/{what}"));
            html! {
                @if call.may(permission) {
                    (part::link_button(ButtonTone::Plain, &href, label.of(call.lang), ""))
                }
            }
        };
        html! {
            (button(grants::TAKE_POST, "posts", words::TAKE_POST))
            (button(grants::RENAME_PERSON, "name", words::RENAME))
            (button(grants::ERASE_PERSONAL, "erasure", words::ERASE))
            @if self.person.account.is_none() {
                (button(grants::OPEN_ACCOUNT, "account", words::OPEN_ACCOUNT))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let account = html! {
            @match (self.person.account, &self.person.account_name) {
                (Some(id), Some(name)) if call.may(grants::ACCOUNTS) => {
                    a href=(call.href(&format!("/accounts/{id}"))) { (name) }
                }
                (Some(_), Some(name)) => { (name) }
                _ => { (words::NO_ACCOUNT.of(lang)) }
            }
        };
        let details = part::details(&[
            (words::PERSON.of(lang), html! { (self.title(call)) }),
            (
                words::PHONE.of(lang),
                html! { (self.personal("phone", self.person.phone.as_deref(), lang)) },
            ),
            (
                words::MAIL.of(lang),
                html! { (self.personal("mail", self.person.mail.as_deref(), lang)) },
            ),
            (words::NAME.of(lang), account),
        ]);
        layout::stack(html! {
            (part::card(None, None, details))
            (part::card_flush(Some(words::POSTS.of(lang)), None, self.posts(call)))
            (history::card(call, &self.history))
        })
    }
}

impl PersonView {
    /// A personal value, or that it was erased, or that there never was one.
    fn personal<'a>(&self, field: &str, value: Option<&'a str>, lang: Lang) -> &'a str {
        let is_erased = self.erased.iter().any(|erased| erased == field);
        value.unwrap_or(if is_erased { words::ERASED.of(lang) } else { "—" })
    }

    fn posts(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.posts.is_empty() {
            let (title, hint) = (words::NOTHING_YET.of(lang), words::NOTHING_HINT.of(lang));
            return part::empty_state("user", title, hint, None);
        }
        let columns = [
            Column::lead(words::TITLE.of(lang)),
            Column::text(words::ROLE.of(lang)),
            Column::fit(words::PERIOD.of(lang)),
            Column::text(words::WATCHES.of(lang)),
            Column::actions(words::ACTIONS.of(lang)),
        ];
        let rows = self.posts.iter().map(|view| {
            let post = &view.post;
            Row {
                cells: vec![
                    html! { (post.unit_name) (post.title)
                    @if let Some(title) = &post.represents { (words::on_behalf(post.role, title)) } },
                    html! { (words::role(post.role, lang))
                    @if let Some(line) = &post.line { " · " (line) } },
                    words::period(post.from, post.to, lang),
                    html! { (view.watches.join("、")) @if view.watches.is_empty() { "—" } },
                    self.buttons(call, post),
                ],
                ..Row::default()
            }
        });
        let caption = words::POSTS.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }

    fn buttons(&self, call: &Call, post: &PostLine) -> Markup {
        let has_ended = post.to.is_some_and(|to| to < self.today);
        let watches = post.role == Role::Officer
            || (post.role == Role::Inspector && call.may(grants::TAKE_POST));
        let all = [
            (grants::SET_WATCHES, "watches", words::SET_WATCHES, watches),
            (grants::STAND_IN, "stand-in", words::STAND_IN, post.represents.is_none()),
            (grants::LEAVE_POST, "leaving", words::LEAVE_POST, true),
        ];
        html! {
            @if !has_ended {
                @for (permission, what, label, fits) in all {
                    @if fits && call.may(permission) {
                        a href=(call.href(&format!("/posts/{}/{what}", post.post))) {
                            (label.of(call.lang))
                        } " "
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_middle_of_a_number_is_hidden() {
        assert_eq!(masked("13900001234"), "139****1234");
        assert_eq!(masked("123"), "***");
    }
}
