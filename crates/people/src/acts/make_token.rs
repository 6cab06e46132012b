//! Making a bearer token for a program that acts in the caller's present post. The token is shown
//! once, before the form is sent; only its hash is kept.

use journal::Result;
use kernel::{Refusal, text};
use maud::html;
use ui::part;
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::access::Event;
use crate::doorkeeper::{secret_hash, ticket};
use crate::tables::TokenRow;
use crate::{access, grants, own, password, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::TOKEN_NAME, 64).required().hint(words::TOKEN_NAME_HINT),
    FieldSpec::number("days", words::TOKEN_DAYS, 1, 365).required(),
    FieldSpec::secret("current", words::CURRENT_PASSWORD).required(),
    FieldSpec::hidden("secret"),
];

/// Characters of a secret of 32 random bytes.
const SECRET_LENGTH: usize = 43;

pub(crate) fn route() -> Route {
    Route::act("/account/tokens", grants::MAKE_TOKEN, text!("新建令牌", "Make a token"))
        .help(text!(
            "令牌只显示这一次，请先复制保存，再提交；提交后才生效。它只有当前任职的权限。",
            "The token is shown only now: copy it, then send the form; it holds from then on, with the rights of the present post."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(std::future::ready(prepare(call))))
        .decide(make_token)
}

fn prepare(call: &Call) -> Result<Prepared> {
    let typed = call.body.get("secret").filter(|s| is_secret(s)).map(str::to_owned);
    let secret = match typed {
        Some(secret) => secret,
        None => password::secret(32)?,
    };
    let token = ticket(call.city()?, &secret);
    let label = words::TOKEN.of(call.lang);
    let intro = part::details_wide(&[(label, html! { code id="token" { (token) } })]);
    let prepared = Prepared { intro, back: "/account".to_owned(), ..Prepared::default() };
    Ok(prepared.fill("secret", secret).fill("days", 90))
}

fn is_secret(text: &str) -> bool {
    text.len() == SECRET_LENGTH
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

async fn make_token(call: Call, values: Values) -> Result<Done> {
    let (account, _) = own::confirmed(&call, &values).await?;
    let Some(secret) = values.opt("secret").filter(|s| is_secret(s)) else {
        return Err(Refusal::field("name", words::TOKEN_AGAIN).into());
    };
    let (city, now) = (account.jurisdiction_id, call.db().clock().now());
    let row = TokenRow {
        jurisdiction_id: city,
        token_hash: secret_hash(&secret),
        id: Uuid::now_v7(),
        account_id: account.id,
        post_id: call.actor()?.post,
        name: values.text("name"),
        created_at: now,
        expires_at: now.plus_secs(values.number("days").unwrap_or(1) * 86_400),
    };
    call.db()
        .operate(city, async |tx| {
            store::put(tx, &row).await?;
            access::note_own(tx, &call, &account, Event::TokenMade).await
        })
        .await?;
    Ok(Done::go("/account".to_owned()))
}
