//! Ending all of one's own sessions but the present one.

use journal::{Error, Result};
use kernel::text;
use web::{Call, Done, Prepared, Route, Values};

use crate::access::Event;
use crate::doorkeeper::read_ticket;
use crate::{access, grants, own, store};

pub(crate) fn route() -> Route {
    let title = text!("结束其他登录", "End all other sessions");
    Route::act("/account/sessions/end", grants::END_OTHER_SESSIONS, title)
        .danger()
        .prepare(|_| {
            Box::pin(async { Ok(Prepared { back: "/account".to_owned(), ..Prepared::default() }) })
        })
        .decide(end_other_sessions)
}

async fn end_other_sessions(call: Call, _values: Values) -> Result<Done> {
    let (account, _) = own::account(&call).await?;
    // A token has no session to keep.
    let (city, kept) = call.session().and_then(read_ticket).ok_or_else(Error::missing)?;
    call.db()
        .operate(city, async |tx| {
            store::end_other_sessions(tx, city, account.id, kept).await?;
            access::note_own(tx, &call, &account, Event::SessionEnded).await
        })
        .await?;
    Ok(Done::go("/account".to_owned()))
}
