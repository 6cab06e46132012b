//! Showing the second factor after the password: six digits from one's own device, each code once.

use journal::Result;
use kernel::{Refusal, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::acts::sign_in::count_failure;
use crate::session::Passed;
use crate::tables::Stage;
use crate::{doorkeeper, factor, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("code", words::CODE, 8).required().hint(words::CODE_HINT),
    FieldSpec::hidden("token"),
    FieldSpec::hidden("next"),
];

pub(crate) fn route() -> Route {
    Route::public_act("/sign-in/code", text!("输入验证码", "Enter the code"))
        .submit(words::GO_ON)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(enter_code)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let pending = doorkeeper::pending(call, Stage::Code).await?;
    Ok(Prepared::default().fill("token", pending.session.form_token))
}

async fn enter_code(call: Call, values: Values) -> Result<Done> {
    let pending = doorkeeper::pending(&call, Stage::Code).await?;
    pending.check(&values)?;
    let (city, account) = (pending.account.jurisdiction_id, pending.account.id);
    let secret = pending.credential.totp_secret.unwrap_or_default();
    let db = call.db();
    let step = factor::step(&secret, &values.text("code"), db.clock().now())?;
    let accepted = match step {
        Some(step) => {
            db.operate(city, async |tx| store::accept_step(tx, city, account, step).await).await?
        }
        None => false,
    };
    if !accepted {
        count_failure(db, city, account, &call).await?;
        return Err(Refusal::field("code", words::WRONG_CODE).into());
    }
    doorkeeper::advance(&call, &pending.account, Passed::Code, values.opt("next")).await
}
