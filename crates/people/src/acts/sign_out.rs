//! Ending the present session.

use journal::Result;
use kernel::text;
use web::{Call, Done, Route, Values};

use crate::access::{Access, Event};
use crate::doorkeeper::read_ticket;
use crate::{access, grants, store};

pub(crate) fn route() -> Route {
    Route::act("/sign-out", grants::SIGN_OUT, text!("退出登录", "Sign out")).decide(sign_out)
}

async fn sign_out(call: Call, _values: Values) -> Result<Done> {
    if let Some((city, hash)) = call.session().and_then(read_ticket) {
        let account = call.actor()?.account;
        let now = call.db().clock().now();
        let remote = call.remote.to_string();
        call.db()
            .operate(city, async |tx| {
                store::end_session(tx, city, hash).await?;
                let line = Access {
                    at: now,
                    event: Event::SignedOut,
                    account: Some(account),
                    remote: &remote,
                    detail: "",
                };
                access::note(tx, city, line).await
            })
            .await?;
    }
    Ok(Done { session: Some(None), ..Done::go("/sign-in".to_owned()) })
}
