//! Giving an account a new one-time code; the old password and all sessions and tokens are void.

use journal::{Error, Result};
use kernel::{Subject, SubjectKind};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::regions::one_time_code;
use crate::store::{self, NewPassword};
use crate::{grants, words};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::area("reason", words::REASON, 300).required(), FieldSpec::hidden("code")];

pub(crate) fn route() -> Route {
    Route::act("/accounts/{id}/reset", grants::RESET_PASSWORD, words::RESET)
        .help(words::ONE_TIME_HELP)
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(reset_password)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let account = store::account(&mut call.read().await?, call.city()?, id).await?;
    let account = account.ok_or_else(Error::missing)?;
    let prepared = one_time_code::prepared(call, &format!("/accounts/{id}"))?;
    Ok(Prepared { about: Some(account.name), ..prepared })
}

async fn reset_password(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let hash = one_time_code::hash(&values).await?;
    // Ages of passwords are counted by the machine's clock.
    let at = call.db().clock().now();
    let password = NewPassword { hash, must_change: true, at };
    let receipt = call
        .act(async |act| {
            store::account(act, city, id).await?.ok_or_else(Error::missing)?;
            act.record(Subject::new(SubjectKind::Account, id), &Fact::PasswordReset {}).await?;
            store::revoke_tokens(act, city, id).await?;
            store::set_password(act, city, id, &password).await
        })
        .await?;
    Ok(Done::to(format!("/accounts/{id}"), receipt))
}
