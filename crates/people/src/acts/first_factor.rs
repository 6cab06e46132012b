//! Setting up the second factor on the way in, for posts that must have one.

use journal::Result;
use kernel::text;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::regions::factor_setup;
use crate::session::Passed;
use crate::tables::Stage;
use crate::{access, doorkeeper, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("code", words::CODE, 8).required().hint(words::CODE_HINT),
    FieldSpec::hidden("secret"),
    FieldSpec::hidden("token"),
    FieldSpec::hidden("next"),
];

pub(crate) fn route() -> Route {
    Route::public_act("/sign-in/second-factor", text!("启用第二因素", "Set up the second factor"))
        .help(text!(
            "您的岗位须用密码加验证码登录。请先在手机的验证器应用中添加下面的密钥。",
            "Your post signs in with password and code. First add the key below to an authenticator."
        ))
        .submit(words::GO_ON)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(first_factor)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let pending = doorkeeper::pending(call, Stage::Enrol).await?;
    let prepared = factor_setup::prepared(call, &pending.account).await?;
    Ok(prepared.fill("token", pending.session.form_token))
}

async fn first_factor(call: Call, values: Values) -> Result<Done> {
    let pending = doorkeeper::pending(&call, Stage::Enrol).await?;
    pending.check(&values)?;
    let now = call.db().clock().now();
    let (secret, step) = factor_setup::confirmed(&values, now)?;
    let account = &pending.account;
    let city = account.jurisdiction_id;
    call.db()
        .operate(city, async |tx| {
            store::set_factor(tx, city, account.id, (Some(secret), step)).await?;
            access::note_own(tx, &call, account, access::Event::FactorSet).await
        })
        .await?;
    doorkeeper::advance(&call, account, Passed::Enrol, values.opt("next")).await
}
