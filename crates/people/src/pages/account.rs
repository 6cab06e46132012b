//! One's own account: post, password, second factor, sessions, tokens.

use journal::Result;
use kernel::text;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, Route, View};

use crate::doorkeeper::read_ticket;
use crate::tables::{SessionRow, TokenRow};
use crate::{grants, own, session, store, words};

pub(crate) fn route() -> Route {
    Route::page("/account", grants::OWN_ACCOUNT, text!("我的账号", "My account"), account)
}

#[derive(Serialize)]
struct AccountView {
    account: String,
    name: String,
    posts: Vec<String>,
    has_second_factor: bool,
    password_changed_at: String,
    /// Whether the daily digest is wanted.
    wants_digest: bool,
    mail: Option<String>,
    sessions: Vec<SessionLine>,
    tokens: Vec<TokenLine>,
}

#[derive(Serialize)]
struct SessionLine {
    id: Uuid,
    is_this: bool,
    created_at: String,
    seen_at: String,
    remote: String,
    agent: String,
}

#[derive(Serialize)]
struct TokenLine {
    id: Uuid,
    name: String,
    post: String,
    created_at: String,
    expires_at: String,
}

async fn account(call: Call) -> Result<Answer> {
    let (account, credential) = own::account(&call).await?;
    let caller = call.caller()?;
    let this = call.session().and_then(read_ticket).map(|(_, hash)| hash);
    let living = session::living_since(call.db().clock().now());
    let mut tx = call.read().await?;
    let sessions = store::sessions_of(&mut tx, account.jurisdiction_id, account.id, living).await?;
    let tokens = store::tokens_of(&mut tx, account.jurisdiction_id, account.id).await?;
    let actor = call.actor()?;
    let quiet = store::is_quiet(&mut tx, actor.jurisdiction, actor.person).await?;
    let person = store::person(&mut tx, actor.jurisdiction, actor.person).await?;
    let zone = call.zone();
    let is_this = |s: &SessionRow| this.as_ref() == Some(&s.token_hash);
    let view = AccountView {
        account: account.name,
        name: caller.name.clone(),
        posts: caller.posts.iter().map(|p| p.title.clone()).collect(),
        has_second_factor: credential.totp_secret.is_some(),
        password_changed_at: credential.changed_at.local(&zone),
        wants_digest: !quiet,
        mail: person.and_then(|person| person.mail),
        sessions: sessions
            .into_iter()
            .map(|s| SessionLine {
                id: s.id,
                is_this: is_this(&s),
                created_at: s.created_at.local(&zone),
                seen_at: s.seen_at.local(&zone),
                remote: s.remote,
                agent: s.agent,
            })
            .collect(),
        tokens: tokens.into_iter().map(|t| token_line(&call, t)).collect(),
    };
    call.page(&view)
}

fn token_line(call: &Call, token: TokenRow) -> TokenLine {
    let posts = call.visitor().map(|c| c.posts.as_slice()).unwrap_or_default();
    let post = posts.iter().find(|p| p.post == token.post_id);
    TokenLine {
        id: token.id,
        name: token.name,
        post: post.map_or_else(|| "—".to_owned(), |p| p.title.clone()),
        created_at: token.created_at.local(&call.zone()),
        expires_at: token.expires_at.local(&call.zone()),
    }
}

impl View for AccountView {
    fn title(&self, call: &Call) -> String {
        words::MY_ACCOUNT.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let label = words::CHANGE_PASSWORD.of(call.lang);
        part::link_button(ButtonTone::Primary, &call.href("/account/password"), label, "key")
    }

    fn body(&self, call: &Call) -> Markup {
        layout::stack(html! {
            (part::card(None, None, self.details(call)))
            (part::card_flush(
                Some(words::SESSIONS.of(call.lang)), self.end_others(call), self.sessions(call)))
            (part::card_flush(
                Some(words::TOKENS.of(call.lang)), Some(make_token(call)), self.tokens(call)))
        })
    }
}

