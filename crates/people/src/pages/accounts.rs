//! The register of accounts: class, state, second factor, last sign-in.

use journal::Result;
use kernel::{Moment, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, Field};
use ui::table::{self, Column, Row, Table};
use ui::{Tone, part};
use web::{Answer, Call, Param, ParamKind, Route, View};

use crate::store::{self, AccountLine};
use crate::{grants, words};

/// What the page reads of its address.
const QUERY: &[Param] =
    &[Param::new("q", ParamKind::Text(100), text!("账号名或姓名", "A name")), Param::AFTER];

/// Accounts on one page.
const PAGE: usize = 50;

pub(crate) fn route() -> Route {
    Route::page("/accounts", grants::ACCOUNTS, words::ACCOUNTS, accounts).query(QUERY)
}

#[derive(Serialize)]
struct AccountsView {
    accounts: Vec<AccountLine>,
    next: Option<String>,
    #[serde(skip)]
    now: Moment,
}

async fn accounts(call: Call) -> Result<Answer> {
    let asked = (call.query.get("q").unwrap_or(""), call.query.get("after").unwrap_or(""));
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut accounts =
        store::account_lines(&mut call.read().await?, call.city()?, asked, limit).await?;
    let more = accounts.len() > PAGE;
    accounts.truncate(PAGE);
    let next = accounts.last().filter(|_| more).map(|a| a.name.clone());
    call.page(&AccountsView { accounts, next, now: call.db().clock().now() })
}

/// The state of an account as a badge.
pub(crate) fn state(call: &Call, account: &AccountLine, now: Moment) -> Markup {
    let lang = call.lang;
    if account.disabled {
        part::badge(Tone::Grey, words::DISABLED.of(lang))
    } else if account.locked_until.is_some_and(|until| until > now) {
        part::badge(Tone::Red, words::LOCKED_NOW.of(lang))
    } else {
        part::badge(Tone::Green, words::OPEN.of(lang))
    }
}

impl View for AccountsView {
    fn title(&self, call: &Call) -> String {
        words::ACCOUNTS.of(call.lang).to_owned()
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let q = call.query.get("q").unwrap_or_default();
        let search =
            Field { name: "q", label: words::SEARCH.of(lang), value: q, ..Field::default() };
        let next = self.next.as_ref().map(|after| {
            let query: String = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("q", q)
                .append_pair("after", after)
                .finish();
            call.href(&format!("/accounts?{query}"))
        });
        part::card_flush(
            None,
            None,
            html! {
                (form::filter_form(lang, &call.href("/accounts"), form::search(&search)))
                (table::list(html! {
                    (self.table(call))
                    (table::pager(lang, None, next.as_deref(), ""))
                }))
            },
        )
    }
}

impl AccountsView {
    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.accounts.is_empty() {
            let (title, hint) = (words::NOBODY.of(lang), words::NOBODY_HINT.of(lang));
            return part::empty_state("key", title, hint, None);
        }
        let columns = [
            Column::lead(words::NAME.of(lang)),
            Column::text(words::PERSON.of(lang)),
            Column::fit(words::CLASS.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::fit(words::SECOND_FACTOR.of(lang)),
            Column::fit(words::LAST_SIGN_IN.of(lang)),
        ];
        let factor = |has| if has { words::FACTOR_ON } else { words::FACTOR_OFF };
        let rows = self.accounts.iter().map(|a| Row {
            href: Some(call.href(&format!("/accounts/{}", a.id))),
            cells: vec![
                html! { (a.name) },
                html! { (a.person_name.as_deref().unwrap_or(words::ERASED.of(lang))) },
                html! { (words::account_class(a.class).of(lang)) },
                state(call, a, self.now),
                html! { (factor(a.has_factor).of(lang)) },
                html! { (a.seen_at.map_or_else(|| "—".to_owned(), |at| at.local(&call.zone()))) },
            ],
            ..Row::default()
        });
        let caption = words::ACCOUNTS.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
