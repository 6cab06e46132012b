//! Ending one of one's own sessions, on a device left behind.

use journal::{Error, Result};
use kernel::text;
use web::{Call, Done, Prepared, Route, Values};

use crate::access::Event;
use crate::{access, grants, own, store};

pub(crate) fn route() -> Route {
    let title = text!("结束登录", "End a session");
    Route::act("/account/sessions/{id}/end", grants::END_SESSION, title)
        .danger()
        .prepare(|_| {
            Box::pin(async { Ok(Prepared { back: "/account".to_owned(), ..Prepared::default() }) })
        })
        .decide(end_session)
}

async fn end_session(call: Call, _values: Values) -> Result<Done> {
    let (account, _) = own::account(&call).await?;
    let (city, id) = (account.jurisdiction_id, call.id("id")?);
    call.db()
        .operate(city, async |tx| {
            if !store::end_session_of(tx, city, account.id, id).await? {
                return Err(Error::missing());
            }
            access::note_own(tx, &call, &account, Event::SessionEnded).await
        })
        .await?;
    Ok(Done::go("/account".to_owned()))
}