fn make_token(call: &Call) -> Markup {
    let label = words::MAKE_TOKEN.of(call.lang);
    part::link_button(ButtonTone::Plain, &call.href("/account/tokens"), label, "plus")
}

impl AccountView {
    fn details(&self, call: &Call) -> Markup {
        let lang = call.lang;
        part::details(&[
            (words::NAME.of(lang), html! { (self.account) }),
            (words::PERSON.of(lang), html! { (self.name) }),
            (words::POSTS.of(lang), html! { (self.posts.join("、")) }),
            (words::PASSWORD_CHANGED.of(lang), html! { (self.password_changed_at) }),
            (words::SECOND_FACTOR.of(lang), self.factor(call)),
            (
                words::MAIL.of(lang),
                html! { (self.mail.as_deref().unwrap_or(words::NO_MAIL.of(lang))) },
            ),
            (words::DIGEST.of(lang), self.digest(call)),
        ])
    }

    fn factor(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let setup = call.href("/account/second-factor");
        html! {
            @if self.has_second_factor {
                (part::badge(Tone::Green, words::FACTOR_ON.of(lang))) " "
                a href=(setup) { (words::FACTOR_CHANGE.of(lang)) } " · "
                a href=(call.href("/account/second-factor/removal")) { (words::FACTOR_DROP.of(lang)) }
            } @else {
                (part::badge(Tone::Grey, words::FACTOR_OFF.of(lang))) " "
                a href=(setup) { (words::FACTOR_SETUP.of(lang)) }
            }
        }
    }

    fn digest(&self, call: &Call) -> Markup {
        let lang = call.lang;
        html! {
            @if self.wants_digest { (part::badge(Tone::Green, words::DIGEST_ON.of(lang))) }
            @else { (part::badge(Tone::Grey, words::DIGEST_OFF.of(lang))) }
            " " a href=(call.href("/account/digest")) { (words::RENAME.of(lang)) }
        }
    }

    fn end_others(&self, call: &Call) -> Option<Markup> {
        let label = words::END_OTHERS.of(call.lang);
        let href = call.href("/account/sessions/end");
        (self.sessions.len() > 1)
            .then(|| part::link_button(ButtonTone::Plain, &href, label, "logout"))
    }

    fn sessions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(words::DEVICE.of(lang)),
            Column::text(words::REMOTE.of(lang)),
            Column::fit(words::SIGNED_IN_AT.of(lang)),
            Column::fit(words::SEEN_AT.of(lang)),
            Column::actions(words::ACTIONS.of(lang)),
        ];
        let rows = self.sessions.iter().map(|s| Row {
            cells: vec![
                html! { (s.agent) @if s.agent.is_empty() { "—" } },
                html! { (s.remote) },
                html! { (s.created_at) },
                html! { (s.seen_at) },
                html! {
                    @if s.is_this { (part::badge(Tone::Blue, words::THIS_SESSION.of(lang))) }
                    @else {
                        a href=(call.href(&format!("/account/sessions/{}/end", s.id))) {
                            (words::END.of(lang))
                        }
                    }
                },
            ],
            ..Row::default()
        });
        let caption = words::SESSIONS.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }

    fn tokens(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.tokens.is_empty() {
            return part::empty_state(
                "key",
                words::NO_TOKENS.of(lang),
                words::NO_TOKENS_HINT.of(lang),
                None,
            );
        }
        let columns = [
            Column::lead(words::TOKEN_NAME.of(lang)),
            Column::text(words::POST.of(lang)),
            Column::fit(words::MADE_AT.of(lang)),
            Column::fit(words::EXPIRES_AT.of(lang)),
            Column::actions(words::ACTIONS.of(lang)),
        ];
        let rows = self.tokens.iter().map(|t| Row {
            cells: vec![
                html! { (t.name) },
                html! { (t.post) },
                html! { (t.created_at) },
                html! { (t.expires_at) },
                html! {
                    a href=(call.href(&format!("/account/tokens/{}/revocation", t.id))) {
                        (words::REVOKE.of(lang))
                    }
                },
            ],
            ..Row::default()
        });
        let caption = words::TOKENS.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
