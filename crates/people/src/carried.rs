//! Forms that came when their session had ended: they wait a day for their owner.
//!
//! Only the account whose form it was gets it back. Whoever else signs in with its ticket comes
//! to the plain desk, and the form is thrown away.

use journal::{Db, Error, Result};
use kernel::Moment;
use web::{CarriedForm, Owner};

use crate::doorkeeper::{read_ticket, secret_hash, ticket};
use crate::session::FORMER_SECS;
use crate::tables::CarriedFormRow;
use crate::{password, store};

/// How long a form waits; staged files wait as long.
const WAITS_SECS: i64 = 86_400;
/// Forms that wait for one account; the oldest make room.
const FORMS_MAX: i64 = 10;

/// Whose form carries this token.
pub(crate) async fn owner(db: &Db, token: &str) -> Result<Option<Owner>> {
    let Some((city, _)) = read_ticket(token) else { return Ok(None) };
    let since = db.clock().now().plus_secs(-FORMER_SECS);
    let token = token.to_owned();
    let account = store::form_owner(&mut db.read().await?, city, token, since).await?;
    Ok(account.map(|account| Owner { city, account }))
}

/// Keeps a form; answers its ticket.
pub(crate) async fn keep(db: &Db, owner: Owner, form: &CarriedForm) -> Result<String> {
    let secret = password::secret(24)?;
    let row = CarriedFormRow {
        jurisdiction_id: owner.city,
        ticket_hash: secret_hash(&secret),
        account_id: owner.account,
        body: serde_json::to_vec(form).map_err(Error::fault)?,
        at: db.clock().now(),
    };
    let bounds = (FORMS_MAX - 1, row.at.plus_secs(-WAITS_SECS));
    db.operate(owner.city, async |tx| {
        store::crowd_out_carried(tx, owner.city, owner.account, bounds).await?;
        store::put(tx, &row).await
    })
    .await?;
    Ok(ticket(owner.city, &secret))
}

/// The form of a ticket, if it waits for this owner.
pub(crate) async fn kept(db: &Db, owner: Owner, ticket: &str) -> Result<Option<CarriedForm>> {
    let Some((city, hash)) = read_ticket(ticket) else { return Ok(None) };
    let row = store::carried(&mut db.read().await?, city, hash).await?;
    let Some(row) = row.filter(|row| is_own(row, owner, db.clock().now())) else {
        return Ok(None);
    };
    serde_json::from_slice(&row.body).map(Some).map_err(Error::fault)
}

/// Throws a form of this owner away.
pub(crate) async fn forget(db: &Db, owner: Owner, ticket: &str) -> Result<()> {
    let Some((city, hash)) = read_ticket(ticket) else { return Ok(()) };
    if city != owner.city {
        return Ok(());
    }
    db.operate(city, async |tx| store::drop_carried(tx, city, owner.account, hash).await).await
}

/// Where a sign-in leads: to the form only when it is the account's own, else to the desk.
pub(crate) async fn way_on(db: &Db, owner: Owner, next: String) -> Result<String> {
    let desk = || "/".to_owned();
    let Some(ticket) = ticket_of(&next) else { return Ok(next) };
    let Some((city, hash)) = read_ticket(&ticket) else { return Ok(desk()) };
    let row = store::carried(&mut db.read().await?, city, hash.clone()).await?;
    let Some(row) = row else { return Ok(desk()) };
    if is_own(&row, owner, db.clock().now()) {
        return Ok(next);
    }
    let account = row.account_id;
    db.operate(city, async |tx| store::drop_carried(tx, city, account, hash).await).await?;
    Ok(desk())
}

fn is_own(row: &CarriedFormRow, owner: Owner, now: Moment) -> bool {
    let is_fresh = now.micros() - row.at.micros() < WAITS_SECS * 1_000_000;
    is_fresh && row.jurisdiction_id == owner.city && row.account_id == owner.account
}

/// The ticket in an address.
pub(crate) fn ticket_of(next: &str) -> Option<String> {
    let (_, query) = next.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == web::CARRIED).map(|(_, ticket)| ticket.into_owned())
}

/// Throws away what nobody came back for, and sessions whose forms nobody will send any more.
pub async fn tidy(
    tx: &mut journal::Tx,
    city: kernel::Id<kernel::Jurisdiction>,
    now: Moment,
) -> Result<()> {
    store::forget_carried(tx, city, now.plus_secs(-WAITS_SECS)).await?;
    store::forget_all_sessions(tx, city, now.plus_secs(-FORMER_SECS)).await
}

#[cfg(test)]
mod tests {
    use super::ticket_of;

    #[test]
    fn a_ticket_is_found_in_an_address() {
        assert_eq!(ticket_of("/a?x=1&carried=A.b#c").as_deref(), Some("A.b"));
        assert_eq!(ticket_of("/a?x=1"), None);
        assert_eq!(ticket_of("/carried=1"), None);
    }
}
