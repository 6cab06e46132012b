//! Disabling an account; its sessions end at once and its name is never given to anybody else.

use journal::{Error, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::area("reason", words::REASON, 300).required()];

pub(crate) fn route() -> Route {
    Route::act("/accounts/{id}/disabling", grants::DISABLE_ACCOUNT, words::DISABLE)
        .help(text!(
            "停用后立即不能登录，令牌同时失效。",
            "Nobody can sign in with it from now on; its tokens are void."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(disable_account)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let account = store::account(&mut call.read().await?, call.city()?, id).await?;
    let account = account.ok_or_else(Error::missing)?;
    Ok(Prepared { about: Some(account.name), ..super::back(&format!("/accounts/{id}")) })
}

async fn disable_account(call: Call, _values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let own = call.actor()?.account;
    let receipt = call
        .act(async |act| {
            let account = store::account(act, city, id).await?.ok_or_else(Error::missing)?;
            if account.disabled {
                return Err(Refusal::rule(words::NO_CHANGE).into());
            }
            if account.id == own {
                return Err(Refusal::rule(words::NOT_ONESELF).into());
            }
            act.record(Subject::new(SubjectKind::Account, id), &Fact::AccountDisabled {}).await?;
            store::end_sessions(act, city, id).await
        })
        .await?;
    Ok(Done::to(format!("/accounts/{id}"), receipt))
}
