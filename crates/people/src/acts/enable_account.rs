//! Enabling a disabled account again.

use journal::{Error, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::area("reason", words::REASON, 300).required()];

pub(crate) fn route() -> Route {
    Route::act("/accounts/{id}/enabling", grants::ENABLE_ACCOUNT, words::ENABLE)
        .help(text!(
            "恢复后用原密码登录；忘记密码请重置。",
            "The old password holds again; reset it when it is forgotten."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(enable_account)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let account = store::account(&mut call.read().await?, call.city()?, id).await?;
    let account = account.ok_or_else(Error::missing)?;
    Ok(Prepared { about: Some(account.name), ..super::back(&format!("/accounts/{id}")) })
}

async fn enable_account(call: Call, _values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let own = call.actor()?.account;
    let now = call.db().clock().now();
    let receipt = call
        .act(async |act| {
            let account = store::account(act, city, id).await?.ok_or_else(Error::missing)?;
            if !account.disabled {
                return Err(Refusal::rule(words::NO_CHANGE).into());
            }
            if account.id == own {
                return Err(Refusal::rule(words::NOT_ONESELF).into());
            }
            act.record(Subject::new(SubjectKind::Account, id), &Fact::AccountEnabled {}).await?;
            // Its days without use are counted anew.
            store::used(act, city, id, now).await?;
            store::end_sessions(act, city, id).await
        })
        .await?;
    Ok(Done::to(format!("/accounts/{id}"), receipt))
}
