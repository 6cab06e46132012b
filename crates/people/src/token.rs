//! Bearer tokens from the command line: made for an account in its first post, listed, revoked.

use journal::{Db, Error, Result};
use kernel::{Id, Jurisdiction};
use uuid::Uuid;

use crate::found::{self, NewToken};
use crate::store;
use crate::tables::TokenRow;

/// Makes a token for an account by its sign-in name; it is shown once.
pub async fn make(db: &Db, account: &str, name: &str, days: i64) -> Result<String> {
    let mut tx = db.read().await?;
    let Some((account, _)) = store::account_by_name(&mut tx, account).await? else {
        return Err(Error::fault(format!("there is no account {account}")));
    };
    let (city, now) = (account.jurisdiction_id, db.clock().now());
    let row = store::jurisdiction(&mut tx, city).await?;
    let zone = jiff::tz::TimeZone::get(&row.zone).map_err(Error::fault)?;
    let today = now.plus_micros(row.clock_offset_us).day(&zone);
    let posts = store::posts_of(&mut tx, city, account.person_id, today).await?;
    let Some(post) = posts.first() else {
        return Err(Error::fault(format!("{} holds no post now", account.name)));
    };
    let token = NewToken { account: account.id, post: post.id, name, days };
    drop(tx);
    db.operate(city, async |tx| found::make_token(tx, city, &token, now).await).await
}

/// The tokens of all cities, a line each, without their secrets.
pub async fn list(db: &Db) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for city in db.jurisdictions().await? {
        for (account, token) in of_city(db, city.jurisdiction_id).await? {
            let until = token.expires_at;
            lines.push(format!("{}  {account}  {}  until {until}", token.id, token.name));
        }
    }
    Ok(lines)
}

/// Revokes a token; false when there is none with this identifier.
pub async fn revoke(db: &Db, id: Uuid) -> Result<bool> {
    for city in db.jurisdictions().await? {
        let city = city.jurisdiction_id;
        let found = of_city(db, city).await?.into_iter().find(|(_, t)| t.id == id);
        if let Some((_, token)) = found {
            let account = token.account_id;
            return db
                .operate(city, async |tx| store::revoke_token(tx, city, account, id).await)
                .await;
        }
    }
    Ok(false)
}

async fn of_city(db: &Db, city: Id<Jurisdiction>) -> Result<Vec<(String, TokenRow)>> {
    let mut tx = db.read().await?;
    let mut tokens = Vec::new();
    for account in store::accounts(&mut tx, city).await? {
        for token in store::tokens_of(&mut tx, city, account.id).await? {
            tokens.push((account.name.clone(), token));
        }
    }
    Ok(tokens)
}
