//! The card of an account: whose it is, its state, what the security administrator may do.

use journal::history::Filter;
use journal::{Error, Result};
use kernel::Moment;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use web::{Answer, Call, Route, View};

use crate::pages::accounts::state;
use crate::regions::history;
use crate::store::{self, AccountLine};
use crate::{grants, words};

pub(crate) fn route() -> Route {
    Route::page("/accounts/{id}", grants::ACCOUNTS, words::NAME, account)
}

#[derive(Serialize)]
struct AccountCard {
    account: AccountLine,
    history: Vec<history::Event>,
    #[serde(skip)]
    now: Moment,
}

async fn account(call: Call) -> Result<Answer> {
    let (mut tx, id) = (call.read().await?, call.id("id")?);
    let account = store::account_line(&mut tx, call.city()?, id).await?;
    let account = account.ok_or_else(Error::missing)?;
    // The opening of an account is a fact about its person, who has one account.
    let opened = Filter {
        subject: Some(account.person),
        kind: Some("account_opened".to_owned()),
        ..Filter::default()
    };
    let own = Filter { subject: Some(id), ..Filter::default() };
    let history = history::read_by(&call, &mut tx, &[own, opened]).await?;
    call.page(&AccountCard { account, history, now: call.db().clock().now() })
}

impl View for AccountCard {
    fn title(&self, _call: &Call) -> String {
        self.account.name.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/accounts"), words::ACCOUNTS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let (open, factor) = (!self.account.disabled, self.account.has_factor);
        let all = [
            (grants::RESET_PASSWORD, "reset", words::RESET, open),
            (grants::REMOVE_FACTOR, "second-factor/removal", words::REMOVE_FACTOR, factor),
            (grants::DISABLE_ACCOUNT, "disabling", words::DISABLE, open),
            (grants::ENABLE_ACCOUNT, "enabling", words::ENABLE, !open),
        ];
        html! {
            @for (permission, what, label, fits) in all {
                @if fits && call.may(permission) {
                    (part::link_button(ButtonTone::Plain,
                        &call.href(&format!("/accounts/{}/{what}", self.account.id)),
                        label.of(call.lang), ""))
                }
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let (lang, a) = (call.lang, &self.account);
        let factor = if a.has_factor { words::FACTOR_ON } else { words::FACTOR_OFF };
        let seen = a.seen_at.map_or_else(|| "—".to_owned(), |at| at.local(&call.zone()));
        let person = html! {
            a href=(call.href(&format!("/persons/{}", a.person))) {
                (a.person_name.as_deref().unwrap_or(words::ERASED.of(lang)))
            }
        };
        let details = part::details(&[
            (words::PERSON.of(lang), person),
            (words::CLASS.of(lang), html! { (words::account_class(a.class).of(lang)) }),
            (words::STATE.of(lang), state(call, a, self.now)),
            (words::SECOND_FACTOR.of(lang), html! { (factor.of(lang)) }),
            (words::LAST_SIGN_IN.of(lang), html! { (seen) }),
        ]);
        ui::layout::stack(html! {
            (part::card(None, None, details))
            (history::card(call, &self.history))
        })
    }
}
