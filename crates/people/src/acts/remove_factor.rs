//! Removing the second factor of an account whose device was lost.

use journal::{Error, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::area("reason", words::REASON, 300).required()];

pub(crate) fn route() -> Route {
    Route::act("/accounts/{id}/second-factor/removal", grants::REMOVE_FACTOR, words::REMOVE_FACTOR)
        .help(text!(
            "请先核实本人身份。下次登录时须重新启用。",
            "Make sure who asks. It is set up anew at the next sign-in where the post demands one."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(remove_factor)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let account = store::account(&mut call.read().await?, call.city()?, id).await?;
    let account = account.ok_or_else(Error::missing)?;
    Ok(Prepared { about: Some(account.name), ..super::back(&format!("/accounts/{id}")) })
}

async fn remove_factor(call: Call, _values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let own = call.actor()?.account;
    let receipt = call
        .act(async |act| {
            let account = store::account(act, city, id).await?.ok_or_else(Error::missing)?;
            if store::credential(act, city, id).await?.is_none_or(|c| c.totp_secret.is_none()) {
                return Err(Refusal::rule(words::NO_CHANGE).into());
            }
            if account.id == own {
                return Err(Refusal::rule(words::NOT_ONESELF).into());
            }
            act.record(Subject::new(SubjectKind::Account, id), &Fact::SecondFactorRemoved {})
                .await?;
            store::set_factor(act, city, id, (None, 0)).await?;
            store::end_sessions(act, city, id).await
        })
        .await?;
    Ok(Done::to(format!("/accounts/{id}"), receipt))
}
