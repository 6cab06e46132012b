//! Revoking one of one's own bearer tokens.

use journal::{Error, Result};
use kernel::text;
use web::{Call, Done, Prepared, Route, Values};

use crate::access::Event;
use crate::{access, grants, own, store};

pub(crate) fn route() -> Route {
    let title = text!("吊销令牌", "Revoke a token");
    Route::act("/account/tokens/{id}/revocation", grants::REVOKE_TOKEN, title)
        .danger()
        .prepare(|_| {
            Box::pin(async { Ok(Prepared { back: "/account".to_owned(), ..Prepared::default() }) })
        })
        .decide(revoke_token)
}

async fn revoke_token(call: Call, _values: Values) -> Result<Done> {
    let (account, _) = own::account(&call).await?;
    let (city, id) = (account.jurisdiction_id, call.id("id")?);
    call.db()
        .operate(city, async |tx| {
            if !store::revoke_token(tx, city, account.id, id).await? {
                return Err(Error::missing());
            }
            access::note_own(tx, &call, &account, Event::TokenRevoked).await
        })
        .await?;
    Ok(Done::go("/account".to_owned()))
}
