//! The caller's own account: what its acts and its page begin with.

use journal::{Error, Result};
use kernel::Refusal;
use web::{Call, Values};

use crate::acts::sign_in::count_failure;
use crate::tables::{AccountRow, CredentialRow};
use crate::{password, store, words};

/// The account of the caller and its credentials.
pub(crate) async fn account(call: &Call) -> Result<(AccountRow, CredentialRow)> {
    let actor = call.actor()?;
    let (city, id) = (actor.jurisdiction, actor.account);
    let mut tx = call.read().await?;
    let account = store::account(&mut tx, city, id).await?;
    let credential = store::credential(&mut tx, city, id).await?;
    account.zip(credential).ok_or_else(Error::missing)
}

/// The same, once the form has shown the present password: a session left open is not enough.
pub(crate) async fn confirmed(call: &Call, values: &Values) -> Result<(AccountRow, CredentialRow)> {
    let (account, credential) = account(call).await?;
    let now = call.db().clock().now();
    if credential.locked_until.is_some_and(|until| until > now) {
        return Err(Refusal::rule(words::LOCKED).into());
    }
    let stored = Some(credential.password_hash.clone());
    if !password::fits(values.text("current"), stored).await? {
        count_failure(call.db(), account.jurisdiction_id, account.id, call).await?;
        return Err(Refusal::field("current", words::WRONG_CURRENT).into());
    }
    Ok((account, credential))
}
