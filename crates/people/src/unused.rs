//! Accounts that nobody uses are disabled by the program itself (等保三级: no stale accounts).
//!
//! Use is a sign-in, or a request with a bearer token; it is counted by the machine's clock, as
//! sessions and tokens are. Opening and enabling an account, a one-time code from the command
//! line and the first round after an import let its time begin anew. The last account of an
//! administrator class that can be used stays, or nobody could enable the others.

use journal::{Act, By, Db, Error, Result};
use kernel::{Id, Jurisdiction, Moment, Refusal, Subject, SubjectKind};
use uuid::Uuid;

use crate::facts::Fact;
use crate::tables::AccountClass;
use crate::{access, setting, store};

/// The name under which the journal keeps it.
const ACT: &str = "people.disable_unused";

/// Disables a city's accounts that nobody has used for the days of the setting; answers their
/// names. Made twice or on several nodes it does nothing more.
pub async fn disable(db: &Db, city: Id<Jurisdiction>) -> Result<Vec<String>> {
    let now = db.clock().now();
    db.operate(city, async |tx| store::begin_uses(tx, city, now).await).await?;
    let mut tx = db.read().await?;
    let days = setting::unused_days(&mut tx, city).await?;
    let before = now.plus_secs(-days * 86_400);
    let idle = store::idle_accounts(&mut tx, city, before).await?;
    drop(tx);
    let mut disabled = Vec::new();
    for account in idle {
        let reason = format!("连续 {days} 天未使用，自动停用");
        let by = By::program(city, ACT).because(Some(reason));
        let done = db.act(by, async |act| disable_one(act, account.id, (before, now)).await).await;
        match done {
            Ok(_) => disabled.push(account.name),
            // It was used or disabled meanwhile, or nobody else could do its work.
            Err(Error::Refused(_)) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(disabled)
}

/// Lets the time of all accounts begin anew: a demo city may lie for months and still be looked at.
pub async fn begin_anew(db: &Db, city: Id<Jurisdiction>) -> Result<()> {
    let now = db.clock().now();
    db.operate(city, async |tx| store::use_all(tx, city, now).await).await
}

async fn disable_one(act: &mut Act, id: Uuid, (before, now): (Moment, Moment)) -> Result<()> {
    let city = act.jurisdiction();
    let account = store::account(act, city, id).await?.filter(|a| !a.disabled);
    let account = account.ok_or_else(Error::missing)?;
    if store::last_use(act, city, id).await?.is_none_or(|at| at >= before) {
        return Err(Refusal::Missing.into());
    }
    let today = access::today(act, city, now).await?;
    let others = store::others_able(act, city, (account.class, id), today).await?;
    if account.class != AccountClass::Business && others == 0 {
        return Err(Refusal::Missing.into());
    }
    act.record(Subject::new(SubjectKind::Account, id), &Fact::AccountDisabled {}).await?;
    store::end_sessions(act, city, id).await
}
