//! Choosing a new password on the way in: after a one-time code, or when the old one is too old.

use journal::Result;
use kernel::text;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::session::Passed;
use crate::store::{self, NewPassword};
use crate::tables::Stage;
use crate::{access, doorkeeper, password, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::secret("new", words::NEW_PASSWORD).required().hint(words::PASSWORD_HINT),
    FieldSpec::secret("again", words::AGAIN).required(),
    FieldSpec::hidden("token"),
    FieldSpec::hidden("next"),
];

pub(crate) fn route() -> Route {
    Route::public_act("/sign-in/password", text!("设置新密码", "Choose a new password"))
        .help(text!(
            "您用的是一次性口令，或者密码已到更换期限。设置新密码后继续登录。",
            "You used a one-time code, or your password is due for a change. Choose a new one to go on."
        ))
        .submit(words::GO_ON)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(renew_password)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let pending = doorkeeper::pending(call, Stage::Change).await?;
    Ok(Prepared::default().fill("token", pending.session.form_token))
}

async fn renew_password(call: Call, values: Values) -> Result<Done> {
    let pending = doorkeeper::pending(&call, Stage::Change).await?;
    pending.check(&values)?;
    let (new, again) = (values.text("new"), values.text("again"));
    let (account, credential) = (&pending.account, &pending.credential);
    let hash = password::fresh(call.db(), account, credential, (&new, &again)).await?;
    let city = account.jurisdiction_id;
    let at = call.db().clock().now();
    let password = NewPassword { hash, must_change: false, at };
    call.db()
        .operate(city, async |tx| {
            store::set_password(tx, city, account.id, &password).await?;
            access::note_own(tx, &call, account, access::Event::PasswordChanged).await
        })
        .await?;
    doorkeeper::advance(&call, account, Passed::Change, values.opt("next")).await
}
