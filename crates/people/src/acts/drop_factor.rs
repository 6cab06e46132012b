//! Giving up the second factor of one's own account, where no post demands it.

use journal::Result;
use kernel::{Refusal, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::access::Event;
use crate::{access, doorkeeper, grants, own, store, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::secret("current", words::CURRENT_PASSWORD).required()];

pub(crate) fn route() -> Route {
    let title = text!("停用第二因素", "Give up the second factor");
    Route::act("/account/second-factor/removal", grants::DROP_FACTOR, title)
        .danger()
        .fields(FIELDS)
        .prepare(|_| {
            Box::pin(async { Ok(Prepared { back: "/account".to_owned(), ..Prepared::default() }) })
        })
        .decide(drop_factor)
}

async fn drop_factor(call: Call, values: Values) -> Result<Done> {
    let (account, _) = own::confirmed(&call, &values).await?;
    let now = call.db().clock().now();
    if doorkeeper::must_have_factor(&mut call.read().await?, &account, now).await? {
        return Err(Refusal::rule(text!(
            "您的岗位必须使用第二因素，只能更换设备，不能停用。",
            "Your post must have a second factor; you can change the device but not give it up."
        ))
        .into());
    }
    let city = account.jurisdiction_id;
    call.db()
        .operate(city, async |tx| {
            store::set_factor(tx, city, account.id, (None, 0)).await?;
            access::note_own(tx, &call, &account, Event::FactorRemoved).await
        })
        .await?;
    Ok(Done::go("/account".to_owned()))
}
