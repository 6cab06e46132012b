//! Setting up a second factor for one's own account, or another device for it.

use journal::Result;
use kernel::text;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::access::Event;
use crate::regions::factor_setup;
use crate::{access, grants, own, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::secret("current", words::CURRENT_PASSWORD).required(),
    FieldSpec::line("code", words::CODE, 8).required().hint(words::CODE_HINT),
    FieldSpec::hidden("secret"),
];

pub(crate) fn route() -> Route {
    let title = text!("启用第二因素", "Set up the second factor");
    Route::act("/account/second-factor", grants::ENROL_FACTOR, title)
        .help(text!(
            "先在手机的验证器应用中添加下面的密钥，再填写它显示的验证码。以前的设备随即失效。",
            "Add the key below to an authenticator, then enter the code it shows. A former device no longer works."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(enrol_factor)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (account, _) = own::account(call).await?;
    factor_setup::prepared(call, &account).await
}

async fn enrol_factor(call: Call, values: Values) -> Result<Done> {
    let (account, _) = own::confirmed(&call, &values).await?;
    let (secret, step) = factor_setup::confirmed(&values, call.db().clock().now())?;
    let city = account.jurisdiction_id;
    call.db()
        .operate(city, async |tx| {
            store::set_factor(tx, city, account.id, (Some(secret), step)).await?;
            access::note_own(tx, &call, &account, Event::FactorSet).await
        })
        .await?;
    Ok(Done::go("/account".to_owned()))
}
