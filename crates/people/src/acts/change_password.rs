//! Changing one's own password; every other session of the account ends.

use journal::Result;
use kernel::text;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::access::Event;
use crate::session::Passed;
use crate::store::{self, NewPassword};
use crate::{access, doorkeeper, grants, own, password, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::secret("current", words::CURRENT_PASSWORD).required(),
    FieldSpec::secret("new", words::NEW_PASSWORD).required().hint(words::PASSWORD_HINT),
    FieldSpec::secret("again", words::AGAIN).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/account/password", grants::CHANGE_PASSWORD, text!("修改密码", "Change password"))
        .help(text!(
            "修改后，您在其他设备上的登录全部失效。",
            "After the change every other session of yours ends."
        ))
        .fields(FIELDS)
        .prepare(|_| {
            Box::pin(async { Ok(Prepared { back: "/account".to_owned(), ..Prepared::default() }) })
        })
        .decide(change_password)
}

async fn change_password(call: Call, values: Values) -> Result<Done> {
    let (account, credential) = own::confirmed(&call, &values).await?;
    let (new, again) = (values.text("new"), values.text("again"));
    let hash = password::fresh(call.db(), &account, &credential, (&new, &again)).await?;
    let at = call.db().clock().now();
    let password = NewPassword { hash, must_change: false, at };
    call.db()
        .operate(account.jurisdiction_id, async |tx| {
            store::set_password(tx, account.jurisdiction_id, account.id, &password).await?;
            access::note_own(tx, &call, &account, Event::PasswordChanged).await
        })
        .await?;
    if call.session().is_none() {
        return Ok(Done::go("/account".to_owned()));
    }
    doorkeeper::advance(&call, &account, Passed::Enrol, Some("/account".to_owned())).await
}
