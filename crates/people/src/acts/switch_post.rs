//! Acting in another of one's own posts.

use journal::{Error, Result};
use kernel::text;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::doorkeeper::read_ticket;
use crate::{grants, store};

const FIELDS: &[FieldSpec] = &[FieldSpec::choice("post", text!("任职", "Post")).required()];

pub(crate) fn route() -> Route {
    Route::act("/post", grants::SWITCH_POST, text!("切换任职", "Switch post"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(std::future::ready(prepare(call))))
        .decide(switch_post)
}

fn prepare(call: &Call) -> Result<Prepared> {
    let posts = &call.caller()?.posts;
    let choices = posts.iter().map(|p| Choice::new(p.post, p.title.clone())).collect();
    Ok(Prepared::default().offer("post", choices))
}

async fn switch_post(call: Call, values: Values) -> Result<Done> {
    let caller = call.caller()?;
    let post = values.id("post").filter(|id| caller.posts.iter().any(|p| p.post == *id));
    let Some(post) = post else { return Err(Error::missing()) };
    let account = caller.actor.account;
    // A token is bound to its post; only a session can be switched.
    let Some((city, hash)) = call.session().and_then(read_ticket) else {
        return Err(Error::missing());
    };
    call.db()
        .operate(city, async |tx| store::switch_post(tx, city, hash, (account, post)).await)
        .await?;
    Ok(Done::go("/".to_owned()))
}
