//! Marking everything in one's trays as read.

use journal::{Result, Tx};
use kernel::text;
use web::{Call, Done, Prepared, Route, Values};

use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/inbox/read", grants::READ_ALL, text!("全部标为已读", "Mark all as read"))
        .help(text!(
            "待办事项仍留在“待办”中，办理后自动消去。",
            "What asks for something stays under “To do” until it is done."
        ))
        .prepare(|_| {
            Box::pin(async { Ok(Prepared { back: "/inbox".to_owned(), ..Prepared::default() }) })
        })
        .decide(read_all)
}

async fn read_all(call: Call, _values: Values) -> Result<Done> {
    let (actor, now) = (*call.actor()?, call.now());
    let mark = async |tx: &mut Tx| store::read_all(tx, &actor, now).await;
    call.db().operate(actor.jurisdiction, mark).await?;
    Ok(Done::go("/inbox".to_owned()))
}
